"""What happens when many book, borrow or write down the same thing at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.cases.kinds import Incoming, NoSubject
from energiehuis.errors import Conflict
from energiehuis.people.commands import Alias
from energiehuis.programmes.budget_in_zicht import bookings, events, kits
from energiehuis.programmes.budget_in_zicht import participations as came
from energiehuis.programmes.budget_in_zicht.commands import (
    BookedClass,
    BookedClasses,
    KitLoan,
    Participation,
    PlannedEvent,
    RegisteredSchool,
)
from energiehuis.programmes.budget_in_zicht.models import (
    BizBookedClass,
    BizBooking,
    BizEvent,
    BizKitLoan,
    BizParticipation,
)
from energiehuis.programmes.budget_in_zicht.vocabulary import EventStatus, EventType, Kit, Mode
from tests.intakes import envelope

MANY = 100
THREADS = 8
DAY = date(2019, 6, 20)
EARLIER = date(2019, 6, 5)


@pytest.fixture
def worker(actor_with):
    return actor_with(Role.PROGRAMME_WORKER)


@pytest.fixture
def add(database, worker):
    """Write an intake down in a transaction of its own and give its id."""

    def run(record, payload, day=EARLIER):
        with database.unit_of_work() as session:
            return record(session, worker, Incoming(envelope(day), NoSubject(), payload)).id

    return run


@pytest.fixture
def at_once(add):
    """Let many write at the same moment; give the codes of refusals."""

    def run(record, payloads, day=EARLIER):
        start = Barrier(THREADS)

        def one(numbered):
            number, payload = numbered
            if number < THREADS:
                start.wait()
            try:
                add(record, payload, day)
            except Conflict as error:
                return error.code
            return None

        with ThreadPoolExecutor(THREADS) as pool:
            return [code for code in pool.map(one, enumerate(payloads)) if code]

    return run


@pytest.fixture
def school(add):
    return add(bookings.record_school, RegisteredSchool("Verzonnen Atheneum"))


def count(database, kind):
    with database.unit_of_work() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(kind))


def test_a_hundred_bookings_at_once_never_exceed_the_places(at_once, add, database, school):
    event = PlannedEvent(
        EventType.WAKOSTA, "Beurs", "Zaal", DAY, capacity=130, status=EventStatus.OPEN
    )
    event_id = add(events.record_event, event)
    asked = [BookedClasses(school, event_id, (BookedClass("5", 13),)) for _ in range(MANY)]
    codes = at_once(bookings.record_booking, asked)
    assert codes == ["biz.capacity_exceeded"] * 90
    with database.unit_of_work() as session:
        found = session.execute(sa.select(BizEvent.booked, BizEvent.status)).one()
        heads = session.scalar(sa.select(sa.func.sum(BizBookedClass.headcount)))
    assert tuple(found) == (130, "full")
    assert (heads, count(database, BizBooking)) == (130, 10)


def test_a_hundred_loans_at_once_leave_a_kit_out_once(at_once, database, school):
    # Each pair of these overlaps in at least a day.
    asked = [
        KitLoan(Kit.TOOLBOX_LAGER, school, date(2019, 6, 1 + n % 10), date(2019, 6, 12 + n % 10))
        for n in range(MANY)
    ]
    codes = at_once(kits.record_loan, asked)
    assert codes == ["biz.kit_out_already"] * (MANY - 1)
    assert count(database, BizKitLoan) == 1


def test_an_alias_comes_once_a_session_however_many_write_it_down(at_once, add, database):
    series = PlannedEvent(
        EventType.GROUP_WORK, "Reeks", "Zaal", EARLIER, 12, (EARLIER,), EventStatus.OPEN
    )
    series_id = add(events.record_event, series)
    said = Participation(series_id, Mode.ALIAS, person=Alias("Vos"), held_on=EARLIER)
    codes = at_once(came.record_participation, [said] * 12)
    assert codes == ["biz.came_already"] * 11
    assert count(database, BizParticipation) == 1


def test_the_database_itself_keeps_the_places(add, database):
    event = PlannedEvent(EventType.WAKOSTA, "Beurs", "Zaal", DAY, 10, status=EventStatus.OPEN)
    add(events.record_event, event)
    with pytest.raises(sa.exc.IntegrityError), database.unit_of_work() as session:
        session.execute(sa.update(BizEvent).values(booked=11))

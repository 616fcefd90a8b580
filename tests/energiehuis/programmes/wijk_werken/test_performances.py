"""Hours within their limits, whoever posts them and however many do at once."""

from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from energiehuis.cases.commands import MoveCase
from energiehuis.cases.kinds import Incoming, NoSubject
from energiehuis.cases.person_doubles import merge_people, undo_merge
from energiehuis.cases.states import CaseStatus
from energiehuis.errors import Conflict, DomainError, InvalidInput
from energiehuis.key_figures.measures import Area, Period
from energiehuis.key_figures.wijk_werken import measure_wijk_werken
from energiehuis.people.commands import KnownPerson, Named
from energiehuis.people.merging import MergePeople
from energiehuis.programmes.case_service import get_case, move_case
from energiehuis.programmes.wijk_werken.commands import RecordPerformance
from energiehuis.programmes.wijk_werken.models import Cheque, Performance, Worker
from energiehuis.programmes.wijk_werken.performances import (
    WorkedHours,
    add_performances,
    record_performance,
)
from energiehuis.programmes.wijk_werken.queries import find_user, find_worker
from energiehuis.programmes.wijk_werken.vocabulary import Regime
from tests.wijk_werken import HARELBEKE, Desk, envelope_of

YEAR = Period(date(2018, 1, 1), date(2019, 1, 1))


@pytest.fixture
def desk(database, actor_with):
    return Desk(database, actor_with("programme_worker"))


def refused(desk, *args, **kwargs):
    with pytest.raises(InvalidInput) as error:
        desk.work(*args, **kwargs)
    return [each.code for each in error.value.errors]


def total(database):
    with database.unit_of_work() as session:
        hours = session.scalar(sa.select(sa.func.sum(Performance.hundredth_hours))) or 0
        return hours // 100, session.scalar(sa.select(sa.func.count(Cheque.number)))


def person_of(database, case_id):
    from energiehuis.cases.models import Case

    with database.unit_of_work() as session:
        return session.get_one(Case, case_id).person_id


def test_the_sixtieth_hour_of_a_month_is_written_and_the_61st_refused(desk, database):
    worker, user = desk.candidate(), desk.user()
    for day in range(1, 8):
        desk.work(worker, user, date(2018, 6, day), 8)
    desk.work(worker, user, date(2018, 6, 8), 4)
    assert refused(desk, worker, user, date(2018, 6, 20), 1) == ["wijk_werken.too_many_hours_month"]
    desk.work(worker, user, date(2018, 7, 1), 1)
    assert total(database) == (61, 61)


def test_the_631st_hour_of_a_year_is_refused(desk, database):
    worker, user = desk.candidate(regime=Regime.PWA_TRANSITION), desk.user()
    days = [date(2018, m, d) for m in range(1, 11) for d in range(10, 20)]
    days += [date(2018, 11, d) for d in range(10, 15)]
    with database.unit_of_work() as session:
        who = find_worker(session, desk.actor, worker)
        where = find_user(session, desk.actor, user)
        worked = [WorkedHours(who, where, day, 6, desk.numbers(6)) for day in days]
        add_performances(session, desk.actor, worked)
    assert total(database) == (630, 630)
    assert refused(desk, worker, user, date(2018, 11, 20), 1) == ["wijk_werken.too_many_hours_year"]


def test_hours_under_two_files_of_one_person_count_together(desk, database):
    worker, user = desk.candidate(), desk.user()
    desk.work(worker, user, date(2018, 3, 5), 8)
    desk.run(
        move_case,
        MoveCase(worker, 2, CaseStatus.CLOSED, outcome="stopped", outcome_on=date(2018, 3, 6)),
    )
    again = desk.candidate(KnownPerson(person_of(database, worker)), day=date(2018, 3, 7))
    for day in range(7, 13):
        desk.work(again, user, date(2018, 3, day), 8)
    assert refused(desk, again, user, date(2018, 3, 20), 5) == ["wijk_werken.too_many_hours_month"]
    desk.work(again, user, date(2018, 3, 20), 4)


def test_people_who_are_one_have_one_limit_and_count_once(desk, database, organisation_id):
    born = date(1980, 5, 17)
    one, two = (desk.candidate(Named("An", name, born)) for name in ("Claes", "Klaas"))
    user, day = desk.user(), date(2018, 6, 5)
    desk.work(one, user, day, 5)
    desk.work(two, user, day, 3)
    people = [person_of(database, case_id) for case_id in (one, two)]

    def workers():
        with database.unit_of_work() as session:
            found = measure_wijk_werken(session, Area(organisation_id, (HARELBEKE,)), YEAR)
            return [found[f"ww.{name}"].numerator for name in ("performances", "workers")]

    assert workers() == [8, 2]
    with database.unit_of_work() as session:
        made = merge_people(session, desk.actor, MergePeople(*people))
    assert workers() == [8, 1]
    for worker in (one, two):
        assert refused(desk, worker, user, day, 1) == ["wijk_werken.too_many_hours_day"]
    with database.unit_of_work() as session:
        undo_merge(session, desk.actor, made.id, 1)
    assert workers() == [8, 2]
    desk.work(two, user, day, 5)


def test_a_cheque_pays_once(desk, database):
    worker, other, user = desk.candidate(), desk.candidate(), desk.user()
    desk.work(worker, user, date(2018, 6, 5), 2, ("AAAA1", "AAAA2"))
    with pytest.raises(Conflict) as error:
        desk.work(other, user, date(2018, 6, 6), 2, ("AAAA2", "AAAA3"))
    assert (error.value.code, error.value.params["cheques"]) == ("wijk_werken.cheque_used", "AAAA2")
    assert total(database) == (2, 2)


def parallel(desk, many, incoming_of):
    """Post all at once, each in a transaction of its own; give what came of them."""
    barrier, found = Barrier(min(many, 20)), []

    def run(number):
        barrier.wait()
        try:
            desk.run(record_performance, incoming_of(number))
            found.append("written")
        except DomainError as error:
            codes = [each.code for each in getattr(error, "errors", ())]
            found.append(codes[0] if codes else error.code)

    for start in range(0, many, 20):
        threads = [Thread(target=run, args=(number,)) for number in range(start, start + 20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return {code: found.count(code) for code in set(found)}


def test_a_hundred_posts_at_once_do_not_pass_sixty_hours(desk, database):
    worker, user = desk.candidate(), desk.user()

    def hour(number):
        said = RecordPerformance(
            worker, user, date(2018, 6, 1 + number % 25), Decimal(1), (f"PAR{number:04d}",)
        )
        return Incoming(envelope_of(date(2018, 7, 2)), NoSubject(), said)

    found = parallel(desk, 100, hour)
    assert found == {"written": 60, "wijk_werken.too_many_hours_month": 40}
    assert total(database) == (60, 60)


def test_a_hundred_posts_of_one_cheque_write_it_once(desk, database):
    user = desk.user()
    workers = [desk.candidate() for _ in range(20)]

    def hour(number):
        day = date(2018, 6, 1 + number % 25)
        said = RecordPerformance(workers[number % 20], user, day, Decimal(1), ("ONECHEQUE",))
        return Incoming(envelope_of(date(2018, 7, 2)), NoSubject(), said)

    found = parallel(desk, 100, hour)
    assert found == {"written": 1, "wijk_werken.cheque_used": 99}
    assert total(database) == (1, 1)


def test_many_hours_at_once_are_held_to_the_same_rules(desk, database):
    worker, user = desk.candidate(), desk.user()
    with database.unit_of_work() as session:
        who, where = find_worker(session, desk.actor, worker), find_user(session, desk.actor, user)
    days = [date(2018, 6, 1) + timedelta(number) for number in range(8)]
    worked = [WorkedHours(who, where, day, 8, desk.numbers(8)) for day in days]
    with pytest.raises(InvalidInput) as error:
        desk.run(add_performances, worked)
    assert [(each.field, each.code) for each in error.value.errors] == [
        ("7.hours", "wijk_werken.too_many_hours_month")
    ]
    assert total(database) == (0, 0)
    desk.run(add_performances, worked[:7])
    with pytest.raises(Conflict, match="cheque_used"):
        desk.run(
            add_performances, [WorkedHours(who, where, date(2018, 7, 2), 1, worked[0].cheques[:1])]
        )
    assert total(database) == (56, 56)


@pytest.mark.parametrize(
    "table", ["wijk_werken_performances", "wijk_werken_cheques", "wijk_werken_user_fees"]
)
def test_hours_cheques_and_fees_only_grow(desk, database, table):
    desk.work(desk.candidate(), desk.user(), date(2018, 6, 5))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.unit_of_work() as session:
        session.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608  a name of ours


def test_a_path_ends_after_its_last_hour_and_a_term_only_where_there_is_one(desk):
    worker, user = desk.candidate(regime=Regime.PWA_TRANSITION), desk.user()
    desk.work(worker, user, date(2018, 6, 5))

    def end(outcome, day):
        command = MoveCase(worker, 2, CaseStatus.CLOSED, outcome=outcome, outcome_on=day)
        return desk.run(move_case, command)

    with pytest.raises(InvalidInput) as error:
        end("term_reached", date(2018, 6, 4))
    assert {each.code for each in error.value.errors} == {
        "wijk_werken.ends_before_hours",
        "wijk_werken.no_term",
    }
    assert end("job", date(2018, 6, 5)).outcome == "job"
    assert refused(desk, worker, user, date(2018, 6, 6)) == ["wijk_werken.after_end"]


def test_a_file_shows_regime_paper_and_hours(desk, database):
    worker = desk.candidate()
    with database.unit_of_work() as session:
        view = get_case(session, desk.actor, worker)
    said = {detail.name: detail.value for detail in view.details}
    assert (said["regime"], said["referrer"], said["consent_form"]) == (
        "wijk_werk",
        "vdab",
        "map 12",
    )
    assert (said["hours_this_month"], said["hours_this_year"]) == (0, 0)
    with database.unit_of_work() as session:
        assert session.get_one(Worker, worker).consented_on == date(2018, 1, 2)

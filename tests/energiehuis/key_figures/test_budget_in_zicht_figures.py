"""The key figures of BudgetInZicht and of the energy desk equal what a hand counts."""

from datetime import date

import pytest

from energiehuis.access.permissions import Role
from energiehuis.cases.commands import MoveCase
from energiehuis.cases.kinds import HouseholdSubject, Incoming, NoSubject, PersonSubject
from energiehuis.cases.states import CaseStatus
from energiehuis.key_figures.budget_in_zicht import measure_budget_in_zicht
from energiehuis.key_figures.energy_desk import measure_energy_desk
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.people.commands import Alias, Named
from energiehuis.programmes.budget_in_zicht import bookings, duos, events, kits
from energiehuis.programmes.budget_in_zicht import commands as biz
from energiehuis.programmes.budget_in_zicht import participations as came
from energiehuis.programmes.budget_in_zicht.vocabulary import (
    DuoTheme,
    EventStatus,
    EventType,
    Kit,
    Mode,
    Wish,
)
from energiehuis.programmes.case_service import move_case
from energiehuis.programmes.energy_desk import commands as energy
from energiehuis.programmes.energy_desk import scans
from energiehuis.programmes.energy_desk.service import record_questions
from energiehuis.programmes.energy_desk.vocabulary import (
    Answer,
    Ground,
    ScanStatus,
    Tenure,
    Theme,
)
from tests.intakes import HARELBEKE, KORTRIJK, envelope

YEAR = Period(date(2019, 1, 1), date(2020, 1, 1))
JUNE, NEXT_YEAR = date(2019, 6, 5), date(2020, 2, 5)


@pytest.fixture
def worker(actor_with):
    return actor_with(Role.PROGRAMME_WORKER)


@pytest.fixture
def add(database, worker):
    def run(record, payload, day=JUNE, nis_code=HARELBEKE, subject=None):
        incoming = Incoming(envelope(day, nis_code=nis_code), subject or NoSubject(), payload)
        with database.unit_of_work() as session:
            return record(session, worker, incoming)

    return run


@pytest.fixture
def measure(database, organisation_id):
    def run(formulas, period=YEAR, nis_codes=(HARELBEKE,)):
        with database.unit_of_work() as session:
            return formulas(session, Area(organisation_id, nis_codes), period)

    return run


@pytest.fixture
def event(add):
    def run(kind, day=JUNE, days=()):
        said = biz.PlannedEvent(kind, "Naam", "Zaal", day, 400, days, EventStatus.OPEN)
        return add(events.record_event, said, day).id

    return run


def test_heads_are_added_by_kind_year_and_place(add, event, measure):
    kinds = (EventType.WAKOSTA, EventType.INSPIRATION_DAY, EventType.MEETING_DAY)
    for kind, heads in zip(kinds, (20, 30, 40), strict=True):
        event_id = event(kind)
        for count in (heads, 1):
            said = biz.Participation(event_id, Mode.HEADCOUNT, headcount=count)
            add(came.record_participation, said)
        add(came.record_participation, said, nis_code=KORTRIJK)
    late = biz.Participation(event(EventType.WAKOSTA, NEXT_YEAR), Mode.HEADCOUNT, headcount=9)
    add(came.record_participation, late, NEXT_YEAR)
    found = measure(measure_budget_in_zicht)
    names = ("biz.fair_pupils", "biz.inspiration_day", "biz.trefdag")
    assert [found[name].numerator for name in names] == [21, 31, 41]
    both = measure(measure_budget_in_zicht, nis_codes=(HARELBEKE, KORTRIJK))
    assert both["biz.fair_pupils"] == Measured(22, cells=(22,))


def test_a_participant_of_group_work_counts_once_in_a_series(add, event, measure):
    second = date(2019, 6, 6)
    series = [event(EventType.GROUP_WORK, JUNE, (JUNE, second)) for _ in range(2)]
    for series_id, alias, day in (
        (series[0], "Vos", JUNE),
        (series[0], "vos", second),
        (series[0], "Das", JUNE),
        # Another series, another Vos.
        (series[1], "Vos", JUNE),
    ):
        said = biz.Participation(series_id, Mode.ALIAS, person=Alias(alias), held_on=day)
        add(came.record_participation, said, second)
    found = measure(measure_budget_in_zicht)["biz.group_work"]
    assert found == Measured(3, cells=(3,))


def test_a_duo_runs_from_its_match_until_its_end(add, measure, database, worker):
    asked = biz.AskedDuo(Wish.SINGLE, (DuoTheme.PAPERS,))
    ids = []
    for number in range(3):
        client = PersonSubject(Named("An", f"Nokbalke {number}"))
        ids.append(add(duos.record_duo, asked, subject=client).id)
    with database.unit_of_work() as session:
        for case_id in ids[:2]:
            move_case(session, worker, MoveCase(case_id, 1, CaseStatus.INTAKE))
    for case_id in ids[:2]:
        match = biz.DuoMatch(case_id, Named("Otto", "Muurplaete"), date(2019, 7, 1))
        add(duos.record_match, match, date(2019, 7, 1))
    end = MoveCase(
        ids[0], 3, CaseStatus.CLOSED, outcome="goal_reached", outcome_on=date(2019, 12, 31)
    )
    with database.unit_of_work() as session:
        move_case(session, worker, end)

    def on(day):
        period = Period(date(2019, 1, 1), day)
        return measure(measure_budget_in_zicht, period)["biz.duos"].numerator

    assert [on(date(2019, 7, 1)), on(date(2019, 7, 2))] == [0, 2]
    assert [on(date(2019, 12, 31)), on(date(2020, 1, 1))] == [2, 1]


def test_only_loans_of_the_toolbox_are_counted(add, measure):
    school = add(bookings.record_school, biz.RegisteredSchool("Verzonnen Atheneum")).id
    for kit, out_on in (
        (Kit.TOOLBOX_LAGER, date(2019, 1, 1)),
        (Kit.TOOLBOX_LAGER, date(2020, 1, 1)),
        (Kit.WAKOSTA_KIT, date(2019, 3, 1)),
    ):
        add(kits.record_loan, biz.KitLoan(kit, school, out_on, out_on.replace(day=15)))
    assert measure(measure_budget_in_zicht)["biz.toolbox_loans"].numerator == 1


def test_questions_and_scans_that_were_done_are_counted(add, measure, database, worker):
    asked = energy.AskedQuestion(Theme.BILL, Answer.ANSWERED)
    days = (date(2018, 12, 31), date(2019, 1, 1), date(2019, 12, 31), date(2020, 1, 1))
    questions = [Incoming(envelope(day), NoSubject(), asked) for day in days]
    with database.unit_of_work() as session:
        record_questions(session, worker, questions)
    for number in range(2):
        scan = energy.AskedScan(
            f"Straat {number}", Tenure.OWNER, Ground.BUDGET_METER, "056 00 00 00"
        )
        scan_id = add(scans.record_scan, scan, subject=HouseholdSubject()).id
        add(scans.record_scan_step, energy.ScanStep(scan_id, 1, ScanStatus.PLANNED, JUNE))
        if number:
            add(scans.record_scan_step, energy.ScanStep(scan_id, 2, ScanStatus.DONE, JUNE))
    found = measure(measure_energy_desk)
    assert found == {
        "eh.advice_contacts": Measured(2, cells=(2,)),
        "eh.scans": Measured(1, cells=(1,)),
    }
    nothing = measure(measure_energy_desk, nis_codes=(KORTRIJK,))
    assert nothing["eh.scans"].numerator == 0

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from energiehuis.cases.states import CaseStatus
from energiehuis.people.commands import Alias, Named
from energiehuis.programmes.wijk_werken.commands import (
    AssignCoach,
    ConsentForm,
    RegisterCandidate,
    RegisterUser,
    UserOrganisation,
)
from energiehuis.programmes.wijk_werken.rules import (
    Coverage,
    Ledger,
    WorkerFacts,
    add_months,
    candidate_errors,
    coach_errors,
    fee_errors,
    performance_errors,
    user_errors,
    user_status,
)
from energiehuis.programmes.wijk_werken.terms import (
    activities,
    allowed_activities,
    cheque_price_on,
    fee_on,
    limits_on,
)
from energiehuis.programmes.wijk_werken.vocabulary import (
    ONWARD,
    Activity,
    Outcome,
    ReferredBy,
    Regime,
    UserKind,
    UserStatus,
)

DAY, TODAY = date(2018, 6, 5), date(2026, 11, 1)
YEAR = Coverage(date(2018, 1, 2), date(2019, 1, 2))
ACTIVE = WorkerFacts(Regime.WIJK_WERK, CaseStatus.ACTIVE, date(2018, 1, 2))
SCHOOL = UserOrganisation("School De Nok", "Nokstraat 1")
PERSON = Named("An", "Maes")


def found(errors):
    return [(error.field, error.code) for error in errors]


def worked(day=DAY, hours="4", cheques=None, ledger=None, **changes):
    facts = {"worker": ACTIVE, "fees": (YEAR,), "today": TODAY, **changes}
    count = int(Decimal(hours)) if cheques is None else 0
    numbers = [uuid4().hex[:12] for _ in range(count)] if cheques is None else cheques
    return found(
        performance_errors(day, Decimal(hours), numbers, ledger=ledger or Ledger(), **facts)
    )


def test_ordinary_hours_have_no_errors():
    assert worked() == []
    assert worked(hours="8") == []


@pytest.mark.parametrize("hours", ["9", "24"])
def test_more_than_eight_hours_a_day_is_refused(hours):
    assert worked(hours=hours) == [("payload.hours", "wijk_werken.too_many_hours_day")]


def test_a_day_a_month_and_a_year_are_counted_together():
    month = Ledger.of({date(2018, 6, day): 8_00 for day in range(11, 18)})
    assert worked(ledger=month, hours="4") == []
    assert worked(ledger=month, hours="5") == [
        ("payload.hours", "wijk_werken.too_many_hours_month")
    ]
    year = Ledger.of({date(2018, m, d): 6_00 for m in range(1, 12) for d in range(11, 21)})
    assert year.by_year[2018] == 660_00
    assert worked(day=date(2018, 12, 3), hours="1", ledger=year) == [
        ("payload.hours", "wijk_werken.too_many_hours_year")
    ]
    day = Ledger.of({DAY: 6_00})
    assert worked(ledger=day, hours="2") == []
    assert worked(ledger=day, hours="3") == [("payload.hours", "wijk_werken.too_many_hours_day")]


def test_the_630th_hour_fits_and_the_631st_does_not():
    days = {date(2018, m, d): 6_00 for m in range(1, 11) for d in range(11, 21)}
    days[date(2018, 11, 12)] = 8_00
    days[date(2018, 11, 13)] = 8_00
    days[date(2018, 11, 14)] = 8_00
    assert sum(days.values()) == 624_00
    ledger = Ledger.of(days)
    assert worked(day=date(2018, 12, 3), hours="6", ledger=ledger) == []
    assert worked(day=date(2018, 12, 3), hours="7", ledger=ledger) == [
        ("payload.hours", "wijk_werken.too_many_hours_year")
    ]


def test_twelve_months_bind_a_new_worker_only():
    first = Ledger.of({date(2018, 3, 1): 4_00})
    pwa = WorkerFacts(Regime.PWA_TRANSITION, CaseStatus.ACTIVE, date(2018, 1, 2))
    paid = (Coverage(date(2018, 1, 2), date(2020, 1, 2)),)
    assert worked(day=date(2019, 2, 28), ledger=first, fees=paid) == []
    assert worked(day=date(2019, 3, 1), ledger=first, fees=paid) == [
        ("payload.date", "wijk_werken.term_is_over")
    ]
    assert worked(day=date(2019, 3, 1), ledger=first, fees=paid, worker=pwa) == []
    # Written down late: it is the span that counts, not the order.
    late = Ledger.of({date(2019, 3, 1): 4_00})
    assert worked(day=date(2018, 3, 1), ledger=late, fees=paid) == [
        ("payload.date", "wijk_werken.term_is_over")
    ]


@pytest.mark.parametrize(
    ("hours", "cheques"), [("3", ["A001"]), ("1", ["A1", "A2"]), ("1.5", ["A1"])]
)
def test_a_cheque_is_an_hour(hours, cheques):
    assert ("payload.hours", "wijk_werken.hours_not_cheques") in worked(
        hours=hours, cheques=cheques
    )


def test_a_cheque_stands_once_in_a_post():
    assert worked(hours="2", cheques=["A001", "A001"]) == [("payload.cheque_nos", "field.twice")]


@pytest.mark.parametrize(
    ("day", "fees", "code"),
    [
        (date(2018, 6, 5), (), "wijk_werken.user_registered"),
        (date(2018, 1, 1), (YEAR,), "wijk_werken.user_registered"),
        (date(2019, 1, 2), (YEAR,), "wijk_werken.user_expired"),
    ],
)
def test_nobody_works_where_no_fee_is_paid(day, fees, code):
    early = WorkerFacts(Regime.PWA_TRANSITION, CaseStatus.ACTIVE, date(2018, 1, 1))
    assert worked(day=day, fees=fees, worker=early) == [("payload.user", code)]


def test_nobody_works_before_consent_after_the_end_or_while_not_active():
    before = WorkerFacts(Regime.WIJK_WERK, CaseStatus.ACTIVE, date(2018, 6, 6))
    assert worked(worker=before) == [("payload.date", "wijk_werken.before_consent")]
    closed = WorkerFacts(Regime.WIJK_WERK, CaseStatus.CLOSED, date(2018, 1, 2), date(2018, 6, 4))
    assert worked(worker=closed) == [("payload.date", "wijk_werken.after_end")]
    assert worked(day=date(2018, 6, 4), worker=closed) == []
    for status in (CaseStatus.REGISTERED, CaseStatus.INTAKE, CaseStatus.WAITING):
        facts = WorkerFacts(Regime.WIJK_WERK, status, date(2018, 1, 2))
        assert worked(worker=facts) == [("payload.worker", "wijk_werken.worker_not_active")]


def test_nobody_works_tomorrow_or_before_it_began():
    assert worked(today=date(2018, 6, 4)) == [("payload.date", "wijk_werken.worked_in_future")]
    early = WorkerFacts(Regime.WIJK_WERK, CaseStatus.ACTIVE, date(2017, 1, 2))
    old = (Coverage(date(2017, 6, 1), date(2018, 6, 1)),)
    assert worked(day=date(2017, 12, 31), worker=early, fees=old) == [
        ("payload.date", "wijk_werken.not_begun")
    ]


@pytest.mark.parametrize(
    ("signed_on", "codes"),
    [
        (DAY, []),
        (date(2018, 6, 6), ["wijk_werken.consent_after_intake"]),
        (date(2017, 6, 3), ["wijk_werken.consent_too_old"]),
    ],
)
def test_the_consent_form_is_signed_before_and_not_long_ago(signed_on, codes):
    said = RegisterCandidate(ReferredBy.GTB, ConsentForm("map 3", signed_on), Regime.WIJK_WERK)
    assert [error.code for error in candidate_errors(said, DAY)] == codes


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        (RegisterUser(UserKind.PRIVATE, (Activity.GARDEN_WORK,), PERSON), []),
        (RegisterUser(UserKind.FARM, (Activity.SEASONAL_WORK,), PERSON), []),
        (RegisterUser(UserKind.FARM, (Activity.SEASONAL_WORK,), None, SCHOOL), []),
        (
            RegisterUser(UserKind.SCHOOL, (Activity.SCHOOL_SUPERVISION,), PERSON),
            [("payload.person", "wijk_werken.kind_does_not_fit")],
        ),
        (
            RegisterUser(UserKind.PRIVATE, (Activity.GARDEN_WORK,), None, SCHOOL),
            [("payload.organisation", "wijk_werken.kind_does_not_fit")],
        ),
        (
            RegisterUser(UserKind.PRIVATE, (Activity.GARDEN_WORK,)),
            [("payload.person", "wijk_werken.person_or_organisation")],
        ),
        (
            RegisterUser(UserKind.PRIVATE, (Activity.GARDEN_WORK,), Alias("rode fiets")),
            [("payload.person.alias", "wijk_werken.user_needs_name")],
        ),
        (
            RegisterUser(UserKind.PRIVATE, (Activity.ERRANDS, Activity.SEASONAL_WORK), PERSON),
            [("payload.activities.1", "wijk_werken.activity_not_allowed")],
        ),
        (
            RegisterUser(UserKind.PRIVATE, (Activity.ERRANDS, Activity.ERRANDS), PERSON),
            [("payload.activities", "field.twice")],
        ),
        (
            RegisterUser(
                UserKind.PRIVATE, (Activity.ERRANDS,), PERSON, fee_paid_on=date(2018, 6, 6)
            ),
            [("payload.fee_paid_on", "wijk_werken.paid_in_future")],
        ),
    ],
)
def test_a_user_is_who_the_kind_says(said, errors):
    assert found(user_errors(said, DAY)) == errors


def test_no_work_is_allowed_before_the_list_begins():
    said = RegisterUser(UserKind.PRIVATE, (Activity.GARDEN_WORK,), PERSON)
    assert found(user_errors(said, date(2017, 12, 31))) == [
        ("payload.activities.0", "wijk_werken.activity_not_allowed")
    ]


def test_a_fee_is_paid_on_a_day_that_has_one():
    assert found(fee_errors(date(2017, 12, 31), DAY, "x")) == [("x", "wijk_werken.not_begun")]


def test_the_state_of_a_user_follows_from_the_fees():
    later = Coverage(date(2020, 1, 1), date(2021, 1, 1))
    days = [date(2018, 1, 1), date(2018, 1, 2), date(2019, 1, 1), date(2019, 1, 2)]
    states = [user_status((YEAR, later), day) for day in days]
    assert states == [
        UserStatus.REGISTERED,
        UserStatus.ACTIVE,
        UserStatus.ACTIVE,
        UserStatus.EXPIRED,
    ]
    assert user_status((YEAR, later), date(2020, 5, 1)) is UserStatus.ACTIVE


@pytest.mark.parametrize("until_on", [date(2018, 1, 1), date(2017, 1, 1)])
def test_a_coach_ends_after_the_beginning(until_on):
    assert found(coach_errors(AssignCoach("Wim W.", date(2018, 1, 1), until_on))) == [
        ("payload.until_on", "wijk_werken.ends_before_it_begins")
    ]


def test_the_terms_are_those_of_the_sources():
    limits = limits_on(DAY)
    assert (limits.hours_a_month, limits.hours_a_year) == (60, 630)
    assert (limits.hours_a_day, limits.months_of_a_new_worker) == (8, 12)
    assert fee_on(DAY).amount_cents == 7_50
    price = cheque_price_on(DAY)
    assert (price.lowest_cents, price.highest_cents) == (5_95, 7_45)
    assert limits_on(date(2017, 12, 31)) is fee_on(date(2017, 12, 31)) is None


def test_every_kind_of_user_has_work_and_every_row_a_reference():
    assert all(allowed_activities(kind, DAY) for kind in UserKind)
    assert all(row.reference and row.confidence for row in activities())


def test_three_ends_are_steps_towards_work():
    assert {outcome for outcome in Outcome if outcome.is_onward} == ONWARD
    assert len(ONWARD) == 3


def test_a_term_that_ends_on_a_day_that_is_not_there_ends_the_day_after():
    assert add_months(date(2020, 2, 29), 12) == date(2021, 3, 1)
    assert add_months(date(2018, 12, 31), 12) == date(2019, 12, 31)

"""The figures over all programmes equal counts by hand, on both databases."""

from datetime import date

import pytest

from energiehuis.access.permissions import Role
from energiehuis.errors import PermissionDenied
from energiehuis.key_figures.joined_up import measure_joined_up
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.key_figures.referral_counts import MatrixCell, read_referral_matrix
from tests.joined_records import Records
from tests.programme_intakes import HARELBEKE, KORTRIJK

YEAR = Period(date(2018, 1, 1), date(2019, 1, 1))


@pytest.fixture
def measure(database, organisation_id):
    def run(fill, period=YEAR, nis=HARELBEKE):
        with database.unit_of_work() as session:
            fill(Records(session, organisation_id))
            return measure_joined_up(session, Area(organisation_id, (nis,)), period)

    return run


def several(records):
    """One household with three programmes, one with one, a person alone, one long ago."""
    first, second, old = records.household(), records.household(), records.household()
    member = records.person(first)
    records.case("woonclub", date(2018, 2, 1), household=first)
    records.case("biz", date(2018, 3, 1), person=member)
    records.scan(first, date(2018, 4, 1), done=date(2018, 4, 20))
    records.case("konekti", date(2017, 3, 1), household=second, ended=date(2018, 1, 5))
    records.case("woonclub", date(2018, 6, 1), household=second)
    records.admission(records.person(), date(2018, 7, 1))
    records.case("woonclub", date(2014, 1, 1), household=old, ended=date(2014, 6, 1))


def test_a_household_counts_once_over_all_programmes(measure):
    found = measure(several)
    assert found["x.deduplicated_reach"].numerator == 3
    # The first with three programmes, the second with two, somebody alone with one.
    assert found["x.programmes_per_household"].parts == (("1", 1), ("2", 1), ("3", 1))
    # Two intakes of 2018 asked who lives there, of two households; Konekti asked before.
    assert found["x.questions_before_help"] == Measured(2, 2, cells=(2, 0))


def test_coverage_divides_by_the_inhabitants_of_that_day_or_says_unknown(measure):
    found = measure(several)["x.coverage"]
    # 1 January 2018 is not in the table of inhabitants; that of 2015 is.
    assert (found.numerator, found.denominator, found.unknown) == (3, 0, 1)
    then = measure(lambda _records: None, Period(date(2015, 1, 1), date(2016, 1, 1)))["x.coverage"]
    assert (then.numerator, then.denominator, then.unknown) == (0, 27446, 0)


def test_somebody_elsewhere_is_not_counted_here(measure):
    found = measure(several, nis=KORTRIJK)
    assert found["x.deduplicated_reach"].numerator == 0
    assert found["x.referral_matrix"] == Measured(0)


def referred(records):
    """Five referrals of 2018: in time, late, refused, lost, and one not due yet."""
    spoken, sent = "first_contact", date(2018, 3, 1)
    for to, instants in (
        (
            "biz",
            {
                "state": spoken,
                "accepted_at": date(2018, 3, 9),
                "first_contact_at": date(2018, 3, 31),
            },
        ),
        (
            "biz",
            {
                "state": spoken,
                "accepted_at": date(2018, 3, 9),
                "first_contact_at": date(2018, 4, 1),
            },
        ),
        ("biz", {"state": "refused", "refused_at": date(2018, 3, 9), "refusal_reason": "full"}),
        ("energy", {"state": "sent"}),
        ("energy", {"state": "sent", "sent_at": date(2018, 12, 20)}),
        # Accepted after the year: at its end nobody had answered.
        ("energy", {"state": "accepted", "accepted_at": date(2019, 2, 1)}),
        ("energy", {"state": "sent", "sent_at": date(2019, 1, 2)}),
    ):
        household = records.household()
        case_id = records.case("woonclub", date(2018, 1, 5), household=household)
        records.referral(case_id, household, to, **{"sent_at": sent, **instants})


def test_referrals_land_get_lost_or_wait(measure):
    found = measure(referred)
    assert found["x.referral_matrix"] == Measured(
        6, parts=(("woonclub>biz", 3), ("woonclub>energy", 3))
    )
    landed = found["x.referral_landed"]
    # 31 March is the thirtieth day, 1 April is not.
    assert (landed.numerator, landed.denominator, landed.unknown) == (1, 5, 1)
    assert found["x.lost_in_between"].numerator == 2


def test_the_matrix_is_for_who_may_read_files(database, organisation_id, actor_with):
    coordinator = actor_with(Role.PROGRAMME_COORDINATOR)
    council = actor_with(Role.COUNCIL_MEMBER)
    with database.unit_of_work() as session:
        referred(Records(session, organisation_id))
        found = read_referral_matrix(session, coordinator, YEAR)
        with pytest.raises(PermissionDenied):
            read_referral_matrix(session, council, YEAR)
    assert found.cells == (
        MatrixCell(
            "woonclub", "biz", sent=3, accepted=2, started=2, refused=1, withdrawn=0, lost=0
        ),
        MatrixCell(
            "woonclub", "energy", sent=3, accepted=0, started=0, refused=0, withdrawn=0, lost=2
        ),
    )
    assert (found.households_lost, found.lost_on) == (2, date(2018, 12, 31))


def housed(records):
    """Four in crisis: housed after 100 and 40 days, one back within a year; two without a home."""
    for start, home, back in (
        (date(2017, 1, 1), date(2017, 4, 11), date(2017, 9, 1)),
        (date(2017, 3, 1), date(2017, 4, 10), None),
        (date(2018, 12, 1), None, None),
        (date(2018, 12, 2), None, None),
    ):
        household = records.household()
        guest = records.person(household)
        records.admission(guest, start)
        if home is not None:
            records.housed(household, start, ended=home)
            records.scan(household, date(2018, 1, 3), done=date(2018, 2, 5))
        if back is not None:
            records.admission(guest, back)


def test_from_crisis_to_a_home_and_on_to_the_energy_desk(measure):
    found = measure(housed)
    # Of four: two are lost from sight after 30 and 29 days; then 1/2 ends at 40, the last at 100.
    assert found["x.crisis_to_lasting"] == Measured(40, 1, unknown=2, cells=(4, 2, 2))
    assert found["x.return_to_crisis"] == Measured(1, 2, cells=(1, 1))
    # 300 and 301 days from either home to 5 February 2018: the middle is 300.5.
    assert found["x.months_housing_to_energy"] == Measured(601, 2, cells=(2,))


def test_without_records_nothing_is_nought_per_cent(measure):
    found = measure(lambda _records: None)
    for figure in ("x.referral_landed", "x.crisis_to_lasting", "x.return_to_crisis"):
        assert not found[figure].has_records
    assert not found["x.loan_and_budget"].has_records

from datetime import UTC, date, datetime, timedelta

import pytest

from energiehuis.cases.commands import GivenAgreement
from energiehuis.cases.legal_bases import find_legal_basis, legal_bases
from energiehuis.cases.rules import composition_errors, envelope_errors, is_nis_code
from energiehuis.cases.vocabulary import HouseholdType, Proof
from tests.intakes import composition, envelope

NOW = datetime(2018, 6, 6, 12, tzinfo=UTC)


def found(errors):
    return [(error.field, error.code) for error in errors]


def agreement(**changes):
    said = {
        "purposes": ("referral:energy_scan",),
        "proof": Proof.PAPER,
        "given_on": date(2018, 6, 5),
    }
    return GivenAgreement(**{**said, **changes})


def test_an_ordinary_envelope_has_no_errors():
    assert found(envelope_errors(envelope(agreement=agreement()), NOW)) == []


def test_an_intake_may_not_come_from_the_future():
    late = envelope(received_at=NOW + timedelta(minutes=6))
    assert found(envelope_errors(late, NOW)) == [("received_at", "intake.received_in_future")]


def test_a_clock_that_runs_five_minutes_ahead_is_accepted():
    assert found(envelope_errors(envelope(received_at=NOW + timedelta(minutes=5)), NOW)) == []


@pytest.mark.parametrize("nis_code", ["99999", "59001", "3401", "34O13", "00000", "34013\n"])
def test_a_code_that_no_belgian_municipality_can_have_is_refused(nis_code):
    assert found(envelope_errors(envelope(nis_code=nis_code), NOW)) == [("nis", "field.nis_code")]


def test_codes_of_all_regions_are_accepted():
    assert all(is_nis_code(code) for code in ("34013", "21004", "62063", "11002", "93090"))


def test_a_legal_basis_must_stand_in_the_table():
    errors = envelope_errors(envelope(legal_basis="curiosity"), NOW)
    assert found(errors) == [("legal_basis", "intake.legal_basis_unknown")]


def test_the_privacy_regulation_is_no_basis_before_the_day_it_applies():
    # Regulation (EU) 2016/679, article 99: it applies from 25 May 2018.
    assert find_legal_basis("public_task", date(2018, 5, 24)) is None
    assert find_legal_basis("public_task", date(2018, 5, 25)) is not None
    assert find_legal_basis("public_task_1992", date(2018, 5, 24)) is not None
    assert find_legal_basis("public_task_1992", date(2018, 5, 25)) is None


def test_every_legal_basis_names_its_text_and_how_sure_it_is():
    assert all(basis.reference and basis.confidence for basis in legal_bases().values())


def test_an_agreement_is_not_given_after_the_intake():
    late = envelope(agreement=agreement(given_on=date(2018, 6, 6)))
    assert found(envelope_errors(late, NOW)) == [
        ("agreement.given_on", "intake.agreement_after_intake")
    ]


def test_an_agreement_names_each_purpose_once():
    twice = envelope(agreement=agreement(purposes=("advice", "advice")))
    assert found(envelope_errors(twice, NOW)) == [("agreement.purposes", "field.twice")]


def test_an_agreement_names_a_purpose():
    empty = envelope(agreement=agreement(purposes=()))
    assert found(envelope_errors(empty, NOW)) == [("agreement.purposes", "field.list_length")]


def test_all_errors_of_an_envelope_are_named_at_once():
    bad = envelope(nis_code="99999", legal_basis="?", received_at=NOW + timedelta(days=1))
    assert {field for field, _ in found(envelope_errors(bad, NOW))} == {
        "received_at",
        "nis",
        "legal_basis",
    }


@pytest.mark.parametrize(
    ("household_type", "adults"),
    [
        (HouseholdType.SINGLE, 1),
        (HouseholdType.COUPLE, 2),
        (HouseholdType.WITH_OTHERS, 1),
        (HouseholdType.WITH_OTHERS, 4),
    ],
)
def test_households_as_they_are(household_type, adults):
    said = composition(household_type=household_type, adults=adults)
    assert found(composition_errors(said, "c")) == []


def test_a_household_has_somebody_grown_up():
    said = composition(household_type=HouseholdType.WITH_OTHERS, adults=0)
    assert found(composition_errors(said, "c")) == [("c.adults", "field.number_out_of_range")]


def test_children_are_not_fewer_than_none():
    assert found(composition_errors(composition(children=-1), "c")) == [
        ("c.children", "field.number_out_of_range")
    ]


def test_a_single_head_is_one_adult():
    said = composition(household_type=HouseholdType.SINGLE, adults=2)
    assert found(composition_errors(said, "c")) == [("c.adults", "household.single_adults")]


def test_a_couple_is_two_adults():
    for adults in (1, 3):
        said = composition(household_type=HouseholdType.COUPLE, adults=adults)
        assert found(composition_errors(said, "c")) == [("c.adults", "household.couple_adults")]

"""Facts of households: gaps stay gaps, and nothing is held that may not be asked."""

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from energiehuis.eligibility.documents import read_facts, write_facts
from energiehuis.eligibility.facts import (
    AMOUNT_FACTS,
    Amounts,
    DwellingKind,
    DwellingRole,
    Facts,
    HouseholdFacts,
)
from energiehuis.eligibility.truth import Truth
from energiehuis.eligibility.works import with_works
from energiehuis.law.vocabulary import TRUTH_FACTS, BorrowerKind

PERSON = HouseholdFacts(borrower_kind=BorrowerKind.NATURAL_PERSON)


def test_a_household_of_which_nothing_is_known_has_gaps_only():
    facts = Facts.from_records([PERSON])
    wishes = ("asks_energy_loan_plus",)
    for name in TRUTH_FACTS:
        assert facts.truth(name).tolist() == [Truth.NO if name in wishes else Truth.UNKNOWN]
    for name in AMOUNT_FACTS:
        assert facts.amounts[name].known.tolist() == [False]


def test_zero_is_known():
    facts = Facts.from_records([replace(PERSON, dependents=0)])
    assert facts.amounts["dependents"].known.tolist() == [True]


def test_the_rule_files_and_the_facts_know_the_same_names():
    names = {part.name for part in fields(HouseholdFacts)}
    assert set(TRUTH_FACTS) | set(AMOUNT_FACTS) <= names


def test_no_fact_asks_what_credit_law_forbids():
    # WER art. VII.69: race, origin, sexual life, health fund, politics, union, belief.
    forbidden = ("fund", "union", "origin", "race", "ethnic", "nation", "sex", "belief", "relig")
    forbidden += ("politic", "health", "member", "opinion")
    names = [part.name for part in fields(HouseholdFacts)]
    assert [name for name in names if any(word in name for word in forbidden)] == []


def test_arrays_and_records_make_the_same_facts():
    household = replace(PERSON, main_residence=True, joint_taxable_income_cents=30_000_00)
    records = Facts.from_records([household, PERSON])
    arrays = Facts.from_arrays(
        np.zeros(2, dtype=np.int8),
        truths={"main_residence": np.array([1, -1], dtype=np.int8)},
        amounts={
            "joint_taxable_income_cents": Amounts.of(
                np.array([30_000_00, 0]), np.array([True, False])
            )
        },
    )
    assert (records.truths == arrays.truths).all()
    income = "joint_taxable_income_cents"
    assert records.amounts[income].values.tolist() == arrays.amounts[income].values.tolist()
    assert records.amounts[income].known.tolist() == arrays.amounts[income].known.tolist()


def test_a_fact_that_does_not_exist_is_refused():
    kinds = np.zeros(1, dtype=np.int8)
    with pytest.raises(KeyError):
        Facts.from_arrays(kinds, truths={"health_fund": kinds}, amounts={})
    with pytest.raises(KeyError, match="no such facts"):
        Facts.from_arrays(kinds, truths={}, amounts={"wealth": Amounts.unknown(1)})


@pytest.mark.parametrize("cents", [-1, 10**11 + 1])
def test_a_negative_or_absurd_amount_is_refused(cents):
    with pytest.raises(ValueError, match="between 0 and"):
        Amounts.of(np.array([cents]))


def test_an_unknown_amount_lies_between_nothing_and_everything():
    amounts = Amounts.of(np.array([5, 7]), np.array([True, False]))
    assert amounts.low.tolist() == [5, 0]
    assert amounts.high[0] == 5
    assert amounts.high[1] > 10**11


def test_facts_survive_as_a_document():
    household = replace(
        PERSON,
        dwelling_role=DwellingRole.LANDLORD,
        dwelling_kind=DwellingKind.HOUSE,
        dependents=0,
        main_residence=False,
    )
    assert read_facts(write_facts(household)) == household


def test_a_day_goes_through_a_document_and_comes_back():
    household = replace(PERSON, outstanding_granted_on=date(2017, 9, 30))
    document = write_facts(household)
    assert document["outstanding_granted_on"] == "2017-09-30"
    assert read_facts(document) == household


@pytest.mark.parametrize(
    ("works", "owner_roof", "appliances"),
    [
        ([], None, None),
        ([("roof_attic_floor_insulation", False)], True, False),
        ([("roof_attic_floor_insulation", None)], None, False),
        ([("roof_attic_floor_insulation", True)], False, False),
        ([("roof_attic_floor_insulation", False), ("heating", True)], False, False),
        ([("efficient_appliances", True)], False, True),
        ([("efficient_appliances", None), ("roof_attic_floor_insulation", False)], False, False),
    ],
)
def test_the_works_as_a_whole_say_which_minimum_may_hold(works, owner_roof, appliances):
    found = with_works(PERSON, works)
    assert (found.only_owner_roof_works, found.only_appliances) == (owner_roof, appliances)

"""Which facts are missing, and which of them to ask first."""

from dataclasses import replace
from typing import Any

from energiehuis.eligibility.facts import AMOUNT_FACTS, LARGEST_AMOUNT, Facts, HouseholdFacts
from energiehuis.eligibility.outcome import Eligibility
from energiehuis.eligibility.rules import Reading, evaluate, weigh_condition
from energiehuis.eligibility.tables import income_test, tables_of
from energiehuis.eligibility.truth import Truth, write_truth
from energiehuis.law.model import Ground, LawOfDay
from energiehuis.law.vocabulary import TRUTH_FACTS

# The answers between which a missing number can lie, to see what it could decide.
_MANY_DEPENDENTS = 20
_EXTREMES = {
    "latest_assessment_income_cents": (0, LARGEST_AMOUNT),
    "joint_taxable_income_cents": (0, LARGEST_AMOUNT),
    "extra_cadastral_income_cents": (0, LARGEST_AMOUNT // 10),
    "dependents": (0, _MANY_DEPENDENTS),
}
_ORDER = {name: place for place, name in enumerate((*TRUTH_FACTS, *AMOUNT_FACTS))}


def ground_facts(law: LawOfDay, ground: Ground) -> tuple[str, ...]:
    """Name the facts that a ground looks at."""
    test = income_test(law, ground.threshold)
    if test is None:
        return ground.all_of
    names = [*ground.all_of, test.income]
    if test.cadastral_factor:
        names.append("extra_cadastral_income_cents")
    if test.per_dependent_cents:
        names.append("dependents")
    return tuple(names)


def list_missing(
    household: HouseholdFacts, law: LawOfDay, outcome: Eligibility, *, row: int = 0
) -> tuple[str, ...]:
    """Name the unknown facts that can still change the answer, lightest question first."""
    if outcome.overall[row] != Truth.UNKNOWN:
        return ()
    names = {*_open_conditions(household, law), *_open_grounds(household, law, outcome, row)}
    unknown = [name for name in names if _is_missing(household, law, name)]
    return tuple(sorted(unknown, key=_ORDER.__getitem__))


def next_question(household: HouseholdFacts, law: LawOfDay, missing: tuple[str, ...]) -> str | None:
    """Name the missing fact of which most answers decide; the lightest one among equals.

    Every possible answer is tried with the rules themselves, all in one batch.
    """
    if not missing:
        return None
    tried = [(name, answer) for name in missing for answer in _answers(name)]
    facts = Facts.from_records([_answered(household, name, answer) for name, answer in tried])
    decided = evaluate(facts, law).overall != Truth.UNKNOWN
    counts = dict.fromkeys(missing, 0)
    for (name, _), is_decided in zip(tried, decided.tolist(), strict=True):
        counts[name] += is_decided
    return max(missing, key=counts.__getitem__)


def _open_conditions(household: HouseholdFacts, law: LawOfDay) -> list[str]:
    reading = Reading(Facts.from_records([household]))
    return [
        fact.removeprefix("not ")
        for test in tables_of(law).conditions
        if household.borrower_kind.code in test.kinds
        and write_truth(weigh_condition(reading, test))[0] == Truth.UNKNOWN
        for clause in law.conditions[test.id].clauses
        for fact in clause
    ]


def _open_grounds(
    household: HouseholdFacts, law: LawOfDay, outcome: Eligibility, row: int
) -> list[str]:
    concerns = household.borrower_kind.code in tables_of(law).kinds_with_priority
    if not concerns or outcome.priority[row] != Truth.UNKNOWN:
        return []
    return [
        fact
        for ground in law.grounds
        if outcome.ground(ground.id, row) is Truth.UNKNOWN
        for fact in ground_facts(law, ground)
    ]


def _is_missing(household: HouseholdFacts, law: LawOfDay, name: str) -> bool:
    if getattr(household, name) is None:
        return True
    year = household.joint_taxable_income_year
    is_dated = name == "joint_taxable_income_cents" and year is not None
    return is_dated and year != law.income_year("income_ceiling_b")


def _answers(name: str) -> tuple[int, ...]:
    return _EXTREMES.get(name, (True, False))


def _answered(household: HouseholdFacts, name: str, answer: int) -> HouseholdFacts:
    changes: dict[str, Any] = {name: answer}
    if name == "joint_taxable_income_cents":
        changes["joint_taxable_income_year"] = None
    return replace(household, **changes)

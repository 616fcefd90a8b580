"""Cases that a counsellor can read, weighed by the rules: a day, a household, an expectation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from energiehuis.eligibility.facts import AMOUNT_FACTS, DwellingKind, Facts, HouseholdFacts
from energiehuis.eligibility.lines import Trace
from energiehuis.eligibility.outcome import Eligibility
from energiehuis.eligibility.rules import evaluate
from energiehuis.eligibility.trace import explain
from energiehuis.eligibility.truth import Truth
from energiehuis.eligibility.works import WorkFacts, check_works
from energiehuis.law.law import Law
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.money import format_plain, parse_cents

WORDS = {"holds": Truth.YES, "does_not_hold": Truth.NO, "cannot_be_told": Truth.UNKNOWN}
INCOMES = {
    "income_ceiling_a": "latest_assessment_income_cents",
    "income_ceiling_b": "joint_taxable_income_cents",
}
_NAMES = {truth: word for word, truth in WORDS.items()}


@dataclass(frozen=True, slots=True)
class CaseSet:
    """All cases of the law or of a draft, as their files hold them."""

    personas: Mapping[str, Mapping[str, Any]]
    products: tuple[Mapping[str, Any], ...]
    ceilings: tuple[Mapping[str, Any], ...] = ()
    works: tuple[Mapping[str, Any], ...] = ()

    def __len__(self) -> int:
        return len(self.products) + len(self.ceilings) + len(self.works)


@dataclass(frozen=True, slots=True)
class CaseFailure:
    """A case that the law does not answer as expected; each value is as the files write it."""

    sentence: str
    day: date
    expected: object
    found: object


@cache
def package_cases() -> CaseSet:
    """Read the cases that the package carries."""
    products, ceilings, works = map(_read, ("products.yaml", "ceilings.yaml", "works.yaml"))
    return CaseSet(
        products["personas"],
        tuple(products["cases"]),
        tuple(ceilings["ceilings"]),
        tuple(works["cases"]),
    )


def run_cases(cases: CaseSet, law: Law) -> tuple[CaseFailure, ...]:
    """Weigh all cases under a law, and give those that come out otherwise.

    Raises
    ------
    ValueError, KeyError, TypeError
        For a case that names what does not exist.
    """
    failures: list[CaseFailure] = []
    for case in cases.products:
        failures += _differences(case, product_case(case, cases.personas, law))
    for row in cases.ceilings:
        failures += _of_ceiling(row, cases.personas, law)
    for case in cases.works:
        failures += _of_works(case, law)
    return tuple(failures)


def product_case(
    case: Mapping[str, Any], personas: Mapping[str, Mapping[str, Any]], law: Law
) -> dict[str, Any]:
    """Give what the law says of a case, by the names that a case may expect."""
    values = {**personas[case["start"]], **case.get("with", {})}
    return _figures(*_weigh(household_of(values), law, case["day"]))


def household_of(values: Mapping[str, Any]) -> HouseholdFacts:
    """Give the household of a case; amounts stand there without `_cents`, as text."""
    known: dict[str, Any] = {}
    for name, value in values.items():
        is_amount = f"{name}_cents" in AMOUNT_FACTS
        known[f"{name}_cents" if is_amount else name] = (
            parse_cents(value) if is_amount and value is not None else value
        )
    known["borrower_kind"] = BorrowerKind(known["borrower_kind"])
    if "dwelling_kind" in known:
        known["dwelling_kind"] = DwellingKind(known["dwelling_kind"])
    return HouseholdFacts(**known)


def ceiling_answers(
    row: Mapping[str, Any], personas: Mapping[str, Mapping[str, Any]], law: Law
) -> tuple[Truth, Truth]:
    """Give the truth of the ground at the amount that still counts and at the one that does not."""
    poor = household_of(personas["gezin"])
    found = []
    for income in (row["holds_at"], row["fails_at"]):
        changes: dict[str, Any] = {
            INCOMES[row["ground"]]: parse_cents(income),
            "dependents": row["dependents"],
            "extra_cadastral_income_cents": parse_cents(row.get("extra_cadastral_income", "0.00")),
        }
        outcome, _ = _weigh(replace(poor, **changes), law, row["day"])
        found.append(outcome.ground(row["ground"]))
    return found[0], found[1]


def works_answers(case: Mapping[str, Any], law: Law) -> list[str]:
    """Give the truth of each work of a case, as the files write it."""
    works = [
        WorkFacts(
            code=work["code"],
            cost_cents=parse_cents(work["cost"]),
            is_by_contractor=work.get("is_by_contractor"),
            scan_shows_need=work.get("scan_shows_need"),
            quantities={k: Decimal(v) for k, v in work.get("quantities", {}).items()},
        )
        for work in case["works"]
    ]
    priority = WORDS[case.get("priority", "holds")]
    check = check_works(works, law.on(case["day"]), priority=priority)
    return [_NAMES[found.truth] for found in check.findings]


def _weigh(household: HouseholdFacts, law: Law, day: date) -> tuple[Eligibility, Trace]:
    of_day = law.on(day)
    outcome = evaluate(Facts.from_records([household]), of_day)
    return outcome, explain(household, of_day, outcome, day=day)


def _figures(outcome: Eligibility, trace: Trace) -> dict[str, Any]:
    maximum = int(outcome.maximums_cents[0])
    minimum = int(outcome.minimums_cents[0])
    elsewhere = trace.elsewhere[0].rate_per_year if trace.elsewhere else None
    return {
        "outcome": outcome.outcome(),
        "product": outcome.product_id(),
        "assured": outcome.assured_product_id(),
        "rate": None if trace.product is None else str(trace.product.rate_per_year),
        "minimum": None if minimum < 0 else format_plain(minimum),
        "maximum": None if maximum < 0 else format_plain(maximum),
        "months": int(outcome.longest_terms_months[0]),
        "priority": _NAMES[Truth(int(outcome.priority[0]))],
        "wish": _NAMES[Truth(int(outcome.wish_fits[0]))],
        "reasons": list(outcome.reasons_of().codes),
        "open_points": list(outcome.open_points_of().codes),
        "elsewhere": [line.id for line in trace.elsewhere],
        "elsewhere_rate": None if elsewhere is None else str(elsewhere),
    }


def _differences(case: Mapping[str, Any], found: Mapping[str, Any]) -> Iterable[CaseFailure]:
    expected = case["expect"]
    answered = {name: found[name] for name in expected}
    if answered != expected:
        yield CaseFailure(case["zin"], case["day"], expected, answered)


def _of_ceiling(
    row: Mapping[str, Any], personas: Mapping[str, Mapping[str, Any]], law: Law
) -> Iterable[CaseFailure]:
    found = ceiling_answers(row, personas, law)
    if found != (Truth.YES, Truth.NO):
        sentence = f"{row['ground']}, {row['dependents']}: {row['holds_at']} / {row['fails_at']}"
        words = [_NAMES[truth] for truth in found]
        yield CaseFailure(sentence, row["day"], ["holds", "does_not_hold"], words)


def _of_works(case: Mapping[str, Any], law: Law) -> Iterable[CaseFailure]:
    found = works_answers(case, law)
    if found != case["expect"]:
        yield CaseFailure(case["zin"], case["day"], case["expect"], found)


def _read(name: str) -> Any:  # noqa: ANN401
    text = files("energiehuis.law").joinpath("cases", name).read_text("utf-8")
    return yaml.load(text, Loader=_Loader)  # noqa: S506  a safe loader in C


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

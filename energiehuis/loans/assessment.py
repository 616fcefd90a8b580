"""What the law of the application day says of one application or of many."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache

from energiehuis.eligibility.facts import Facts, HouseholdFacts
from energiehuis.eligibility.outcome import Eligibility
from energiehuis.eligibility.rules import evaluate
from energiehuis.law.loader import load_law
from energiehuis.law.model import LawOfDay, Product
from energiehuis.law.vocabulary import REPAYMENT_FIRST_RULES, BorrowerKind
from energiehuis.loans.rules import Limits

_PLUS = "energy_loan_plus_asked"


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer of the rules for one application; None where it cannot be told or there is none.

    `limits` are those of the product, or the widest that any product of the day has for this kind
    of borrower while the product is not certain.
    """

    outcome: str
    product_code: str | None
    rate_basis_points: int | None
    rounding: str
    is_priority: bool | None
    grounds: dict[str, int]
    reasons: tuple[str, ...]
    open_points: tuple[str, ...]
    limits: Limits
    law_version: str
    law_files_version: str

    def as_document(self) -> dict[str, object]:
        """Give the answer as the sealed decision keeps it."""
        return asdict(self)


def assess(facts: HouseholdFacts, day: date) -> Assessment:
    """Assess one application by the law of a day."""
    law = load_law().on(day)
    return read_assessment(evaluate(Facts.from_records([facts]), law), facts, law=law)


def assess_many(households: Sequence[HouseholdFacts], days: Sequence[date]) -> list[Assessment]:
    """Assess many applications, each by the law of its own day, with one evaluation a stretch."""
    law = load_law()
    stretches: dict[LawOfDay, list[int]] = {}
    for row, day in enumerate(days):
        stretches.setdefault(law.on(day), []).append(row)
    found: dict[int, Assessment] = {}
    for of_day, rows in stretches.items():
        group = [households[row] for row in rows]
        answers = evaluate(Facts.from_records(group), of_day)
        for place, row in enumerate(rows):
            found[row] = read_assessment(answers, households[row], law=of_day, row=place)
    return [found[row] for row in range(len(households))]


def read_assessment(
    answers: Eligibility, facts: HouseholdFacts, *, law: LawOfDay, row: int = 0
) -> Assessment:
    """Read the answer of one household from the arrays."""
    code = answers.product_id(row)
    product = law.product(code) if code else None
    priority = int(answers.priority[row])
    return Assessment(
        outcome=answers.outcome(row),
        product_code=code,
        rate_basis_points=int(product.rate_per_year * 10_000) if product else None,
        rounding=product.instalment_rounding if product else "down",
        is_priority=None if priority < 0 else bool(priority),
        grounds=dict(zip(answers.ground_ids, answers.grounds[row].tolist(), strict=True)),
        reasons=answers.reasons_of(row).codes,
        open_points=answers.open_points_of(row).codes,
        limits=_limits(answers, product, facts=facts, law=law, row=row),
        law_version=law.version,
        law_files_version=law.files_version,
    )


def _limits(
    answers: Eligibility,
    product: Product | None,
    *,
    facts: HouseholdFacts,
    law: LawOfDay,
    row: int,
) -> Limits:
    if product is None:
        widest = widest_limits(law, facts.borrower_kind, bool(facts.asks_energy_loan_plus))
        return replace(widest, running_cents=facts.outstanding_cents or 0)
    minimum = _known(answers.minimums_cents[row])
    return Limits(
        product.lowest_minimum_cents if minimum is None else minimum,
        _known(answers.maximums_cents[row]),
        _known(answers.longest_terms_months[row]),
        _counted_cents(product, facts),
    )


def _counted_cents(product: Product, facts: HouseholdFacts) -> int:
    """Give what counts within the maximum: nothing where it must be repaid before the loan."""
    values = product.values
    has_rule = values.has("parallel_loans")
    if has_rule and values.text("parallel_loans") in REPAYMENT_FIRST_RULES:
        return 0
    return facts.outstanding_cents or 0


@lru_cache(maxsize=256)
def widest_limits(law: LawOfDay, kind: BorrowerKind, asks_plus: bool) -> Limits:  # noqa: FBT001
    """Give the widest limits that any product of the day has for a kind of borrower."""
    open_products = [
        product
        for product in law.products
        if product.can_be_chosen
        and product.has_terms
        and kind in product.borrower_kinds
        and (asks_plus or _PLUS not in product.conditions)
        # An amount per unit has no highest value until the units are known.
        and product.maximum_per_unit_cents == 0
    ]
    if not open_products:
        return Limits(None, None, None)
    minimums = [product.lowest_minimum_cents for product in open_products]
    return Limits(
        None if None in minimums else min(m for m in minimums if m is not None),
        max(product.maximum_cents for product in open_products),
        max(product.longest_term_months for product in open_products),
    )


def _known(value: int) -> int | None:
    return None if value < 0 else int(value)

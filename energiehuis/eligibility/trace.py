"""Why the rules answer as they do for one household, as codes and values.

Everything here comes from the rule files and from the same functions that decide; the words
stand in the catalogue (see `energiehuis.eligibility.words`).
"""

from dataclasses import dataclass
from datetime import date

from energiehuis.eligibility.facts import Facts, HouseholdFacts
from energiehuis.eligibility.lines import (
    Comparison,
    ConditionLine,
    FactLine,
    GroundLine,
    ProductLine,
    SourceLine,
    StaleLine,
    Trace,
    WayIn,
)
from energiehuis.eligibility.outcome import Eligibility, Reason
from energiehuis.eligibility.questions import ground_facts, list_missing, next_question
from energiehuis.eligibility.rules import (
    Reading,
    ceiling_cents,
    counted_income_cents,
    weigh_condition,
)
from energiehuis.eligibility.tables import IncomeTest, income_test, tables_of
from energiehuis.eligibility.truth import Truth, write_truth
from energiehuis.law.model import Basis, Condition, Ground, LawOfDay, Product, Threshold
from energiehuis.law.vocabulary import Standing


def explain(
    household: HouseholdFacts,
    law: LawOfDay,
    outcome: Eligibility,
    *,
    day: date,
    row: int = 0,
) -> Trace:
    """Tell why a household gets this answer, with every value, its day and its source.

    Parameters
    ----------
    household : HouseholdFacts
        The facts that were weighed.
    law : LawOfDay
        The law that they were weighed under.
    outcome : Eligibility
        What `evaluate` answered.
    day : date
        Application day, for what has not been confirmed since.
    row : int
        Place of the household in the outcome.
    """
    teller = _Teller(household, law, day)
    grounds = tuple(teller.ground(g, outcome.ground(g.id, row)) for g in law.grounds)
    missing = list_missing(household, law, outcome, row=row)
    return Trace(
        day=day,
        outcome=outcome.outcome(row),
        priority=Truth(int(outcome.priority[row])),
        priority_counts=household.borrower_kind.code in tables_of(law).kinds_with_priority,
        wish_fits=Truth(int(outcome.wish_fits[row])),
        product=teller.find_product(outcome.product_id(row), outcome, row),
        assured_product=teller.find_product(outcome.assured_product_id(row), None, row),
        grounds=grounds,
        conditions=teller.conditions(),
        reasons=outcome.reasons_of(row).codes,
        open_points=outcome.open_points_of(row).codes,
        missing=missing,
        next_question=next_question(household, law, missing),
        way_in=_way_in(grounds, outcome.reasons_of(row)),
        stale=teller.stale(grounds),
        elsewhere=teller.elsewhere(),
        law_version=law.version,
        files_version=law.files_version,
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells one household under the law of one day."""

    household: HouseholdFacts
    law: LawOfDay
    day: date

    def ground(self, ground: Ground, truth: Truth) -> GroundLine:
        reading = next(reading for reading in ground.readings if reading.is_chosen)
        return GroundLine(
            id=ground.id,
            truth=truth,
            reading=reading.id,
            valid_from=ground.period.valid_from,
            facts=self._facts(ground_facts(self.law, ground)),
            comparison=self._find_comparison(ground),
            documents=ground.documents,
            sources=self._sources(reading.source_ids, ground.basis),
        )

    def conditions(self) -> tuple[ConditionLine, ...]:
        reading = Reading(Facts.from_records([self.household]))
        return tuple(
            self._condition(
                self.law.conditions[test.id],
                Truth(int(write_truth(weigh_condition(reading, test))[0])),
            )
            for test in tables_of(self.law).conditions
            if self.household.borrower_kind.code in test.kinds
        )

    def find_product(
        self, product_id: str | None, outcome: Eligibility | None, row: int
    ) -> ProductLine | None:
        if product_id is None:
            return None
        product = self.law.product(product_id)
        if outcome is None:
            return self._product(product, _find_whole(product, "maximum_amount"))
        maximum = int(outcome.maximums_cents[row])
        return self._product(product, None if maximum < 0 else maximum)

    def elsewhere(self) -> tuple[ProductLine, ...]:
        return tuple(
            self._product(product, _find_whole(product, "maximum_amount"))
            for product in self.law.products
            if product.standing is Standing.ELSEWHERE
            and self.household.borrower_kind in product.borrower_kinds
        )

    def stale(self, grounds: tuple[GroundLine, ...]) -> tuple[StaleLine, ...]:
        ceilings = [line.comparison for line in grounds if line.comparison is not None]
        return tuple(
            StaleLine(ceiling.parameter, ceiling.last_confirmed_on)
            for ceiling in ceilings
            if ceiling.is_stale and ceiling.last_confirmed_on is not None
        )

    def _find_comparison(self, ground: Ground) -> Comparison | None:
        test = income_test(self.law, ground.threshold)
        if test is None or ground.threshold is None:
            return None
        return self._comparison(self.law.thresholds[ground.threshold], test)

    def _comparison(self, threshold: Threshold, test: IncomeTest) -> Comparison:
        income, ceiling = self._income_cents(test), self._ceiling_cents(test)
        excess = None if income is None or ceiling is None else max(0, income - ceiling)
        limit, period = threshold.values.value("limit"), threshold.period
        return Comparison(
            parameter=threshold.parameter,
            income_cents=income,
            income_year=test.income_year,
            cadastral_factor=test.cadastral_factor,
            ceiling_cents=ceiling,
            limit_cents=test.limit_cents,
            per_dependent_cents=test.per_dependent_cents,
            dependents=self.household.dependents,
            excess_cents=excess,
            valid_from=period.valid_from,
            is_start_chosen=period.is_start_chosen,
            last_confirmed_on=period.last_confirmed_on,
            is_stale=period.is_stale_on(self.day),
            sources=self._sources(limit.basis.source_ids, limit.basis),
        )

    def _income_cents(self, test: IncomeTest) -> int | None:
        income: int | None = getattr(self.household, test.income)
        cadastral = self.household.extra_cadastral_income_cents if test.cadastral_factor else 0
        year = self.household.joint_taxable_income_year
        is_other_year = test.income_year is not None and year not in (None, test.income_year)
        if income is None or cadastral is None or is_other_year:
            return None
        return counted_income_cents(income, cadastral, test)

    def _ceiling_cents(self, test: IncomeTest) -> int | None:
        dependents = self.household.dependents if test.per_dependent_cents else 0
        return None if dependents is None else ceiling_cents(dependents, test)

    def _condition(self, condition: Condition, truth: Truth) -> ConditionLine:
        names = tuple(fact for clause in condition.clauses for fact in clause)
        return ConditionLine(
            id=condition.id,
            truth=truth,
            facts=self._facts(names),
            sources=self._sources(condition.basis.source_ids, condition.basis),
        )

    def _product(self, product: Product, maximum_cents: int | None) -> ProductLine:
        values = product.values
        return ProductLine(
            id=product.id,
            standing=product.standing,
            rate_per_year=values.decimal("rate_per_year") if values.has("rate_per_year") else None,
            minimum_cents=product.minimum_cents,
            maximum_cents=maximum_cents,
            longest_term_months=_find_whole(product, "longest_term"),
            valid_from=product.period.valid_from,
            valid_until=product.period.valid_until,
            end_reading=next((r.id for r in product.end_readings if r.is_chosen), None),
            reference=product.basis.reference,
            sources=self._sources(product.basis.source_ids, product.basis),
        )

    def _facts(self, names: tuple[str, ...]) -> tuple[FactLine, ...]:
        bare = dict.fromkeys(name.removeprefix("not ") for name in names)
        return tuple(FactLine(name, getattr(self.household, name)) for name in bare)

    def _sources(self, source_ids: tuple[str, ...], basis: Basis) -> tuple[SourceLine, ...]:
        found = (self.law.sources[source_id] for source_id in source_ids)
        return tuple(SourceLine(s.id, s.who, s.url, s.dated, basis.checked_on) for s in found)


def _find_whole(product: Product, name: str) -> int | None:
    return product.values.whole(name) if product.values.has(name) else None


def _way_in(grounds: tuple[GroundLine, ...], reasons: Reason) -> tuple[WayIn, ...]:
    """Give the ceilings that were missed, nearest first; only where priority is what lacks."""
    if Reason.NOT_PRIORITY not in reasons:
        return ()
    missed = [
        WayIn(line.id, line.comparison.excess_cents)
        for line in grounds
        if line.comparison is not None and line.comparison.excess_cents
    ]
    return tuple(sorted(missed, key=lambda way: way.excess_cents))

"""One look at the whole law: how much it holds, whether its cases hold, and what is too old."""

from dataclasses import dataclass
from datetime import date

from energiehuis.law.law import Law
from energiehuis.law.model import Basis
from energiehuis.law_changes.cases import CaseFailure, CaseSet, run_cases
from energiehuis.law_changes.coverage import days_without_case

# A house that reads its sources once a year sees the warning first, and half a year later a stop.
WARNED_AFTER_DAYS = 365
STOPPED_AFTER_DAYS = 548


@dataclass(frozen=True, slots=True)
class AgedRule:
    """A rule that nobody held beside its source for too long."""

    id: str
    checked_on: date
    age_days: int


@dataclass(frozen=True, slots=True)
class LawReport:
    """What a check of the law found."""

    value_count: int
    source_count: int
    case_count: int
    failures: tuple[CaseFailure, ...]
    without_case: tuple[tuple[str, date], ...]
    warned: tuple[AgedRule, ...]
    stopped: tuple[AgedRule, ...]

    @property
    def is_sound(self) -> bool:
        """Say whether nothing stops; a warning does not."""
        return not (self.failures or self.without_case or self.stopped)


def check_law(law: Law, cases: CaseSet, day: date) -> LawReport:
    """Count what the law holds, run its cases, and say what is too old on a day."""
    aged = aged_rules(law, day)
    return LawReport(
        value_count=count_values(law),
        source_count=len(law.sources),
        case_count=len(cases),
        failures=run_cases(cases, law),
        without_case=days_without_case(law, cases),
        warned=tuple(rule for rule in aged if rule.age_days <= STOPPED_AFTER_DAYS),
        stopped=tuple(rule for rule in aged if rule.age_days > STOPPED_AFTER_DAYS),
    )


def count_values(law: Law) -> int:
    """Count the dated values: of products and ceilings, and what works must reach."""
    rows = [row.values for row in law.products] + [row.values for row in law.thresholds]
    needs = sum(len(work.requirements) for work in law.works)
    return sum(len(row.by_name) for row in rows) + needs


def aged_rules(law: Law, day: date) -> tuple[AgedRule, ...]:
    """List the rules whose last check lies longer back than a year, oldest first."""
    found = [
        AgedRule(name, basis.checked_on, (day - basis.checked_on).days)
        for name, basis in _bases(law)
        if (day - basis.checked_on).days > WARNED_AFTER_DAYS
    ]
    return tuple(sorted(found, key=lambda rule: (rule.checked_on, rule.id)))


def _bases(law: Law) -> list[tuple[str, Basis]]:
    found = [(row.id, row.basis) for row in law.products]
    found += [(row.id, row.basis) for row in law.grounds]
    found += [(row.values.row_id, row.basis) for row in law.thresholds]
    found += [(row.code, row.basis) for row in law.works]
    return found + [(row.id, row.basis) for row in law.conditions.values()]

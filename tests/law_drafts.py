"""Drafts of law for tests: income ceiling B some percent higher, as one file; all invented."""

from datetime import date, timedelta
from decimal import Decimal

# Of 2022, as they still stand in the rule file (S05).
LIMIT, PER_DEPENDENT = Decimal(32_980), Decimal(1_720)
FIRST_DAY = date(2030, 1, 1)


def draft_text(
    *,
    name: str = "proef",
    valid_from: date = FIRST_DAY,
    percent: int = 5,
    percent_before: int = 0,
    expects: str = "",
) -> str:
    """Write a draft whose own cases hold, unless `expects` names another outcome for the first."""
    limit = LIMIT * (100 + percent) / 100
    addition = PER_DEPENDENT * (100 + percent) / 100
    before, limit_before = valid_from - timedelta(days=1), LIMIT * (100 + percent_before) / 100
    return f"""name: {name}
title: Inkomensgrens B {percent} procent hoger
valid_from: {valid_from}
checked_on: 2026-11-23
sources:
  DRAFT_{name}:
    who: voorbeeld van een ontwerp, geen besluit
    url: null
    dated: "2026"
parameters:
  income_ceiling_b:
    reference: ontwerp
    sources: [DRAFT_{name}]
    confidence: derived
    values:
      limit: {{value: "{limit:.2f}", unit: EUR, sources: [DRAFT_{name}]}}
      per_dependent: {{value: "{addition:.2f}", unit: EUR/dependent, sources: [DRAFT_{name}]}}
ceilings:
  - {_ceiling(before, limit_before)}
  - {_ceiling(valid_from, limit)}
cases:
  - zin: Wie onder de grens blijft, leent renteloos.
    day: {valid_from}
    start: gezin
    with: {{joint_taxable_income: "{limit:.2f}"}}
    expect: {{outcome: {expects or "eligible"}}}
"""


def _ceiling(day: date, limit: Decimal) -> str:
    above = limit + Decimal("0.01")
    return (
        f"{{day: {day}, ground: income_ceiling_b, dependents: 0, "
        f'holds_at: "{limit:.2f}", fails_at: "{above:.2f}"}}'
    )

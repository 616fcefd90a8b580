"""What is asked of the governance of the association."""

from dataclasses import dataclass
from datetime import date

from energiehuis.programmes.governance.vocabulary import Body, Side


@dataclass(frozen=True, slots=True)
class RecordMandate:
    """Somebody sits in a body; without `nis_code` for a partner that is no municipality."""

    body: Body
    holder_name: str
    is_voting: bool
    from_on: date
    until_on: date | None = None
    nis_code: str | None = None


@dataclass(frozen=True, slots=True)
class RecordBudgetLine:
    """An amount of a year's budget; a correction is a line with a negative amount."""

    year: int
    side: Side
    name: str
    amount_cents: int
    source: str

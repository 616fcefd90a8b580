"""What comes in about the social economy; no data of clients."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from energiehuis.cases.specs import Amount, Items, NisCode, Of, Quantity, Text, Whole
from energiehuis.programmes.social_economy.vocabulary import GrantSource

Fte = Annotated[Decimal, Quantity(unit="fte", minimum="0", maximum="1000", decimals=2)]
Year = Annotated[int, Whole(2000, 2100)]


@dataclass(frozen=True, slots=True)
class NewEnterprise:
    """An enterprise of the social economy."""

    name: Annotated[str, Text(120)]
    kbo: Annotated[str, Text(16)]
    address: Annotated[str | None, Text(200)] = None


@dataclass(frozen=True, slots=True)
class YearPlaces:
    """Work places of an enterprise in a municipality and a year, in full-time equivalents."""

    enterprise: Annotated[UUID, Of("enterprise")]
    nis: Annotated[str, NisCode()]
    year: Year
    places_fte: Fte


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting of the network; `present` names the municipalities whose OCMW was there."""

    date: date
    theme: Annotated[str, Text(120)]
    present: Annotated[tuple[Annotated[str, NisCode()], ...], Items(1, 30)]


@dataclass(frozen=True, slots=True)
class NewGrant:
    """Money of a source for the social economy of a municipality, for some years."""

    source: GrantSource
    nis: Annotated[str, NisCode()]
    amount_cents: Annotated[int, Amount(1)]
    from_year: Year
    to_year: Year
    purpose: Annotated[str | None, Text(120)] = None

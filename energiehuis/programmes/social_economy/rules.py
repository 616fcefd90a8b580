"""What places, meetings and grants must be; plain functions, all errors at once."""

from collections.abc import Iterator

from energiehuis.access.kbo import clean_kbo_number
from energiehuis.cases.commands import Envelope
from energiehuis.errors import FieldError
from energiehuis.programmes.social_economy.commands import (
    HeldMeeting,
    NewEnterprise,
    NewGrant,
    YearPlaces,
)

# Places and grants are promised a year ahead, no further.
YEARS_AHEAD = 1


def enterprise_errors(said: NewEnterprise) -> Iterator[FieldError]:
    """Give what cannot be in an enterprise."""
    if clean_kbo_number(said.kbo) is None:
        yield FieldError("payload.kbo", "field.enterprise_number")


def places_errors(said: YearPlaces, envelope: Envelope, *, is_known: bool) -> Iterator[FieldError]:
    """Give what cannot be in the places of a year."""
    if not is_known:
        yield FieldError("payload.enterprise", "social_economy.enterprise_unknown")
    if said.nis != envelope.nis_code:
        yield FieldError("payload.nis", "social_economy.other_municipality")
    if said.year > envelope.received_on.year + YEARS_AHEAD:
        yield FieldError("payload.year", "social_economy.year_ahead")
    if said.places_fte < 0:
        yield FieldError("payload.places_fte", "social_economy.places_below_zero")


def meeting_errors(
    said: HeldMeeting, envelope: Envelope, *, served: frozenset[str]
) -> Iterator[FieldError]:
    """Give what cannot be in a meeting."""
    if said.date > envelope.received_on:
        yield FieldError("payload.date", "social_economy.meeting_in_future")
    if len(set(said.present)) < len(said.present):
        yield FieldError("payload.present", "field.twice")
    for index, nis_code in enumerate(said.present):
        if nis_code not in served:
            yield FieldError(f"payload.present.{index}", "social_economy.no_member")


def grant_errors(said: NewGrant, envelope: Envelope) -> Iterator[FieldError]:
    """Give what cannot be in a grant."""
    if said.nis != envelope.nis_code:
        yield FieldError("payload.nis", "social_economy.other_municipality")
    if said.to_year < said.from_year:
        yield FieldError("payload.to_year", "social_economy.years_turned_round")
    if said.from_year > envelope.received_on.year + YEARS_AHEAD:
        yield FieldError("payload.from_year", "social_economy.year_ahead")

"""What a scan, a coaching, a group purchase and premises must be; plain, all errors at once."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from energiehuis.errors import FieldError
from energiehuis.money import format_plain
from energiehuis.people.commands import Alias, Identity
from energiehuis.programmes.energy_desk import grounds
from energiehuis.programmes.energy_desk.commands import (
    AskedScan,
    OpenedCampaign,
    RegisteredCoaching,
    ReportedPremises,
    ScanStep,
    Subscription,
)
from energiehuis.programmes.energy_desk.vocabulary import Ground, ScanStatus, Tenure

_TENURES = {Ground.SOCIAL_TENANT: Tenure.SOCIAL_TENANT, Ground.LOW_RENT: Tenure.PRIVATE_TENANT}


def address_key(address: str) -> str:
    """Give an address without the accidents of capitals, commas and spaces."""
    return " ".join(re.findall(r"\w+", address.casefold()))


def scan_errors(asked: AskedScan, day: date) -> Iterator[FieldError]:
    """Give what cannot be in a scan that is asked for on a day."""
    yield from address_errors(asked.address)
    ground = asked.eligibility_ground
    if not grounds.holds(ground, day):
        params: dict[str, object] = {"day": day.isoformat()}
        yield FieldError("payload.eligibility_ground", "energy.ground_not_in_force", params)
        return
    if _TENURES.get(ground, asked.tenure) is not asked.tenure:
        yield FieldError("payload.tenure", "energy.tenure_not_of_ground")
    yield from _rent_errors(asked, day)
    yield from _income_errors(asked, day)


def address_errors(address: str) -> Iterator[FieldError]:
    """Give what cannot be in an address: it names nothing."""
    if not address_key(address):
        yield FieldError("payload.address", "field.required")


def amount_was_checked(asked: AskedScan, day: date) -> bool | None:
    """Say whether the amount of a ground was held against a limit; None: it has no amount."""
    if not grounds.has_limits(asked.eligibility_ground):
        return None
    return grounds.find_limit(asked.eligibility_ground, day) is not None


def scan_step_errors(step: ScanStep, asked_on: date, received_on: date) -> Iterator[FieldError]:
    """Give what cannot be in a step of a scan that was asked for on a day."""
    if step.day < asked_on:
        yield FieldError("payload.day", "energy.before_asked", {"day": asked_on.isoformat()})
    if step.status is not ScanStatus.PLANNED and step.day > received_on:
        yield FieldError("payload.day", "energy.step_in_future")
    if step.saving_kwh is not None and step.status is not ScanStatus.DONE:
        yield FieldError("payload.saving_kwh", "energy.saving_only_when_done")


def coaching_errors(said: RegisteredCoaching, today: date) -> Iterator[FieldError]:
    """Give what cannot be in a coaching that is registered today."""
    yield from address_errors(said.address)
    if said.build_year is not None and said.build_year > today.year:
        yield FieldError("payload.build_year", "energy.build_year_ahead", {"year": today.year})
    yield from _twice(said.wishes, "payload.wishes")


def campaign_errors(said: OpenedCampaign) -> Iterator[FieldError]:
    """Give what cannot be in a group purchase."""
    if said.closes_on < said.opens_on:
        yield FieldError("payload.closes_on", "energy.closes_before_opens")
    yield from _twice(said.lots, "payload.lots")


def subscription_errors(
    said: Subscription, *, offered: Sequence[str], is_open: bool
) -> Iterator[FieldError]:
    """Give why a household cannot join a group purchase so."""
    yield from address_errors(said.address)
    if not is_open:
        yield FieldError("payload.campaign_id", "energy.campaign_not_open")
    yield from _twice(said.lots, "payload.lots")
    for number, lot in enumerate(said.lots):
        if lot not in offered:
            yield FieldError(f"payload.lots.{number}", "energy.lot_not_offered")


def premises_errors(said: ReportedPremises) -> Iterator[FieldError]:
    """Give what cannot be in premises that are reported."""
    yield from address_errors(said.address)
    if (said.landlord is None) == (said.landlord_id is None):
        choices = "landlord, landlord_id"
        yield FieldError("payload.landlord", "field.one_of_these_only", {"choices": choices})
    if said.landlord is not None and _is_same(said.landlord, said.tenant):
        yield FieldError("payload.tenant", "energy.landlord_is_tenant")


def _is_same(one: Identity, other: Identity | None) -> bool:
    if isinstance(one, Alias) and isinstance(other, Alias):
        return one.key == other.key
    return one == other


def _rent_errors(asked: AskedScan, day: date) -> Iterator[FieldError]:
    if asked.eligibility_ground is not Ground.LOW_RENT:
        if asked.rent_cents is not None:
            yield FieldError("payload.rent", "energy.amount_not_of_ground")
        return
    if asked.rent_cents is None:
        yield FieldError("payload.rent", "field.required")
        return
    limit = grounds.find_limit(Ground.LOW_RENT, day)
    if limit is not None and asked.rent_cents > limit.limit_cents:
        yield FieldError("payload.rent", "energy.above_limit", _limit(limit.limit_cents))


def _income_errors(asked: AskedScan, day: date) -> Iterator[FieldError]:
    if asked.eligibility_ground is not Ground.LOW_INCOME:
        for name, value in (("income", asked.income_cents), ("dependents", asked.dependents)):
            if value is not None:
                yield FieldError(f"payload.{name}", "energy.amount_not_of_ground")
        return
    if asked.income_cents is None:
        yield FieldError("payload.income", "field.required")
        return
    limit = grounds.find_limit(Ground.LOW_INCOME, day)
    if limit is None or asked.income_cents <= limit.limit_cents:
        return
    # Nobody said how many dependents there are, and then the limit is not known either.
    if asked.dependents is None:
        yield FieldError("payload.dependents", "field.required")
        return
    highest = limit.limit_cents + asked.dependents * limit.per_dependent_cents
    if asked.income_cents > highest:
        yield FieldError("payload.income", "energy.above_limit", _limit(highest))


def _limit(cents: int) -> dict[str, object]:
    return {"limit": format_plain(cents)}


def _twice(chosen: Sequence[object], path: str) -> Iterator[FieldError]:
    if len(set(chosen)) < len(chosen):
        yield FieldError(path, "field.twice")

"""Dwellings by their address: written down once, and locked where only one may have them."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.errors import Conflict
from energiehuis.identifiers import new_id
from energiehuis.programmes.energy_desk import grounds
from energiehuis.programmes.energy_desk.models import EnergyDwelling, EnergyScan
from energiehuis.programmes.energy_desk.rules import address_key
from energiehuis.programmes.energy_desk.vocabulary import ScanKind, ScanStatus


def take_dwelling(session: Session, organisation_id: UUID, nis_code: str, address: str) -> UUID:
    """Give the dwelling at an address, written down now when not known yet."""
    key = address_key(address)
    found = find_dwelling(session, organisation_id, nis_code, address)
    if found is not None:
        return found
    row: dict[str, object] = {
        "id": new_id(),
        "organisation_id": organisation_id,
        "nis_code": nis_code,
        "address": address,
        "address_key": key,
    }
    try:
        with session.begin_nested():
            session.execute(insert(EnergyDwelling).values(row))
    except IntegrityError:
        # Somebody wrote the same address down in this very moment.
        raced = find_dwelling(session, organisation_id, nis_code, address)
        if raced is None:
            raise
        return raced
    return row["id"]  # type: ignore[return-value]


def find_dwelling(
    session: Session, organisation_id: UUID | None, nis_code: str, address: str
) -> UUID | None:
    """Give the dwelling at an address, or None."""
    return session.scalar(
        select(EnergyDwelling.id).where(
            EnergyDwelling.organisation_id == organisation_id,
            EnergyDwelling.nis_code == nis_code,
            EnergyDwelling.address_key == address_key(address),
        )
    )


def claim_basic_scan(session: Session, dwelling_id: UUID, day: date) -> None:
    """Note a basic scan of a dwelling; one statement, so that only one gets the term.

    Raises
    ------
    Conflict
        `energy.basic_scan_in_term`.
    """
    years = grounds.basic_scan_years()
    last = EnergyDwelling.last_basic_scan_on
    is_free = or_(last.is_(None), last <= grounds.years_before(day, years))
    statement = (
        update(EnergyDwelling)
        .where(EnergyDwelling.id == dwelling_id, is_free)
        .values(last_basic_scan_on=day)
        .execution_options(synchronize_session=False)
    )
    if session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("energy.basic_scan_in_term", field="payload.address", years=years)


def release_basic_scan(session: Session, dwelling_id: UUID) -> None:
    """Note that a basic scan was called off: the last one that was not counts again."""
    last = (
        select(func.max(EnergyScan.asked_on))
        .where(
            EnergyScan.dwelling_id == dwelling_id,
            EnergyScan.scan_kind == ScanKind.BASIC.value,
            EnergyScan.status != ScanStatus.CANCELLED.value,
        )
        .scalar_subquery()
    )
    session.execute(
        update(EnergyDwelling)
        .where(EnergyDwelling.id == dwelling_id)
        .values(last_basic_scan_on=last)
        .execution_options(synchronize_session=False)
    )


def has_earlier_scan(session: Session, dwelling_id: UUID | None, day: date) -> bool:
    """Say whether a basic scan of a dwelling was done by a day."""
    found = session.scalar(
        select(EnergyScan.id)
        .where(
            EnergyScan.dwelling_id == dwelling_id,
            EnergyScan.scan_kind == ScanKind.BASIC.value,
            EnergyScan.done_on <= day,
        )
        .limit(1)
    )
    return found is not None


def address_of(session: Session, dwelling_id: UUID) -> str:
    """Give the address of a dwelling as it was first written."""
    return session.scalars(
        select(EnergyDwelling.address).where(EnergyDwelling.id == dwelling_id)
    ).one()

"""Reading organisations and accounts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.models import Account, Organisation, ServiceArea, SignIn
from energiehuis.errors import NotFound

_ACCOUNT_OF_TOKEN = (
    select(
        Account.id,
        Account.role,
        Account.organisation_id,
        Account.only_nis_code,
        Account.display_name,
        SignIn.expires_at,
    )
    .join(SignIn, SignIn.account_id == Account.id)
    .where(
        SignIn.token_digest == bindparam("digest"),
        SignIn.ended_at.is_(None),
        Account.disabled_at.is_(None),
    )
)
_SERVED = select(ServiceArea.nis_code).where(
    ServiceArea.organisation_id == bindparam("organisation_id"),
    ServiceArea.valid_from <= bindparam("day"),
)
_SERVING = select(ServiceArea.organisation_id).where(
    ServiceArea.programme == bindparam("programme"),
    ServiceArea.nis_code == bindparam("nis_code"),
    ServiceArea.valid_from <= bindparam("day"),
    or_(ServiceArea.valid_until.is_(None), ServiceArea.valid_until > bindparam("day")),
)


def get_organisation_id(session: Session, code: str) -> UUID:
    """Give the id of an organisation by its code.

    Raises
    ------
    NotFound
        When there is none.
    """
    found = session.scalar(select(Organisation.id).where(Organisation.code == code))
    if found is None:
        raise NotFound("organisation.not_found", field="organisation", organisation=code)
    return found


def find_account_of_token(session: Session, digest: bytes, at: datetime) -> Any:  # noqa: ANN401
    """Give the account of a session that still runs at an instant, or None."""
    row = session.execute(_ACCOUNT_OF_TOKEN, {"digest": digest}).first()
    return row if row is not None and row.expires_at > at else None


def municipalities_of(
    session: Session, organisation_id: UUID, only_nis_code: str | None
) -> frozenset[str]:
    """Give the municipalities whose files an account may see today."""
    if only_nis_code is not None:
        return frozenset({only_nis_code})
    return served_municipalities(session, organisation_id, clock.today())


def served_municipalities(session: Session, organisation_id: UUID, day: date) -> frozenset[str]:
    """Give the NIS codes that an organisation ever served up to a day.

    A municipality that left keeps its files with the organisation that granted the loans.
    """
    rows = session.scalars(_SERVED, {"organisation_id": organisation_id, "day": day})
    return frozenset(rows)


def find_serving_organisation_id(
    session: Session, programme: str, nis_code: str, day: date
) -> UUID | None:
    """Give the organisation that runs a programme in a municipality on a day, or None."""
    return session.scalar(_SERVING, {"programme": programme, "nis_code": nis_code, "day": day})

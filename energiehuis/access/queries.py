"""Reading organisations and accounts."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.models import Account, Organisation, SignIn
from energiehuis.access.service_areas import list_service_areas
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.errors import NotFound

_ACCOUNTS, _SIGN_INS = Account.__table__, SignIn.__table__
_ACCOUNT_OF_TOKEN = (
    select(
        _ACCOUNTS.c.id,
        _ACCOUNTS.c.role,
        _ACCOUNTS.c.organisation_id,
        _ACCOUNTS.c.only_nis_code,
        _ACCOUNTS.c.only_programme,
        _ACCOUNTS.c.display_name,
        _SIGN_INS.c.expires_at,
    )
    .join_from(_ACCOUNTS, _SIGN_INS, _SIGN_INS.c.account_id == _ACCOUNTS.c.id)
    .where(
        _SIGN_INS.c.token_digest == bindparam("digest"),
        _SIGN_INS.c.ended_at.is_(None),
        _ACCOUNTS.c.disabled_at.is_(None),
    )
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


def organisation_names(session: Session, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Give the names of organisations; None is left out."""
    wanted = {one for one in ids if one is not None}
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted))
    return {row.id: row.name for row in session.execute(query)}


def get_only_organisation_code(session: Session) -> str:
    """Give the code of the association that runs the programmes, where there is exactly one.

    Raises
    ------
    NotFound
        `organisation.name_one`, with the codes there are.
    """
    runs = Organisation.kind == OrganisationKind.ASSOCIATION.value
    codes = sorted(session.scalars(select(Organisation.code).where(runs)))
    if len(codes) != 1:
        raise NotFound("organisation.name_one", organisations=", ".join(codes) or "-")
    return codes[0]


def find_account_of_token(session: Session, digest: bytes, at: datetime) -> Any:  # noqa: ANN401
    """Give the account of a session that still runs at an instant, or None."""
    row = session.connection().execute(_ACCOUNT_OF_TOKEN, {"digest": digest}).first()
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
    return frozenset(
        area.nis_code
        for area in list_service_areas(session)
        if area.organisation_id == organisation_id and area.valid_from <= day
    )


def find_serving_organisation_id(
    session: Session, programme: str, nis_code: str, day: date
) -> UUID | None:
    """Give the organisation that runs a programme in a municipality on a day, or None."""
    for area in list_service_areas(session):
        if (area.programme, area.nis_code) == (programme, nis_code) and area.holds_on(day):
            return area.organisation_id
    return None

"""What the Woonclub is to the shared core.

Its intakes came before the shared kinds and keep addresses of their own (`api.v1.intakes`).
"""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.access.field_classes import DataClass
from energiehuis.cases.programmes import Detail, Programme
from energiehuis.programmes.woonclub.models import Housing, WantedMunicipality, WoonclubFile
from energiehuis.programmes.woonclub.states import MOVES
from energiehuis.programmes.woonclub.vocabulary import PROGRAMME as CODE


def details(session: Session, case_id: UUID) -> Iterator[Detail]:
    """Give what a household looks for, and what it found."""
    file = session.get_one(WoonclubFile, case_id)
    wanted = session.scalars(
        select(WantedMunicipality.nis_code)
        .where(WantedMunicipality.case_id == case_id)
        .order_by(WantedMunicipality.nis_code)
    )
    yield Detail("max_rent_cents", file.max_rent_cents, DataClass.MONEY)
    yield Detail("reason", file.reason, DataClass.MONEY)
    yield Detail("municipalities", tuple(wanted), DataClass.IDENTITY)
    if file.notice_on is not None:
        yield Detail("notice_date", file.notice_on.isoformat(), DataClass.MONEY)
    found = session.get(Housing, case_id)
    if found is not None:
        yield Detail("tenure", found.tenure, DataClass.MONEY)
        yield Detail("housed_in", found.nis_code, DataClass.IDENTITY)
        if found.rent_cents is not None:
            yield Detail("rent_cents", found.rent_cents, DataClass.MONEY)


# A file closes with its tenure and rent, at an address of its own: no outcomes here.
PROGRAMME = Programme(code=CODE, moves=MOVES, details=details)

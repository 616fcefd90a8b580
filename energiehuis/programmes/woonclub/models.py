"""Rows that only the Woonclub keeps, one to one with a case of the shared core."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.cases.models import Case
from energiehuis.db.base import Base
from energiehuis.db.types import Cents, one_of
from energiehuis.programmes.woonclub.vocabulary import SearchReason, Tenure


class WoonclubFile(Base):
    """What a household looks for, and why."""

    __tablename__ = "woonclub_files"
    __table_args__ = (
        CheckConstraint("max_rent_cents BETWEEN 100 AND 500000", "max_rent"),
        CheckConstraint(one_of("reason", SearchReason), "reason"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), primary_key=True)
    max_rent_cents: Mapped[int] = mapped_column(Cents)
    reason: Mapped[str] = mapped_column(String(40))
    notice_on: Mapped[date | None]


class WantedMunicipality(Base):
    """A municipality where a household wants to live."""

    __tablename__ = "woonclub_wanted_municipalities"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(WoonclubFile.case_id), primary_key=True)
    nis_code: Mapped[str] = mapped_column(String(5), primary_key=True)


class Housing(Base):
    """The dwelling that a household found; a file without one did not end in a dwelling."""

    __tablename__ = "woonclub_housings"
    __table_args__ = (
        CheckConstraint(one_of("tenure", Tenure), "tenure"),
        CheckConstraint("rent_cents BETWEEN 100 AND 500000", "rent"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey(WoonclubFile.case_id), primary_key=True)
    tenure: Mapped[str] = mapped_column(String(20))
    nis_code: Mapped[str] = mapped_column(String(5))
    # NULL: the household did not say.
    rent_cents: Mapped[int | None] = mapped_column(Cents)

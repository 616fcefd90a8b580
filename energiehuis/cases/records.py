"""Reading what intakes wrote down, alike for every kind: within the scope, and class by class."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.field_classes import visible_classes
from energiehuis.access.permissions import Permission, Role
from energiehuis.cases.commands import Envelope
from energiehuis.cases.intakes import say
from energiehuis.cases.kinds import Recorded
from energiehuis.cases.models import Case
from energiehuis.cases.programmes import Detail
from energiehuis.errors import NotFound
from energiehuis.identifiers import new_id

MOST_LISTED = 50


def _no_parts(_session: Session, _row: Any) -> tuple[Detail, ...]:  # noqa: ANN401  a row of any kind
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The records of a kind of intake, and how they are read.

    Attributes
    ----------
    programme : str
        Code of the programme.
    name : str
        What a record is in the audit trail, such as `kracht_wonen_stay`.
    rows : type
        Its table: with columns of its own for scope (`cases.written`), or one to one with a case.
    said : callable
        Gives what a row says, each with its class; money in whole cents.
    parts : callable
        Gives what tables beside it say of a row; asked for one record, not for a list.
    is_about_people : bool
        Whether reading one leaves a line in the audit trail.
    shown_anyway : mapping
        Names that a role sees whatever their class.
    """

    programme: str
    name: str
    rows: type[Any]
    said: Callable[[Any], Iterable[Detail]]
    parts: Callable[[Session, Any], Iterable[Detail]] = _no_parts
    is_about_people: bool = True
    shown_anyway: Mapping[Role, frozenset[str]] = field(default_factory=dict)

    def load(self, session: Session, actor: Actor, record_id: UUID) -> Recorded:
        """Give a record within the scope of the actor. Needs `programme:read`.

        Raises
        ------
        NotFound
            When there is none, or when the actor may not know that there is.
        """
        require(actor, Permission.PROGRAMME_READ)
        found = self.written(session, actor, record_id)
        if self.is_about_people:
            say(session, actor, f"{self.name}.read", self.name, record_id)
        return found

    def written(self, session: Session, actor: Actor, record_id: UUID) -> Recorded:
        """Give a record to whoever just wrote it, as far as the role sees its classes."""
        row = self.find(session, actor, record_id)
        if row is None:
            raise NotFound("request.not_found")
        return self._recorded(actor, row, [*self.said(row), *self.parts(session, row)])

    def find(self, session: Session, actor: Actor, record_id: UUID) -> Any | None:  # noqa: ANN401
        """Give the row of a record within the scope of the actor, or None."""
        return session.scalars(self._scoped(actor).where(self._key == record_id)).first()

    def list_recent(self, session: Session, actor: Actor) -> tuple[Recorded, ...]:
        """Give the newest records within the scope of the actor. Needs `programme:read`."""
        require(actor, Permission.PROGRAMME_READ)
        newest = self._scoped(actor).order_by(self._key.desc()).limit(MOST_LISTED)
        return tuple(self._recorded(actor, row, self.said(row)) for row in session.scalars(newest))

    @property
    def _key(self) -> Any:  # noqa: ANN401  a column
        return self.rows.id if hasattr(self.rows, "id") else self.rows.case_id

    def _scoped(self, actor: Actor) -> Select[Any]:
        # What was changed by a statement of its own must not be read from memory.
        query = select(self.rows).execution_options(populate_existing=True)
        owner: Any = self.rows
        if not hasattr(self.rows, "organisation_id"):
            owner, query = Case, query.join(Case, Case.id == self.rows.case_id)
        if hasattr(self.rows, "programme"):
            query = query.where(self.rows.programme == self.programme)
        seen = actor.municipalities if actor.works_for(self.programme) else ()
        return query.where(owner.organisation_id == actor.organisation_id, owner.nis_code.in_(seen))

    def _recorded(self, actor: Actor, row: Any, said: Iterable[Detail]) -> Recorded:  # noqa: ANN401
        seen = visible_classes(actor, self.programme)
        anyway = self.shown_anyway.get(actor.role, frozenset()) if actor.role else frozenset()
        return Recorded(
            id=getattr(row, self._key.key),
            version=getattr(row, "version", 1),
            case_id=getattr(row, "case_id", None),
            body={
                detail.name: detail.value
                for detail in said
                if detail.data_class in seen or detail.name in anyway
            },
        )


def written_columns(envelope: Envelope, organisation_id: UUID) -> dict[str, object]:
    """Give the columns of `cases.written` for a new row."""
    return {
        "id": new_id(),
        "organisation_id": organisation_id,
        "nis_code": envelope.nis_code,
        "intake_id": envelope.intake_id,
    }

"""The way of a household through the programmes, as far as who asks may see it.

That a household is known in another programme is itself personal data. So a worker sees the cases
of its own programmes, and of another one only what the client agreed that this programme may know;
a coordinator learns beside the own cases only that there is something else; everybody else counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.field_classes import DataClass
from energiehuis.access.permissions import Permission, Role
from energiehuis.audit.chain import Entry, append
from energiehuis.errors import NotFound
from energiehuis.journeys.queries import (
    Agreed,
    Stop,
    list_agreed,
    list_referrals_between,
    list_stops,
)
from energiehuis.referrals.models import Referral

# These learn what the client agreed to; a psychologist stays with the own cases (matrix 3.1).
SEE_AGREED = frozenset({Role.PROGRAMME_WORKER, Role.SOCIAL_WORKER})
SEE_FLAG = frozenset({Role.PROGRAMME_COORDINATOR})
SEE_NO_REFERRALS = frozenset({Role.PSYCHOLOGIST})


@dataclass(frozen=True, slots=True)
class Step:
    """A referral on the way: which programme sent it where, and how far it came."""

    from_programme: str
    to_programme: str
    state: str
    sent_at: datetime
    accepted_at: datetime | None
    refused_at: datetime | None
    first_contact_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Journey:
    """What an actor sees of a household's way.

    `is_known_elsewhere` says whether other programmes hold something that is not shown; None for
    who may not even know that.
    """

    household_id: UUID
    stops: tuple[Stop, ...]
    steps: tuple[Step, ...]
    is_known_elsewhere: bool | None


def get_journey(session: Session, actor: Actor, household_id: UUID) -> Journey:
    """Give the way of a household; that it was read is written down. Needs `case:read`.

    Raises
    ------
    PermissionDenied
    NotFound
        When the actor has no case of it, and no client agreed that it may know of another one.
    """
    require(actor, Permission.CASE_READ)
    everything = list_stops(session, actor, household_id)
    own = [stop for stop in everything if actor.works_for(stop.programme)]
    agreed = _agreed(actor, list_agreed(session, household_id))
    shown = [stop for stop in everything if stop in own or _is_agreed(stop, agreed)]
    if not shown:
        raise NotFound("request.not_found")
    steps = _steps(session, actor, shown) if actor.role not in SEE_NO_REFERRALS else ()
    is_known = None
    if actor.role in SEE_FLAG or actor.is_system:
        is_known = len(shown) < len(everything)
    _say(session, actor, household_id, shown)
    return Journey(household_id, tuple(shown), steps, is_known)


def _agreed(actor: Actor, agreements: Iterable[Agreed]) -> frozenset[tuple[str, UUID | None]]:
    """Give of which programmes, about whom, the client agreed that this actor may know."""
    if actor.role not in SEE_AGREED:
        return frozenset()
    return frozenset(
        (agreed.from_programme, agreed.person_id)
        for agreed in agreements
        if actor.works_for(agreed.to_programme)
    )


def _is_agreed(stop: Stop, agreed: frozenset[tuple[str, UUID | None]]) -> bool:
    """Say whether an agreement of the same household or person covers a case."""
    return (stop.programme, stop.person_id) in agreed


def _steps(session: Session, actor: Actor, shown: Iterable[Stop]) -> tuple[Step, ...]:
    """Give the referrals out of what is shown: those that the actor sends or receives."""
    case_ids = [stop.case_id for stop in shown if stop.case_id is not None]
    return tuple(
        _step(row)
        for row in list_referrals_between(session, case_ids)
        if actor.works_for(row.from_programme) or actor.works_for(row.to_programme)
    )


def _step(row: Referral) -> Step:
    return Step(**{name: getattr(row, name) for name in Step.__slots__})


def _say(session: Session, actor: Actor, household_id: UUID, shown: Iterable[Stop]) -> None:
    said: dict[str, object] = {
        "purpose": "journey",
        "classes": [DataClass.COMPOSITION.value],
        "programmes": sorted({stop.programme for stop in shown}),
    }
    entry = Entry(
        actor.name,
        actor.role_name,
        "journey.read",
        "household",
        str(household_id),
        details=said,
    )
    append(session, entry)

"""Reading a referral: what the receiving programme sees of the case that was sent on."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.field_classes import DataClass, visible_classes
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.cases.models import Case
from energiehuis.cases.programmes import Detail
from energiehuis.errors import NotFound
from energiehuis.people.queries import PersonView
from energiehuis.programmes.case_service import details_of, people_of
from energiehuis.referrals.consents import read_classes
from energiehuis.referrals.models import Referral
from energiehuis.referrals.queries import (
    Direction,
    ReferralLine,
    StateChange,
    as_line,
    find_referral,
    is_shared,
    list_state_changes,
)


@dataclass(frozen=True, slots=True)
class SharedCase:
    """What is shared of a case; free notes never are."""

    classes: tuple[DataClass, ...]
    household_id: UUID | None
    people: tuple[PersonView, ...]
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral; `shared` is None for the sender, and once nothing may be shared any more."""

    line: ReferralLine
    changes: tuple[StateChange, ...]
    shared: SharedCase | None


def read_referral(session: Session, actor: Actor, referral_id: UUID) -> ReferralView:
    """Give a referral to either side; that it was read is written down. Needs `referral:answer`.

    The receiving programme sees exactly the classes that were shared and that the role may see of
    its own cases, while the agreement stands and the referral was not refused.

    Raises
    ------
    PermissionDenied
    NotFound
        When there is none, or when the actor may not know that there is.
    """
    require(actor, Permission.REFERRAL_ANSWER)
    referral = find_referral(session, actor, referral_id, Direction.IN)
    shared = None if referral is None else _shared(session, actor, referral)
    referral = referral or find_referral(session, actor, referral_id, Direction.OUT)
    if referral is None:
        raise NotFound("request.not_found")
    said: dict[str, object] = {
        "purpose": f"referral:{referral.to_programme}",
        "classes": [] if shared is None else [c.value for c in shared.classes],
    }
    entry = Entry(
        actor.name, actor.role_name, "referral.read", "referral", str(referral.id), details=said
    )
    append(session, entry)
    changes = tuple(list_state_changes(session, referral.id))
    return ReferralView(as_line(referral), changes, shared)


def _shared(session: Session, actor: Actor, referral: Referral) -> SharedCase | None:
    if not is_shared(session, referral):
        return None
    seen = read_classes(referral.classes) & visible_classes(actor, referral.to_programme)
    case = session.get_one(Case, referral.from_case_id)
    return SharedCase(
        classes=tuple(sorted(seen)),
        household_id=case.household_id if DataClass.COMPOSITION in seen else None,
        people=people_of(session, case) if DataClass.IDENTITY in seen else (),
        details=tuple(d for d in details_of(session, case) if d.data_class in seen),
    )

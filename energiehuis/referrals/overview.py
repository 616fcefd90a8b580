"""What a worker looks at first: how many referrals wait, and what runs from one case."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.access.queries import find_serving_organisation_id, organisation_names
from energiehuis.cases.models import Case
from energiehuis.referrals.consents import ConsentView, list_consents, own_case
from energiehuis.referrals.models import Referral
from energiehuis.referrals.queries import Direction, ReferralLine, as_line, lost, side_of
from energiehuis.referrals.states import RUNNING, ReferralState


@dataclass(frozen=True, slots=True)
class ReferralCounts:
    """Referrals that wait: for an answer, too long for one (`late`), for a first contact."""

    unanswered: int = 0
    late: int = 0
    without_contact: int = 0


@dataclass(frozen=True, slots=True)
class Receiver:
    """A programme to which a case can be sent on, and who runs it where the client lives."""

    programme: str
    organisation: str


@dataclass(frozen=True, slots=True)
class CaseReferrals:
    """The referrals of a case, newest first; None of `agreements` for who may not send."""

    sent: tuple[ReferralLine, ...]
    agreements: tuple[ConsentView, ...] | None = None
    receivers: tuple[Receiver, ...] = ()

    @property
    def running_to(self) -> frozenset[str]:
        """Give the programmes to which the case is on its way."""
        return frozenset(one.to_programme for one in self.sent if one.state.value in RUNNING)


def count_referrals(session: Session, actor: Actor, direction: Direction) -> ReferralCounts:
    """Count what waits on one side. Needs `referral:answer`; no client is read.

    Raises
    ------
    PermissionDenied
    """
    require(actor, Permission.REFERRAL_ANSWER)
    is_sent = Referral.state == ReferralState.SENT.value
    is_accepted = Referral.state == ReferralState.ACCEPTED.value
    sums = (func.sum(case((one, 1), else_=0)) for one in (is_sent, lost(), is_accepted))
    row = session.execute(select(*sums).where(side_of(actor, direction))).one()
    return ReferralCounts(*(int(count or 0) for count in row))


def referrals_of_case(
    session: Session, actor: Actor, case_id: UUID, programmes: Iterable[str]
) -> CaseReferrals:
    """Give what runs from an own case, and where it can go. Needs `referral:answer`.

    Only who has `referral:send` gets agreements and receivers. `programmes` are those that there
    are; a receiver is one of them that runs where the client lives.

    Raises
    ------
    PermissionDenied, NotFound
    """
    require(actor, Permission.REFERRAL_ANSWER)
    own = own_case(session, actor, case_id)
    query = select(Referral).where(Referral.from_case_id == own.id)
    newest = query.order_by(Referral.sent_at.desc(), Referral.id.desc())
    sent = tuple(as_line(row) for row in session.scalars(newest))
    if not actor.may(Permission.REFERRAL_SEND):
        return CaseReferrals(sent)
    return CaseReferrals(sent, list_consents(session, own), _receivers(session, own, programmes))


def _receivers(session: Session, own: Case, programmes: Iterable[str]) -> tuple[Receiver, ...]:
    found = {
        programme: find_serving_organisation_id(session, programme, own.nis_code, clock.today())
        for programme in programmes
        if programme != own.programme
    }
    names = organisation_names(session, found.values())
    return tuple(
        Receiver(programme, names[organisation_id])
        for programme, organisation_id in found.items()
        if organisation_id is not None
    )

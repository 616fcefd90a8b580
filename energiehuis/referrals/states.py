"""The states of a referral, and how long the receiving programme may take to answer."""

from datetime import datetime, timedelta
from enum import StrEnum

from energiehuis import clock
from energiehuis.errors import Conflict

# The term of W13 between sending and an answer, and between sending and a first contact.
ANSWER_WITHIN = timedelta(days=30)


class ReferralState(StrEnum):
    """Where a referral stands; withdrawn: the client took the agreement back before a contact."""

    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FIRST_CONTACT = "first_contact"
    DONE = "done"
    WITHDRAWN = "withdrawn"


_R = ReferralState
# What the receiving programme may do; only the end of an agreement leads to withdrawn.
REFERRAL_MOVES: dict[ReferralState, frozenset[ReferralState]] = {
    _R.SENT: frozenset({_R.ACCEPTED, _R.REFUSED}),
    _R.ACCEPTED: frozenset({_R.FIRST_CONTACT, _R.REFUSED}),
    _R.FIRST_CONTACT: frozenset({_R.DONE}),
    _R.REFUSED: frozenset(),
    _R.DONE: frozenset(),
    _R.WITHDRAWN: frozenset(),
}
STEPS = (_R.ACCEPTED, _R.REFUSED, _R.FIRST_CONTACT, _R.DONE)
# Nobody has spoken to the client yet, so taking the agreement back ends the referral.
WAITING = (_R.SENT.value, _R.ACCEPTED.value)
# Of these, only one a case and programme at a time.
RUNNING = (*WAITING, _R.FIRST_CONTACT.value)
# The receiving programme reads what was shared in these.
SHARING = (*RUNNING, _R.DONE.value)


def is_late(sent_at: datetime) -> bool:
    """Say whether more time went by since the sending than the programmes may take."""
    return sent_at < late_before()


def late_before() -> datetime:
    """Give the instant before which a referral must have been sent to be late now."""
    return clock.now() - ANSWER_WITHIN


def require_referral_move(start: ReferralState, end: ReferralState) -> None:
    """Refuse a step that the table does not hold.

    Raises
    ------
    Conflict
        `referral.move_not_allowed`.
    """
    if end not in REFERRAL_MOVES[start]:
        raise Conflict("referral.move_not_allowed", state=start.value, move=end.value)

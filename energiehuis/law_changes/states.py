"""The states of a draft of law and the steps between them, as one table."""

from enum import StrEnum

from energiehuis.errors import Conflict


class DraftStatus(StrEnum):
    """Where a draft stands."""

    DRAFT = "draft"
    GREEN = "green"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    WITHDRAWN = "withdrawn"


class DraftStep(StrEnum):
    """What can be done with a draft."""

    CREATE = "create"
    TEST = "test"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    WITHDRAW = "withdraw"


_S, _T = DraftStatus, DraftStep
STEPS: dict[tuple[DraftStatus, DraftStep], DraftStatus] = {
    (_S.DRAFT, _T.TEST): _S.GREEN,
    (_S.GREEN, _T.TEST): _S.GREEN,
    (_S.GREEN, _T.APPROVE): _S.APPROVED,
    (_S.APPROVED, _T.SCHEDULE): _S.SCHEDULED,
    **{
        (status, _T.WITHDRAW): _S.WITHDRAWN
        for status in (_S.DRAFT, _S.GREEN, _S.APPROVED, _S.SCHEDULED)
    },
}


def after_step(status: DraftStatus, step: DraftStep) -> DraftStatus:
    """Give the state after a step.

    Raises
    ------
    Conflict
        `law_draft.step_not_allowed`.
    """
    try:
        return STEPS[status, step]
    except KeyError:
        raise Conflict("law_draft.step_not_allowed", status=status.value, step=step.value) from None


def steps_from(status: DraftStatus) -> tuple[DraftStep, ...]:
    """List the steps that a state allows."""
    return tuple(step for (start, step) in STEPS if start is status)

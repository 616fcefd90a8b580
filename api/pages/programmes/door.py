"""Who comes in: whoever works in programmes, whatever part of that work is theirs."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from api.authentication import current_token
from energiehuis.access.actor import Actor, require, require_programme
from energiehuis.access.permissions import Permission, Role
from energiehuis.errors import NotAuthenticated, PermissionDenied

View = TypeVar("View", bound=Callable[..., Any])
WORK = (Permission.PROGRAMME_READ, Permission.CASE_READ, Permission.INTAKE_WRITE)


def works_in_programmes(actor: Actor) -> bool:
    """Say whether an actor has anything to do on these pages."""
    # The key of a partner sends intakes as JSON, by rules of its own; pages are for people.
    is_somebody = actor.role is not None and actor.role is not Role.PARTNER
    return is_somebody and any(actor.may(one) for one in WORK)


def for_workers(view: View) -> View:
    """Let only somebody who is signed in reach the view, which asks `let_in` itself."""

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if current_token() is None:
            raise NotAuthenticated("access.sign_in_needed")
        return view(*args, **kwargs)

    guarded.required_permission = WORK  # type: ignore[attr-defined]
    return cast(View, guarded)


def let_in(actor: Actor, programme: str | None = None) -> None:
    """Refuse whoever has no work in programmes, or not in this one.

    Raises
    ------
    NotAuthenticated, PermissionDenied
    """
    if not works_in_programmes(actor):
        require(actor, Permission.PROGRAMME_READ)
        raise PermissionDenied("access.not_allowed", permission=Permission.PROGRAMME_READ.value)
    if programme is not None:
        require_programme(actor, programme)

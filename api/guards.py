"""The second check of rights, on the route; the first stands in the service.

Each view method carries either `@requires(permission)` or `@public`; a test walks all routes.
The actor is read in the unit of work of the view, so that a request asks the database once; the
permission is checked there, before the view does anything, and again here after it.
"""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import g

from api.authentication import current_token
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission, Role
from energiehuis.errors import NotAuthenticated, PermissionDenied

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a view as open to everybody."""
    view.required_permission = None  # type: ignore[attr-defined]
    return view


def requires(
    permission: Permission, *, of_partners: Permission | None = None
) -> Callable[[View], View]:
    """Let only actors with a permission reach the view.

    A partner's key reaches only the views that name a permission `of_partners`.
    """

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            if current_token() is None:
                raise NotAuthenticated("access.sign_in_needed")
            g.required_permission, g.partner_permission = permission, of_partners
            answer = view(*args, **kwargs)
            if "actor" not in g:
                raise NotAuthenticated("access.sign_in_needed")
            return answer

        guarded.required_permission = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return guard


def check_actor(actor: Actor) -> None:
    """Check the permission that the route of this request asks for."""
    permission = g.get("required_permission")
    if permission is not None and actor.role is Role.PARTNER:
        permission = g.get("partner_permission")
        if permission is None:
            raise PermissionDenied("access.not_for_partners")
    if permission is not None:
        require(actor, permission)

"""Who acts: a signed-in person, an anonymous citizen, or the system itself."""

from dataclasses import dataclass
from uuid import UUID

from energiehuis.access.permissions import ROLE_PERMISSIONS, Permission, Role
from energiehuis.errors import NotAuthenticated, PermissionDenied


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks a service for something.

    Attributes
    ----------
    name : str
        Account id, `citizen` or `system`; what the audit line says. Never a person's name.
    role : Role or None
        None for a citizen, who needs no account.
    organisation_id : UUID or None
        The organisation for which the actor works.
    municipalities : frozenset of str
        NIS codes whose files the actor may see; empty means none.
    programmes : frozenset of str or None
        Programmes for which the actor works; None means all of the organisation.
    display_name : str
        What a page greets the actor with.
    partner_id : UUID or None
        The organisation that sends with a key of its own; None for whoever signed in.
    """

    name: str
    role: Role | None = None
    organisation_id: UUID | None = None
    municipalities: frozenset[str] = frozenset()
    programmes: frozenset[str] | None = None
    display_name: str = ""
    is_system: bool = False
    partner_id: UUID | None = None

    def may(self, permission: Permission) -> bool:
        """Say whether the role of the actor holds a permission."""
        if self.is_system:
            return True
        return self.role is not None and permission in ROLE_PERMISSIONS[self.role]

    def works_for(self, programme: str) -> bool:
        """Say whether the actor works for a programme."""
        return self.programmes is None or programme in self.programmes

    @property
    def role_name(self) -> str:
        """Give the word for the audit line."""
        return self.role.value if self.role else self.name


CITIZEN = Actor("citizen")
SYSTEM = Actor("system", is_system=True)


def require(actor: Actor, permission: Permission) -> None:
    """Refuse an actor who does not hold a permission.

    Raises
    ------
    NotAuthenticated
        When nobody is signed in.
    PermissionDenied
        When somebody is, without this right.
    """
    if actor.may(permission):
        return
    if actor.role is None:
        raise NotAuthenticated("access.sign_in_needed")
    raise PermissionDenied("access.not_allowed", permission=permission.value)


def require_programme(actor: Actor, programme: str) -> None:
    """Refuse an actor who works for other programmes.

    Raises
    ------
    PermissionDenied
        `access.other_programme`.
    """
    if not actor.works_for(programme):
        raise PermissionDenied("access.other_programme", programme=programme)

"""How close a field comes to a person, and who sees which class; deny by default.

What a role may see of a case of its own programme stands in one table, and a test shows the whole
of it. Cases of other programmes are not seen at all, other than as counts.
"""

from enum import StrEnum

from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Role


class DataClass(StrEnum):
    """A is identity and contact, B who lives together, C income, debt and rent.

    D is health, justice and free notes; E a count without persons.
    """

    IDENTITY = "A"
    COMPOSITION = "B"
    MONEY = "C"
    SENSITIVE = "D"
    COUNT = "E"


_D = DataClass
_COUNTS = frozenset({_D.COUNT})
VISIBLE: dict[Role, frozenset[DataClass]] = {
    Role.PROGRAMME_WORKER: frozenset(_D),
    Role.SOCIAL_WORKER: frozenset(_D),
    Role.PSYCHOLOGIST: frozenset({_D.IDENTITY, _D.COMPOSITION, _D.SENSITIVE, _D.COUNT}),
    # An alias, a bed, a night and a remark on safety; the programme shows nothing more.
    Role.CRISIS_DUTY: frozenset({_D.IDENTITY, _D.COUNT}),
    Role.PROGRAMME_COORDINATOR: frozenset({_D.IDENTITY, _D.COMPOSITION, _D.MONEY, _D.COUNT}),
    Role.FINANCE: _COUNTS,
    Role.COUNCIL_MEMBER: _COUNTS,
    Role.POLICYMAKER: _COUNTS,
    Role.COUNSELLOR: _COUNTS,
    Role.LEAD_COUNSELLOR: _COUNTS,
    Role.AUDITOR: _COUNTS,
    Role.PARTNER: frozenset(),
    Role.ADMINISTRATOR: frozenset(),
}


def visible_classes(actor: Actor, programme: str) -> frozenset[DataClass]:
    """Give the classes of data that an actor sees of cases of a programme."""
    if actor.is_system:
        return frozenset(DataClass)
    if actor.role is None:
        return frozenset()
    classes = VISIBLE[actor.role]
    return classes if actor.works_for(programme) else classes & _COUNTS

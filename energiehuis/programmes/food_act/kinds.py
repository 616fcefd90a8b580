"""What this programme takes in."""

from energiehuis.cases.kinds import IntakeKind

KINDS: tuple[IntakeKind, ...] = ()

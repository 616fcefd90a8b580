"""Records of this programme in the demo: invented, one by one, from a fixed seed."""

from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor


def add_woonclub(session: Session, actor: Actor) -> None:
    """Write the records down through the services of the programme."""

"""What other systems are told of agreements and referrals."""

from uuid import UUID

from sqlalchemy.orm import Session


def announce(
    _session: Session, _organisation_id: UUID, _topic: str, _payload: dict[str, object]
) -> None:
    """Let an event be sent; nobody can subscribe yet."""

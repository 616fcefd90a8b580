"""What tests of partners share: a school with a key of its own; invented throughout."""

from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from energiehuis.access.models import Organisation
from energiehuis.db.unit_of_work import Database
from energiehuis.identifiers import new_id
from tests.programme_intakes import intake_json

QUESTIONS = "energy/questions"


def new_partner(database: Database, kind: str = "partner", **changes: Any) -> UUID:
    """Write an organisation of the outside world down and give its id."""
    partner_id = new_id()
    row = {"id": partner_id, "code": uuid4().hex, "name": "vzw De Brug", "kind": kind, **changes}
    with database.unit_of_work() as session:
        session.execute(sa.insert(Organisation), [row])
    return partner_id


def fresh() -> dict[str, str]:
    """Give the header of a request that never came before."""
    return {"Idempotency-Key": uuid4().hex}


def new_key(
    client: Any, manager: dict[str, str], partner_id: UUID, *programmes: str, name: str = "desk"
) -> dict[str, Any]:
    """Make a key and give what was answered, its token among it."""
    body = {"name": name, "partner_id": str(partner_id), "programmes": list(programmes)}
    made = client.post("/api/v1/partner-keys", json=body, headers={**manager, **fresh()})
    assert made.status_code == 201, made.get_json()
    return made.get_json()


def bearer(key: dict[str, Any] | str) -> dict[str, str]:
    """Give the header with which a key, or a token, asks."""
    return {"Authorization": f"Bearer {key if isinstance(key, str) else key['key']}"}


def question(**changes: Any) -> dict[str, Any]:
    """Give a question at the energy desk, as a partner sends it."""
    payload = {"theme": "heating", "answer": "answered"}
    return {**intake_json(payload, channel="partner"), **changes}

"""What tests of programme intakes share: envelopes as JSON, and a way to post them."""

from typing import Any
from uuid import uuid4

HARELBEKE, KORTRIJK = "34013", "34022"


def intake_json(payload: dict[str, Any], subject: Any = None, **changes: Any) -> dict[str, Any]:
    """Give an intake as a partner or a page would send it; without subject where none is asked."""
    said: dict[str, Any] = {
        "intake_id": str(uuid4()),
        "channel": "sitting_day",
        "received_at": "2019-06-05T11:15:00+02:00",
        "nis": HARELBEKE,
        "legal_basis": "public_task",
        "payload": payload,
    }
    if subject is not None:
        said["subject"] = subject
    return {**said, **changes}


def post_intake(client: Any, headers: dict[str, str], path: str, body: dict[str, Any]) -> Any:
    """Post an intake under a fresh key."""
    key = {"Idempotency-Key": str(uuid4())}
    return client.post(f"/api/v1/intakes/{path}", json=body, headers={**headers, **key})


def faults(answer: Any) -> dict[str, str]:
    """Give the code of each wrong field of a refusal."""
    return {error["field"]: error["code"] for error in answer.get_json()["errors"]}

"""What tests of referrals share: a file of the Woonclub, an agreement on it, a referral of it."""

from typing import Any
from uuid import uuid4

from tests.intakes import file_json
from tests.programme_intakes import post_intake

CONTACT = {"given_name": "Noor", "family_name": "Verzonnen", "birth_date": "1985-04-12"}


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


def open_woonclub_case(client: Any, headers: dict[str, str], **changes: Any) -> dict[str, Any]:
    body = file_json(subject={"contact": CONTACT}, **changes)
    sent = post_intake(client, headers, "woonclub/files", body)
    assert sent.status_code == 201, sent.get_json()
    return sent.get_json()


def consent_json(case_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "purpose": "referral",
        "to_programme": "biz",
        "classes": ["A", "B", "C"],
        "given_on": "2019-06-05",
        "proof": "signed",
        **changes,
    }


def give_consent(client: Any, headers: dict[str, str], case_id: str, **changes: Any) -> str:
    body = consent_json(case_id, **changes)
    sent = client.post("/api/v1/consents", json=body, headers={**headers, **key()})
    assert sent.status_code == 201, sent.get_json()
    return sent.get_json()["id"]


def referral_json(case_id: str, consent_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "from_case": case_id,
        "to_programme": "biz",
        "reason": "budget",
        "agreement_id": consent_id,
        **changes,
    }


def post_referral(client: Any, headers: dict[str, str], body: dict[str, Any]) -> Any:
    return client.post("/api/v1/referrals", json=body, headers={**headers, **key()})


def step(
    client: Any,
    headers: dict[str, str],
    referral_id: str,
    *,
    state: str,
    version: int,
    reason: str | None = None,
) -> Any:
    return client.post(
        f"/api/v1/referrals/{referral_id}/steps",
        json={"state": state, "reason": reason},
        headers={**headers, **key(), "If-Match": f'"v{version}"'},
    )

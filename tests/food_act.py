"""What tests of Food Act 13 share: donors and receivers as JSON; invented throughout."""

from typing import Any
from uuid import uuid4

from tests.programme_intakes import intake_json, post_intake

EARLY, DAY = "2019-01-02T09:00:00+01:00", "2019-06-05"
DONOR = {
    "name": "Winkel De Zolder",
    "kbo": "1999.900.072",
    "address": "Zolderdreef 1, 8530 Harelbeke",
    "chain": "De Zolder",
    "pickup_days": ["monday", "wednesday"],
    "categories": ["bread", "dairy"],
}
RECEIVER = {"name": "vzw De Warme Tafel", "address": "Ketelhof 3, 8530 Harelbeke"}


def line(kg: Any = 100, category: str = "dairy", **changes: Any) -> dict[str, Any]:
    return {
        "category": category,
        "kg": kg,
        "expiry_kind": "TGT",
        "temperature_ok": True,
        **changes,
    }


def food(kg: Any = 60, category: str = "dairy") -> dict[str, Any]:
    return {"category": category, "kg": kg}


class FoodAct:
    """A worker of Food Act 13 who sends intakes."""

    def __init__(self, client: Any, headers: dict[str, str]) -> None:
        self.client, self.headers = client, headers

    def send(self, kind: str, payload: dict[str, Any], **changes: Any) -> Any:
        body = intake_json(payload, **changes)
        return post_intake(self.client, self.headers, f"food-act/{kind}", body)

    def made(self, kind: str, payload: dict[str, Any], **changes: Any) -> str:
        sent = self.send(kind, payload, **changes)
        assert sent.status_code == 201, sent.get_json()
        return sent.get_json()["id"]

    def donor(self, *, active: bool = True, **changes: Any) -> str:
        donor_id = self.made("donors", {**DONOR, **changes}, received_at=EARLY)
        if active:
            self.donor_is(donor_id, "active", "2019-01-02")
        return donor_id

    def donor_is(self, donor_id: str, status: str, day: str) -> None:
        self.made("donor-states", {"donor_id": donor_id, "status": status, "date": day})

    def receiver(self, *steps: str, **changes: Any) -> str:
        receiver_id = self.made("receivers", {**RECEIVER, **changes}, received_at=EARLY)
        for status in steps or ("number_shown", "active"):
            said = {"receiver_id": receiver_id, "status": status, "date": "2019-01-03"}
            number = {"favv_number": "2.999.999.999"} if status == "number_shown" else {}
            self.made("receiver-states", {**said, **number})
        return receiver_id

    def pickup(self, donor_id: str, /, **changes: Any) -> Any:
        said = {"donor_id": donor_id, "date": DAY, "lines": [line()], **changes}
        return self.send("pickups", said)

    def distribution(self, receiver_id: str, /, **changes: Any) -> Any:
        said = {"receiver_id": receiver_id, "date": DAY, "lines": [food()], **changes}
        return self.send("distributions", said)


NOBODY = str(uuid4())

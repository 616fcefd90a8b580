"""An application as a citizen would send it; invented throughout."""

from copy import deepcopy
from typing import Any
from uuid import uuid4

APPLICATION: dict[str, Any] = {
    "borrower_kind": "natural_person",
    "applicant": {
        "given_name": "Noor",
        "family_name": "Voorbeeld",
        "birth_date": "1985-04-12",
        "email": "noor@voorbeeld.be",
        "phone": "056 00 00 00",
    },
    "dwelling": {
        "street": "Verzonnenstraat",
        "house_number": "12",
        "postcode": "8530",
        "dwelling_type": "terraced",
        "build_year": 1955,
        "floor_area_m2": 140,
        "heating_carrier": "natural_gas",
    },
    "facts": {
        "main_residence": True,
        "new_build": False,
        "joint_taxable_income": "24500.00",
        "dependents": 1,
        "dwelling_role": "owner_occupier",
        "outstanding": "0.00",
    },
    "works": [
        {"work": "roof_attic_floor_insulation", "cost": "7200.00", "by_contractor": True},
        {"work": "high_efficiency_glazing", "cost": "6100.00", "by_contractor": True},
    ],
    "amount": "12000.00",
    "term_months": 120,
    "language": "nl",
}


def application(house_number: str = "12", **changes: Any) -> dict[str, Any]:
    """Give an application for a dwelling, with some of its top fields changed."""
    made = deepcopy(APPLICATION)
    made["dwelling"]["house_number"] = house_number
    made.update(changes)
    return made


def new_key() -> dict[str, str]:
    """Give a fresh Idempotency-Key header."""
    return {"Idempotency-Key": uuid4().hex}

"""What an envelope and a household must be; plain functions, all errors at once."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from energiehuis.cases.commands import Composition, Envelope, GivenAgreement
from energiehuis.cases.legal_bases import find_legal_basis
from energiehuis.cases.vocabulary import HouseholdType
from energiehuis.errors import FieldError

# The first two digits of a NIS code are one of the arrondissements of Belgium.
NIS_CODE = r"^(1[1-3]|2[13-5]|3[1-8]|4[1-6]|5[1-8]|6[1-4]|7[1-3]|8[1-5]|9[1-3])[0-9]{3}$"
PURPOSE = r"^[a-z_]{1,30}(:[a-z_]{1,29})?$"
MOST_PURPOSES = 10
MOST_PEOPLE = 40
# Clocks differ; more than this is a mistake.
CLOCK_TOLERANCE = timedelta(minutes=5)
_ADULTS = {HouseholdType.SINGLE: 1, HouseholdType.COUPLE: 2}


def envelope_errors(envelope: Envelope, now: datetime) -> Iterator[FieldError]:
    """Give what cannot be in an envelope that is read now."""
    if envelope.received_at > now + CLOCK_TOLERANCE:
        yield FieldError("received_at", "intake.received_in_future")
    if not is_nis_code(envelope.nis_code):
        yield FieldError("nis", "field.nis_code")
    if find_legal_basis(envelope.legal_basis, envelope.received_on) is None:
        day = envelope.received_on.isoformat()
        yield FieldError("legal_basis", "intake.legal_basis_unknown", {"day": day})
    if envelope.agreement is not None:
        yield from _agreement_errors(envelope, envelope.agreement)


def composition_errors(composition: Composition, path: str) -> Iterator[FieldError]:
    """Give what cannot be in a household: nobody grown up, one half of a couple."""
    limits = (("adults", 1, composition.adults), ("children", 0, composition.children))
    for name, least, count in limits:
        if not least <= count <= MOST_PEOPLE:
            wanted: dict[str, object] = {"minimum": least, "maximum": MOST_PEOPLE}
            yield FieldError(f"{path}.{name}", "field.number_out_of_range", wanted)
    expected = _ADULTS.get(composition.household_type)
    if expected is not None and composition.adults >= 1 and composition.adults != expected:
        code = f"household.{composition.household_type.value}_adults"
        yield FieldError(f"{path}.adults", code)


def is_nis_code(text: str) -> bool:
    """Say whether a text can be the NIS code of a Belgian municipality."""
    return re.fullmatch(NIS_CODE, text) is not None


def _agreement_errors(envelope: Envelope, agreement: GivenAgreement) -> Iterator[FieldError]:
    purposes = agreement.purposes
    if not 1 <= len(purposes) <= MOST_PURPOSES:
        wanted: dict[str, object] = {"minimum": 1, "maximum": MOST_PURPOSES}
        yield FieldError("agreement.purposes", "field.list_length", wanted)
    if len(set(purposes)) < len(purposes):
        yield FieldError("agreement.purposes", "field.twice")
    if agreement.given_on > envelope.received_on:
        yield FieldError("agreement.given_on", "intake.agreement_after_intake")

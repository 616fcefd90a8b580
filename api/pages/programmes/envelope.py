"""What a form asks of the envelope: how and when it came in, where, on which legal basis."""

from datetime import date

from api.pages.programmes.inputs import Group, Input, Node, Shape
from energiehuis import clock
from energiehuis.cases.legal_bases import legal_bases
from energiehuis.cases.vocabulary import Channel, Proof

# What a worker asks agreement for: what the programme itself does, and sending on to another.
OWN_PURPOSE = "own_programme"
_DEFAULT_BASIS = "public_task"
_WORKERS_CHANNELS = tuple(channel.value for channel in Channel)


def envelope_parts(received_on: date) -> tuple[Node, ...]:
    """Give what is asked; the legal bases are those of the day on which it came in."""
    bases = tuple(basis.id for basis in legal_bases().values() if basis.holds_on(received_on))
    return (
        _one("channel", Shape.CHOICE, choices=_WORKERS_CHANNELS, words="channel"),
        _one("received_at", Shape.MOMENT),
        _one("nis", Shape.CHOICE, source="own_nis"),
        _one("legal_basis", Shape.CHOICE, choices=bases, words="legal_basis"),
    )


def optional_parts(programmes: tuple[str, ...]) -> tuple[Node, ...]:
    """Give what may be said besides: who runs the desk, who referred, and an agreement."""
    purposes = (OWN_PURPOSE, *(f"referral:{code}" for code in programmes))
    return (
        _one("operator_org", Shape.CHOICE, is_required=False, source="organisation"),
        Group(
            path="referrer",
            name="referrer",
            is_required=False,
            parts=(
                _one("referrer.org", Shape.CHOICE, is_required=False, source="organisation"),
                _one("referrer.worker", Shape.TEXT, is_required=False, most=80),
                _one("referrer.case", Shape.TEXT, is_required=False),
            ),
        ),
        Group(
            path="agreement",
            name="agreement",
            is_required=False,
            parts=(
                _one("agreement.purposes", Shape.CHECKS, choices=purposes, words="purpose"),
                _one(
                    "agreement.proof",
                    Shape.CHOICE,
                    choices=tuple(proof.value for proof in Proof),
                    words="proof",
                ),
                _one("agreement.given_on", Shape.DAY),
            ),
        ),
    )


def first_answers() -> dict[str, str]:
    """Give what stands in a form that nobody touched: it came in now, for the public task."""
    local = clock.now().astimezone(clock.BRUSSELS)
    return {
        "received_at.day": str(local.day),
        "received_at.month": str(local.month),
        "received_at.year": str(local.year),
        "received_at.time": local.strftime("%H:%M"),
        "legal_basis": _DEFAULT_BASIS,
    }


def _one(path: str, shape: Shape, *, is_required: bool = True, **rest: object) -> Input:
    name = f"envelope.{path}"
    return Input(path=path, name=name, shape=shape, is_required=is_required, **rest)  # type: ignore[arg-type]

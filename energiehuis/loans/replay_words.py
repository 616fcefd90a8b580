"""What differs in a sealed decision, in sentences that a counsellor understands."""

from typing import Any

from energiehuis.i18n import has_text, translate
from energiehuis.loans.replay import Difference
from energiehuis.money import format_euro

_GROUND = "assessment.grounds."
_VERDICTS = {-1: "unknown", 0: "no", 1: "yes"}


def say_difference(difference: Difference, language: str) -> str:
    """Say which part differs: what was sealed, and what deciding again gives."""
    part = difference.part
    if part == "seal":
        return translate("replay.seal", language)
    if difference.is_of_law:
        return translate(f"replay.{part.removeprefix('assessment.')}", language)
    return translate(
        "replay.difference",
        language,
        what=_what(difference, language),
        sealed=_value(part, difference.sealed, language),
        found=_value(part, difference.found, language),
        part=part,
    )


def _what(difference: Difference, language: str) -> str:
    part = difference.part
    if part.startswith(_GROUND):
        key = f"eligibility.ground.{part.removeprefix(_GROUND)}"
        name = translate(key, language) if has_text(key) else part
        return translate("replay.ground", language, name=name)
    if isinstance(difference.sealed, dict) and "work" in difference.sealed:
        name = translate(f"eligibility.work.{difference.sealed['work']}", language)
        return translate("replay.work", language, name=name)
    key = f"replay.part.{part}"
    return translate(key, language) if has_text(key) else part


def _value(part: str, value: object, language: str) -> str:
    if value is None:
        return translate("eligibility.answer.unknown", language)
    if part.startswith(_GROUND) and value in _VERDICTS:
        return _verdict(value, language)
    if isinstance(value, dict):
        return _verdict(value.get("truth"), language)
    if isinstance(value, list):
        return ", ".join(_code(code, language) for code in value) or "-"
    is_amount = part.endswith("_cents") and isinstance(value, int)
    return format_euro(int(str(value)), language) if is_amount else _code(value, language)


def _verdict(truth: Any, language: str) -> str:  # noqa: ANN401  a document may hold anything
    name = _VERDICTS.get(truth)
    return str(truth) if name is None else translate(f"eligibility.verdict.{name}", language)


def _code(code: object, language: str) -> str:
    if isinstance(code, bool):
        return translate(f"eligibility.answer.{'yes' if code else 'no'}", language)
    for area in ("eligibility.reason", "eligibility.product", "eligibility.outcome"):
        if has_text(f"{area}.{code}"):
            return translate(f"{area}.{code}", language)
    return str(code)

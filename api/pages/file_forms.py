"""What a counsellor types on a file page, and the commands that come of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from marshmallow import ValidationError

from api.pages.application.validation import WrongAnswer, sentence
from api.problem import field_errors
from api.schemas.decisions import DecisionSchema, FactsChangeSchema, MoveSchema, as_changes
from energiehuis.errors import DomainError, FieldError
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.commands import ChangeFacts, Decide, MoveApplication
from energiehuis.loans.queries import ApplicationFile
from energiehuis.loans.vocabulary import RefusalReason
from energiehuis.money import format_plain, parse_belgian_cents

FLAGS = (
    "main_residence",
    "new_build",
    "increased_allowance",
    "protected_customer",
    "exclusive_night_tariff",
    "lets_through_social_rental_agency",
    "ocmw_energy_guidance",
    "debt_mediation",
    "heating_bill_unpaid",
)
AMOUNTS = (
    "latest_assessment_income",
    "joint_taxable_income",
    "extra_cadastral_income",
    "outstanding",
)
NUMBERS = ("dependents",)
DAYS = ("outstanding_granted_on",)
_TRUTHS = {"yes": True, "no": False, "unknown": None}


@dataclass(frozen=True, slots=True)
class FactField:
    """One fact that can be put right: its name, the word for it, and how it is typed."""

    name: str
    word_key: str
    kind: str


def fact_fields(kind: str) -> tuple[FactField, ...]:
    """Give the facts that matter for a kind of borrower."""
    if kind != BorrowerKind.NATURAL_PERSON:
        names = ("owners_association_units",) if kind == BorrowerKind.OWNERS_ASSOCIATION else ()
        return (*_fields(names, "whole"), *_fields(("outstanding",), "money"), *_days())
    flags, amounts = _fields(FLAGS, "flag"), _fields(AMOUNTS, "money")
    return (*flags, *amounts, *_fields(NUMBERS, "whole"), *_days())


def typed_facts(file: ApplicationFile) -> dict[str, str]:
    """Give the facts as they would be typed; an unknown amount is empty."""
    typed = {}
    for field in fact_fields(file.borrower_kind):
        key = f"{field.name}_cents" if field.kind == "money" else field.name
        typed[f"facts.{field.name}"] = _as_typed(file.facts.get(key), field.kind)
    return typed


def read_facts_form(form: Mapping[str, str], file: ApplicationFile) -> ChangeFacts:
    """Give the command that changes what was typed differently.

    Raises
    ------
    ValidationError
        As the JSON interface does.
    """
    before, changed = typed_facts(file), {}
    for field in fact_fields(file.borrower_kind):
        name = f"facts.{field.name}"
        if name in form and form[name].strip() != before[name]:
            changed[field.name] = _as_json(form[name].strip(), field.kind)
    document: dict[str, Any] = {"facts": changed, "evidence": form.get("evidence", "")}
    document["document"] = form.get("document") or None
    data: dict[str, Any] = FactsChangeSchema().load(document)
    return ChangeFacts(
        file.id, _version(form), as_changes(data), data["evidence"], data["document"]
    )


def read_decision_form(form: Any, file: ApplicationFile) -> Decide:  # noqa: ANN401  a MultiDict
    """Give the decision that was typed: an amount and a term, or reasons and a sentence.

    Raises
    ------
    ValidationError
        As the JSON interface does.
    """
    is_approved = form.get("outcome") == "approved"
    document: dict[str, Any] = {"outcome": form.get("outcome", "")}
    if is_approved:
        document["amount"] = _as_json(form.get("amount", "").strip(), "money")
        document["term_months"] = _as_json(form.get("term_months", "").strip(), "whole")
        document["explanation"] = form.get("approval_note", "")
        document["confirms_open_points"] = form.get("confirms_open_points") == "yes"
    else:
        document["reason_codes"] = form.getlist("reason_codes")
        document["explanation"] = form.get("explanation", "")
    data: dict[str, Any] = DecisionSchema().load(document)
    return Decide(
        file.id,
        _version(form),
        is_approved=is_approved,
        amount_cents=data["amount"],
        term_months=data["term_months"],
        reason_codes=tuple(data["reason_codes"]),
        explanation=data["explanation"],
        confirms_open_points=data["confirms_open_points"],
    )


def read_move_form(form: Mapping[str, str], file: ApplicationFile) -> MoveApplication:
    """Give the move that was chosen.

    Raises
    ------
    ValidationError
        As the JSON interface does.
    """
    document = {"move": form.get("move", ""), "note": form.get("note", "")}
    data: dict[str, Any] = MoveSchema().load(document)
    return MoveApplication(file.id, _version(form), data["move"], data["note"])


def wrong_inputs(error: ValidationError | DomainError, language: str) -> tuple[WrongAnswer, ...]:
    """Say what was wrong in a form, with the input to go to."""
    if isinstance(error, ValidationError):
        found = tuple(field_errors(error.messages))
    else:
        found = getattr(error, "errors", ()) or (
            FieldError(error.field or "", error.code, error.params),
        )
    return tuple(
        WrongAnswer(one.field, _input_of(one.field), sentence(one, language)) for one in found
    )


def refusal_codes() -> tuple[str, ...]:
    """Give the reasons to refuse, in the order shown."""
    return tuple(reason.value for reason in RefusalReason)


def _input_of(path: str) -> str:
    return "reason_codes" if path.startswith("reason_codes") else path


def _fields(names: tuple[str, ...], kind: str) -> tuple[FactField, ...]:
    ending = "_cents" if kind == "money" else ""
    return tuple(FactField(name, f"eligibility.fact.{name}{ending}", kind) for name in names)


def _days() -> tuple[FactField, ...]:
    return _fields(DAYS, "day")


def _as_typed(value: object, kind: str) -> str:
    if kind == "flag":
        return next(word for word, truth in _TRUTHS.items() if truth is value)
    if value is None:
        return ""
    if kind == "day":
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    return format_plain(int(str(value))).replace(".", ",") if kind == "money" else str(value)


def _as_json(text: str, kind: str) -> object:
    if kind == "flag":
        return _TRUTHS.get(text, text)
    if not text:
        return None
    if kind == "whole":
        return int(text) if text.isdecimal() and len(text) < 10 else text
    return _as_day(text) if kind == "day" else _as_money(text)


def _as_money(text: str) -> str:
    try:
        return format_plain(parse_belgian_cents(text))
    except ValueError:
        return text


def _as_day(text: str) -> str:
    """Read a day as it is typed here; what is none stays as it is, for the validation."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()  # noqa: DTZ007
    except ValueError:
        return text


def _version(form: Mapping[str, str]) -> int:
    text = form.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0

"""What is pasted or uploaded, and what was wrong with it."""

from flask import Request
from marshmallow import ValidationError

from api.pages.application.validation import WrongAnswer, sentence
from api.problem import field_errors
from api.schemas.law_drafts import DraftStepSchema, LawDraftSchema
from energiehuis.errors import DomainError, FieldError, InvalidInput
from energiehuis.law_changes.states import DraftStep


def read_draft_form(request: Request) -> str:
    """Give the text of the file that was chosen, else what was pasted.

    Raises
    ------
    ValidationError, InvalidInput
        As the JSON interface does; `law_draft.not_text` for a file that is no text.
    """
    text = request.form.get("text", "")
    if (upload := request.files.get("file")) and upload.filename:
        try:
            text = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InvalidInput([FieldError("file", "law_draft.not_text")]) from error
    # A browser sends its lines with two signs at the end.
    loaded = LawDraftSchema().load({"text": text.replace("\r\n", "\n")})
    return str(loaded["text"])


def read_step_form(request: Request) -> tuple[int, DraftStep]:
    """Give the version that was seen and the step that was chosen.

    Raises
    ------
    ValidationError
        As the JSON interface does.
    """
    loaded = DraftStepSchema().load({"step": request.form.get("step", "")})
    version = request.form.get("version", "")
    is_number = version.isdecimal() and len(version) < 10
    return int(version) if is_number else 0, DraftStep(loaded["step"])


def wrong_inputs(error: ValidationError | DomainError, language: str) -> tuple[WrongAnswer, ...]:
    """Say what was wrong, with the input to go to."""
    if isinstance(error, ValidationError):
        found = tuple(field_errors(error.messages))
    else:
        found = getattr(error, "errors", ()) or (
            FieldError(error.field or "", error.code, error.params),
        )
    return tuple(WrongAnswer(one.field, one.field, sentence(one, language)) for one in found)

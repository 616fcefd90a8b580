"""A draft of law as it comes in and as it is answered; the pages use the same."""

from typing import Any

from marshmallow import Schema, fields, validate

from api.schemas.fields import Choice, StrictSchema, Text
from energiehuis.law_changes.draft_files import MOST_SIGNS
from energiehuis.law_changes.states import DraftStatus, DraftStep

STEPS = tuple(step.value for step in DraftStep if step is not DraftStep.CREATE)


class FileText(Text):
    """The text of a file, word for word: a line that is taken away would move all others."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ANN401
        super()._deserialize(value, attr, data, **kwargs)
        return str(value)


class LawDraftSchema(StrictSchema):
    """A draft as one YAML file, with its cases."""

    text = FileText(MOST_SIGNS, required=True)


class DraftStepSchema(StrictSchema):
    """A step with a draft."""

    step = Choice(STEPS, required=True)


class DraftTitleSchema(Schema):
    """One version of a draft."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    name = fields.String(required=True)
    revision = fields.Integer(required=True)
    title = fields.String(required=True)
    valid_from = fields.Date(required=True)
    status = fields.String(required=True, validate=validate.OneOf(tuple(DraftStatus)))
    created_at = fields.DateTime(required=True)
    is_own = fields.Boolean(required=True)


class DraftListSchema(Schema):
    """All drafts, newest first."""

    items = fields.List(fields.Nested(DraftTitleSchema), required=True)


class FailedCaseSchema(Schema):
    """A case that the law with the draft does not answer as expected."""

    sentence = fields.String(required=True)
    day = fields.Date(required=True)
    expected = fields.Raw(required=True, allow_none=True)
    found = fields.Raw(required=True, allow_none=True)


class LackingCaseSchema(Schema):
    """A day on which a rule changes without a case."""

    rule = fields.String(required=True)
    day = fields.Date(required=True)


class CaseRunSchema(Schema):
    """A run of the cases; of many failures the first twenty are named."""

    cases = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    failures = fields.List(fields.Nested(FailedCaseSchema), required=True)
    without_case = fields.List(fields.Nested(LackingCaseSchema), required=True)


class DraftEventSchema(Schema):
    """A step that was taken, by a role; the run of the cases stands with it where they ran."""

    at = fields.DateTime(required=True)
    step = fields.String(required=True, validate=validate.OneOf(tuple(DraftStep)))
    status = fields.String(required=True, validate=validate.OneOf(tuple(DraftStatus)))
    role = fields.String(required=True)
    is_own = fields.Boolean(required=True)
    run = fields.Nested(CaseRunSchema, required=True, allow_none=True)


class LawDraftOutSchema(DraftTitleSchema):
    """A draft with its file, its steps, and the steps that its state allows."""

    text = fields.String(required=True)
    digest = fields.String(required=True)
    steps = fields.List(fields.String(validate=validate.OneOf(STEPS)), required=True)
    events = fields.List(fields.Nested(DraftEventSchema), required=True)


class EffectsSchema(Schema):
    """How many files a draft touches, and how; null is hidden."""

    files = fields.Integer(required=True, allow_none=True)
    gains = fields.Integer(required=True, allow_none=True)
    loses = fields.Integer(required=True, allow_none=True)
    opens = fields.Integer(required=True, allow_none=True)
    closes = fields.Integer(required=True, allow_none=True)
    changes = fields.Integer(required=True, allow_none=True)


class AreaImpactSchema(EffectsSchema):
    """The effects in a municipality."""

    nis_code = fields.String(required=True)
    name = fields.String(required=True)


class GroundImpactSchema(Schema):
    """For how many files a ground begins to hold, or no longer does; null is hidden."""

    ground = fields.String(required=True)
    begins = fields.Integer(required=True, allow_none=True)
    ends = fields.Integer(required=True, allow_none=True)


class FileToLookAtSchema(Schema):
    """An open file that would be answered otherwise."""

    id = fields.UUID(required=True)
    reference = fields.String(required=True)
    nis_code = fields.String(required=True)
    applied_on = fields.Date(required=True)
    before = fields.String(required=True)
    after = fields.String(required=True)


class ImpactSchema(Schema):
    """What a draft would do; with small counts hidden and no file named when it is public."""

    valid_from = fields.Date(required=True)
    is_public = fields.Boolean(required=True)
    total = fields.Nested(EffectsSchema, required=True)
    open_files = fields.Nested(EffectsSchema, required=True)
    past_files = fields.Nested(EffectsSchema, required=True)
    demo_files = fields.Nested(EffectsSchema, required=True)
    municipalities = fields.List(fields.Nested(AreaImpactSchema), required=True)
    grounds = fields.List(fields.Nested(GroundImpactSchema), required=True)
    to_look_at = fields.List(fields.Nested(FileToLookAtSchema), required=True)
    imported_without_facts = fields.Integer(required=True)

"""Shapes of what goes out; the OpenAPI document is made of them, the tests check bodies by them."""

from marshmallow import Schema, fields, validate

from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.states import ApplicationStatus
from energiehuis.loans.vocabulary import ProofStatus

_OUTCOMES = ("eligible", "not_eligible", "undetermined")
MONEY = {"pattern": r"^-?[0-9]{1,12}\.[0-9]{2}$", "examples": ["15000.00"]}


class MoneyText(fields.String):
    """Euros as text with two decimals."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(metadata=MONEY, **kwargs)  # type: ignore[arg-type]


def _one_of(*values: str) -> validate.OneOf:
    return validate.OneOf(values)


class AssessmentSchema(Schema):
    """What the law of the application day says."""

    outcome = fields.String(required=True, validate=_one_of(*_OUTCOMES))
    product = fields.String(required=True, allow_none=True)
    rate_percent = fields.String(required=True, allow_none=True)
    minimum_amount = MoneyText(required=True, allow_none=True)
    maximum_amount = MoneyText(required=True, allow_none=True)
    longest_term_months = fields.Integer(required=True, allow_none=True)
    still_lendable_amount = MoneyText(required=True, allow_none=True)
    is_priority = fields.Boolean(required=True, allow_none=True)
    law_version = fields.String(required=True)


class SubmittedSchema(Schema):
    """An application that came in."""

    id = fields.UUID(required=True)
    reference = fields.String(required=True)
    secret = fields.String(required=True)
    version = fields.Integer(required=True)
    status = fields.String(required=True)
    applied_on = fields.Date(required=True)
    assessment = fields.Nested(AssessmentSchema, required=True)


class DecisionOutSchema(Schema):
    """A decision that was taken."""

    outcome = fields.String(required=True, validate=_one_of("approved", "refused"))
    decided_at = fields.DateTime(required=True)
    amount = MoneyText(required=True, allow_none=True)
    term_months = fields.Integer(required=True, allow_none=True)
    reason_codes = fields.List(fields.String(), required=True)
    explanation = fields.String(required=True)
    seal = fields.String(required=True)


class WorkOutSchema(Schema):
    """A work with its cost."""

    work = fields.String(required=True)
    cost = MoneyText(required=True)
    by_contractor = fields.Boolean(required=True, allow_none=True)


class ApplicationOutSchema(Schema):
    """A file."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    reference = fields.String(required=True)
    status = fields.String(required=True, validate=_one_of(*ApplicationStatus))
    received_at = fields.DateTime(required=True)
    applied_on = fields.Date(required=True)
    nis_code = fields.String(required=True)
    channel = fields.String(required=True)
    language = fields.String(required=True)
    borrower_kind = fields.String(required=True, validate=_one_of(*BorrowerKind))
    form = fields.Dict(keys=fields.String(), required=True)
    facts = fields.Dict(keys=fields.String(), required=True)
    works = fields.List(fields.Nested(WorkOutSchema), required=True)
    amount = MoneyText(required=True)
    term_months = fields.Integer(required=True)
    outcome = fields.String(required=True, validate=_one_of(*_OUTCOMES))
    product = fields.String(required=True, allow_none=True)
    rate_percent = fields.String(required=True, allow_none=True)
    is_priority = fields.Boolean(required=True, allow_none=True)
    law_version = fields.String(required=True)
    decision = fields.Nested(DecisionOutSchema, required=True, allow_none=True)
    loan_id = fields.UUID(required=True, allow_none=True)


class ProofSchema(Schema):
    """A proof of a ground: what it showed, of what kind, when, and the role of who saw it."""

    ground = fields.String(required=True)
    status = fields.String(required=True, validate=_one_of(*ProofStatus))
    document = fields.String(required=True, allow_none=True)
    seen_on = fields.Date(required=True)
    seen_by_role = fields.String(required=True)
    digest = fields.String(required=True)


class ProofsSchema(Schema):
    """The proofs of a file, oldest first."""

    items = fields.List(fields.Nested(ProofSchema), required=True)


class WorklistItemSchema(Schema):
    """One line of the worklist."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    reference = fields.String(required=True)
    nis_code = fields.String(required=True)
    status = fields.String(required=True)
    received_at = fields.DateTime(required=True)
    applied_on = fields.Date(required=True)
    applicant_name = fields.String(required=True)
    amount = MoneyText(required=True)
    term_months = fields.Integer(required=True)
    outcome = fields.String(required=True)
    product = fields.String(required=True, allow_none=True)
    is_priority = fields.Boolean(required=True, allow_none=True)


class WorklistSchema(Schema):
    """A page of the worklist; `next_before` opens the next page."""

    items = fields.List(fields.Nested(WorklistItemSchema), required=True)
    next_before = fields.String(required=True, allow_none=True)


class StatusSchema(Schema):
    """What a citizen sees of an application."""

    reference = fields.String(required=True)
    status = fields.String(required=True)
    status_since = fields.DateTime(required=True)
    applied_on = fields.Date(required=True)
    amount = MoneyText(required=True)
    term_months = fields.Integer(required=True)
    outcome = fields.String(required=True)
    decision = fields.Nested(DecisionOutSchema, required=True, allow_none=True)


class InstalmentSchema(Schema):
    """One line of a schedule."""

    number = fields.Integer(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    instalment = MoneyText(required=True)
    interest = MoneyText(required=True)
    principal = MoneyText(required=True)
    balance = MoneyText(required=True)


class ScheduleSchema(Schema):
    """A schedule with its totals and its JKP in percent."""

    amount = MoneyText(required=True)
    rate_percent = fields.String(required=True)
    term_months = fields.Integer(required=True)
    rounding = fields.String(required=True)
    instalment = MoneyText(required=True)
    last_instalment = MoneyText(required=True)
    total = MoneyText(required=True)
    total_interest = MoneyText(required=True)
    annual_percentage_rate_percent = fields.Float(required=True)
    rows = fields.List(fields.Nested(InstalmentSchema), required=True)


class SignedInSchema(Schema):
    """A signed-in session."""

    token = fields.String(required=True)
    role = fields.String(required=True)
    display_name = fields.String(required=True)


class WorkFindingSchema(Schema):
    """What the law says of one work; null: it cannot be told yet."""

    work = fields.String(required=True)
    cost = MoneyText(required=True)
    may_be_financed = fields.Boolean(required=True, allow_none=True)
    reasons = fields.List(fields.String(), required=True)
    open_points = fields.List(fields.String(), required=True)


class WorksSchema(Schema):
    """Which works may be financed; `possible` counts those that cannot be told yet as well."""

    financeable = MoneyText(required=True)
    possible = MoneyText(required=True)
    items = fields.List(fields.Nested(WorkFindingSchema), required=True)


class EligibilitySchema(Schema):
    """The answer of the law for one household, with its trace."""

    assessment = fields.Nested(AssessmentSchema, required=True)
    works = fields.Nested(WorksSchema, required=True)
    trace = fields.Dict(keys=fields.String(), required=True)
    text = fields.Dict(keys=fields.String(), required=True)

"""A scenario as it comes in and as it is answered; the page of the policymaker uses the same."""

from typing import Any

from marshmallow import Schema, fields

from api.schemas.fields import Choice, Money, StrictSchema, Text, Whole
from api.schemas.outputs import MoneyText
from energiehuis.money import parse_cents
from energiehuis.simulation.levers import (
    BASELINE_EMISSIONS,
    BASELINE_PRICES,
    CEILING_CENTS,
    DEFAULT_DRAWS,
    DEFAULT_SEED,
    DRAWS,
    EMISSION_VERSIONS,
    INCOME_LIMIT_PERCENT,
    LONGEST_NAME,
    PRICE_VERSIONS,
    SEEDS,
    TERM_MONTHS,
    Levers,
    RunScenarios,
)

RATE_GROUPS = ("priority", "legal_person", "general")


def _rate() -> Text:
    return Text(
        5,
        allow_none=True,
        load_default=None,
        pattern=r"^[0-9]{1,2}(\.[0-9]{1,2})?$",
        metadata={"examples": ["1.50"]},
    )


class LeversSchema(StrictSchema):
    """What is turned; what is left out or null stays as it is."""

    priority_rate_percent = _rate()
    legal_person_rate_percent = _rate()
    general_rate_percent = _rate()
    ceiling = Money(
        allow_none=True,
        load_default=None,
        minimum_cents=CEILING_CENTS[0],
        maximum_cents=CEILING_CENTS[1],
    )
    longest_term_months = Whole(*TERM_MONTHS, allow_none=True, load_default=None)
    income_limit_percent = Whole(*INCOME_LIMIT_PERCENT, load_default=100)
    emission_factors = Choice(EMISSION_VERSIONS, load_default=BASELINE_EMISSIONS)
    energy_prices = Choice(PRICE_VERSIONS, load_default=BASELINE_PRICES)


class ScenarioSchema(StrictSchema):
    """A name, the levers, and how often and from where is drawn."""

    name = Text(LONGEST_NAME, required=True)
    levers = fields.Nested(LeversSchema, required=True)
    draws = Whole(*DRAWS, load_default=DEFAULT_DRAWS)
    seed = Whole(*SEEDS, load_default=DEFAULT_SEED)


def as_scenario_command(data: dict[str, Any]) -> RunScenarios:
    """Give the command of a loaded `ScenarioSchema`."""
    levers = dict(data["levers"])
    rates = {
        f"{group}_rate_basis_points": _basis_points(levers.pop(f"{group}_rate_percent"))
        for group in RATE_GROUPS
    }
    turned = Levers(
        **rates,
        ceiling_cents=levers["ceiling"],
        longest_term_months=levers["longest_term_months"],
        income_limit_percent=levers["income_limit_percent"],
        emission_factors=levers["emission_factors"],
        energy_prices=levers["energy_prices"],
    )
    return RunScenarios(data["name"], turned, data["draws"], data["seed"])


def _basis_points(percent: str | None) -> int | None:
    return None if percent is None else parse_cents(percent)


class IntervalSchema(Schema):
    """Point estimate, and 5th, 50th and 95th of a hundred draws."""

    point = fields.Float(required=True)
    p05 = fields.Float(required=True)
    p50 = fields.Float(required=True)
    p95 = fields.Float(required=True)


class SavingSchema(Schema):
    """Calculated, and as it is expected to show on the meters."""

    calculated = fields.Nested(IntervalSchema, required=True)
    realised = fields.Nested(IntervalSchema, required=True)


class LoanCountsSchema(Schema):
    """Loans behind the savings, and those that are beside them."""

    with_saving = fields.Integer(required=True)
    unknown_works = fields.Integer(required=True)
    unmodelled_works = fields.Integer(required=True)
    partly_modelled = fields.Integer(required=True)
    with_emission_factor = fields.Integer(required=True)
    with_price = fields.Integer(required=True)


class OutcomeSchema(Schema):
    """One area under one scenario; savings a year, repayments in the order of `years`."""

    loans = fields.Integer(required=True)
    lent = MoneyText(required=True)
    interest = MoneyText(required=True)
    repayments = fields.List(MoneyText(), required=True)
    kwh_per_year = fields.Nested(SavingSchema, required=True)
    co2_t_per_year = fields.Nested(SavingSchema, required=True)
    eur_per_year = fields.Nested(SavingSchema, required=True)
    counts = fields.Nested(LoanCountsSchema, required=True)


class AreaSchema(Schema):
    """A municipality, or all of them with a null code; few loans are not for publication."""

    nis_code = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    files = fields.Integer(required=True)
    open_files = fields.Integer(required=True)
    has_few_loans = fields.Boolean(required=True)
    baseline = fields.Nested(OutcomeSchema, required=True)
    scenario = fields.Nested(OutcomeSchema, required=True)


class PinsSchema(Schema):
    """What the answer is pinned to."""

    software_version = fields.String(required=True)
    model_digest = fields.String(required=True)
    law_files_version = fields.String(required=True)
    scenario_law_version = fields.String(required=True)
    portfolio_digest = fields.String(required=True)
    scenario_hash = fields.String(required=True)
    draws = fields.Integer(required=True)
    seed = fields.Integer(required=True)


class LeversOutSchema(Schema):
    """The levers as they were understood."""

    priority_rate_percent = fields.String(required=True, allow_none=True)
    legal_person_rate_percent = fields.String(required=True, allow_none=True)
    general_rate_percent = fields.String(required=True, allow_none=True)
    ceiling = MoneyText(required=True, allow_none=True)
    longest_term_months = fields.Integer(required=True, allow_none=True)
    income_limit_percent = fields.Integer(required=True)
    emission_factors = fields.String(required=True)
    energy_prices = fields.String(required=True)


class RedecidedSchema(Schema):
    """Loans that the rules give or take away under the scenario, and files they cannot judge."""

    gained = fields.Integer(required=True)
    lost = fields.Integer(required=True)
    moved = fields.Integer(required=True)
    without_facts = fields.Integer(required=True)


class PrintedSchema(Schema):
    """A figure that W13 printed beside that of the portfolio."""

    figure = fields.String(required=True)
    unit = fields.String(required=True)
    printed = fields.Float(required=True)
    found = fields.Float(required=True)
    deviation_share = fields.Float(required=True, allow_none=True)
    calculated = fields.Nested(IntervalSchema, required=True, allow_none=True)
    realised = fields.Nested(IntervalSchema, required=True, allow_none=True)


class ScenarioRunSchema(Schema):
    """A run: baseline and scenario for each municipality and for all of them."""

    id = fields.UUID(required=True)
    created_at = fields.DateTime(required=True)
    result_digest = fields.String(required=True)
    name = fields.String(required=True)
    levers = fields.Nested(LeversOutSchema, required=True)
    pins = fields.Nested(PinsSchema, required=True)
    years = fields.List(fields.Integer(), required=True)
    municipalities = fields.List(fields.Nested(AreaSchema), required=True)
    total = fields.Nested(AreaSchema, required=True)
    redecided = fields.Nested(RedecidedSchema, required=True)
    printed = fields.List(fields.Nested(PrintedSchema), required=True)
    boilers_assumed = fields.Integer(required=True)
    demo_files = fields.Integer(required=True)

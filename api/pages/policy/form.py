"""From what was typed to a command: read as people write here, checked as the JSON interface is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from api.languages import requested_language
from api.pages.application.validation import WrongAnswer, sentence
from api.problem import field_errors
from api.schemas.scenarios import RATE_GROUPS, ScenarioSchema, as_scenario_command
from energiehuis.errors import FieldError, InvalidInput
from energiehuis.i18n import translate
from energiehuis.money import format_plain, parse_belgian_cents
from energiehuis.simulation.levers import (
    BASELINE_EMISSIONS,
    BASELINE_PRICES,
    DEFAULT_DRAWS,
    DEFAULT_SEED,
    RunScenarios,
    check_command,
)

RATES = tuple(f"{group}_rate_percent" for group in RATE_GROUPS)
# In the order of the form, which is the order of the errors.
_DEFAULTS = {
    "ceiling": "",
    "longest_term_months": "",
    "income_limit_percent": "100",
    **dict.fromkeys(RATES, ""),
    "energy_prices": BASELINE_PRICES,
    "emission_factors": BASELINE_EMISSIONS,
    "name": "",
    "draws": str(DEFAULT_DRAWS),
    "seed": str(DEFAULT_SEED),
}
_WHOLE = ("longest_term_months", "income_limit_percent", "draws", "seed")
_BESIDE_LEVERS = ("name", "draws", "seed")
_MOST_SIGNS = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, and the command it makes or what is wrong with it."""

    typed: dict[str, str]
    command: RunScenarios | None
    wrong: tuple[WrongAnswer, ...] = ()

    @property
    def query(self) -> dict[str, str]:
        """Give what was typed otherwise than it stands there by itself, for an address."""
        return {name: value for name, value in self.typed.items() if value != _DEFAULTS[name]}


def read_form(given: Mapping[str, str]) -> Asked:
    """Read what was typed; what is empty stays as it is."""
    language = requested_language()
    typed = {
        name: given.get(name, value).strip()[:_MOST_SIGNS] for name, value in _DEFAULTS.items()
    }
    try:
        data = ScenarioSchema().load(document_of(typed, language))
        command = as_scenario_command(data)
        check_command(command)
    except ValidationError as error:
        return Asked(typed, None, _wrong(list(field_errors(error.messages)), language))
    except InvalidInput as error:
        return Asked(typed, None, _wrong(list(error.errors), language))
    return Asked(typed, command)


def typed_of(command: RunScenarios) -> dict[str, str]:
    """Give what one would type for a command, to fill the form of a kept run."""
    levers = command.levers
    rates = {
        f"{group}_rate_percent": _percent_text(getattr(levers, f"{group}_rate_basis_points"))
        for group in RATE_GROUPS
    }
    ceiling, longest = levers.ceiling_cents, levers.longest_term_months
    return {
        "name": command.name,
        **rates,
        "ceiling": "" if ceiling is None else format_plain(ceiling).replace(".", ","),
        "longest_term_months": "" if longest is None else str(longest),
        "income_limit_percent": str(levers.income_limit_percent),
        "emission_factors": levers.emission_factors,
        "energy_prices": levers.energy_prices,
        "draws": str(command.draws),
        "seed": str(command.seed),
    }


def document_of(typed: Mapping[str, str], language: str) -> dict[str, Any]:
    """Give the document of the JSON interface; what cannot be read goes in as it is."""
    document: dict[str, Any] = dict(typed)
    for name in RATES:
        document[name] = typed[name].replace("%", "").replace(",", ".").strip() or None
    for name in _WHOLE:
        document[name] = _whole(typed[name])
    document["ceiling"] = _amount(typed["ceiling"])
    document["income_limit_percent"] = document["income_limit_percent"] or 100
    beside = {name: document.pop(name) for name in _BESIDE_LEVERS}
    beside["name"] = beside["name"] or translate("policy.default_name", language)
    return {**beside, "levers": document}


def _wrong(errors: list[FieldError], language: str) -> tuple[WrongAnswer, ...]:
    found: dict[str, WrongAnswer] = {}
    for error in errors:
        name = error.field.removeprefix("levers.")
        if name in RATES and error.code != "scenario.rate_out_of_range":
            error = FieldError(name, "scenario.rate_pattern")  # noqa: PLW2901
        about = translate(f"policy.form.{name}", language) + ": "
        found.setdefault(name, WrongAnswer(name, name, sentence(error, language), about))
    return tuple(found[name] for name in _DEFAULTS if name in found)


def _whole(text: str) -> int | str | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else text


def _amount(text: str) -> str | None:
    if not text:
        return None
    try:
        return format_plain(parse_belgian_cents(text))
    except ValueError:
        return text


def _percent_text(basis_points: int | None) -> str:
    return "" if basis_points is None else f"{basis_points / 100:g}".replace(".", ",")

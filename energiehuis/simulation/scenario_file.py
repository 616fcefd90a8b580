"""Scenarios as a YAML file: read strictly, so that a slip of the pen never runs as a baseline."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from energiehuis.errors import InvalidInput
from energiehuis.i18n import translate
from energiehuis.money import parse_cents
from energiehuis.simulation.engine_plan import MOST_SCENARIOS
from energiehuis.simulation.levers import (
    BASELINE_EMISSIONS,
    BASELINE_PRICES,
    Levers,
    RunScenarios,
    check_command,
)
from savings_model.scenarios import Attribution, Scenario

_GROUPS = ("priority", "legal_person", "general")
_KEYS = frozenset(
    {
        "code",
        "rates_percent",
        "ceiling_eur",
        "longest_term_months",
        "emission_factors",
        "energy_prices",
        "attribution",
    }
)


class ScenarioFileError(ValueError):
    """A file of scenarios that cannot be used: names the scenario, the field and the limit."""


class _FieldError(Exception):
    """What is wrong with a field of a scenario."""


def read_scenarios(path: Path) -> tuple[Scenario, ...]:
    """Read a file of scenarios; `docs/how-to/simulate-large.md` says what it may hold.

    Raises
    ------
    ScenarioFileError
        For anything that is not in that page.
    """
    try:
        document = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506  a safe one
    except (yaml.YAMLError, OSError, UnicodeDecodeError) as error:
        raise ScenarioFileError(f"{path.name}: cannot be read as YAML: {error}") from error
    rows = document.get("scenarios") if isinstance(document, dict) else None
    if not isinstance(document, dict) or set(document) != {"scenarios"}:
        raise ScenarioFileError(f"{path.name}: needs the one key scenarios")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_SCENARIOS:
        raise ScenarioFileError(f"{path.name}: scenarios: needs 1 to {MOST_SCENARIOS} of them")
    found = tuple(_read_one(path, place, row) for place, row in enumerate(rows))
    codes = [scenario.code for scenario in found]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            raise ScenarioFileError(f"{path.name}: scenarios[{place}].code: {code!r} stands twice")
    return found


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:  # noqa: ANN401, FBT001, FBT002
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len(set(map(str, keys))) != len(keys):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice")
        return super().construct_mapping(node, deep=deep)


def _read_one(path: Path, place: int, row: object) -> Scenario:
    where = f"{path.name}: scenarios[{place}]"
    if not isinstance(row, dict):
        raise ScenarioFileError(f"{where}: must hold keys and values")
    if strangers := sorted(map(str, set(row) - _KEYS)):
        raise ScenarioFileError(f"{where}.{strangers[0]}: unknown; there are {sorted(_KEYS)}")
    code = row.get("code")
    if not isinstance(code, str):
        raise ScenarioFileError(f"{where}.code: must be text")
    try:
        levers = _levers(row)
        check_command(RunScenarios(code, levers))
        attribution = _attribution(row.get("attribution", Attribution.FINANCED_SHARE))
    except InvalidInput as error:
        first = error.errors[0]
        said = translate(first.code, "en", **first.params)
        raise ScenarioFileError(f"{where}.{first.field}: {said}") from error
    except _FieldError as error:
        raise ScenarioFileError(f"{where}.{error}") from error
    return replace(levers.model_scenario(code.strip()), attribution=attribution)


def _levers(row: dict[str, Any]) -> Levers:
    rates = row.get("rates_percent") or {}
    if not isinstance(rates, dict) or set(rates) - set(_GROUPS):
        raise _FieldError(f"rates_percent: may hold {', '.join(_GROUPS)}")
    first, second, third = (_basis_points(group, rates.get(group)) for group in _GROUPS)
    return Levers(
        priority_rate_basis_points=first,
        legal_person_rate_basis_points=second,
        general_rate_basis_points=third,
        ceiling_cents=_cents(row.get("ceiling_eur")),
        longest_term_months=_months(row.get("longest_term_months")),
        emission_factors=str(row.get("emission_factors", BASELINE_EMISSIONS)),
        energy_prices=str(row.get("energy_prices", BASELINE_PRICES)),
    )


def _basis_points(group: str, value: object) -> int | None:
    if value is None:
        return None
    limit = f"rates_percent.{group}: must be a percentage in quotes such as '1.25', is {value!r}"
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _FieldError(limit)
    try:
        hundredths = Decimal(value) * 100
        is_whole = hundredths == int(hundredths)
    except (InvalidOperation, OverflowError, ValueError) as error:
        raise _FieldError(limit) from error
    if not is_whole:
        raise _FieldError(limit)
    return int(hundredths)


def _cents(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _FieldError(f"ceiling_eur: must be euros such as 15000 or '12500.50', is {value!r}")
    try:
        return parse_cents(str(value))
    except ValueError as error:
        raise _FieldError(f"ceiling_eur: {error}") from error


def _months(value: object) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise _FieldError(f"longest_term_months: must be a whole number, is {value!r}")
    return value


def _attribution(value: object) -> Attribution:
    try:
        return Attribution(str(value))
    except ValueError as error:
        choices = ", ".join(Attribution)
        raise _FieldError(f"attribution: must be one of {choices}, is {value!r}") from error

"""Reading what the demo is drawn from: distributions with their sources, words, and the region."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def read_table(name: str) -> dict[str, Any]:
    """Read one of the YAML files beside this module."""
    path = files("energiehuis.seeds").joinpath("data", f"{name}.yaml")
    return dict(yaml.safe_load(path.read_text("utf-8")))


def distribution(name: str) -> Any:  # noqa: ANN401
    """Give the value of a distribution by its name.

    Raises
    ------
    ValueError
        When it does not say where it is from.
    """
    row = read_table("distributions")[name]
    if not row.get("source"):
        raise ValueError(f"{name} has no source")
    return row["value"]

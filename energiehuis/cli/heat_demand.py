"""`energiehuis heat-demand`: the net heat of each dwelling of a list, step by step."""

from pathlib import Path

import click
import numpy as np
import orjson
from rich.console import Console
from rich.table import Table

from energiehuis.i18n import LANGUAGES, translate
from energiehuis.money import format_number
from energiehuis.simulation.dwelling_file import (
    METHODS,
    DwellingFileError,
    DwellingList,
    heat_demand_of,
    read_dwellings,
)
from savings_model.heat_demand import HeatBalance

# Per square metre of reference area, as TABULA prints them; the sums of the periods.
_PER_M2 = {
    "transmission_w_k": "transmission_w_m2k",
    "ventilation_w_k": "ventilation_w_m2k",
    "transmission_kwh": "transmission_kwh_m2",
    "ventilation_kwh": "ventilation_kwh_m2",
    "solar_kwh": "solar_gains_kwh_m2",
    "internal_kwh": "internal_gains_kwh_m2",
    "demand_kwh": "heat_demand_kwh_m2",
}
_PLAIN = ("reduction", "time_constant_h", "exponent")
_SHOWN = ("transmission_kwh_m2", "ventilation_kwh_m2", "solar_gains_kwh_m2")
_SHOWN_LAST = ("internal_gains_kwh_m2", "heat_demand_kwh_m2", "heat_demand_kwh")


@click.command("heat-demand")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--method", type=click.Choice(sorted(METHODS)), default="monthly", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
def heat_demand(*, file: Path, method: str, as_json: bool, language: str) -> None:
    """Work out the heat that each dwelling of a CSV file needs in a year."""
    try:
        found = read_dwellings(file)
        balance = heat_demand_of(file, found, method)
    except DwellingFileError as error:
        raise click.ClickException(str(error)) from error
    rows = rows_of(found, balance, method)
    if as_json:
        for row in rows:
            click.echo(orjson.dumps(row))
    else:
        Console().print(_table(rows, language))


def rows_of(found: DwellingList, balance: HeatBalance, method: str) -> list[dict[str, object]]:
    """Give every step of the balance of each dwelling, with the unit in its name."""
    area = found.numbers["reference_area_m2"]
    columns: dict[str, list[object]] = {"code": list(found.codes)}
    columns["climate"], columns["method"] = list(found.climates), [method] * area.size
    for name, said in _PER_M2.items():
        values = getattr(balance, name)
        yearly = values.sum(axis=-1) if values.ndim > 1 else values
        columns[said] = (yearly / area).tolist()
    for name in _PLAIN:
        columns[name] = np.broadcast_to(getattr(balance, name), area.shape).tolist()
    for name in ("gain_ratio", "utilised_share", "demand_kwh"):
        columns[f"{name}_by_period"] = getattr(balance, name).tolist()
    columns["heat_demand_kwh"] = balance.demand_kwh.sum(axis=-1).tolist()
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _table(rows: list[dict[str, object]], language: str) -> Table:
    names = (*_SHOWN, *_SHOWN_LAST)
    table = Table("", *(translate(f"cli.heat_demand.{name}", language) for name in names))
    for row in rows:
        cells = (format_number(float(str(row[name])), language, decimals=1) for name in names)
        table.add_row(str(row["code"]), *cells)
    return table

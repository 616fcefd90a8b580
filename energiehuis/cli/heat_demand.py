"""`energiehuis heat-demand`: the net heat of each dwelling of a list, step by step."""

from pathlib import Path

import click
import numpy as np
import orjson
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from energiehuis.i18n import LANGUAGES, translate
from energiehuis.money import format_number
from energiehuis.simulation.climate_file import KNOWN_CLIMATES, read_climates
from energiehuis.simulation.dwelling_file import (
    METHODS,
    OWN_WEATHER,
    DwellingList,
    heat_demand_of,
    read_dwellings,
)
from energiehuis.simulation.number_table import NumberTableError
from savings_model.heat_demand import HeatBalance, ratio

# Decimals of what people see; JSON holds all digits.
_SHOWN = {
    "transmission_kwh_m2": 1,
    "ventilation_kwh_m2": 1,
    "solar_gains_kwh_m2": 1,
    "internal_gains_kwh_m2": 1,
    "heat_demand_kwh_m2": 1,
    "heat_demand_kwh": 0,
}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("heat-demand")
@click.argument("file", type=_FILE)
@click.option("--method", type=click.Choice(sorted(METHODS)), default="monthly", show_default=True)
@click.option("--climate", "climate_file", type=_FILE, help="CSV file with named climates.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
def heat_demand(
    *, file: Path, method: str, climate_file: Path | None, as_json: bool, language: str
) -> None:
    """Work out the heat that each dwelling of a CSV file needs in a year.

    The columns of both files, their units and defaults: docs/how-to/heat-demand.md.
    """
    try:
        climates = read_climates(climate_file) if climate_file else KNOWN_CLIMATES
        found = read_dwellings(file, climates)
        balance = heat_demand_of(found, method, climates)
    except NumberTableError as error:
        raise click.ClickException(str(error)) from error
    rows = rows_of(found, balance, method)
    if as_json:
        for row in rows:
            click.echo(orjson.dumps(row))
    else:
        Console().print(_table(rows, method, language=language))


def rows_of(found: DwellingList, balance: HeatBalance, method: str) -> list[dict[str, object]]:
    """Give every step of the balance of each dwelling, with the unit in its name.

    What is per square metre is per square metre of reference area and per year. A ratio that
    does not exist, such as of gains over no losses at all, is null.
    """
    area = found.numbers["reference_area_m2"]
    lost = (balance.transmission_kwh + balance.ventilation_kwh).sum(axis=-1)
    gained = (balance.solar_kwh + balance.internal_kwh).sum(axis=-1)
    used = (balance.utilised_share * (balance.solar_kwh + balance.internal_kwh)).sum(axis=-1)
    demand = balance.demand_kwh.sum(axis=-1)
    columns = {
        "code": list(found.codes),
        "climate": [name or OWN_WEATHER for name in found.climates],
        "method": [method] * area.size,
        "transmission_w_m2k": balance.transmission_w_k / area,
        "ventilation_w_m2k": balance.ventilation_w_k / area,
        "reduction": balance.reduction,
        "transmission_kwh_m2": balance.transmission_kwh.sum(axis=-1) / area,
        "ventilation_kwh_m2": balance.ventilation_kwh.sum(axis=-1) / area,
        "loss_kwh_m2": lost / area,
        "solar_gains_kwh_m2": balance.solar_kwh.sum(axis=-1) / area,
        "internal_gains_kwh_m2": balance.internal_kwh.sum(axis=-1) / area,
        "time_constant_h": balance.time_constant_h,
        "exponent": balance.exponent,
        "gain_ratio": ratio(gained, lost, otherwise=np.nan),
        "utilised_share": ratio(used, gained, otherwise=1.0),
        "heat_demand_kwh_m2": demand / area,
        "heat_demand_kwh": demand,
        "gain_ratio_by_period": balance.gain_ratio,
        "utilised_share_by_period": balance.utilised_share,
        "demand_kwh_by_period": balance.demand_kwh,
    }
    lists = [cells if isinstance(cells, list) else cells.tolist() for cells in columns.values()]
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*lists, strict=True)]


def _table(rows: list[dict[str, object]], method: str, *, language: str) -> Table:
    caption = translate(f"cli.heat_demand.{method}", language)
    table = Table(box=SIMPLE_HEAD, collapse_padding=True, pad_edge=False)
    table.caption, table.caption_justify = caption, "left"
    table.add_column(translate("cli.heat_demand.code", language), overflow="fold")
    for name in _SHOWN:
        heading = translate(f"cli.heat_demand.{name}", language)
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        cells = (
            format_number(float(str(row[name])), language, decimals=decimals)
            for name, decimals in _SHOWN.items()
        )
        table.add_row(str(row["code"]), *cells)
    return table

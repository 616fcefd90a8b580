"""How the command line prints an answer: a table of areas, the printed figures, and the notes."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from energiehuis.i18n import translate
from energiehuis.money import format_euro, format_number
from energiehuis.simulation.printed import Compared, Unit, compare_with_printed
from energiehuis.simulation.results import Answer, Area, Interval, Outcome
from energiehuis.simulation.tables import area_name

_SAVINGS = (("kwh", 0), ("co2_tonnes", 1), ("eur", 0))


def print_answer(console: Console, answer: Answer, nis_codes: Sequence[str], language: str) -> None:
    """Print the areas asked for and the total, the printed figures, and how to read them."""
    areas = [area for code in nis_codes if (area := answer.area(code))]
    for area in (*areas, answer.total):
        console.print(area_table(answer, area, language))
    if compared := compare_with_printed(answer):
        console.print(printed_table(compared, language))
        console.print(translate("policy.printed.reading", language))
    if answer.demo_files:
        console.print(translate("policy.synthetic", language))
    console.print(translate("policy.interval_note", language))


def area_table(answer: Answer, area: Area, language: str) -> Table:
    """Give one area: baseline, and the scenario beside it when something is turned."""
    name = area_name(area) if area.nis_code else translate("policy.region", language)
    table = Table(title=name, title_justify="left")
    table.add_column("")
    columns = [("baseline", area.baseline)]
    if not answer.levers.is_neutral:
        columns.append(("scenario", area.scenario))
    for column, _ in columns:
        header = answer.name if column == "scenario" else translate("policy.baseline", language)
        table.add_column(header, justify="right")
    outcomes = [outcome for _, outcome in columns]
    for key, cells in _lines(outcomes, language):
        table.add_row(translate(key, language), *cells)
    return table


def _lines(outcomes: list[Outcome], language: str) -> list[tuple[str, list[str]]]:
    lines = [
        ("policy.loans", [format_number(o.loans, language) for o in outcomes]),
        ("policy.lent", [format_euro(o.lent_cents, language) for o in outcomes]),
        ("policy.interest", [format_euro(o.interest_cents, language) for o in outcomes]),
    ]
    for name, decimals in _SAVINGS:
        for kind in ("calculated", "realised"):
            cells = [
                interval_text(getattr(getattr(o, name), kind), language, decimals) for o in outcomes
            ]
            lines.append((f"policy.{name}.{kind}", cells))
    lines.append(
        ("policy.with_saving", [format_number(o.counts.with_saving, language) for o in outcomes])
    )
    beside = [o.counts.unknown_works + o.counts.unmodelled_works for o in outcomes]
    lines.append(("policy.beside", [format_number(count, language) for count in beside]))
    return lines


def printed_table(compared: Sequence[Compared], language: str) -> Table:
    """Give the figures that W13 printed beside those of the portfolio."""
    table = Table(title=translate("policy.printed.title", language), title_justify="left")
    table.add_column("")
    for key in ("printed", "found", "deviation", "realised"):
        table.add_column(translate(f"policy.printed.{key}", language), justify="right")
    for row in compared:
        deviation = row.deviation_share
        table.add_row(
            translate(f"policy.printed.{row.name}", language),
            value_text(row.printed, row.unit, language),
            found_text(row, language),
            "-" if deviation is None else f"{format_number(deviation * 100, language):>} %",
            interval_text(row.realised, language, _decimals(row.unit)) if row.realised else "",
        )
    return table


def found_text(row: Compared, language: str) -> str:
    """Write what the portfolio gives, with its interval where it has one."""
    if row.interval is None:
        return value_text(row.found, row.unit, language)
    return interval_text(row.interval, language, _decimals(row.unit))


def value_text(value: float, unit: Unit, language: str) -> str:
    """Write a figure in its unit."""
    if unit is Unit.CENTS:
        return format_euro(round(value), language)
    if unit is Unit.SHARE:
        return f"{format_number(value * 100, language)} %"
    return format_number(value, language, decimals=_decimals(unit))


def interval_text(interval: Interval, language: str, decimals: int) -> str:
    """Write a figure with its interval: `2.100 (1.800 - 2.400)`."""
    point, low, high = (
        format_number(value, language, decimals=decimals)
        for value in (interval.point, interval.p05, interval.p95)
    )
    return f"{point} ({low} - {high})"


def _decimals(unit: Unit) -> int:
    return {Unit.TONNES: 2, Unit.KWH_PER_EUR: 2, Unit.KG_PER_KWH: 4}.get(unit, 0)

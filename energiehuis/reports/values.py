"""How a key figure is written in a report, and what of it can be drawn."""

from energiehuis.i18n import translate
from energiehuis.key_figures.definitions import Kind, Unit
from energiehuis.key_figures.service import KeyFigure
from energiehuis.money import format_number

NOTHING = "–"


def shown(figure: KeyFigure | None, language: str) -> str:
    """Write the value for people, or say why there is none."""
    if figure is None:
        return NOTHING
    if figure.value is None:
        return translate(f"key_figures.short.{figure.reason or 'no_records'}", language)
    number, definition = float(figure.value), figure.definition
    if definition.unit is Unit.SHARE:
        return f"{format_number(number * 100, language, decimals=2)} %"
    decimals = len(figure.value.partition(".")[2])
    if definition.kind is Kind.MONEY:
        return f"€ {format_number(number, language, decimals=2)}"
    return format_number(number, language, decimals=decimals)


def number_of(figure: KeyFigure | None) -> float | None:
    """Give the value as a number for a plot; None where there is none."""
    return None if figure is None or figure.value is None else float(figure.value)

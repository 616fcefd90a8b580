"""Charts drawn on the server, as SVG inside the page: no script, no inline style, no other host.

Beside each chart stands a table with the same figures; a reader of the page never needs the
chart. The numbers are written as people write them here. Drawing is slow the first time (about a
second), so what was drawn is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import orjson
import vl_convert as vlc
from markupsafe import Markup

_BRAND, _BAR, _SOFT = "#0c5460", "#4d8f99", "#9cc6cb"
_INK, _LINE = "#18242b", "#d5d0c3"
_FONT = "system-ui, sans-serif"
_WIDTH, _ROW_HEIGHT, _HEIGHT = 640, 26, 280
_LOCALES: dict[str, dict[str, Any]] = {
    "nl": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]},
    "fr": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", " €"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its interval, such as a municipality; low and high None is no interval.

    Bars of one name in several series stand under each other, in the order given.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    series: str = ""


@dataclass(frozen=True, slots=True)
class YearValue:
    """A value of a year with its band, in one of several series."""

    year: int
    value: float
    low: float | None = None
    high: float | None = None
    series: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a chart says: `description` is read aloud in the place of the picture."""

    description: str
    value_title: str
    name_title: str = ""
    language: str = "nl"


def bar_with_interval(bars: Sequence[Bar], words: Words) -> Markup:
    """Draw one horizontal bar a row, with a whisker where there is an interval.

    Parameters
    ----------
    bars : sequence of Bar
        From top to bottom.
    words : Words
        Titles, description and language.
    """
    data = _data([asdict(bar) for bar in bars])
    places: dict[str, Any] = {"y": alt.Y("name:N", sort=None, title=words.name_title or None)}
    look: dict[str, Any] = {"color": alt.value(_BAR)}
    if len({bar.series for bar in bars}) > 1:
        places["yOffset"] = alt.YOffset("series:N", sort=None)
        scale, legend = alt.Scale(range=[_SOFT, _BRAND]), alt.Legend(orient="top")
        look = {"color": alt.Color("series:N", sort=None, title=None, scale=scale, legend=legend)}
    base = alt.Chart(data).encode(**places)
    layers: list[alt.Chart] = [
        base.mark_bar(height={"band": 0.66}).encode(
            x=alt.X("value:Q", title=words.value_title), **look
        )
    ]
    if any(bar.low is not None for bar in bars):
        known = base.transform_filter("isValid(datum.low) && isValid(datum.high)")
        layers += [
            known.mark_rule(color=_INK, strokeWidth=2).encode(x="low:Q", x2="high:Q"),
            known.mark_tick(color=_INK, thickness=2, size=9).encode(x="low:Q"),
            known.mark_tick(color=_INK, thickness=2, size=9).encode(x="high:Q"),
        ]
    chart = alt.layer(*layers).properties(width=_WIDTH, height=_ROW_HEIGHT * max(1, len(bars)))
    return _draw(chart, words)


def band_over_years(values: Sequence[YearValue], words: Words) -> Markup:
    """Draw a line over the years for each series, with a band where there is an interval.

    Parameters
    ----------
    values : sequence of YearValue
        In any order; a series without a name is drawn alone.
    words : Words
        Titles, description and language.
    """
    data = _data([asdict(value) for value in values])
    # Forty years do not fit side by side; labels that would touch are left out.
    axis = alt.Axis(labelAngle=0, labelOverlap=True, labelSeparation=8)
    years = alt.X("year:O", title=words.name_title or None, axis=axis)
    has_series = len({value.series for value in values}) > 1
    palette = alt.Scale(range=[_BRAND, "#b8620b", "#5b3f8c", "#12643f"])
    colour: Any = (
        alt.Color(
            "series:N",
            sort=None,
            title=None,
            scale=palette,
            legend=alt.Legend(orient="top", symbolOpacity=1),
        )
        if has_series
        else alt.value(_BRAND)
    )
    line = alt.Chart(data).mark_line(strokeWidth=2.5, point=True)
    layers: list[alt.Chart] = [
        line.encode(
            x=years,
            y=alt.Y("value:Q", title=words.value_title, axis=alt.Axis(titlePadding=18)),
            color=colour,
        )
    ]
    if any(value.low is not None for value in values):
        band = alt.Chart(data).mark_area(opacity=0.2)
        layers.insert(0, band.encode(x=years, y="low:Q", y2="high:Q", color=colour))
    return _draw(alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT), words)


def balance_line(balances_eur: Sequence[float], words: Words) -> Markup:
    """Draw what is still owed after each year as steps down to zero.

    Parameters
    ----------
    balances_eur : sequence of float
        Owed at the start and after each year. [EUR]
    words : Words
        Titles, description and language.
    """
    rows: list[dict[str, Any]] = [
        {"year": year, "balance": balance} for year, balance in enumerate(balances_eur)
    ]
    chart = (
        alt.Chart(_data(rows))
        .mark_area(color=_SOFT, line={"color": _BRAND, "strokeWidth": 2.5}, interpolate="linear")
        .encode(
            x=alt.X("year:Q", title=words.name_title or None, axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("balance:Q", title=words.value_title),
        )
        .properties(width=_WIDTH, height=_HEIGHT)
    )
    return _draw(chart, words)


def _data(rows: list[dict[str, Any]]) -> alt.Data:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _draw(chart: Any, words: Words) -> Markup:  # noqa: ANN401  any of Altair's kinds of chart
    drawn = (
        chart.properties(
            description=words.description,
            background="transparent",
            # The font of a reader's device may be wider than the one measured here.
            padding={"left": 26, "top": 6, "right": 20, "bottom": 6},
        )
        .configure(font=_FONT, numberFormat=",.0f")
        .configure_axis(gridColor=_LINE, labelFontSize=13, titleFontSize=13, labelColor=_INK)
        .configure_axisX(tickColor=_LINE, domainColor=_LINE)
        .configure_legend(labelFontSize=13, labelColor=_INK)
        .configure_view(stroke=None)
    )
    specification = orjson.dumps(drawn.to_dict(), option=orjson.OPT_SORT_KEYS).decode()
    label = Markup('<svg role="img" aria-label="{}"').format(words.description)
    # What the renderer makes is markup, with the names of the data escaped.
    drawing = Markup(_render(specification, words.language))  # noqa: S704
    return label + drawing.removeprefix("<svg")


@lru_cache(maxsize=256)
def _render(specification: str, language: str) -> str:
    svg = vlc.vegalite_to_svg(specification, format_locale=_LOCALES[language])
    svg = re.sub(r"<style>.*?</style>", "", svg, flags=re.DOTALL)
    # The page sets the width; the picture keeps its proportions by its view box.
    return re.sub(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"', r"\1", svg, count=1)

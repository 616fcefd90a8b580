"""Bars of a section: this year beside the year before, for figures that count alike."""

from collections.abc import Sequence

import altair as alt
import orjson
import vl_convert as vlc

from energiehuis.reports.content import Line

_INK, _LINE = "#18242b", "#d5d0c3"
_COLOURS = ["#0c5460", "#e3ab6c"]
_MOST_BARS = 8
_FEWEST_BARS = 2
_LOCALES = {
    "nl": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]},
    "fr": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", " €"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}


def bars(lines: Sequence[Line], year: int, language: str) -> str | None:
    """Draw the counts of a section as SVG; None where fewer than two can be drawn.

    Only figures of the unit that most of them share stand in one picture: bars of euros beside
    bars of people would mean nothing.
    """
    drawn = _alike([line for line in lines if line.number or line.number_before])[:_MOST_BARS]
    if len(drawn) < _FEWEST_BARS:
        return None
    rows = [
        {"figure": line.name, "year": str(shown_year), "value": value}
        for line in drawn
        for shown_year, value in ((year, line.number), (year - 1, line.number_before))
        if value is not None
    ]
    chart = (
        alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]
        .mark_bar(height={"band": 0.85})
        .encode(
            y=alt.Y("figure:N", sort=None, title=None, axis=alt.Axis(labelLimit=320)),
            yOffset=alt.YOffset("year:N", sort="descending"),
            x=alt.X("value:Q", title=drawn[0].unit, axis=alt.Axis(tickCount=6)),
            color=alt.Color(
                "year:N",
                sort="descending",
                title=None,
                scale=alt.Scale(range=_COLOURS),
                legend=alt.Legend(orient="top"),
            ),
        )
        .properties(width=420, height=34 * len(drawn), background="white", padding=8)
        .configure(font="Arial, Liberation Sans, sans-serif", numberFormat=",.0f")
        .configure_axis(
            gridColor=_LINE, labelFontSize=12, titleFontSize=12, labelColor=_INK, titleColor=_INK
        )
        .configure_view(stroke=None)
    )
    specification = orjson.dumps(chart.to_dict(), option=orjson.OPT_SORT_KEYS).decode()
    return str(vlc.vegalite_to_svg(specification, format_locale=_LOCALES[language]))


def _alike(lines: list[Line]) -> list[Line]:
    units = [line.unit for line in lines]
    if not units:
        return []
    most = max(dict.fromkeys(units), key=units.count)
    return [line for line in lines if line.unit == most]

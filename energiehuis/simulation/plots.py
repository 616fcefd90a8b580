"""Pictures of a run: how the saving spreads, what it hangs on, and what the fund still owes.

Calculated and expected-realised savings always stand side by side. Every picture carries a
description; the numbers behind it are those of `energiehuis simulate --out`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import orjson
import vl_convert as vlc

from energiehuis.i18n import translate
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.simulation.engine import EngineResult
from energiehuis.simulation.engine_plan import EPOCH_YEAR, MONTHS_PER_YEAR
from savings_model.arrays import FloatArray, IntArray
from savings_model.results import Statistic
from savings_model.tornado import Tornado

_INK, _LINE = "#18242b", "#d5d0c3"
# Dark for what was calculated, warm for what is expected: they differ without colour too.
_COLOURS = ["#0c5460", "#b8620b"]
# Lighter, so that a whisker shows on a bar.
_FILLS = ["#6fabb4", "#e3ab6c"]
_WIDTH, _HEIGHT, _ROW = 640, 300, 30
_KINDS = ("calculated", "realised")
_CO2 = 1
_MOST_ROWS = 40
_LOCALES: dict[str, dict[str, Any]] = {
    "nl": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]},
    "fr": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", " €"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in the language of Vega-Lite, and the language of its words."""

    specification: str
    language: str

    def save(self, path: Path) -> None:
        """Write it as SVG or PNG, by the ending of the name.

        Raises
        ------
        ValueError
            For another ending.
        """
        locale = _LOCALES[self.language]
        if path.suffix == ".svg":
            path.write_text(vlc.vegalite_to_svg(self.specification, format_locale=locale), "utf-8")
        elif path.suffix == ".png":
            drawn = vlc.vegalite_to_png(self.specification, format_locale=locale, scale=2.0)
            path.write_bytes(drawn)
        else:
            raise ValueError(f"{path.name}: a picture ends in .svg or .png")


def fan(result: EngineResult, language: str, scenario: int = 0) -> Picture:
    """Draw the tonnes of each year, as a line of P50 with a band from P5 to P95."""
    rows = [
        {"year": int(year), "kind": _words(f"kind.{kind}", language), **_spread(values)}
        for place, kind in enumerate(_KINDS)
        for year, values in zip(result.years, result.by_year[scenario, _CO2, place], strict=True)
    ]
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickMinStep=5)),
        color=_colour(),
    )
    layers = (
        base.mark_area(opacity=0.22).encode(
            y=alt.Y("low:Q", title=_words("fan.axis", language)), y2="high:Q"
        ),
        base.mark_line(strokeWidth=2.5).encode(y="middle:Q", strokeDash=_dash()),
    )
    return _picture(alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT), "fan", language)


def tornado_plot(found: Tornado, language: str) -> Picture:
    """Draw how far one unknown at a time moves the saved kWh, the widest first."""
    swings = [kwh[:, Statistic.P95] - kwh[:, Statistic.P05] for kwh in _both(found)]
    relative = [
        swing / kwh[:, Statistic.POINT] for swing, kwh in zip(swings, _both(found), strict=True)
    ]
    widest = np.argsort(-np.maximum(*relative), kind="stable")
    rows = [
        {
            "lever": _words(f"lever.{found.levers[lever]}", language),
            "kind": _words(f"kind.{kind}", language),
            **_deviation(kwh[lever]),
        }
        for lever in widest
        for kind, kwh in zip(_KINDS, _both(found), strict=True)
    ]
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("lever:N", sort=None, title=None, axis=alt.Axis(labelLimit=280)),
        yOffset=alt.YOffset("kind:N", sort=None),
    )
    bars = base.mark_bar(height={"band": 0.8}).encode(
        x=alt.X(
            "low:Q",
            title=_words("tornado.axis", language),
            axis=alt.Axis(format="+.0%", tickCount=8),
        ),
        x2="high:Q",
        color=_colour(),
    )
    zero = alt.Chart(_data([{"zero": 0.0}])).mark_rule(color=_INK).encode(x="zero:Q")
    size = {"width": _WIDTH - 160, "height": 1.5 * _ROW * len(widest)}
    return _picture(alt.layer(bars, zero).properties(**size), "tornado", language)


def realised_plot(result: EngineResult, language: str, scenario: int = 0) -> Picture:
    """Draw calculated beside expected savings of each municipality, with their intervals."""
    savings = result.by_group[scenario, 0] / 1000.0
    order = np.argsort(-savings[0, :-1, Statistic.POINT])[:_MOST_ROWS]
    rows = [
        {
            "place": _name(result.nis_codes[group]),
            "kind": _words(f"kind.{kind}", language),
            "point": float(savings[place, group, Statistic.POINT]),
            **_spread(savings[place, group]),
        }
        for group in order
        if not np.isnan(savings[0, group, 0])
        for place, kind in enumerate(_KINDS)
    ]
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("place:N", sort=None, title=None), yOffset=alt.YOffset("kind:N", sort=None)
    )
    layers = (
        base.mark_bar(height={"band": 0.82}).encode(
            x=alt.X("point:Q", title=_words("realised.axis", language), axis=alt.Axis(tickCount=8)),
            color=_colour(_FILLS),
        ),
        base.mark_rule(color=_INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q"),
        base.mark_tick(color=_INK, thickness=1.5, size=7).encode(x="low:Q"),
        base.mark_tick(color=_INK, thickness=1.5, size=7).encode(x="high:Q"),
    )
    height = _ROW * max(1, len(rows) // len(_KINDS))
    return _picture(
        alt.layer(*layers).properties(width=_WIDTH - 80, height=height), "realised", language
    )


def balance_plot(result: EngineResult, language: str, scenario: int = 0) -> Picture:
    """Draw what is owed to the fund at each month's end, over what goes out and comes back."""
    owed = result.balance_cents[scenario, :, -1]
    months = [_first_day(result.first_month + place).isoformat() for place in range(owed.size)]
    rows = [
        {"month": month, "balance": value}
        for month, value in zip(months, (owed / 1e8).tolist(), strict=True)
    ]
    axis = alt.Axis(format="%Y", labelOverlap=True)
    span = alt.Scale(domain=[months[0], f"{months[-1][:4]}-12-31"])
    top = (
        alt.Chart(_data(rows))
        .mark_area(color="#9cc6cb", line={"color": _COLOURS[0], "strokeWidth": 2.5})
        .encode(
            x=alt.X("month:T", title=None, axis=axis, scale=span),
            y=alt.Y("balance:Q", title=_words("balance.owed", language)),
        )
        .properties(width=_WIDTH, height=220)
    )
    below = (
        alt.Chart(_data(_yearly(result, scenario, language)))
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            xOffset=alt.XOffset("kind:N", sort=None),
            y=alt.Y("amount:Q", title=_words("balance.flows", language)),
            color=_colour(),
        )
        .properties(width=_WIDTH, height=150)
    )
    return _picture(alt.vconcat(top, below), "balance", language)


def _yearly(result: EngineResult, scenario: int, language: str) -> list[dict[str, Any]]:
    flows = {
        "lent": result.drawn_cents[scenario, :, -1],
        "repaid": result.instalment_cents[scenario, :, -1],
    }
    years: IntArray = (
        EPOCH_YEAR
        + (result.first_month + np.arange(result.drawn_cents.shape[1])) // MONTHS_PER_YEAR
    )
    return [
        {
            "year": int(year),
            "kind": _words(f"balance.{name}", language),
            "amount": float(flow[years == year].sum() / 1e8),
        }
        for year in np.unique(years)
        for name, flow in flows.items()
    ]


def _both(found: Tornado) -> tuple[FloatArray, FloatArray]:
    return found.calculated_kwh, found.realised_kwh


def _spread(values: FloatArray) -> dict[str, float]:
    return {
        "low": float(values[Statistic.P05]),
        "middle": float(values[Statistic.P50]),
        "high": float(values[Statistic.P95]),
    }


def _deviation(kwh: FloatArray) -> dict[str, float]:
    """Give the interval as a share of the point estimate, from which all levers start."""
    centre = kwh[Statistic.POINT]
    return {
        "low": float(kwh[Statistic.P05] / centre - 1.0),
        "high": float(kwh[Statistic.P95] / centre - 1.0),
    }


def _first_day(month: int) -> date:
    return date(EPOCH_YEAR + month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1)


def _name(nis_code: str) -> str:
    names = {row.nis_code: row.name for row in list_municipalities()}
    return names.get(nis_code, nis_code)


def _words(key: str, language: str) -> str:
    return translate(f"plot.{key}", language)


def _colour(colours: Sequence[str] = _COLOURS) -> Any:  # noqa: ANN401  Altair's channels have no common type
    legend = alt.Legend(orient="top", symbolOpacity=1, symbolStrokeWidth=0)
    return alt.Color(
        "kind:N", sort=None, title=None, scale=alt.Scale(range=list(colours)), legend=legend
    )


def _dash() -> Any:  # noqa: ANN401  Altair's channels have no common type
    return alt.StrokeDash("kind:N", sort=None, scale=alt.Scale(range=[[1, 0], [6, 3]]), legend=None)


def _data(rows: list[dict[str, Any]]) -> alt.Data:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _picture(chart: Any, name: str, language: str) -> Picture:  # noqa: ANN401  any kind of chart
    drawn = (
        chart.properties(
            title=alt.TitleParams(
                _words(f"{name}.title", language),
                subtitle=_words(f"{name}.subtitle", language),
                anchor="start",
                offset=12,
                subtitlePadding=4,
            ),
            description=_words(f"{name}.title", language),
            background="white",
            padding=14,
        )
        .configure(font="Arial, Liberation Sans, sans-serif", numberFormat=",.0f")
        .configure_axis(
            gridColor=_LINE,
            labelFontSize=12,
            titleFontSize=12,
            labelColor=_INK,
            titleFontWeight="normal",
            titleColor=_INK,
        )
        .configure_legend(labelFontSize=12, labelColor=_INK)
        .configure_title(fontSize=15, subtitleFontSize=12, color=_INK, subtitleColor=_INK)
        .configure_view(stroke=None)
    )
    specification = orjson.dumps(drawn.to_dict(), option=orjson.OPT_SORT_KEYS).decode()
    return Picture(specification, language)

"""The charts of an answer, each with the rows of the table beside it."""

from dataclasses import dataclass

from markupsafe import Markup

from api.pages.charts import Bar, Words, YearValue, band_over_years, bar_with_interval
from energiehuis.i18n import translate
from energiehuis.reference_data.municipalities import get_municipality
from energiehuis.simulation.results import Answer, Interval, Saving

_KINDS = ("calculated", "realised")


@dataclass(frozen=True, slots=True)
class YearRow:
    """One calendar year: the baseline and the scenario; either None when it is not shown."""

    year: int
    baseline: float
    scenario: float
    baseline_interval: Interval | None = None
    scenario_interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class YearChart:
    """A chart over the years with its rows."""

    picture: Markup
    rows: tuple[YearRow, ...]


def savings_chart(answer: Answer, language: str) -> Markup:
    """Draw kWh a year by municipality, calculated and realised, with whiskers."""
    bars = [
        Bar(name, found.point, found.p05, found.p95, translate(f"policy.{kind}", language))
        for area in answer.areas
        if area.scenario.loans
        for name in [get_municipality(area.nis_code).name]
        for kind in _KINDS
        for found in [_of_kind(area.scenario.kwh, kind)]
    ]
    return bar_with_interval(bars, _words("kwh", "policy.kwh", language))


def repayments_chart(answer: Answer, language: str) -> YearChart:
    """Draw what is paid back in each calendar year until the last instalment."""
    now, then = answer.total.baseline.repayments_cents, answer.total.scenario.repayments_cents
    paid = [index for index, cents in enumerate(zip(now, then, strict=True)) if any(cents)]
    rows = tuple(
        YearRow(answer.years[index], now[index] / 100, then[index] / 100)
        for index in range(paid[0] if paid else 0, paid[-1] + 1 if paid else 0)
    )
    return YearChart(_draw(answer, rows, ("repayments", "policy.repaid"), language), rows)


def carbon_chart(answer: Answer, language: str) -> YearChart:
    """Draw the expected tonnes of each calendar year, with their band."""
    now, then = answer.baseline_paths.co2_tonnes, answer.scenario_paths.co2_tonnes
    rows = tuple(
        YearRow(year, a.realised.point, b.realised.point, a.realised, b.realised)
        for year, a, b in zip(answer.years, now, then, strict=True)
        # After the last works are worn out there is nothing left to show.
        if a.realised.p95 or b.realised.p95
    )
    return YearChart(_draw(answer, rows, ("co2", "policy.co2"), language), rows)


def _draw(
    answer: Answer, rows: tuple[YearRow, ...], keys: tuple[str, str], language: str
) -> Markup:
    values = [_value(row.year, row.baseline, row.baseline_interval) for row in rows]
    if not answer.levers.is_neutral:
        base, other = translate("policy.baseline", language), answer.name
        # Two series of one name would be drawn as one.
        other = other if other != base else translate("policy.scenario", language)
        values = [
            _value(row.year, *each, series)
            for row in rows
            for series, each in (
                (base, (row.baseline, row.baseline_interval)),
                (other, (row.scenario, row.scenario_interval)),
            )
        ]
    return band_over_years(values, _words(*keys, language))


def _value(year: int, value: float, interval: Interval | None, series: str = "") -> YearValue:
    if interval is None:
        return YearValue(year, value, series=series)
    return YearValue(year, value, interval.p05, interval.p95, series)


def _words(chart: str, value_key: str, language: str) -> Words:
    return Words(
        description=translate(f"policy.chart.{chart}.text", language),
        value_title=translate(value_key, language),
        language=language,
    )


def _of_kind(saving: Saving, kind: str) -> Interval:
    return saving.calculated if kind == "calculated" else saving.realised

import re

import pytest

from api.pages.charts import Bar, Words, YearValue, balance_line, band_over_years, bar_with_interval

WORDS = Words("Bespaarde kWh per gemeente", "kWh per jaar", "Gemeente")


INTERVAL = [Bar("Kortrijk", 12_000.0, 9_000.0, 15_000.0), Bar("Menen", 5.0)]
BAND = [YearValue(2026 + n, n, n - 1, n + 1) for n in range(3)]


@pytest.fixture(
    params=[
        lambda: bar_with_interval(INTERVAL, WORDS),
        lambda: band_over_years(BAND, WORDS),
        lambda: balance_line([15_000, 7_500, 0], WORDS),
    ],
    ids=["bar", "band", "balance"],
)
def svg(request):
    return request.param()


def test_a_chart_fits_a_page_without_inline_style_script_or_other_host(svg):
    assert svg.startswith("<svg")
    assert not re.search(r'\sstyle="|<style|<script|\son[a-z]+="', svg)
    assert not re.search(r'(?:href|src)="https?://', svg)


def test_a_chart_says_what_it_shows(svg):
    assert "Bespaarde kWh per gemeente" in svg


def test_numbers_are_written_as_here():
    svg = bar_with_interval([Bar("Kortrijk", 12_000.0)], WORDS)
    assert "12.000" in svg
    assert "12,000" not in svg


def test_only_a_bar_with_an_interval_gets_a_whisker():
    plain = bar_with_interval([Bar("Kortrijk", 12_000.0)], WORDS)
    both = bar_with_interval(INTERVAL, WORDS)
    assert "rule mark" not in plain
    # One whisker, and a tick at each of its two ends: Menen has no interval.
    assert both.count('aria-roledescription="rule mark"') == 1
    assert both.count('aria-roledescription="tick"') == 2


def test_a_name_with_signs_of_markup_stays_text():
    svg = bar_with_interval([Bar("<b>Menen", 1.0)], WORDS)
    assert "<b>Menen" not in svg


def test_two_series_get_a_legend():
    values = [YearValue(2026 + n, n, series=s) for n in range(3) for s in ("berekend", "verwacht")]
    svg = band_over_years(values, WORDS)
    assert "berekend" in svg
    assert "verwacht" in svg

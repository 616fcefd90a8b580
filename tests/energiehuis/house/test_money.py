import pytest
from hypothesis import given
from hypothesis import strategies as st

from energiehuis.money import (
    format_euro,
    format_plain,
    parse_belgian_cents,
    parse_cents,
    rate_from_percent,
)


@given(st.integers(-(10**12), 10**12))
def test_cents_written_and_read_are_the_same(cents):
    assert parse_cents(format_plain(cents)) == cents


@pytest.mark.parametrize("text", ["", "1,50", "1.005", "1e3", "NaN", "1 000", "٣", "1.", ".5"])
def test_what_is_no_plain_amount_is_refused(text):
    with pytest.raises(ValueError, match="not an amount"):
        parse_cents(text)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("15.000,50", 1500050),
        ("15 000,50", 1500050),
        ("15\u202f000,50", 1500050),
        ("€ 15000", 1500000),
        ("15000,5 EUR", 1500050),
        ("1250.00", 125000),
        ("1.250", 125000),
    ],
)
def test_euros_are_read_as_people_write_them_here(text, cents):
    assert parse_belgian_cents(text) == cents


@pytest.mark.parametrize("text", ["1,2,3", "12.34.5", "duizend", "1.25,00", "-"])
def test_what_nobody_writes_is_refused(text):
    with pytest.raises(ValueError, match="not an amount"):
        parse_belgian_cents(text)


def test_euros_are_written_for_people():
    assert format_euro(1500050, "nl").replace("\xa0", " ") == "€ 15.000,50"
    assert "15 000,50" in format_euro(1500050, "fr").replace("\u202f", " ").replace("\xa0", " ")


def test_a_percentage_becomes_a_share():
    assert str(rate_from_percent("2,25")) == "0.0225"
    with pytest.raises(ValueError, match="not a percentage"):
        rate_from_percent("two")

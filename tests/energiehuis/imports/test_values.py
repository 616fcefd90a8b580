from datetime import date

import pytest

from energiehuis.loans.imports import values
from energiehuis.loans.imports.values import CellError, ImportedWork
from energiehuis.loans.imports.words import find_nis_code, load_words, simplified
from energiehuis.reference_data.municipalities import list_municipalities


def refused(read, text):
    with pytest.raises(CellError) as error:
        read(text)
    return error.value.code


@pytest.mark.parametrize(
    "text",
    [
        "15.000,50",
        "15 000,50",
        "15\N{NO-BREAK SPACE}000,50",
        "15\N{NARROW NO-BREAK SPACE}000,50",
        "15000,50",
        "15000.50",
        "15000,5",
        "€ 15.000,50",
        "15000.50 EUR",
    ],
)
def test_an_amount_is_read_however_belgians_write_it(text):
    assert values.read_amount(text) == 15_000_50


def test_a_point_before_three_digits_stands_between_thousands():
    assert values.read_amount("15.000") == 15_000_00


@pytest.mark.parametrize(
    "text", ["15,000.50", "15.00.00", "vijftien", "1e4", "15000,505", "15000.505", "1 5000", "NaN"]
)
def test_an_amount_that_can_be_read_in_two_ways_or_in_none_is_refused(text):
    assert refused(values.read_amount, text) == "import.amount"


@pytest.mark.parametrize("text", ["0", "0,99", "-500", "1.000.000,01"])
def test_an_absurd_amount_is_refused(text):
    assert refused(values.read_amount, text) == "field.amount_out_of_range"


@pytest.mark.parametrize(
    ("text", "basis_points"),
    [("0", 0), ("0,00 %", 0), ("1", 100), ("1,00", 100), ("2.25", 225), ("2%", 200), ("0,1", 10)],
)
def test_a_rate_is_read_in_percent(text, basis_points):
    assert values.read_rate(text) == basis_points


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("twee", "import.rate"),
        ("-1", "import.rate"),
        ("1,255", "import.rate_decimals"),
        ("20,01", "import.rate_range"),
        ("0,01", "import.rate_is_share"),
        ("0.02", "import.rate_is_share"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(text, code):
    assert refused(values.read_rate, text) == code


@pytest.mark.parametrize("text", ["31/12/2018", "31-12-2018", "31.12.2018", "2018-12-31"])
def test_a_day_is_read_day_first_or_year_first(text):
    assert values.read_day(text) == date(2018, 12, 31)


def test_a_day_below_thirteen_still_comes_before_its_month():
    assert values.read_day("3/4/2018") == date(2018, 4, 3)


@pytest.mark.parametrize("text", ["12/31/2018", "31/02/2018", "31/12/18", "2018-2-3", "43465"])
def test_a_day_that_does_not_exist_is_refused(text):
    assert refused(values.read_day, text) == "import.day"


def test_a_day_of_another_century_is_refused():
    assert refused(values.read_day, "31/12/1918") == "import.day_too_early"


@pytest.mark.parametrize("text", ["0", "481"])
def test_an_absurd_term_is_refused(text):
    assert refused(values.read_term, text) == "field.number_out_of_range"


def test_half_a_month_is_refused():
    assert refused(values.read_term, "60,5") == "field.whole_number"
    assert values.read_term("60,0") == 60


@pytest.mark.parametrize("text", ["138", "138 m²", "138 m2", "138,0"])
def test_an_area_may_carry_its_unit(text):
    assert values.read_area(text) == 138


@pytest.mark.parametrize("text", ["", "=1+1", "-7", "a b", "x" * 41, "a\x07"])
def test_a_number_that_a_spreadsheet_would_run_is_refused(text):
    assert refused(values.read_number, text) == "import.number_form"


def test_works_are_read_with_their_costs_as_far_as_known():
    assert values.read_works("dakisolatie:4.500,00 + Ramen") == (
        ImportedWork("roof_attic_floor_insulation", 4_500_00),
        ImportedWork("high_efficiency_glazing", None),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("zwembad", "import.work_unknown"),
        ("dakisolatie+", "import.work_unknown"),
        ("dakisolatie:", "import.amount"),
        ("dakisolatie+zoldervloerisolatie", "import.work_twice"),
    ],
)
def test_works_that_cannot_be_are_refused(text, code):
    assert refused(values.read_works, text) == code


def test_a_word_outside_its_list_is_refused():
    with pytest.raises(CellError, match=r"field\.choice"):
        values.read_choice("borrower_kind", "ridder")


@pytest.mark.parametrize("municipality", list_municipalities(), ids=lambda m: m.name)
def test_each_municipality_is_known_by_name_code_and_postcodes(municipality):
    told = (municipality.name.upper(), municipality.nis_code, *municipality.postcodes)
    assert {find_nis_code(text) for text in told} == {municipality.nis_code}


def test_a_municipality_elsewhere_is_refused():
    assert refused(values.read_municipality, "Gent") == "import.municipality_unknown"


def test_capitals_accents_and_dashes_make_no_difference():
    assert simplified("  Coöperatie ") == simplified("COOPERATIE")
    assert load_words().code("borrower_kind", "vereniging van mede-eigenaars") == (
        "owners_association"
    )


@pytest.mark.parametrize("field", load_words().choices)
def test_each_code_has_a_word_and_is_understood_itself(field):
    codes = set(load_words().choices[field].values())
    assert {load_words().code(field, code) for code in codes} == codes

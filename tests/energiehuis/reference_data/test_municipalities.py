"""The municipalities that the Energiehuis serves."""

from datetime import date
from importlib.resources import files

import pytest
import yaml

from energiehuis.errors import NotFound
from energiehuis.reference_data.municipalities import (
    find_municipality_by_postcode,
    get_municipality,
    list_municipalities,
    read_table,
)


def test_there_are_fourteen_municipalities_with_the_population_of_2020():
    # The sum of the Statbel figures of 1 January 2020 for the fourteen members.
    rows = list_municipalities()
    assert len(rows) == 14
    assert sum(row.population_2020 for row in rows) == 321_235


def test_a_postcode_gives_its_municipality():
    found = find_municipality_by_postcode("8531")
    assert found is not None
    assert (found.nis_code, found.name) == ("34013", "Harelbeke")


def test_a_postcode_elsewhere_gives_none():
    assert find_municipality_by_postcode("9000") is None


def test_an_unknown_nis_code_is_not_found():
    with pytest.raises(NotFound) as caught:
        get_municipality("11002")
    assert caught.value.code == "reference_data.unknown_municipality"


def test_no_postcode_stands_with_two_municipalities():
    postcodes = [row["postcode"] for row in read_table("postcodes.csv")]
    assert len(postcodes) == len(set(postcodes))


@pytest.mark.parametrize(
    ("day", "is_served"),
    [
        (date(2017, 5, 31), False),
        (date(2017, 6, 1), True),
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),
    ],
)
def test_wielsbeke_is_served_from_june_2017_to_the_end_of_2023(day, is_served):
    assert get_municipality("37017").is_served_on(day) is is_served


def test_harelbeke_is_served_since_before_the_oldest_file():
    assert get_municipality("34013").is_served_on(date(2009, 10, 1))


def test_every_table_says_where_each_column_is_from():
    folder = files("energiehuis.reference_data").joinpath("data")
    for name in ("municipalities.csv", "postcodes.csv"):
        about = yaml.safe_load(folder.joinpath(f"{name}.source.yaml").read_text("utf-8"))
        assert set(about["columns"]) == set(read_table(name)[0])
        assert all(column["source"] and column["unit"] for column in about["columns"].values())
        assert about["checked_on"] <= date(2026, 11, 23)

"""The policymaker's page: levers in the address, sentences first, tables to take along."""

import csv
import io
import re

import pytest

from energiehuis.access.permissions import Role
from tests.pages import errors, words_of
from tests.portfolios import register_region
from tests.staff import colleague

URL = "/nl/beleid"
LOWER = "ceiling=5.000&general_rate_percent=1,5&name=Lager+plafond&draws=4"


@pytest.fixture
def policymaker(app, client, database, sign_in_as):
    register_region(database)
    return colleague(app, sign_in_as(Role.POLICYMAKER))


def test_the_page_says_in_sentences_how_it_stands(policymaker):
    words = words_of(policymaker.open(f"{URL}?draws=4"))
    assert re.search(r"Er zijn \d+ leningen, samen [\d.]+ euro\.", words)
    assert "Op de meters verwachten we minder" in words
    assert "Dit is een verzonnen portefeuille" in words


def test_turned_levers_are_named_in_the_first_sentence_and_stay_filled_in(policymaker):
    page = policymaker.open(f"{URL}?{LOWER}")
    words = words_of(page)
    assert "Met een rente van 1,50 % voor alle anderen en een plafond van 5.000 euro" in words
    assert re.search(r"Dat is [\d.]+ euro minder dan nu: nu zijn er \d+ leningen", words)
    assert 'name="ceiling" type="text" spellcheck="false" value="5.000"' in page.text
    assert "In het kort: Lager plafond" in words


def test_harelbeke_stands_beside_what_w13_printed(policymaker):
    words = words_of(policymaker.open(f"{URL}?draws=4"))
    # W13, presentation to the municipal council of Harelbeke, spring 2019.
    assert "Goedgekeurd bedrag 1.869.752 euro" in words
    assert "2.113.632" in words
    assert "482,50" in words
    assert "niets is bijgesteld" in words


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_page_speaks_each_language(policymaker, language):
    page = policymaker.open(f"/{language}/beleid?{LOWER}&income_limit_percent=130")
    assert page.status_code == 200
    assert "policy." not in words_of(page)


def test_wrong_levers_are_named_with_a_remedy_and_nothing_is_computed(policymaker):
    page = policymaker.open(f"{URL}?ceiling=10&general_rate_percent=veel&longest_term_months=1")
    assert page.status_code == 422
    assert dict(errors(page)).keys() == {
        "#ceiling",
        "#longest_term_months",
        "#general_rate_percent",
    }
    assert "Geef een rente in procent" in words_of(page)
    assert "In het kort" not in words_of(page)
    assert 'value="veel"' in page.text


def test_a_scenario_that_is_kept_can_be_opened_again(policymaker):
    form = {"name": "Lager plafond", "ceiling": "5.000", "draws": "4"}
    answer = policymaker.send(f"{URL}/berekeningen", form, seen_at=f"{URL}?draws=4")
    assert answer.status_code == 303, words_of(answer)
    page = policymaker.open(answer.headers["Location"])
    assert "Bewaarde berekening: Lager plafond." in words_of(page)
    assert "Vingerafdruk van het antwoord" in words_of(page)
    assert f'href="{answer.headers["Location"]}"' in policymaker.open(f"{URL}?draws=4").text


def test_keeping_wrong_levers_keeps_nothing(policymaker):
    form = {"name": "Proef", "ceiling": "1"}
    answer = policymaker.send(f"{URL}/berekeningen", form, seen_at=f"{URL}?draws=4")
    assert answer.status_code == 422
    assert "Bewaarde berekeningen" not in words_of(answer)


def test_keeping_needs_the_token_of_a_form(policymaker):
    answer = policymaker.client.post(f"{URL}/berekeningen", data={"name": "Proef"})
    assert answer.status_code == 400


@pytest.mark.parametrize("table", ["gemeenten", "jaren"])
def test_a_table_can_be_taken_along_and_blanks_small_municipalities(policymaker, table):
    answer = policymaker.open(f"{URL}/{table}.csv?{LOWER}")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {row["scenario"] for row in rows} == {"baseline", "scenario"}
    assert rows[-1]["nis_code"] == "total"
    if table == "gemeenten":
        shown = [int(row["loans"]) for row in rows if row["loans"]]
        assert all(count == 0 or count >= 5 for count in shown)


def test_the_tables_of_a_kept_run_are_its_own(policymaker):
    form = {"name": "Proef", "ceiling": "5.000", "draws": "4"}
    url = policymaker.send(f"{URL}/berekeningen", form, seen_at=f"{URL}?draws=4").headers[
        "Location"
    ]
    kept = policymaker.open(f"{url}/gemeenten.csv").text
    assert kept == policymaker.open(f"{URL}/gemeenten.csv?ceiling=5.000&draws=4").text


def test_without_files_the_page_says_what_to_do(app, client, sign_in_as):
    page = colleague(app, sign_in_as(Role.POLICYMAKER)).open(URL)
    assert page.status_code == 200
    assert "Er is nog niets om door te rekenen" in words_of(page)


def test_a_counsellor_may_not_open_it(app, client, sign_in_as):
    assert colleague(app, sign_in_as(Role.COUNSELLOR)).open(URL).status_code == 403
    assert client.get(URL).status_code == 401

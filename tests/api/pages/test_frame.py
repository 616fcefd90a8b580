"""What holds for every page: its words, its headers, its form token, its address."""

import re

import pytest

from energiehuis.i18n import LANGUAGES
from energiehuis.loans.schedule import plan_repayment
from tests.pages import FORM, Visitor, words_of

PUBLIC = (
    "/",
    "/energielening/aanvragen",
    "/energielening/aanvragen/lener",
    "/energielening/berekenen",
    "/energielening/status",
    "/aanmelden",
    "/toegankelijkheid",
    "/privacy",
)
RAW_KEY = re.compile(
    r"\b(?:pages|apply|calc|review|sent|status|staff|word|eligibility)\.[a-z_]+[a-z_.]*"
)


@pytest.fixture
def visitor(client):
    return Visitor(client)


@pytest.fixture(params=[f"/{language}{path}" for language in LANGUAGES for path in PUBLIC])
def address(request):
    return request.param


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_public_page_speaks_its_language_without_a_raw_key(visitor, address):
    page = visitor.open(address)
    assert page.status_code == 200
    assert f'<html lang="{address[1:3]}"' in page.text
    assert page.headers["Content-Language"] == address[1:3]
    assert RAW_KEY.findall(words_of(page)) == []


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_page_holds_no_script_no_inline_style_and_nothing_of_another_host(visitor, address):
    text = visitor.open(address).text
    assert "<script" not in text
    assert "<style" not in text
    assert not re.search(r'\s(?:style|on[a-z]+)="', text)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text)


def test_the_first_address_leads_to_the_dutch_pages(visitor):
    assert visitor.open("/").headers["Location"] == "/nl/"


def test_the_language_switch_stays_on_the_page_with_what_was_asked(visitor):
    text = visitor.open("/nl/energielening/berekenen?amount=5000&rate=100").text
    assert 'href="/fr/energielening/berekenen?amount=5000&amp;rate=100"' in text


def test_a_page_that_does_not_exist_says_so_in_the_language_of_its_address(visitor):
    page = visitor.open("/fr/rien")
    assert page.status_code == 404
    assert "Nous ne trouvons pas cette page" in page.text
    assert "Traceback" not in page.text


def test_a_strict_policy_goes_with_each_page(visitor):
    headers = visitor.open("/nl/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_form_without_its_token_changes_nothing_and_says_what_to_do(visitor):
    page = visitor.client.post(f"{FORM}/lener", data={"borrower": "cooperative"})
    assert page.status_code == 400
    assert "Open de pagina opnieuw" in page.text
    assert visitor.open(f"{FORM}/gegevens").status_code == 302


def test_a_static_file_may_be_kept_because_its_address_changes_with_it(visitor):
    address = re.search(r'href="(/static/app\.css\?v=[0-9a-f]+)"', visitor.open("/nl/").text)[1]
    kept = visitor.open(address).headers["Cache-Control"]
    assert "immutable" in kept
    assert visitor.open("/static/app.css").headers["Cache-Control"] != kept


def test_the_vendored_stylesheet_holds_no_font_and_no_crest_of_gov_uk(visitor):
    css = visitor.open("/static/govuk/govuk-frontend.min.css").text
    assert "Transport" not in css
    assert "crest" not in css
    assert "MIT License" in visitor.open("/static/govuk/LICENSE.txt").text


@pytest.mark.parametrize("typed", ["15000", "15.000", "15 000,00", "€ 15.000,00"])
def test_the_calculator_takes_belgian_amounts_and_shows_the_instalment(visitor, typed):
    page = visitor.client.get(
        "/nl/energielening/berekenen",
        query_string={"amount": typed, "term_months": "120", "rate": "100"},
    )
    # 15,000 euro at 1 % over 120 months: 131.376535 a month exactly, rounded down.
    assert "€ 131,37" in words_of(page)
    assert plan_repayment(15_000_00, 100, term_months=120).instalment_cents == 131_37


def test_the_calculator_lists_every_year_and_every_month(visitor):
    text = visitor.open("/nl/energielening/berekenen?amount=6000&term_months=30&rate=0").text
    assert text.count("Maanden van jaar") == 3 * 3
    assert len(re.findall(r'<th scope="row"', text)) == 3 + 30


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("amount=abc&term_months=120", "Schrijf een bedrag"),
        ("amount=15000,01&term_months=120", "boven het maximum"),
        ("amount=1249,99&term_months=120", "onder het minimum"),
        ("amount=5000&term_months=121", "te lang"),
        ("amount=5000&term_months=0", "geheel getal"),
        ("amount=5000&term_months=99999999999", "te lang"),
    ],
)
def test_the_calculator_refuses_what_cannot_be_borrowed_in_plain_words(visitor, query, says):
    page = visitor.open(f"/nl/energielening/berekenen?{query}")
    assert page.status_code == 200
    assert says in words_of(page)
    assert "<title>Fout: " in page.text

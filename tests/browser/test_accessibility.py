"""axe finds no violation on the pages, on a phone and at a desk; nothing runs out of the screen."""

import pytest

from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.browser.walks import next_page, press, walk
from tests.pages import FORM

pytestmark = pytest.mark.browser
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
PUBLIC = (
    "/nl/",
    FORM,
    "/nl/energielening/berekenen?amount=15000&term_months=120&rate=100",
    "/nl/energielening/berekenen?amount=veel",
    "/nl/energielening/status",
    "/nl/aanmelden",
    "/nl/toegankelijkheid",
    "/fr/privacy",
    "/nl/bestaat-niet",
)


def violations(page) -> list[tuple[str, list[str]]]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found]


def overflow(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_public_pages_have_no_violation(open_page, width):
    page = open_page(width)
    for url in PUBLIC:
        page.goto(url)
        assert violations(page) == [], url


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_of_the_form_has_no_violation_empty_wrong_and_filled(open_page, width):
    page = open_page(width)
    for slug in walk(page):
        assert violations(page) == [], slug
        next_page(page)
        assert page.locator(".govuk-error-summary").is_visible(), slug
        assert violations(page) == [], f"{slug} with errors"
    assert page.url.endswith("nakijken")
    assert violations(page) == []
    page.check("#declaration")
    press(page, "main button")
    assert page.url.endswith("verzonden")
    assert violations(page) == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_pages_behind_the_sign_in_have_no_violation(open_page, counsellor, sent, width):
    page = open_page(width, token=counsellor)
    page.goto("/nl/dossiers")
    assert violations(page) == []
    page.goto(f"/nl/dossiers/{sent['id']}")
    assert violations(page) == []
    page.locator("details summary", has_text="Weigeren").click()
    press(page, "button:has-text('Weiger de aanvraag')")
    assert page.locator(".govuk-error-summary").is_visible()
    assert violations(page) == []


def test_the_status_of_an_approved_loan_has_no_violation(open_page, counsellor, sent):
    page = open_page(token=counsellor)
    page.goto(f"/nl/dossiers/{sent['id']}")
    press(page, "button:has-text('Keur goed')")
    assert violations(page) == []
    page.goto("/nl/energielening/status")
    page.fill("#reference", sent["reference"])
    page.fill("#secret", sent["secret"])
    press(page, "main button")
    assert "toegekend" in page.locator("main").inner_text()
    assert violations(page) == []


def test_nothing_runs_out_of_a_screen_of_320_points(open_page, counsellor, sent):
    page = open_page(NARROWEST)
    for url in PUBLIC:
        page.goto(url)
        assert overflow(page) <= 0, url
    for slug in walk(page):
        assert overflow(page) <= 0, slug
    assert overflow(page) <= 0
    staff = open_page(NARROWEST, token=counsellor)
    for url in ("/nl/dossiers", f"/nl/dossiers/{sent['id']}"):
        staff.goto(url)
        assert overflow(staff) <= 0, url

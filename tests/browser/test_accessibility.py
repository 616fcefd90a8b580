"""axe finds no violation on the pages, on a phone and at a desk; nothing runs out of the screen."""

import pytest

from tests.applications import application, new_key
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.browser.walks import next_page, press, walk
from tests.law_drafts import draft_text
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
    "/nl/wet/dag?dag=2021-06-30",
    "/nl/wet/dag?dag=gisteren",
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


@pytest.fixture
def drafted(client, counsellor, sent) -> list[str]:
    """The pages of a draft whose cases fail, and which an open file wins by."""
    facts = {**application()["facts"], "joint_taxable_income": "35000.00"}
    client.post("/api/v1/loan-applications", json=application(facts=facts), headers=new_key())
    staff = {"Authorization": f"Bearer {counsellor}", "If-Match": '"v1"'}
    body = {"text": draft_text(expects="not_eligible")}
    made = client.post("/api/v1/law-drafts", json=body, headers={**staff, **new_key()})
    address = made.headers["Location"]
    client.post(f"{address}/steps", json={"step": "test"}, headers={**staff, **new_key()})
    page = f"/nl/wet/ontwerpen/{made.get_json()['id']}"
    return ["/nl/wet", "/nl/wet/ontwerpen/nieuw", page, f"{page}/delen"]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_pages_of_the_law_have_no_violation(open_page, counsellor, drafted, width):
    page = open_page(width, token=counsellor)
    for url in drafted:
        page.goto(url)
        assert violations(page) == [], url
    page.goto("/nl/wet/ontwerpen/nieuw")
    page.fill("#text", "name: [")
    press(page, "main form button")
    assert page.locator(".govuk-error-summary").is_visible()
    assert violations(page) == []


def test_a_step_of_a_draft_is_taken_by_keyboard_without_a_script(open_page, counsellor, drafted):
    page = open_page(scripts=False, token=counsellor)
    page.goto(drafted[2])
    page.locator("button[value=withdraw]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**klaar=withdraw")
    assert "Ingetrokken, door u" in page.locator("main").inner_text()


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


def test_nothing_runs_out_of_a_screen_of_320_points(open_page, counsellor, sent, drafted):
    page = open_page(NARROWEST)
    for url in PUBLIC:
        page.goto(url)
        assert overflow(page) <= 0, url
    for slug in walk(page):
        assert overflow(page) <= 0, slug
    assert overflow(page) <= 0
    staff = open_page(NARROWEST, token=counsellor)
    for url in ("/nl/dossiers", f"/nl/dossiers/{sent['id']}", *drafted):
        staff.goto(url)
        assert overflow(staff) <= 0, url

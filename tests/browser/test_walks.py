"""The roads of citizen and counsellor: without scripts, and by keyboard alone."""

import pytest

from tests.browser.conftest import PHONE
from tests.browser.walks import answer, fill_in, next_page, press
from tests.pages import FORM, STEPS

pytestmark = pytest.mark.browser


def focused(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def tab_to(page, wanted: str) -> None:
    """Press Tab until something has the focus, as a keyboard user would."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            return
    raise AssertionError(f"{wanted} was not reached; the focus is on {focused(page)}")


def test_a_citizen_applies_and_follows_without_scripts_on_a_phone(open_page):
    page = open_page(PHONE, scripts=False)
    page.goto("/nl/")
    page.get_by_role("link", name="Start uw aanvraag").click()
    page.get_by_role("link", name="Start", exact=True).click()
    fill_in(page)
    assert "U komt in aanmerking" in page.locator("main").inner_text()
    page.check("#declaration")
    press(page, "button:has-text('Verzend mijn aanvraag')")
    reference, secret = page.locator(".app-secret dd").all_inner_texts()
    page.goto("/nl/energielening/status")
    page.fill("#reference", reference)
    page.fill("#secret", secret)
    press(page, "button:has-text('Toon mijn aanvraag')")
    assert reference in page.locator("h1").inner_text()


def test_pressing_send_twice_in_a_hurry_makes_one_application(open_page, database):
    import sqlalchemy as sa

    from energiehuis.loans.models import LoanApplication

    page = open_page()
    fill_in(page)
    page.check("#declaration")
    page.get_by_role("button", name="Verzend mijn aanvraag").dblclick(no_wait_after=True)
    page.wait_for_url("**/verzonden")
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(LoanApplication)) == 1


def test_the_form_is_filled_in_by_keyboard_alone(open_page):
    page = open_page()
    page.goto(f"{FORM}/lener")
    page.keyboard.press("Tab")
    assert focused(page) == "Ga naar de inhoud"
    tab_to(page, "borrower")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gegevens")
    tab_to(page, "applicant.given_name")
    page.keyboard.type("Noor")
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    assert focused(page) == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert focused(page) == "applicant.family_name"
    page.keyboard.type("Voorbeeld")
    tab_to(page, "applicant.email")
    page.keyboard.type("noor@voorbeeld.be")
    page.keyboard.press("Enter")
    # The browser carries the fragment of the error link along.
    page.wait_for_url("**/woning#*")


def test_enter_in_a_row_of_works_goes_on_and_adds_no_row(open_page):
    page = open_page()
    fill_in(page, until="werken")
    answer(page, STEPS["werken"])
    rows = page.locator('[name$=".cost"]').count()
    page.locator('[name="works.0.cost"]').press("Enter")
    page.wait_for_url("**/bedrag")
    page.goto(f"{FORM}/werken")
    assert page.locator('[name$=".cost"]').count() == rows


def test_what_has_the_focus_can_be_seen(open_page):
    page = open_page()
    page.goto(f"{FORM}/lener")
    for selector in (".app-brand", ".app-menu__link", ".app-languages__link", ".app-footer a"):
        page.locator(selector).first.focus()
        before = page.locator(selector).first.evaluate("e => getComputedStyle(e).boxShadow")
        assert before != "none", selector


def test_a_counsellor_works_through_a_file_without_scripts(open_page, counsellor, sent):
    page = open_page(scripts=False, token=counsellor)
    page.goto("/nl/dossiers?status=open")
    page.get_by_role("link", name=sent["reference"]).click()
    page.select_option('[id="facts.increased_allowance"]', "yes")
    page.fill("#evidence", "attest van het ziekenfonds, gezien op het loket")
    press(page, "button:has-text('Bewaar de feiten')")
    assert "regels zijn opnieuw bevraagd" in page.locator("main").inner_text()
    page.fill("#amount", "9.000")
    press(page, "button:has-text('Keur goed')")
    text = page.locator("main").inner_text()
    assert "verzegeld" in text
    # 9,000 euro at 0 % over 120 months.
    assert "€ 75,00" in text.replace("\xa0", " ")


def test_the_language_switch_keeps_the_place_and_the_answers(open_page):
    page = open_page()
    fill_in(page, until="woning")
    answer(page, {"dwelling.street": "Verzonnenstraat"})
    next_page(page)
    page.get_by_role("link", name="Français").click()
    assert page.url.endswith("/fr/energielening/aanvragen/woning")
    assert page.locator('[id="dwelling.street"]').input_value() == "Verzonnenstraat"

"""The pages of the programmes in a real browser: axe, a narrow screen, no scripts, keyboard."""

from datetime import date

import pytest

from energiehuis.access.permissions import Role
from energiehuis.people.commands import Named
from energiehuis.programmes.woonclub.service import open_file
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.browser.test_accessibility import overflow, violations
from tests.browser.walks import press
from tests.intakes import envelope, new_file
from tests.joined_records import Records

pytestmark = pytest.mark.browser
HOME = "/nl/programmas"
DOUBLES = f"{HOME}/dubbels"
FORMS = ("food-act/pickups", "woonclub/files", "konekti/families", "energy/questions")
SAVE = "main form > button.govuk-button[type=submit]:not([name])"


@pytest.fixture
def worker(sign_in_as) -> str:
    return sign_in_as(Role.PROGRAMME_WORKER)


@pytest.fixture
def case_url(open_page, worker) -> str:
    """Give the address of a case that was opened on the pages."""
    page = open_page(token=worker)
    page.goto(f"{HOME}/woonclub/files/nieuw")
    page.fill('[id="subject.contact.given_name"]', "Noor")
    page.fill('[id="subject.contact.family_name"]', "Voorbeeld")
    page.fill('[id="payload.composition.adults"]', "1")
    page.fill('[id="payload.composition.children"]', "2")
    page.check('[name="payload.composition.type"][value="single"]')
    page.check('[name="payload.municipalities"][value="34013"]')
    page.fill('[id="payload.max_rent"]', "750,50")
    page.select_option('[id="payload.reason"]', "notice")
    page.check('[name="channel"][value="phone"]')
    page.select_option("#nis", "34013")
    press(page, SAVE)
    page.get_by_role("link", name="Naar het dossier").click()
    return page.url


@pytest.mark.parametrize("width", [PHONE, DESK, NARROWEST])
def test_the_pages_have_no_violation_and_stay_on_the_screen(open_page, worker, case_url, width):
    page = open_page(width, token=worker)
    lists = (HOME, f"{HOME}/food-act", f"{HOME}/woonclub", f"{HOME}/woonclub/sessions", case_url)
    for url in (*lists, "/nl/verslag", "/nl/verslag?nis=34013&year=2018"):
        page.goto(url)
        assert violations(page) == [], url
        assert overflow(page) <= 0, url
    for name in FORMS:
        page.goto(f"{HOME}/{name}/nieuw")
        assert violations(page) == [], name
        press(page, SAVE)
        assert page.locator(".govuk-error-summary").is_visible(), name
        assert violations(page) == [], f"{name} with errors"
        assert overflow(page) <= 0, name


@pytest.mark.parametrize("width", [PHONE, DESK, NARROWEST])
def test_a_client_is_referred_and_answered_without_scripts(
    open_page, sign_in_as, worker, case_url, width
):
    page = open_page(width, token=worker)
    page.goto(case_url)
    page.get_by_text("Toestemming opschrijven en doorverwijzen").click()
    page.select_option("#to_programme", "biz")
    page.check('[name="classes"][value="A"]')
    page.check('[name="proof"][value="signed"]')
    page.select_option('[name="reason"]', "budget")
    assert violations(page) == []
    assert overflow(page) <= 0
    press(page, "#agree button.govuk-button")
    assert page.get_by_role("heading", name="Van Woonclub naar BudgetInZicht").is_visible()
    assert page.locator(".app-secret dd").count() == 2
    assert violations(page) == []
    assert overflow(page) <= 0

    biz = sign_in_as(Role.PROGRAMME_WORKER, only_programme="biz")
    page = open_page(width, scripts=False, token=biz)
    page.goto(HOME)
    page.get_by_role("link", name="Doorverwijzingen").click()
    assert overflow(page) <= 0
    page.locator(".app-worklist tbody th a").first.click()
    press(page, "button[value=accepted]")
    assert page.locator(".app-status--accepted").is_visible()
    page = open_page(width, token=biz)
    for url in ("", "?lijst=binnen"):
        page.goto(f"{HOME}/doorverwijzingen{url}")
        assert violations(page) == [], url
        assert overflow(page) <= 0, url
    page.locator(".app-worklist tbody th a").first.click()
    page.get_by_text("Weigeren").first.click()
    assert violations(page) == []
    assert overflow(page) <= 0


def test_lines_are_added_without_scripts_and_nothing_is_lost(open_page, worker):
    page = open_page(PHONE, scripts=False, token=worker)
    page.goto(f"{HOME}/food-act/pickups/nieuw")
    page.fill('[id="payload.lines.0.kg"]', "12,5")
    press(page, "button[name=add]")
    assert page.url.endswith("#payload.lines.1")
    assert page.input_value('[id="payload.lines.0.kg"]') == "12,5"
    assert page.locator('[id="payload.lines.1.kg"]').is_visible()
    assert not page.locator(".govuk-error-summary").is_visible()


def test_enter_writes_down_and_does_not_add_a_line(open_page, worker):
    page = open_page(token=worker)
    page.goto(f"{HOME}/food-act/pickups/nieuw")
    page.focus('[id="payload.lines.0.kg"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".govuk-error-summary").is_visible()
    assert page.locator('[id="payload.lines.1.kg"]').count() == 0


def test_an_error_leads_to_its_input_by_keyboard(open_page, worker):
    page = open_page(token=worker)
    page.goto(f"{HOME}/woonclub/files/nieuw")
    press(page, SAVE)
    page.locator(".govuk-error-summary a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "payload.composition.adults"


def test_pressing_twice_in_a_hurry_writes_one_question(open_page, worker, database):
    import sqlalchemy as sa

    from energiehuis.cases.models import Contact

    page = open_page(token=worker)
    page.goto(f"{HOME}/energy/questions/nieuw")
    page.select_option('[id="payload.theme"]', "heating")
    page.check('[name="payload.answer"][value="answered"]')
    page.check('[name="channel"][value="phone"]')
    page.select_option("#nis", "34013")
    page.locator(SAVE).dblclick(no_wait_after=True)
    page.wait_for_url("**/questions/*klaar=ja")
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(sa.func.count(Contact.id))) == 1


@pytest.fixture
def pairs(database, actor_with) -> None:
    """Files of two pairs of people who may be one."""
    actor = actor_with(Role.PROGRAMME_WORKER)
    day = date(2018, 6, 5)
    with database.unit_of_work() as session:
        for family in ("Claes", "Klaas", "Ghyselinck-Voorbeeld", "Gijselink-Voorbeeld"):
            contact = Named("Philippe-Alexandre", family, date(1980, 5, 17))
            open_file(session, actor, new_file(contact=contact, envelope=envelope(day)))


@pytest.fixture
def household_url(database, organisation_id) -> str:
    """A household that four programmes helped, and that was referred on."""
    with database.unit_of_work() as session:
        records = Records(session, organisation_id)
        household = records.household()
        records.case("kracht_wonen", date(2016, 1, 9), household=household, ended=date(2018, 5, 1))
        case_id = records.case("woonclub", date(2018, 2, 1), household=household)
        records.case("biz", date(2018, 4, 3), household=household)
        records.scan(household, date(2018, 6, 4), done=date(2018, 6, 20))
        for to, state in (("biz", "accepted"), ("energy", "sent")):
            answered = date(2018, 3, 5) if state == "accepted" else None
            sides = {"sent_at": date(2018, 3, 1), "accepted_at": answered}
            records.referral(case_id, household, to, state=state, **sides)
    return f"{HOME}/huishoudens/{household}"


@pytest.mark.parametrize("width", [PHONE, DESK, NARROWEST])
def test_doubles_and_the_way_have_no_violation(open_page, worker, pairs, household_url, width):
    page = open_page(width, token=worker)
    for url in (DOUBLES, household_url):
        page.goto(url)
        assert violations(page) == [], url
        assert overflow(page) <= 0, url


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_way_as_others_see_it_has_no_violation(open_page, sign_in_as, household_url, width):
    for role in (Role.PROGRAMME_WORKER, Role.PROGRAMME_COORDINATOR):
        page = open_page(width, token=sign_in_as(role, only_programme="biz"))
        page.goto(household_url)
        assert violations(page) == [], role
        assert overflow(page) <= 0, role


def test_a_pair_is_merged_and_split_by_keyboard_without_scripts(open_page, worker, pairs):
    page = open_page(PHONE, scripts=False, token=worker)
    page.goto(DOUBLES)
    radio = page.locator("input[name=keep]:checked").first
    radio.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**klaar=samengevoegd")
    assert page.locator(".app-merges li").count() == 1
    page.locator(".app-merges button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**klaar=gesplitst")
    assert page.locator(".app-pair").count() == 2


def test_a_merge_that_came_too_late_is_told_without_a_violation(open_page, worker, pairs):
    first, second = open_page(token=worker), open_page(PHONE, token=worker)
    for page in (first, second):
        page.goto(DOUBLES)
    press(first, ".app-pair:first-of-type form button")
    press(second, ".app-pair:first-of-type form button")
    assert second.locator(".govuk-error-summary").is_visible()
    assert violations(second) == []
    assert overflow(second) <= 0


def test_pressing_twice_in_a_hurry_merges_once(open_page, worker, pairs, database):
    import sqlalchemy as sa

    from energiehuis.people.models import PersonMerge

    page = open_page(token=worker)
    page.goto(DOUBLES)
    page.locator(".app-pair form button").first.dblclick(no_wait_after=True)
    page.wait_for_url("**klaar=samengevoegd")
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(sa.func.count(PersonMerge.id))) == 1

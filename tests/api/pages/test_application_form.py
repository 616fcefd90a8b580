import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from energiehuis import clock
from energiehuis.loans.models import LoanApplication
from tests.pages import BORROWER, DWELLING, FORM, PEOPLE, STEPS, Visitor, errors, words_of

LEGAL = {
    "legal_person.name": "vzw Verzonnen",
    "legal_person.enterprise_number": "0999.999.922",
}


@pytest.fixture
def visitor(client):
    return Visitor(client)


def stored(database):
    with database.unit_of_work() as session:
        return session.scalars(sa.select(LoanApplication)).all()


def test_the_road_from_first_question_to_confirmation(visitor, database):
    reference, secret = visitor.apply()
    row = stored(database)[0]
    assert row.reference == reference
    assert re.fullmatch(r"([2-9a-z]{4}-){3}[2-9a-z]{4}", secret)
    assert row.channel == "web"
    # 24,500 euro lies under 32,980 + 1,720 (rules of 2022, ceiling B): priority, so 0 %.
    assert (row.outcome, row.rate_basis_points) == ("eligible", 0)


def test_the_check_page_says_what_the_law_says_and_what_it_costs(visitor):
    words = words_of(visitor.fill_in())
    assert "U komt in aanmerking voor de lening" in words
    # 6,000 euro at 0 % over 120 months.
    assert "€ 50,00" in words


def test_unknown_everywhere_is_undetermined_and_names_what_is_missing(visitor):
    unknown = {"facts.joint_taxable_income": "", "facts.joint_taxable_income.unknown": "yes"}
    words = words_of(visitor.fill_in(inkomen=unknown))
    assert "We weten nog niet of u in aanmerking komt" in words
    assert "recht op verhoogde tegemoetkoming" in words


def test_no_to_all_is_not_eligible_and_says_why(visitor):
    no = dict.fromkeys(STEPS["situatie"], "no")
    rich = {
        "facts.joint_taxable_income": "90.000",
        "facts.latest_assessment_income": "90.000",
        "facts.latest_assessment_income.unknown": "",
    }
    words = words_of(visitor.fill_in(inkomen=rich, situatie=no))
    assert "Met deze antwoorden komt u niet in aanmerking" in words
    assert "Waarom niet?" in words


def test_an_organisation_borrows_at_one_percent(visitor, database):
    for slug, form in {
        "lener": {"borrower": "non_commercial_legal_person"},
        "gegevens": {**LEGAL, **PEOPLE},
        "woning": DWELLING,
        "werken": STEPS["werken"],
        "bedrag": STEPS["bedrag"],
    }.items():
        assert visitor.send(f"{FORM}/{slug}", form).status_code == 303, errors(visitor.page)
    assert "1 %" in words_of(visitor.open(f"{FORM}/nakijken"))
    visitor.send(f"{FORM}/nakijken", {"declaration": "yes"})
    assert stored(database)[0].rate_basis_points == 100


def test_sending_twice_makes_one_application(visitor, database):
    visitor.fill_in()
    token = re.search(r'csrf_token" value="([^"]+)"', visitor.page.text)[1]
    form = {"declaration": "yes", "csrf_token": token}
    first = visitor.client.post(f"{FORM}/nakijken", data=form)
    second = visitor.client.post(f"{FORM}/nakijken", data=form)
    assert first.headers["Location"] == second.headers["Location"] == f"{FORM}/verzonden"
    assert len(stored(database)) == 1


def test_an_application_is_not_sent_without_the_declaration(visitor, database):
    visitor.fill_in()
    page = visitor.send(f"{FORM}/nakijken", {})
    assert page.status_code == 422
    assert errors(page) == [("#declaration", "Kruis aan dat uw antwoorden juist zijn")]
    assert stored(database) == []


def test_a_second_application_for_one_dwelling_says_what_to_do(visitor, client, app, database):
    visitor.apply()
    other = Visitor(app.test_client())
    other.fill_in()
    page = other.send(f"{FORM}/nakijken", {"declaration": "yes"})
    assert page.status_code == 409
    assert "loopt al een aanvraag" in words_of(page)
    assert len(stored(database)) == 1


def test_an_amount_above_the_ceiling_leads_back_to_its_page(visitor):
    page = visitor.fill_in(bedrag={"amount": "20.000"}, werken={"works.0.cost": "30.000"})
    # 15,000 euro: the highest amount of the offer of today.
    assert "15.000 euro" in words_of(page)
    assert errors(page)[0][0] == f"{FORM}/bedrag?naar=nakijken#amount"
    assert visitor.send(f"{FORM}/nakijken", {"declaration": "yes"}).status_code == 422


def test_wrong_answers_are_kept_and_listed_at_the_top(visitor):
    visitor.send(f"{FORM}/lener", BORROWER)
    page = visitor.send(
        f"{FORM}/gegevens", {"applicant.given_name": "Noor", "applicant.email": "x"}
    )
    assert page.status_code == 422
    assert "<title>Fout: " in page.text
    assert 'value="Noor"' in page.text
    assert [place for place, _ in errors(page)] == ["#applicant.family_name", "#applicant.email"]
    for place, _ in errors(page):
        assert f'id="{place[1:]}"' in page.text


def test_an_unknown_postcode_is_refused_with_the_remedy(visitor):
    visitor.send(f"{FORM}/lener", BORROWER)
    visitor.send(f"{FORM}/gegevens", PEOPLE)
    page = visitor.send(f"{FORM}/woning", {**DWELLING, "dwelling.postcode": "1000"})
    assert "vraag het Energiehuis van uw gemeente" in words_of(page)


def test_the_municipality_of_the_postcode_is_shown(visitor):
    visitor.fill_in()
    assert "Dit adres ligt in Harelbeke" in words_of(visitor.open(f"{FORM}/woning"))


def test_the_income_question_names_the_year_of_the_law(visitor):
    # Ceiling B looks at the year N-3: 2023 for an application in 2026.
    with clock.frozen(datetime(2026, 5, 4, 10, tzinfo=UTC)):
        visitor.send(f"{FORM}/lener", BORROWER)
        words = words_of(visitor.open(f"{FORM}/inkomen"))
    assert "van het jaar 2023" in words
    assert "aanslagjaar 2024" in words


def test_calculating_stays_on_the_page_and_shows_the_instalment(visitor):
    visitor.fill_in()
    page = visitor.send(f"{FORM}/bedrag", {**STEPS["bedrag"], "action": "calculate"})
    assert page.headers["Location"].endswith("/bedrag#aflossing")
    assert "€ 50,00" in words_of(visitor.open(f"{FORM}/bedrag"))


def test_another_row_can_be_added_without_a_script(visitor):
    visitor.send(f"{FORM}/lener", BORROWER)
    visitor.send(f"{FORM}/werken", {"works.rows": "3", "action": "add_row"})
    assert 'id="works.3.work"' in visitor.open(f"{FORM}/werken").text


def test_a_change_from_the_check_page_leads_back_to_it(visitor):
    visitor.fill_in()
    url = f"{FORM}/inkomen?naar=nakijken"
    assert visitor.send(url, STEPS["inkomen"]).headers["Location"] == f"{FORM}/nakijken"


def test_the_check_page_sends_back_to_what_is_unfinished(visitor):
    visitor.send(f"{FORM}/lener", BORROWER)
    assert visitor.open(f"{FORM}/nakijken").headers["Location"] == f"{FORM}/gegevens"


def test_another_browser_does_not_see_the_answers(visitor, app):
    visitor.fill_in()
    stranger = Visitor(app.test_client())
    assert stranger.open(f"{FORM}/nakijken").headers["Location"].startswith(FORM)
    assert stranger.open(f"{FORM}/gegevens").status_code == 302


def test_after_a_day_the_answers_are_gone_and_the_page_says_so(visitor):
    with clock.frozen(datetime(2026, 5, 4, 10, tzinfo=UTC)):
        visitor.send(f"{FORM}/lener", BORROWER)
    with clock.frozen(datetime(2026, 5, 4, 10, tzinfo=UTC) + timedelta(hours=25)):
        page = visitor.open(f"{FORM}/gegevens")
        assert page.status_code == 302
        assert "We vinden uw antwoorden niet meer" in words_of(
            visitor.open(page.headers["Location"])
        )


def test_starting_over_forgets_the_answers(visitor):
    visitor.send(f"{FORM}/lener", BORROWER)
    visitor.send(f"{FORM}/opnieuw", {}, seen_at=FORM)
    assert visitor.open(f"{FORM}/gegevens").status_code == 302


def test_the_answers_stay_when_the_language_changes(visitor):
    visitor.send(f"{FORM}/lener", BORROWER)
    visitor.send(f"{FORM}/gegevens", PEOPLE)
    page = visitor.open(f"{FORM.replace('/nl/', '/fr/')}/gegevens")
    assert 'value="Voorbeeld"' in page.text
    assert "Nom de famille" in page.text


def test_no_answer_stands_in_an_address_or_a_hidden_field(visitor):
    visitor.fill_in()
    page = visitor.open(f"{FORM}/bedrag")
    assert "Voorbeeld" not in page.text
    assert "noor@" not in page.text


def test_the_cookie_of_a_draft_is_out_of_reach_of_scripts_and_other_sites(visitor):
    cookie = visitor.send(f"{FORM}/lener", BORROWER).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_step_that_does_not_exist_is_not_found(visitor):
    visitor.send(f"{FORM}/lener", {"borrower": "cooperative"})
    assert visitor.open(f"{FORM}/inkomen").status_code == 404
    assert visitor.open(f"{FORM}/zomaar").status_code == 404

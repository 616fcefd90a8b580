import re

import pytest

from energiehuis.access.permissions import Role
from tests.applications import application, new_key
from tests.conftest import PASSWORD
from tests.pages import Visitor, errors, words_of
from tests.staff import colleague

SIGN_IN = "/nl/aanmelden"


@pytest.fixture
def staff(app, client, sign_in_as):
    return colleague(app, sign_in_as(Role.COUNSELLOR))


@pytest.fixture
def send(client):
    """Send applications as JSON; give their answers."""

    def make(house_number="12", **changes):
        body = application(house_number, **changes)
        answer = client.post("/api/v1/loan-applications", json=body, headers=new_key())
        assert answer.status_code == 201, answer.get_json()
        return answer.get_json()

    return make


def undetermined():
    facts = dict(application()["facts"])
    del facts["joint_taxable_income"]
    return facts


def test_the_right_password_opens_the_worklist(client, sign_in_as, database):
    import sqlalchemy as sa

    from energiehuis.access.models import Account

    sign_in_as(Role.COUNSELLOR)
    with database.unit_of_work() as session:
        email = session.scalar(sa.select(Account.email))
    visitor = Visitor(client)
    answer = visitor.send(SIGN_IN, {"email": email, "password": PASSWORD})
    assert answer.headers["Location"] == "/nl/dossiers"
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if "sign_in" in c)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert visitor.open("/nl/dossiers").status_code == 200


def test_a_wrong_password_keeps_the_address_and_says_nothing_more(client):
    page = Visitor(client).send(SIGN_IN, {"email": "an@voorbeeld.be", "password": "fout"})
    assert page.status_code == 401
    assert 'value="an@voorbeeld.be"' in page.text
    assert "fout" not in re.findall(r'value="([^"]*)"', page.text)
    assert "E-mailadres of wachtwoord klopt niet" in words_of(page)


def test_too_many_tries_must_wait(client):
    visitor = Visitor(client)
    codes = [
        visitor.send(SIGN_IN, {"email": "an@voorbeeld.be", "password": "fout"}).status_code
        for _ in range(9)
    ]
    assert codes == [401] * 8 + [429]


def test_a_stranger_is_asked_to_sign_in(client):
    for url in ("/nl/dossiers", "/nl/dossiers/00000000-0000-7000-8000-000000000000"):
        page = client.get(url)
        assert page.status_code == 401
        assert f'href="{SIGN_IN}"' in page.text


def test_who_has_no_right_gets_a_plain_refusal(app, client, sign_in_as):
    page = colleague(app, sign_in_as(Role.POLICYMAKER)).open("/nl/dossiers")
    assert page.status_code == 403
    assert "geen recht" in words_of(page)


def test_each_role_lands_on_a_page_of_its_own(app, client, sign_in_as):
    def lands(role):
        return colleague(app, sign_in_as(role)).open("/nl/medewerkers")

    assert lands(Role.COUNSELLOR).headers["Location"] == "/nl/dossiers"
    assert lands(Role.POLICYMAKER).headers["Location"] == "/nl/beleid"
    assert lands(Role.ADMINISTRATOR).headers["Location"] == "/nl/wet"
    assert lands(Role.PROGRAMME_WORKER).headers["Location"] == "/nl/programmas"
    assert lands(Role.COUNCIL_MEMBER).headers["Location"] == "/nl/verslag"
    assert "nog geen schermen" in words_of(lands(Role.PARTNER))
    assert client.get("/nl/medewerkers").headers["Location"] == SIGN_IN


def test_signing_out_ends_the_session_itself(app, staff, sign_in_as):
    token = sign_in_as(Role.COUNSELLOR)
    first, second = colleague(app, token), colleague(app, token)
    first.send("/nl/afmelden", {}, seen_at="/nl/dossiers")
    assert second.open("/nl/dossiers").status_code == 401


def test_the_worklist_shows_who_asks_how_much_and_what_the_law_says(staff, send):
    reference = send()["reference"]
    words = words_of(staff.open("/nl/dossiers"))
    for part in (reference, "Voorbeeld Noor", "Harelbeke", "€ 12.000,00", "Komt in aanmerking"):
        assert part in words


def test_the_worklist_narrows_by_state_municipality_and_reference(staff, send):
    first, second = send("1")["reference"], send("2")["reference"]
    assert first in staff.open(f"/nl/dossiers?reference={first}").text
    assert second not in staff.page.text
    assert "Geen dossiers gevonden" in staff.open("/nl/dossiers?status=approved").text
    # NIS 34013 is Harelbeke, 34022 Kortrijk.
    assert first in staff.open("/nl/dossiers?nis=34013&status=open").text
    assert first not in staff.open("/nl/dossiers?nis=34022").text


def test_a_counsellor_of_one_municipality_does_not_see_the_files_of_another(
    app, client, sign_in_as, send
):
    sent = send()
    elsewhere = colleague(app, sign_in_as(Role.COUNSELLOR, "34022"))
    assert sent["reference"] not in elsewhere.open("/nl/dossiers").text
    assert elsewhere.open(f"/nl/dossiers/{sent['id']}").status_code == 404


def test_fifty_files_stand_on_a_page_and_the_way_back_is_there(staff, send):
    for number in range(51):
        send(str(number))
    first = staff.open("/nl/dossiers").text
    assert first.count('<th scope="row"') == 50
    following = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    last = staff.open(following).text
    assert last.count('<th scope="row"') == 1
    back = re.search(r'href="([^"]+)" rel="prev"', last)[1].replace("&amp;", "&")
    assert staff.open(back).text.count('<th scope="row"') == 50


def test_the_file_tells_ground_value_source_and_document(staff, send):
    send()
    words = words_of(staff.open(staff.only_file()))
    # Ceiling B: 32,980 euro and 1,720 for each dependent, published for 2022 and not since.
    assert "€ 34.700,00" in words
    assert "laatst bevestigd op 31 augustus 2022" in words
    assert "gemeente Wevelgem, 2022" in words
    assert "volledig aanslagbiljet" in words


def test_the_file_asks_first_for_what_decides_most(staff, send):
    send(facts=undetermined())
    page = staff.open(staff.only_file())
    assert "Vraag eerst:" in words_of(page)
    target = re.search(r'href="#(facts\.[a-z_]+)"', page.text)[1]
    assert f'id="{target}"' in page.text


def test_a_confirmed_fact_changes_the_answer_and_is_written_in_the_history(staff, send):
    send(facts=undetermined())
    file = staff.only_file()
    form = {
        "version": "1",
        "facts.increased_allowance": "yes",
        "document": "attest_increased_allowance",
        "evidence": "attest van 3 maart",
    }
    answer = staff.send(f"{file}/feiten", form, seen_at=file)
    assert answer.status_code == 303, errors(answer)
    words = words_of(staff.open(file))
    assert "kan deze aanvrager lenen" in words
    # Of a proof only what it showed stays; what was typed about it does not.
    assert "Verhoogde tegemoetkoming: voldaan. attest van de verhoogde tegemoetkoming" in words
    assert "attest van 3 maart" not in words
    assert "Feiten bevestigd, door Test counsellor" in words


def test_only_what_was_typed_differently_is_changed(staff, send):
    from api.pages.file_forms import read_facts_form, typed_facts
    from energiehuis.loans.queries import ApplicationFile

    class File:
        id = "x"
        borrower_kind = "natural_person"
        facts = {"joint_taxable_income_cents": 24_500_00, "main_residence": True}  # noqa: RUF012

    file: ApplicationFile = File()
    typed = typed_facts(file) | {"facts.dependents": "2", "version": "3", "evidence": "gezien"}
    command = read_facts_form(typed, file)
    assert command.changes == {"dependents": 2}
    assert typed["facts.joint_taxable_income"] == "24500,00"
    emptied = read_facts_form(typed | {"facts.joint_taxable_income": ""}, file)
    assert emptied.changes == {"dependents": 2, "joint_taxable_income_cents": None}


def test_facts_without_a_document_are_refused_and_the_typed_ones_kept(staff, send):
    send()
    file = staff.only_file()
    page = staff.send(
        f"{file}/feiten", {"version": "1", "facts.dependents": "4", "evidence": ""}, seen_at=file
    )
    assert page.status_code == 422
    assert errors(page)[0][0] == "#evidence"
    assert re.search(r'id="facts.dependents"[^>]*value="4"', page.text)


def test_an_approval_makes_a_loan_and_seals_the_decision(staff, send):
    send()
    file = staff.only_file()
    form = {"version": "1", "outcome": "approved", "amount": "10.000", "term_months": "100"}
    assert staff.send(f"{file}/beslissing", form, seen_at=file).status_code == 303
    words = words_of(staff.open(file))
    assert "Goedgekeurd" in words
    # 10,000 euro at 0 % over 100 months.
    assert "€ 100,00" in words
    assert "Verzegeld:" in words
    assert "Keur goed" not in words


def test_an_approval_above_the_wish_is_refused_beside_its_field(staff, send):
    send()
    file = staff.only_file()
    form = {"version": "1", "outcome": "approved", "amount": "13.000", "term_months": "120"}
    page = staff.send(f"{file}/beslissing", form, seen_at=file)
    assert page.status_code == 422
    assert errors(page)[0][0] == "#amount"
    assert 'value="13.000"' in page.text


def test_a_refusal_needs_a_reason_and_a_sentence(staff, send):
    send()
    file = staff.only_file()
    page = staff.send(f"{file}/beslissing", {"version": "1", "outcome": "refused"}, seen_at=file)
    assert page.status_code == 422
    assert [place for place, _ in errors(page)] == ["#reason_codes", "#explanation"]


def test_a_change_by_somebody_else_keeps_what_was_typed_and_shows_the_new_state(
    app, staff, sign_in_as, send
):
    send()
    file = staff.only_file()
    other = colleague(app, sign_in_as(Role.COUNSELLOR))
    other.send(f"{file}/stap", {"version": "1", "move": "take_up"}, seen_at=file)
    form = {
        "version": "1",
        "outcome": "refused",
        "reason_codes": ["file_incomplete"],
        "explanation": "Een lange uitleg die niemand opnieuw wil typen.",
    }
    page = staff.send(f"{file}/beslissing", form, seen_at=file)
    assert page.status_code == 412
    assert "Iemand anders wijzigde dit dossier intussen" in words_of(page)
    assert "Een lange uitleg die niemand opnieuw wil typen." in page.text
    assert re.search(r'value="file_incomplete"\s+checked', page.text)
    assert 'name="version" value="2"' in page.text
    again = staff.send(f"{file}/beslissing", form | {"version": "2"}, seen_at=file)
    assert again.status_code == 303


def test_a_note_goes_with_a_step_into_the_history(staff, send):
    send()
    file = staff.only_file()
    form = {"version": "1", "move": "ask_applicant", "note": "gebeld op 3 maart"}
    staff.send(f"{file}/stap", form, seen_at=file)
    words = words_of(staff.open(file))
    assert "Wacht op aanvrager" in words
    assert "gebeld op 3 maart" in words


def test_what_an_applicant_typed_is_never_taken_for_markup(staff, send):
    applicant = application()["applicant"] | {"family_name": '<b onclick="x">Voorbeeld</b>'}
    send(applicant=applicant)
    text = staff.open(staff.only_file()).text
    assert "<b onclick" not in text
    assert "&lt;b onclick" in text


def test_the_file_says_what_may_be_financed_and_asks_to_confirm_what_cannot_be_told(staff, send):
    roof = {"work": "roof_attic_floor_insulation", "cost": "7200.00", "by_contractor": True}
    panels = {"work": "pv", "cost": "6100.00", "by_contractor": True}
    send(works=[roof, panels])
    file = staff.only_file()
    page = staff.open(file)
    assert "Zeker te financieren: € 7.200,00" in words_of(page)
    assert "de R-waarde van het dak moet volstaan" in words_of(page)
    approval = {"version": "1", "outcome": "approved", "amount": "12.000", "term_months": "120"}
    refused = staff.send(f"{file}/beslissing", approval, seen_at=file)
    assert refused.status_code == 422
    assert errors(refused)[0][0] == "#confirms_open_points"
    assert "Zonnepanelen" in errors(refused)[0][1]
    confirmed = {**approval, "confirms_open_points": "yes"}
    assert staff.send(f"{file}/beslissing", confirmed, seen_at=file).status_code == 303


def test_the_file_shows_what_still_runs_on_the_dwelling(staff, send, as_role, client):
    from tests.api.v1.test_assessment import decide

    first = send()
    assert decide(client, first, as_role("counsellor")).status_code == 201
    send(amount="2000.00")
    file = next(
        link
        for link in re.findall(
            r'href="(/nl/dossiers/[0-9a-f-]{36})"', staff.open("/nl/dossiers").text
        )
        if first["id"] not in link
    )
    page = words_of(staff.open(file))
    assert f"{first['reference'].replace('EL-', 'LN-')}, toegekend op" in page
    assert "Er kan nog € 3.000,00 geleend worden." in page
    # Beside itself a loan does not count.
    assert "Leningen die nog lopen" not in words_of(staff.open(f"/nl/dossiers/{first['id']}"))


def test_the_day_of_a_running_loan_is_typed_as_people_write_it(staff, send):
    facts = {**application()["facts"], "outstanding": "1000.00"}
    send(facts=facts)
    file = staff.only_file()
    assert "wanneer ze werd toegekend, is niet bekend" in words_of(staff.open(file))
    form = {
        "version": "1",
        "facts.outstanding_granted_on": "30/09/2017",
        "evidence": "aflossingstabel",
    }
    wrong = staff.send(
        f"{file}/feiten", {**form, "facts.outstanding_granted_on": "30/13/2017"}, seen_at=file
    )
    assert errors(wrong)[0][0] == "#facts.outstanding_granted_on"
    assert staff.send(f"{file}/feiten", form, seen_at=file).status_code == 303
    page = staff.open(file)
    assert 'value="30/09/2017"' in page.text
    assert "een lening die eerst volledig terugbetaald moet zijn" in words_of(page)

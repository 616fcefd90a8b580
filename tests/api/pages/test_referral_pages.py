"""Referrals on the pages: from the case of one programme to the answer of another."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from energiehuis import clock
from energiehuis.access.permissions import Role
from energiehuis.i18n import LANGUAGES
from energiehuis.referrals.models import Consent, ConsentWithdrawal, Referral
from tests.pages import errors, words_of
from tests.referrals import (
    consent_json,
    give_consent,
    open_woonclub_case,
    post_referral,
    referral_json,
)
from tests.staff import colleague

LIST = "/nl/programmas/doorverwijzingen"
AGREEMENT = {
    "to_programme": "biz",
    "purpose": "referral",
    "classes": ["A", "B"],
    "given_on.day": "5",
    "given_on.month": "6",
    "given_on.year": "2019",
    "proof": "signed",
    "reason": "budget",
}


@pytest.fixture
def visitor(app, sign_in_as):
    def make(role=Role.PROGRAMME_WORKER, programme=None):
        return colleague(app, sign_in_as(role, only_programme=programme))

    return make


@pytest.fixture
def woonclub(visitor):
    return visitor(programme="woonclub")


@pytest.fixture
def biz(visitor):
    return visitor(programme="biz")


@pytest.fixture
def headers(as_role):
    return as_role("programme_worker", only_programme="woonclub")


@pytest.fixture
def case_url(client, headers):
    return f"/nl/programmas/dossiers/{open_woonclub_case(client, headers)['id']}"


@pytest.fixture
def sent(client, headers, case_url):
    """A referral of names and household to BudgetInZicht, sent as JSON."""
    case_id = case_url.rsplit("/", 1)[-1]
    consent_id = give_consent(client, headers, case_id)
    body = referral_json(case_id, consent_id, share=["A", "B"])
    return post_referral(client, headers, body).get_json()


def agree(worker, case_url, **changes):
    form = {**AGREEMENT, "key": str(uuid4()), "version": "1", **changes}
    return worker.send(f"{case_url}/toestemmingen", form, seen_at=case_url)


def answer(worker, referral_id, state, version, **more):
    url = f"{LIST}/{referral_id}"
    form = {"key": str(uuid4()), "version": str(version), "state": state, **more}
    return worker.send(f"{url}/stap", form, seen_at=url)


def rows(database, kind):
    with database.unit_of_work() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(kind))


def make_old(database, days=40):
    """Let all be sent days ago; give how many dates lie between, a change of clocks or not."""
    sent_at = clock.now() - timedelta(days=days)
    with database.unit_of_work() as session:
        session.execute(sa.update(Referral).values(sent_at=sent_at))
    return (clock.today() - clock.day_of(sent_at)).days


def test_an_agreement_and_a_referral_are_one_form_and_the_client_gets_a_code(
    app, woonclub, case_url
):
    page = agree(woonclub, case_url)
    assert page.status_code == 303, errors(page)
    shown = woonclub.open(page.location)
    assert "Geef de cliënt het nummer en de code mee" in shown.text
    reference, code = re.findall(r"<dd>([A-Z]{2}-[^<]+|[^<]{19})</dd>", shown.text)
    client = colleague(app, "nobody")
    found = client.send("/nl/doorverwijzingen", {"reference": reference, "secret": code})
    assert "verzonden, nog geen antwoord" in words_of(found)


def test_the_same_form_twice_sends_once(database, woonclub, case_url):
    key = str(uuid4())
    first, second = (agree(woonclub, case_url, key=key) for _ in range(2))
    assert first.location == second.location
    assert (rows(database, Consent), rows(database, Referral)) == (1, 1)


def test_an_agreement_alone_sends_nothing_and_can_be_used_later(database, woonclub, case_url):
    page = agree(woonclub, case_url, reason="")
    assert page.location.endswith("klaar=toestemming")
    assert rows(database, Referral) == 0
    shown = woonclub.open(case_url)
    assert "BudgetInZicht: doorverwijzen, gegeven op 5 jun 2019" in words_of(shown)
    consent_id = re.search(r'name="agreement_id" value="([^"]+)"', shown.text)[1]
    form = {"to": "biz", "agreement_id": consent_id, "send_reason": "budget", "share": ["A"]}
    url = f"{case_url}/doorverwijzingen"
    sent = woonclub.send(url, {**form, "key": str(uuid4())}, seen_at=case_url)
    assert "klaar=verstuurd" in sent.location
    # On its way, it cannot be sent again from this page.
    assert 'name="agreement_id"' not in woonclub.open(case_url).text


def test_what_is_wrong_stands_at_its_field_and_nothing_is_half_written(
    database, woonclub, case_url
):
    page = agree(woonclub, case_url, to_programme="", classes=[], proof="")
    assert page.status_code == 422
    assert {place for place, _ in errors(page)} == {"#to_programme", "#classes", "#proof"}
    later = agree(woonclub, case_url, **{"given_on.year": "2099"})
    place, sentence = errors(later)[0]
    assert place == "#given_on.day"
    assert "Deze dag ligt in de toekomst" in sentence
    oral = agree(woonclub, case_url, classes=["A", "D"], proof="oral_noted")
    assert errors(oral)[0][0] == "#classes"
    # The agreement was in order, the reason was not: neither is kept.
    assert agree(woonclub, case_url, reason="nonsense").status_code == 422
    assert (rows(database, Consent), rows(database, Referral)) == (0, 0)


def test_a_second_referral_to_the_same_programme_takes_its_agreement_back_too(
    database, woonclub, case_url
):
    agree(woonclub, case_url)
    page = agree(woonclub, case_url)
    assert page.status_code == 409
    assert "al naar dit programma doorverwezen" in errors(page)[0][1]
    assert rows(database, Consent) == 1


def test_health_is_shared_when_it_was_agreed_to_in_this_form(database, woonclub, case_url):
    assert agree(woonclub, case_url, classes=["A", "D"]).status_code == 303
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(Referral.classes)) == "AD"


def test_the_receiver_sees_what_was_shared_and_answers_step_by_step(biz, sent):
    assert sent["reference"] in biz.open(LIST).text
    page = biz.open(f"{LIST}/{sent['id']}")
    text = words_of(page)
    assert "Noor Verzonnen" in text
    assert "naam en contact, samenstelling van het gezin" in text
    assert "750" not in text, "rent is class C and was not shared"
    for version, state in enumerate(("accepted", "first_contact", "done"), start=1):
        page = answer(biz, sent["id"], state, version)
        assert page.status_code == 303, errors(page)
    assert "afgerond" in words_of(biz.open(page.location))
    assert 'name="state"' not in biz.page.text


def test_a_refusal_asks_why_and_ends_what_is_shared(biz, sent):
    page = answer(biz, sent["id"], "refused", 1)
    assert page.status_code == 422
    assert errors(page)[0][0] == "#reason"
    assert answer(biz, sent["id"], "refused", 1, reason="full").status_code == 303
    text = words_of(biz.open(f"{LIST}/{sent['id']}"))
    assert "geweigerd: volzet" in text
    assert "Noor" not in text


def test_a_colleague_who_was_first_is_told(biz, sent):
    assert answer(biz, sent["id"], "accepted", 1).status_code == 303
    late = answer(biz, sent["id"], "refused", 1, reason="full")
    assert late.status_code == 412
    assert "Er klopt iets niet" in words_of(late)


def test_the_same_answer_twice_counts_once(biz, sent):
    key = str(uuid4())
    for _ in range(2):
        assert answer(biz, sent["id"], "accepted", 1, key=key).status_code == 303


def test_the_sender_sees_the_state_and_the_code_but_does_not_answer(woonclub, sent):
    page = woonclub.open(f"{LIST}/{sent['id']}")
    assert sent["client_code"] in page.text
    assert 'name="state"' not in page.text
    assert answer(woonclub, sent["id"], "accepted", 1).status_code == 404


def test_the_receiver_does_not_see_the_code_of_the_client(biz, sent):
    assert sent["client_code"] not in biz.open(f"{LIST}/{sent['id']}").text


def test_who_sits_between_two_chairs_stands_in_front(database, biz, woonclub, sent):
    assert "Niemand wacht langer dan 30 dagen" in words_of(biz.open(LIST))
    days = make_old(database)
    assert "Eén doorverwijzing wacht al langer dan 30 dagen" in words_of(biz.open(LIST))
    assert sent["reference"] in biz.open(f"{LIST}?lijst=te-laat").text
    assert f"dag {days}" in words_of(biz.page)
    assert sent["reference"] in woonclub.open(f"{LIST}?lijst=wachten-te-laat").text
    assert f"Dagen te laat: {days - 30}" in words_of(biz.open(f"{LIST}/{sent['id']}"))
    assert "te laat" in words_of(biz.open("/nl/programmas"))


def test_lists_of_each_side(biz, woonclub, sent):
    assert sent["reference"] not in woonclub.open(f"{LIST}?lijst=binnen").text
    assert sent["reference"] in woonclub.open(f"{LIST}?lijst=verstuurd").text
    assert sent["reference"] not in biz.open(f"{LIST}?lijst=contact").text
    answer(biz, sent["id"], "accepted", 1)
    assert sent["reference"] in biz.open(f"{LIST}?lijst=contact").text
    assert sent["reference"] not in biz.open(LIST).text


def test_taking_an_agreement_back_at_the_desk_stops_the_sharing(
    database, woonclub, biz, case_url, sent
):
    shown = woonclub.open(case_url)
    action = re.search(r'action="([^"]+/intrekken)"', shown.text)[1]
    page = woonclub.send(action, {"key": str(uuid4()), "version": "1"}, seen_at=case_url)
    assert page.location.endswith("klaar=ingetrokken")
    assert rows(database, ConsentWithdrawal) == 1
    text = words_of(biz.open(f"{LIST}/{sent['id']}"))
    assert "gestopt: toestemming ingetrokken" in text
    assert "Noor" not in text
    again = woonclub.send(action, {"key": str(uuid4()), "version": "1"}, seen_at=case_url)
    assert again.status_code == 409


@pytest.mark.parametrize("programme", ["konekti", "food_act"])
def test_another_programme_is_told_of_nothing(visitor, case_url, sent, programme):
    other = visitor(programme=programme)
    assert other.open(f"{LIST}/{sent['id']}").status_code == 404
    assert sent["reference"] not in other.open(f"{LIST}?lijst=binnen").text
    assert agree(visitor(programme="woonclub"), case_url, reason="").status_code == 303
    form = {**AGREEMENT, "key": str(uuid4())}
    refused = other.send(f"{case_url}/toestemmingen", form, seen_at=LIST)
    assert refused.status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SOCIAL_WORKER, 200),
        (Role.PROGRAMME_COORDINATOR, 200),
        (Role.PSYCHOLOGIST, 403),
        (Role.CRISIS_DUTY, 403),
        (Role.COUNCIL_MEMBER, 403),
        (Role.FINANCE, 403),
    ],
)
def test_who_reads_the_lists(visitor, sent, role, status):
    assert visitor(role).open(LIST).status_code == status
    assert visitor(role).open(f"{LIST}/{sent['id']}").status_code == status


def test_a_coordinator_sees_referrals_of_a_case_and_sends_none(visitor, case_url, sent):
    page = visitor(Role.PROGRAMME_COORDINATOR).open(case_url)
    assert "Naar BudgetInZicht" in words_of(page)
    assert f"{case_url}/toestemmingen" not in page.text


def test_a_psychologist_sees_no_referrals_on_a_case(visitor, client, as_role, case_url):
    page = visitor(Role.PSYCHOLOGIST).open(case_url)
    assert "Doorverwijzen" not in words_of(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_speak_each_language(woonclub, case_url, sent, language):
    for url in (LIST, f"{LIST}/{sent['id']}", case_url):
        page = woonclub.open(url.replace("/nl/", f"/{language}/", 1))
        assert page.status_code == 200
        assert "referral_page." not in page.text


def test_an_agreement_for_another_purpose_is_shown_and_not_sent_on(woonclub, headers, client):
    case_id = open_woonclub_case(client, headers)["id"]
    give_consent(client, headers, case_id, purpose="journey", classes=["A"])
    page = woonclub.open(f"/nl/programmas/dossiers/{case_id}")
    assert "laten weten dat u de cliënt helpt" in words_of(page)
    assert 'name="agreement_id"' not in page.text


def test_only_programmes_that_run_where_the_client_lives_are_offered(woonclub, case_url):
    page = woonclub.open(case_url)
    select = re.search(r'<select[^>]*name="to_programme".*?</select>', page.text, re.DOTALL)[0]
    offered = set(re.findall(r'value="([^"]+)"', select))
    assert "biz" in offered
    assert "woonclub" not in offered
    assert consent_json("")["to_programme"] in offered

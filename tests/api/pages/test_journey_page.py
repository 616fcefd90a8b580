"""The page with the way of a household: the same rights as the interface, in plain words."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from energiehuis import clock
from energiehuis.access.permissions import Role
from energiehuis.audit.models import AuditLine
from energiehuis.cases.models import Case
from energiehuis.programmes.woonclub.service import open_file
from energiehuis.referrals.models import Consent
from energiehuis.referrals.states import ReferralState
from tests.intakes import new_file
from tests.joined_records import Records
from tests.pages import words_of
from tests.programme_intakes import KORTRIJK
from tests.staff import colleague

URL = "/nl/programmas/huishoudens"
READERS = {
    Role.PROGRAMME_WORKER,
    Role.SOCIAL_WORKER,
    Role.PSYCHOLOGIST,
    Role.PROGRAMME_COORDINATOR,
}
NAMES = {
    "woonclub": "Woonclub",
    "biz": "BudgetInZicht",
    "kracht_wonen": "Kracht.Wonen",
    "energy": "Energieloket",
}
# Role, programme -> which programmes stand on the way, whether the referral does.
SEES = {
    (Role.PROGRAMME_WORKER, "woonclub"): ("woonclub", True),
    (Role.PROGRAMME_WORKER, "biz"): ("woonclub biz", True),
    (Role.PROGRAMME_WORKER, "kracht_wonen"): ("kracht_wonen", False),
    (Role.PROGRAMME_WORKER, "energy"): ("energy", False),
    (Role.SOCIAL_WORKER, "biz"): ("woonclub biz", True),
    (Role.PSYCHOLOGIST, "biz"): ("biz", False),
    (Role.PROGRAMME_COORDINATOR, "biz"): ("biz", False),
    (Role.PROGRAMME_COORDINATOR, "woonclub"): ("woonclub", True),
}
KNOWN, NOT_KNOWN = "Ook andere programma’s kennen", "Geen ander programma kent"


@pytest.fixture
def household(database, organisation_id):
    """A household at Kracht.Wonen, the Woonclub and BudgetInZicht, with an energy scan."""
    with database.unit_of_work() as session:
        records = Records(session, organisation_id)
        household = records.household()
        records.case("kracht_wonen", date(2018, 1, 9), household=household, ended=date(2018, 5, 1))
        case_id = records.case("woonclub", date(2018, 2, 1), household=household)
        records.case("biz", date(2018, 4, 3), household=household, ended=date(2018, 9, 3))
        records.scan(household, date(2018, 10, 4), done=date(2018, 10, 20))
        records.referral(
            case_id,
            household,
            "biz",
            state="first_contact",
            sent_at=date(2018, 3, 1),
            accepted_at=date(2018, 3, 5),
            first_contact_at=date(2018, 3, 2) + timedelta(days=10),
        )
    return household


@pytest.fixture
def look(app, client, sign_in_as, household):
    def open_as(role, only_programme=None, only_nis_code=None):
        token = sign_in_as(role, only_nis_code=only_nis_code, only_programme=only_programme)
        return colleague(app, token).open(f"{URL}/{household}")

    return open_as


def stops_of(page) -> str:
    titles = re.findall(r'app-timeline__title">([^<]+)<', page.text)
    codes = {name: code for code, name in NAMES.items()}
    return " ".join(codes[title.strip()] for title in titles)


@pytest.mark.parametrize(("role", "programme"), SEES)
def test_each_reader_sees_what_it_may(look, role, programme):
    stops, has_referral = SEES[role, programme]
    page = look(role, programme)
    said = words_of(page)
    assert page.status_code == 200
    assert stops_of(page) == stops
    assert ("Van Woonclub naar BudgetInZicht, op 1 maart 2018" in said) is has_referral
    assert (KNOWN in said) is (role is Role.PROGRAMME_COORDINATOR)
    assert NOT_KNOWN not in said
    hidden = {name for code, name in NAMES.items() if code not in stops.split()}
    shown = said if not has_referral else said.replace("naar BudgetInZicht", "")
    assert [name for name in hidden if name in shown] == []


@pytest.mark.parametrize("role", Role)
def test_who_has_no_case_of_it_or_another_role_learns_nothing(look, role):
    refused = 404 if role in READERS else 403
    page = look(role, "food_act")
    assert page.status_code == refused
    assert "Woonclub" not in words_of(page).replace("Uw programma", "")
    assert look(role, only_nis_code=KORTRIJK).status_code == refused


def test_nobody_signed_in_and_a_number_that_nobody_has(client, look, app, sign_in_as, household):
    assert client.get(f"{URL}/{household}").status_code == 401
    worker = colleague(app, sign_in_as(Role.PROGRAMME_WORKER))
    assert worker.open(f"{URL}/{uuid4()}").status_code == 404
    assert worker.open(f"{URL}/geen-nummer").status_code == 404


def test_who_works_for_all_sees_days_ends_and_links(look):
    page = look(Role.PROGRAMME_WORKER)
    said = words_of(page)
    assert stops_of(page) == "kracht_wonen woonclub biz energy"
    assert "Van 9 januari 2018 tot 1 mei 2018" in said
    assert "Sinds 1 februari 2018" in said
    assert "Van 4 oktober 2018 tot 20 oktober 2018" in said
    assert "Gedaan" in said
    assert "Antwoord na 4 dagen." in said
    assert "Eerste contact na 11 dagen." in said
    assert KNOWN not in said
    links = re.findall(r'href="(/nl/programmas/dossiers/[0-9a-f-]{36})"', page.text)
    assert len(links) == 3
    # The picture says the same in words.
    picture = re.search(r"<desc[^>]*>(.*?)</desc>", page.text)[1]
    assert "Kracht.Wonen: Van 9 januari 2018 tot 1 mei 2018." in picture
    assert page.text.count("<rect") == 4
    assert 'style="' not in page.text


def test_a_coordinator_of_all_is_told_that_nobody_else_knows_it(look):
    assert NOT_KNOWN in words_of(look(Role.PROGRAMME_COORDINATOR))


def test_of_another_programme_neither_the_file_nor_its_end_is_shown(
    database, organisation_id, household, look
):
    with database.unit_of_work() as session:
        records = Records(session, organisation_id)
        case_id = records.case(
            "konekti", date(2018, 1, 2), household=household, ended=date(2018, 1, 3)
        )
        records.add(
            Consent,
            purpose="journey",
            household_id=household,
            from_organisation_id=organisation_id,
            from_programme="konekti",
            to_organisation_id=organisation_id,
            to_programme="biz",
            classes="B",
            given_on=date(2018, 1, 3),
            proof="signed",
            recorded_at=datetime(2018, 1, 3, tzinfo=UTC),
            recorded_by="test",
        )
    page = look(Role.PROGRAMME_WORKER, "biz")
    said = words_of(page)
    assert "Konekti 1 gezin 1 plan" in said
    assert said.count("U ziet dit omdat de cliënt het goed vindt dat u het weet.") == 2
    # Only the own case, which ended too, says how.
    assert said.count("Afloop:") == 1
    assert str(case_id) not in page.text
    assert len(re.findall(r"/programmas/dossiers/", page.text)) == 1
    assert "Lichte balk" in said


@pytest.mark.parametrize("state", [*ReferralState])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_referral_says_how_far_it_came(
    database, organisation_id, app, sign_in_as, state, language
):
    sent = {"sent_at": date(2018, 3, 1), "state": state.value}
    accepted = {**sent, "accepted_at": date(2018, 3, 1)}
    contact = {**accepted, "first_contact_at": date(2018, 3, 2)}
    instants = {
        ReferralState.SENT: sent,
        ReferralState.ACCEPTED: accepted,
        ReferralState.REFUSED: {
            **sent,
            "refused_at": date(2018, 3, 3),
            "refusal_reason": "full",
        },
        ReferralState.FIRST_CONTACT: contact,
        ReferralState.DONE: {**contact, "done_at": date(2018, 4, 2)},
        ReferralState.WITHDRAWN: {**sent, "withdrawn_at": date(2018, 3, 3)},
    }[state]
    with database.unit_of_work() as session:
        records = Records(session, organisation_id)
        household = records.household()
        case_id = records.case("woonclub", date(2018, 2, 1), household=household)
        records.referral(case_id, household, "biz", **instants)
    worker = colleague(app, sign_in_as(Role.PROGRAMME_WORKER, only_programme="woonclub"))
    page = worker.open(f"/{language}/programmas/huishoudens/{household}")
    assert page.status_code == 200
    said = words_of(page)
    assert "journey_page" not in said
    if language == "nl":
        assert {
            ReferralState.SENT: "Er is nog geen antwoord. Wacht al",
            ReferralState.ACCEPTED: "Antwoord op dezelfde dag. Wacht al",
            ReferralState.REFUSED: "Niet aanvaard. Antwoord na 2 dagen.",
            ReferralState.FIRST_CONTACT: "Eerste contact na 1 dag.",
            ReferralState.DONE: "Afgerond. Antwoord op dezelfde dag. Eerste contact na 1 dag.",
            ReferralState.WITHDRAWN: "Gestopt: de cliënt trok de toestemming in.",
        }[state] in said
        waits = state in (ReferralState.SENT, ReferralState.ACCEPTED)
        assert ("app-stale" in page.text) is waits


def test_a_case_of_today_and_one_that_was_not_taken_are_drawn(
    database, organisation_id, app, sign_in_as
):
    with database.unit_of_work() as session:
        records = Records(session, organisation_id)
        household = records.household()
        records.case("woonclub", clock.today(), household=household)
        records.scan(household, clock.today(), done=None)
    worker = colleague(app, sign_in_as(Role.PROGRAMME_WORKER))
    page = worker.open(f"{URL}/{household}")
    assert page.status_code == 200
    assert page.text.count("<rect") == 2
    assert "Gevraagd" in words_of(page)


@pytest.mark.parametrize(
    ("language", "title", "known"),
    [
        ("fr", "Le parcours de ce ménage", "D’autres programmes connaissent"),
        ("en", "The way of this household", "Other programmes know"),
    ],
)
def test_the_page_speaks_french_and_english(app, sign_in_as, household, language, title, known):
    url = f"/{language}/programmas/huishoudens/{household}"
    page = colleague(app, sign_in_as(Role.PROGRAMME_COORDINATOR, only_programme="biz")).open(url)
    said = words_of(page)
    assert title in said
    assert known in said
    whole = words_of(colleague(app, sign_in_as(Role.PROGRAMME_WORKER)).open(url))
    for word in ("Sinds", "Doorverwijzing", "journey_page", "Antwoord"):
        assert word not in whole


def test_the_case_leads_to_the_way_and_reading_is_written_down(
    database, actor_with, app, sign_in_as
):
    actor = actor_with(Role.PROGRAMME_WORKER)
    with database.unit_of_work() as session:
        case_id = open_file(session, actor, new_file()).id
        household = session.scalar(sa.select(Case.household_id).where(Case.id == case_id))
    for role in READERS:
        reader = colleague(app, sign_in_as(role, only_programme="woonclub"))
        case = reader.open(f"/nl/programmas/dossiers/{case_id}")
        assert f'href="{URL}/{household}">De weg van dit huishouden</a>' in case.text
        page = reader.open(f"{URL}/{household}")
        assert f'href="/nl/programmas/dossiers/{case_id}"' in page.text
    with database.unit_of_work() as session:
        lines = session.scalars(
            sa.select(AuditLine.subject_id).where(AuditLine.action == "journey.read")
        ).all()
    assert lines == [str(household)] * 4

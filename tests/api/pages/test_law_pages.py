"""The pages of the law: paste or upload a draft, see what it does, take its steps, share it."""

import io
import re
from pathlib import Path

import pytest

from energiehuis.access.permissions import Role
from energiehuis.i18n import has_text
from energiehuis.law_changes.impact import EFFECTS
from energiehuis.law_changes.states import DraftStatus, DraftStep
from tests.applications import application, new_key
from tests.law_drafts import draft_text
from tests.pages import errors, words_of
from tests.staff import colleague

LIST, NEW = "/nl/wet", "/nl/wet/ontwerpen/nieuw"
ROOT = Path(__file__).parents[3]
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def author(app, client, sign_in_as):
    return colleague(app, sign_in_as(Role.LEAD_COUNSELLOR))


@pytest.fixture
def other(app, client, sign_in_as):
    return colleague(app, sign_in_as(Role.ADMINISTRATOR))


@pytest.fixture
def winners(client):
    """Open applications that win when ceiling B rises."""
    facts = {**application()["facts"], "joint_taxable_income": "35000.00"}
    sent = []
    for number in range(6):
        body = application(str(number), facts=facts)
        answer = client.post("/api/v1/loan-applications", json=body, headers=new_key())
        sent.append(answer.get_json())
    return sent


def paste(visitor, text=None):
    page = visitor.send(NEW, {"text": text or draft_text()})
    assert page.status_code == 303, errors(page)
    return page.headers["Location"].split("?")[0]


def step(visitor, address, name, **form):
    version = re.search(r'name="version" value="(\d+)"', visitor.open(address).text)[1]
    form = {"version": version, "step": name, **form}
    return visitor.send(f"{address}/stap", form, seen_at=address)


def steps_on(visitor, address):
    return re.findall(r'name="step" value="(\w+)"', visitor.open(address).text)


def test_a_pasted_draft_becomes_law_step_by_step(author, other):
    address = paste(author)
    assert "Het ontwerp is bewaard." in words_of(author.open(f"{address}?klaar=create"))
    assert steps_on(author, address) == ["test", "withdraw"]
    done = step(author, address, "test")
    assert done.headers["Location"] == f"{address}?klaar=test"
    # Who wrote it finds no button to approve it, and reads why.
    assert steps_on(author, address) == ["test", "withdraw"]
    assert "U schreef dit ontwerp zelf" in words_of(author.page)
    assert steps_on(other, address) == ["test", "approve", "withdraw"]
    assert step(other, address, "approve").status_code == 303
    assert step(author, address, "schedule").status_code == 303
    words = words_of(author.open(address))
    assert "Ingepland, door u (coördinator)" in words
    assert "Goedgekeurd, door een collega (beheerder)" in words
    assert "Dit wordt wet op 1 januari 2030" in words
    assert "Test lead_counsellor" not in author.page.text.split("<main")[1]
    assert "34.629,00" in words_of(author.open("/nl/wet/dag?dag=2030-01-01"))
    assert "34.629,00" not in words_of(author.open("/nl/wet/dag?dag=2029-12-31"))


def test_a_draft_can_be_uploaded_and_its_text_stands_there_as_it_was(author):
    text = draft_text(name="opgeladen")
    # As a spreadsheet program and a browser write it.
    sent = ("\ufeff" + text.replace("\n", "\r\n")).encode()
    token = TOKEN.search(author.open(NEW).text)[1]
    form = {"csrf_token": token, "text": "", "file": (io.BytesIO(sent), "opgeladen.yaml")}
    page = author.client.post(NEW, data=form, content_type="multipart/form-data")
    assert page.status_code == 303
    shown = author.open(page.headers["Location"]).text
    assert text.splitlines()[-1].replace('"', "&#34;") in shown
    assert "opgeladen.yaml" in shown
    assert "Inkomensgrens B 5 procent hoger" in author.open(LIST).text


def test_a_file_that_is_no_text_is_refused(author):
    token = TOKEN.search(author.open(NEW).text)[1]
    form = {"csrf_token": token, "text": "", "file": (io.BytesIO(b"\xff\xfe\x00"), "foto.png")}
    author.page = author.client.post(NEW, data=form, content_type="multipart/form-data")
    assert author.page.status_code == 422
    assert [place for place, _ in errors(author.page)] == ["#file"]


def test_what_is_wrong_is_said_with_its_line_and_what_was_typed_stays(author):
    text = draft_text().replace('"34629.00"', "34629.00")
    page = author.send(NEW, {"text": text})
    assert page.status_code == 422
    ((place, sentence),) = errors(page)
    assert place == "#text"
    assert "regel 16" in sentence
    assert "moet tussen aanhalingstekens staan" in sentence
    assert "limit: {value: 34629.00" in page.text
    assert errors(author.send(NEW, {"text": ""}))[0][0] == "#text"


def test_cases_that_fail_are_shown_with_what_was_expected_and_found(author):
    address = paste(author, draft_text(expects="not_eligible"))
    assert step(author, address, "test").headers["Location"] == f"{address}?klaar=red"
    words = words_of(author.open(f"{address}?klaar=red"))
    assert "niet alles klopt" in words
    assert "Wie onder de grens blijft, leent renteloos." in words
    assert "niet in orde: 1" in words
    assert "not_eligible" in words.split("Verwacht")[1].split("Gevonden")[0]


def test_the_impact_begins_with_a_sentence_and_leads_to_the_open_files(author, winners):
    address = paste(author)
    page = author.open(address)
    words = words_of(page)
    assert "Van de 6 dossiers winnen er 6." in words
    assert "Open dossiers om opnieuw te bekijken: 6" in words
    for sent in winners:
        assert f'href="/nl/dossiers/{sent["id"]}"' in page.text
        assert sent["reference"] in words
    assert '<svg role="img" aria-label="Aantal dossiers per gemeente: wint.' in page.text
    assert '<th scope="row" class="govuk-table__header">Harelbeke</th>' in page.text
    assert "Gezamenlijk belastbaar inkomen van drie jaar terug onder de grens" in words
    assert "style=" not in page.text
    assert "<script" not in page.text


def test_who_may_not_read_files_sees_counts_and_no_names(author, other, winners):
    address = paste(author)
    words = words_of(other.open(address))
    assert "Van de 6 dossiers winnen er 6." in words
    assert "Dossiers worden alleen genoemd voor wie dossiers mag lezen." in words
    assert not [sent for sent in winners if sent["reference"] in words]


def test_what_is_shared_names_no_file_and_hides_small_counts(author, client, winners):
    # One winner in Kortrijk, and in both places five whom the draft does not touch.
    incomes = [("8500", "35000.00")] + [(code, "24500.00") for code in ("8500", "8530")] * 5
    for number, (postcode, income) in enumerate(incomes, start=20):
        facts = {**application()["facts"], "joint_taxable_income": income}
        body = application(str(number), facts=facts)
        body["dwelling"]["postcode"] = postcode
        client.post("/api/v1/loan-applications", json=body, headers=new_key())
    page = author.open(f"{paste(author)}/delen")
    words = words_of(page)
    assert "Van de 17 dossiers winnen er 7." in words
    assert "/nl/dossiers/" not in page.text.split("<main")[1]
    assert not [sent for sent in winners if sent["reference"] in words]
    # The one of Kortrijk would follow from the six of Harelbeke.
    for place, files in (("Harelbeke", 11), ("Kortrijk", 6)):
        row = re.search(rf"{place}</th>(.*?)</tr>", page.text, re.DOTALL)[1]
        assert f">{files}</td>" in row
        assert row.count(">*</abbr>") == 1
    assert "minder dan vijf dossiers, of daaruit af te leiden" in words


def test_a_draft_that_no_longer_fits_says_so_in_the_place_of_its_impact(author, other):
    late = paste(author, draft_text(name="laat", percent=7))
    address = paste(author)
    step(author, address, "test")
    step(other, address, "approve")
    step(author, address, "schedule")
    assert "past niet meer op de wet" in words_of(author.open(late))
    refused = step(author, late, "test")
    assert refused.status_code == 422
    assert "past niet meer op de wet" in errors(refused)[0][1] + words_of(refused)


def test_a_step_on_an_older_version_shows_the_page_again(author, other):
    address = paste(author)
    step(other, address, "test")
    page = step(author, address, "test", version="1")
    assert page.status_code == 412
    assert "Iemand anders zette intussen een stap" in words_of(page)
    odd = step(author, address, "verbeter")
    assert odd.status_code == 422


def test_a_form_without_its_token_changes_nothing(author):
    address = paste(author)
    for url, form in ((f"{address}/stap", {"version": "1", "step": "withdraw"}), (NEW, {})):
        page = author.client.post(url, data=form)
        assert page.status_code == 400
        assert "Open de pagina opnieuw" in page.text
    assert steps_on(author, address) == ["test", "withdraw"]


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.POLICYMAKER, Role.PROGRAMME_WORKER])
def test_other_roles_see_neither_the_menu_nor_the_pages(app, client, author, sign_in_as, role):
    address = paste(author)
    stranger = colleague(app, sign_in_as(role))
    for url in (LIST, NEW, address, f"{address}/delen"):
        assert stranger.open(url).status_code == 403
        assert client.get(url).status_code == 401
    token = TOKEN.search(stranger.open("/nl/energielening/status").text)[1]
    form = {"csrf_token": token, "version": "1", "step": "withdraw"}
    assert stranger.client.post(f"{address}/stap", data=form).status_code == 403
    assert 'href="/nl/wet"' not in stranger.open("/nl/energielening/berekenen").text
    assert 'href="/nl/wet"' in author.open(LIST).text


def test_the_law_of_a_day_is_for_everybody_and_names_its_sources(client, author):
    page = client.get("/nl/wet/dag?dag=2021-06-30")
    assert page.status_code == 200
    # S02, S14, S15, S64.
    words = words_of(page)
    assert "€ 31.870,00, plus € 1.660,00 per persoon ten laste" in words
    assert "Geldt zo van 1 januari 2021 tot en met 31 december 2021" in words
    linked = set(re.findall(r'href="#([A-Z]\w+)"', page.text))
    assert linked
    assert linked == set(re.findall(r'<li id="([A-Z]\w+)"', page.text))
    assert "Voor deze dag" not in words


@pytest.mark.parametrize("asked", ["gisteren", "2021-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_does_not_exist_is_asked_again(client, asked):
    page = client.get(f"/nl/wet/dag?dag={asked}")
    assert page.status_code == 422
    assert "Schrijf ze als 2022-09-01" in page.text


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_pages_speak_each_language(author, winners, language):
    address = paste(author).replace("/nl/", f"/{language}/")
    step(author, address, "test")
    urls = (address, f"{address}/delen", f"/{language}/wet", f"/{language}/wet/ontwerpen/nieuw")
    for url in (*urls, f"/{language}/wet/dag"):
        page = author.open(url)
        assert page.status_code == 200, url
        assert not re.search(r"\blaw_(?:page|draft|changes)\.", words_of(page)), url


def test_every_state_step_and_effect_has_words():
    keys = [f"law_page.{kind}.{status}" for kind in ("state", "next") for status in DraftStatus]
    keys += ["law_page.state.law", "law_page.next.law"]
    keys += [f"law_page.event.{step}" for step in DraftStep]
    keys += [f"law_page.{k}.{s}" for k in ("step", "done") for s in DraftStep if s != "create"]
    keys += [f"law_page.{kind}.{name}" for kind in ("says", "means") for name in EFFECTS]
    keys += [f"law_page.says.{name}.one" for name in EFFECTS]
    assert [key for key in keys if not has_text(key)] == []


def test_the_example_on_the_page_is_the_one_of_the_documentation_and_can_be_sent(author):
    shown = (ROOT / "api/templates/law/example.yaml").read_text("utf-8")
    told = (ROOT / "docs/examples/ceiling-b-plus-5-percent.yaml").read_text("utf-8")
    assert shown == told
    assert steps_on(author, paste(author, shown))[0] == "test"


def test_an_administrator_lands_on_the_drafts(other):
    assert other.open("/nl/medewerkers").headers["Location"] == LIST

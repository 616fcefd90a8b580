"""The pages of all programmes, made from the kinds of intake, and who sees what of them."""

import re
from datetime import date
from html import unescape
from uuid import uuid4

import pytest
import sqlalchemy as sa

from api.pages.programmes.forms import form_of
from api.pages.programmes.inputs import Group, Input, Shape
from api.pages.programmes.kinds import all_kinds, slug_of
from energiehuis import clock
from energiehuis.access.permissions import Role
from energiehuis.cases.models import Case, Contact, Intake
from energiehuis.programmes.registry import PROGRAMMES
from tests.pages import errors, words_of
from tests.staff import colleague

KINDS = all_kinds()
HOME = "/nl/programmas"
QUESTION = {"payload.theme": "heating", "payload.answer": "answered", "channel": "phone"}
FILE = {
    "subject.contact.given_name": "Noor",
    "subject.contact.family_name": "Voorbeeld",
    "payload.composition.adults": "1",
    "payload.composition.children": "2",
    "payload.composition.type": "single",
    "payload.municipalities": ["34013", "34022"],
    "payload.max_rent": "750,50",
    "payload.reason": "notice",
    "payload.main_income": "wage",
    "channel": "sitting_day",
    "nis": "34013",
}


@pytest.fixture
def worker(app, client, sign_in_as):
    return colleague(app, sign_in_as(Role.PROGRAMME_WORKER))


def address(kind) -> str:
    return f"{HOME}/{slug_of(kind.programme)}/{kind.name}/nieuw"


def hidden_of(page) -> dict[str, str]:
    """Give what stands in the form before anything is typed."""
    found = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text)
    kept = ("key", "received_at")
    fields = {name: unescape(value) for name, value in found if name.startswith(kept)}
    if 'value="public_task" checked' in page.text:
        fields["legal_basis"] = "public_task"
    return fields


def send(worker, url, form):
    """Open a form, fill it in and send it."""
    return worker.send(url, {"nis": "34013", **hidden_of(worker.open(url)), **form})


def required_inputs(nodes):
    for node in nodes:
        if isinstance(node, Group) and not node.is_required:
            continue
        if isinstance(node, Group) and node.is_identity:
            yield node.path, node.first_input
        elif isinstance(node, Input):
            if node.is_required:
                yield node.path, node.first_input
        else:
            yield from required_inputs(node.parts if isinstance(node, Group) else node.rows[:1])


def plausible(kind, page):
    """Fill in every input of a form with something that could be meant."""
    form = hidden_of(page)
    for node in walk(form_of(kind, {}).nodes):
        if node.path.startswith(
            ("received_at", "legal_basis", "referrer", "operator", "agreement")
        ):
            continue
        form.update(value_of(node, page))
    return form


def walk(nodes):
    for node in nodes:
        if isinstance(node, Input):
            yield node
        elif isinstance(node, Group) and node.is_identity:
            yield from (part for part in node.parts if part.path.endswith("_name"))
        else:
            yield from walk(node.parts if isinstance(node, Group) else node.rows)


def value_of(node, page):
    path = node.path
    if node.shape is Shape.DAY:
        day = date(2020, 3, 4)
        return {f"{path}.day": str(day.day), f"{path}.month": "3", f"{path}.year": "2020"}
    if node.shape in (Shape.CHOICE, Shape.CHECKS):
        return {path: node.choices[0] if node.choices else offered(path, page)}
    simple = {
        Shape.FLAG: "yes",
        Shape.WHOLE: "2",
        Shape.NUMBER: "12,5",
        Shape.MONEY: "1.250,50",
        Shape.LINES: "12345",
    }
    return {path: simple.get(node.shape, "Verzonnen")}


def offered(path, page):
    """Give the first thing that a list on the page offers, or a number that nobody has."""
    select = re.search(rf'<select[^>]*name="{re.escape(path)}".*?</select>', page.text, re.DOTALL)
    values = re.findall(r'<option value="([^"]+)"', select[0]) if select else []
    checks = re.findall(rf'name="{re.escape(path)}"[^>]*value="([^"]+)"', page.text)
    return next(iter([*values, *checks]), str(uuid4()))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_form_shows_names_what_misses_and_takes_what_could_be_meant(worker, kind):
    url = address(kind)
    page = worker.open(url)
    assert page.status_code == 200
    nodes = form_of(kind, {}).nodes
    ids = set(re.findall(r'\bid="([^"]+)"', page.text))
    missing = {path for path, first in required_inputs(nodes) if first not in ids}
    assert missing == set()

    empty = worker.send(url, {"key": str(uuid4())})
    assert empty.status_code == 422
    linked = {place.removeprefix("#") for place, _words in errors(empty)}
    wanted = {first for _path, first in required_inputs(nodes)}
    assert wanted <= linked, wanted - linked

    sent = worker.send(url, plausible(kind, page))
    assert sent.status_code in (303, 409, 422), sent.status_code
    if sent.status_code == 303:
        shown = worker.open(sent.headers["Location"])
        assert shown.status_code == 200
        assert "Genoteerd." in words_of(shown)
    else:
        assert errors(sent) or "error-summary" in sent.text


def test_a_question_is_written_down_once_however_often_the_button_is_pressed(worker, database):
    url = f"{HOME}/energy/questions/nieuw"
    form = {"nis": "34013", **hidden_of(worker.open(url)), **QUESTION}
    first, second = worker.send(url, form), worker.send(url, form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(sa.func.count(Contact.id))) == 1
    changed = worker.send(url, {**form, "payload.answer": "referred"})
    assert changed.status_code == 422
    assert "al genoteerd" in words_of(changed)
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(sa.func.count(Contact.id))) == 1


def test_a_wrong_form_keeps_all_that_was_typed_and_links_each_error(worker, database):
    url = f"{HOME}/woonclub/files/nieuw"
    wrong = {**FILE, "payload.max_rent": "veel", "payload.composition.adults": "2"}
    page = send(worker, url, wrong)
    assert page.status_code == 422
    assert ("#payload.max_rent", "Schrijf een bedrag") in [
        (place, said.partition(": ")[2][:18]) for place, said in errors(page)
    ]
    assert 'value="veel"' in page.text
    assert 'value="Noor"' in page.text
    assert re.search(r'value="34022" checked', page.text)
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(sa.func.count(Intake.id))) == 0
    # What the schema lets through, the rules of the programme may still refuse, at their input.
    refused = send(worker, url, {**FILE, "payload.composition.adults": "2"})
    assert [place for place, _ in errors(refused)] == ["#payload.composition.adults"]


def test_a_form_without_its_token_is_refused(worker):
    answer = worker.client.post(f"{HOME}/energy/questions/nieuw", data=QUESTION)
    assert answer.status_code == 400


def test_who_works_elsewhere_or_has_another_role_does_not_come_in(app, client, sign_in_as, worker):
    elsewhere = colleague(app, sign_in_as(Role.PROGRAMME_WORKER, only_programme="food_act"))
    for url in ("energy", "energy/questions", "energy/questions/nieuw"):
        assert elsewhere.open(f"{HOME}/{url}").status_code == 403, url
    assert "Woonclub" not in words_of(elsewhere.open(HOME))
    for role in (Role.POLICYMAKER, Role.COUNSELLOR, Role.AUDITOR):
        stranger = colleague(app, sign_in_as(role))
        for url in (HOME, f"{HOME}/energy", f"{HOME}/energy/questions/nieuw"):
            assert stranger.open(url).status_code == 403, (role, url)
        assert 'href="/nl/programmas"' not in stranger.open("/nl/").text
    coordinator = colleague(app, sign_in_as(Role.PROGRAMME_COORDINATOR))
    assert coordinator.open(HOME).status_code == 200
    assert coordinator.open(f"{HOME}/energy/questions/nieuw").status_code == 403
    partner = colleague(app, sign_in_as(Role.PARTNER))
    url = f"{HOME}/energy/questions/nieuw"
    assert partner.open(url).status_code == 403
    # The form of a colleague gives no way in either.
    form = {**QUESTION, **hidden_of(worker.open(url)), "nis": "34013"}
    assert partner.send(url, form, seen_at="/nl/aanmelden").status_code == 403
    assert client.get(HOME).status_code == 401


def test_only_the_municipalities_of_the_worker_can_be_chosen(app, client, sign_in_as):
    narrow = colleague(app, sign_in_as(Role.PROGRAMME_WORKER, only_nis_code="34022"))
    url = f"{HOME}/energy/questions/nieuw"
    page = narrow.open(url)
    assert re.findall(r'<option value="(\d{5})" selected>', page.text) == ["34022"]
    refused = narrow.send(url, {**hidden_of(page), **QUESTION, "nis": "34013"})
    assert [place for place, _ in errors(refused)] == ["#nis"]


def test_a_case_is_opened_read_noted_and_closed(worker, database):
    kept = send(worker, f"{HOME}/woonclub/files/nieuw", FILE)
    assert kept.status_code == 303, errors(kept)
    record = worker.open(kept.headers["Location"])
    case_url = re.search(r'href="(/nl/programmas/dossiers/[0-9a-f-]{36})"', record.text)[1]
    page = worker.open(case_url)
    said = words_of(page)
    assert "Noor Voorbeeld" in said
    assert "€ 750,50" in said
    key = re.search(r'name="key" value="([^"]+)"', page.text)[1]
    note = {"key": key, "text": "Belt dinsdag terug.", "is_closed": "yes"}
    for _ in range(2):
        assert worker.send(f"{case_url}/notas", note, seen_at=case_url).status_code == 303
    assert words_of(worker.open(case_url)).count("Belt dinsdag terug.") == 1
    version = re.search(r'name="version" value="(\d+)"', page.text)[1]
    ending = {"key": str(uuid4()), "version": version, "status": "closed"}
    refused = worker.send(f"{case_url}/einde", ending, seen_at=case_url)
    assert refused.status_code == 422
    assert {place for place, _ in errors(refused)} >= {"#end.outcome", "#end.date.day"}
    today = clock.today()
    day = {"end.date.day": today.day, "end.date.month": today.month, "end.date.year": today.year}
    closed = worker.send(
        f"{case_url}/einde",
        {**ending, **day, "end.outcome": "stopped"},
        seen_at=case_url,
    )
    assert closed.status_code == 303, errors(closed)
    with database.unit_of_work() as session:
        assert session.scalars(sa.select(Case.outcome)).all() == ["stopped"]


def test_a_list_names_nobody_and_a_role_is_told_what_it_does_not_see(app, sign_in_as, worker):
    kept = send(worker, f"{HOME}/woonclub/files/nieuw", FILE)
    record = worker.open(kept.headers["Location"])
    case_url = re.search(r'href="(/nl/programmas/dossiers/[0-9a-f-]{36})"', record.text)[1]
    assert "Voorbeeld" not in words_of(worker.open(f"{HOME}/woonclub"))
    coordinator = colleague(app, sign_in_as(Role.PROGRAMME_COORDINATOR))
    said = words_of(coordinator.open(case_url))
    assert "Uw rol ziet geen gezondheid, justitie of vrije nota’s." in said
    assert "Nota schrijven" not in said
    psychologist = colleague(app, sign_in_as(Role.PSYCHOLOGIST))
    said = words_of(psychologist.open(case_url))
    assert "Uw rol ziet geen inkomsten, schulden of huur." in said
    assert "€ 750,50" not in said
    elsewhere = colleague(app, sign_in_as(Role.PROGRAMME_WORKER, only_nis_code="34022"))
    assert elsewhere.open(case_url).status_code == 404


def test_every_programme_has_a_page_in_three_languages(worker):
    for language in ("nl", "fr", "en"):
        assert worker.open(f"/{language}/programmas").status_code == 200
        for programme in PROGRAMMES:
            page = worker.open(f"/{language}/programmas/{slug_of(programme.code)}")
            assert page.status_code == 200, programme.code
    assert worker.open(f"{HOME}/bestaat-niet").status_code == 404
    assert worker.open(f"{HOME}/energy/bestaat-niet/nieuw").status_code == 404


def test_somebody_of_a_programme_lands_on_the_programmes(app, sign_in_as):
    for role, first in (
        (Role.PROGRAMME_WORKER, HOME),
        (Role.CRISIS_DUTY, HOME),
        (Role.PSYCHOLOGIST, HOME),
        (Role.COUNCIL_MEMBER, "/nl/verslag"),
        (Role.FINANCE, "/nl/verslag"),
    ):
        answer = colleague(app, sign_in_as(role)).open("/nl/medewerkers")
        assert answer.headers["Location"] == first, role
        assert colleague(app, sign_in_as(role)).open(first).status_code == 200


def test_the_report_is_shown_and_taken_along(app, sign_in_as):
    council = colleague(app, sign_in_as(Role.COUNCIL_MEMBER))
    page = council.open("/nl/verslag?nis=34013&year=2018")
    assert page.status_code == 200
    assert "Harelbeke" in words_of(page)
    kinds = {"pdf": b"%PDF", "html": b"<!DOC", "xlsx": b"PK", "csv": b"\xef\xbb\xbf"}
    for ending, begin in kinds.items():
        file = council.open(f"/nl/verslag/34013-2018.{ending}")
        assert file.status_code == 200, ending
        assert file.data.startswith(begin)
        assert "attachment" in file.headers["Content-Disposition"]
    assert council.open("/nl/verslag?nis=34013&year=1900").status_code == 422
    assert council.open("/nl/verslag?nis=99999&year=2018").status_code == 422
    narrow = colleague(app, sign_in_as(Role.COUNCIL_MEMBER, only_nis_code="34022"))
    assert narrow.open("/nl/verslag?nis=34013&year=2018").status_code == 422
    assert narrow.open("/nl/verslag/34013-2018.csv").status_code == 404
    nobody = colleague(app, sign_in_as(Role.PARTNER))
    assert nobody.open("/nl/verslag").status_code == 403

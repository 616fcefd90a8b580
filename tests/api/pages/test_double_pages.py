"""Doubles side by side: who may judge them, what is shown of each, merging and splitting again."""

import re
from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.audit.models import AuditLine
from energiehuis.cases.double_review import review_doubles
from energiehuis.people.commands import Alias, KnownPerson, Named
from energiehuis.people.models import PersonMerge, PersonUnmerge
from energiehuis.people.queries import find_person_id
from energiehuis.people.service import take_person
from energiehuis.programmes.woonclub.service import open_file
from energiehuis.programmes.woonclub.sessions import add_session, record_visit
from tests.intakes import envelope, new_file, new_session, new_visit
from tests.pages import errors, words_of
from tests.staff import colleague

URL = "/nl/programmas/dubbels"
BORN = date(1980, 5, 17)
MAY = {Role.PROGRAMME_WORKER, Role.PROGRAMME_COORDINATOR}
NONE = "Er zijn nu geen mogelijke dubbels."


@pytest.fixture
def worker(app, client, sign_in_as):
    return colleague(app, sign_in_as(Role.PROGRAMME_WORKER))


@pytest.fixture
def add(database, organisation_id):
    """Write somebody down and give the id."""

    def make(given, family, born=BORN):
        with database.unit_of_work() as session:
            return take_person(session, organisation_id, Named(given, family, born), field="person")

    return make


@pytest.fixture
def open_for(database, actor_with):
    """Open a file of the Woonclub for somebody new; give the person and the case."""
    actor = actor_with(Role.PROGRAMME_WORKER)

    def make(given, family):
        with database.unit_of_work() as session:
            file = open_file(session, actor, new_file(contact=Named(given, family, BORN)))
            return file.members[0].id, file.id

    return make


def forms_of(page) -> list[dict[str, str]]:
    """Give what each form on the page would send if only its button were pressed."""
    found = []
    for action, body in re.findall(
        r'<form method="post" action="(/nl/programmas/dubbels[^"]+)"[^>]*>(.*?)</form>',
        page.text,
        re.DOTALL,
    ):
        fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', body))
        fields |= dict(re.findall(r'name="([^"]+)" type="radio" value="([^"]+)" checked', body))
        found.append({"action": action, **fields})
    return found


def press(worker, form, **changes):
    """Send one form of the page as it stood there."""
    return worker.client.post(form["action"], data={**form, **changes})


def count(database, kind) -> int:
    with database.unit_of_work() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(kind))


@pytest.mark.parametrize("role", Role)
def test_only_who_may_merge_comes_in(app, client, sign_in_as, add, role):
    add("An", "Claes")
    second = add("An", "Klaas")
    somebody = colleague(app, sign_in_as(role))
    page = somebody.open(URL)
    assert page.status_code == (200 if role in MAY else 403)
    assert ("Klaas" in page.text) is (role in MAY)
    if role not in MAY:
        form = {"key": str(uuid4()), "first": str(second), "second": str(second)}
        sent = somebody.send(f"{URL}/samenvoegen", form, seen_at="/nl/energielening/status")
        assert sent.status_code in (403, 422)


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(URL).status_code == 401


def test_other_roles_do_not_merge_by_a_form_of_a_colleague(app, sign_in_as, worker, add, database):
    add("An", "Claes"), add("An", "Klaas")
    [form] = forms_of(worker.open(URL))
    made = press(worker, form)
    assert made.status_code == 303
    [split] = forms_of(worker.open(URL))
    social = colleague(app, sign_in_as(Role.SOCIAL_WORKER))
    for one in (form, split):
        sent = social.send(one["action"], {**one, "key": str(uuid4())}, seen_at="/nl/programmas")
        assert sent.status_code == 403
    assert count(database, PersonUnmerge) == 0


def test_nobody_alike_is_said_so(worker, add):
    add("An", "Claes"), add("Bo", "Maes"), add("An", "Claes", date(1999, 1, 1))
    said = words_of(worker.open(URL))
    assert NONE in said
    assert "Er is nog niemand samengevoegd." in said
    assert "An Claes" not in said


def test_each_of_a_pair_is_shown_by_what_is_known_of_him_or_her(
    worker, open_for, add, database, actor_with
):
    _person, case_id = open_for("An", "Claes")
    visitor = add("An", "Klaas")
    actor = actor_with(Role.PROGRAMME_WORKER)
    with database.unit_of_work() as session:
        for day in (date(2018, 6, 5), date(2018, 6, 12)):
            held = add_session(session, actor, new_session(takes_place_on=day)).id
            record_visit(
                session, actor, new_visit(held, KnownPerson(visitor), envelope=envelope(day))
            )
    page = worker.open(URL)
    said = words_of(page)
    assert said.count("Geboren op 17 mei 1980") == 2
    assert "Woonclub, Harelbeke, binnengekomen op 5 jun 2018 (dossier van het gezin)" in said
    assert f'href="/nl/programmas/dossiers/{case_id}"' in page.text
    assert "2 bezoeken aan een permanentie van Woonclub" in said
    assert worker.open(f"/nl/programmas/dossiers/{case_id}").status_code == 200
    add("Bo", "Maes"), add("Bo", "Maas")
    said = words_of(worker.open(URL))
    assert said.count("U ziet van deze persoon geen dossier en geen bezoek.") == 2


def test_merging_by_the_form_and_splitting_again(worker, add, database, organisation_id):
    first, second = add("An", "Claes"), add("An", "Klaas")
    page = worker.open(URL)
    [form] = forms_of(page)
    assert form["keep"] == str(first)
    made = press(worker, form, keep=str(second))
    assert (made.status_code, made.headers["Location"]) == (303, f"{URL}?klaar=samengevoegd")
    page = worker.open(made.headers["Location"])
    said = words_of(page)
    assert "Samengevoegd. Dit is nu één persoon." in said
    assert NONE in said
    assert "An Claes is samengevoegd met An Klaas." in said
    with database.unit_of_work() as session:
        assert find_person_id(session, organisation_id, first) == second
    [split] = forms_of(page)
    undone = press(worker, split)
    assert (undone.status_code, undone.headers["Location"]) == (303, f"{URL}?klaar=gesplitst")
    said = words_of(worker.open(undone.headers["Location"]))
    assert "Weer gesplitst." in said
    assert "An Claes en An Klaas" in said
    with database.unit_of_work() as session:
        assert find_person_id(session, organisation_id, first) == first


def test_the_same_form_twice_merges_once_and_splits_once(worker, add, database):
    add("An", "Claes"), add("An", "Klaas")
    [form] = forms_of(worker.open(URL))
    assert [press(worker, form).status_code for _ in range(2)] == [303, 303]
    assert count(database, PersonMerge) == 1
    [split] = forms_of(worker.open(URL))
    assert [press(worker, split).status_code for _ in range(2)] == [303, 303]
    assert count(database, PersonUnmerge) == 1


def test_splitting_what_a_colleague_split_is_told(worker, app, sign_in_as, add):
    add("An", "Claes"), add("An", "Klaas")
    [form] = forms_of(worker.open(URL))
    press(worker, form)
    coordinator = colleague(app, sign_in_as(Role.PROGRAMME_COORDINATOR))
    [mine], [theirs] = (forms_of(who.open(URL)) for who in (worker, coordinator))
    assert press(coordinator, theirs).status_code == 303
    stale = press(worker, mine)
    assert stale.status_code == 412
    said = words_of(stale)
    assert "govuk-error-summary" in stale.text
    assert "Iemand anders wijzigde dit intussen." in said
    assert "An Claes en An Klaas" in said
    odd = press(worker, {**mine, "key": str(uuid4())}, version="nieuw")
    assert odd.status_code == 422


def test_merging_whom_a_colleague_merged_is_told_at_the_top(worker, app, sign_in_as, add):
    one, two, three = (add("An", "Claes") for _ in range(3))
    mine = forms_of(worker.open(URL))
    assert len(mine) == 3
    coordinator = colleague(app, sign_in_as(Role.PROGRAMME_COORDINATOR))
    [theirs] = [f for f in forms_of(coordinator.open(URL)) if f["second"] == str(two)]
    assert press(coordinator, theirs).status_code == 303
    for form in mine:
        form["pair"] = {form["first"], form["second"]}
    [same] = [form for form in mine if form["pair"] == {str(one), str(two)}]
    [chain] = [form for form in mine if form["pair"] == {str(one), str(three)}]
    for sent, told in (
        (press(worker, _plain(same)), "Deze persoon is al samengevoegd met iemand."),
        (press(worker, _plain(same), keep=str(two), key=str(uuid4())), "is zelf samengevoegd"),
        (press(worker, _plain(chain), keep=str(three)), "zijn al anderen samengevoegd"),
    ):
        assert sent.status_code == 409
        assert told in words_of(sent)
    # The pair still stands there, so the line at the top leads to its choice, kept as it was made.
    [(place, _words)] = errors(sent)
    mark = place.removeprefix("#")
    assert mark == f"keep-{one}-{three}"
    assert f'id="{mark}"' in sent.text
    assert [form["keep"] for form in forms_of(sent) if "keep" in form] == [str(three)]


def _plain(form):
    return {name: value for name, value in form.items() if name != "pair"}


def test_a_form_that_lost_something_merges_nobody(worker, add, database, organisation_id):
    first, second = add("An", "Claes"), add("An", "Klaas")
    with database.unit_of_work() as session:
        alias = take_person(session, organisation_id, Alias("rode fiets"), field="person")
    [form] = forms_of(worker.open(URL))
    for changes in (
        {"keep": ""},
        {"keep": str(uuid4())},
        {"key": "x"},
        {"first": "niemand"},
        {"second": str(first)},
        {"second": str(alias)},
        {"second": str(uuid4())},
    ):
        sent = press(worker, {**form, "key": str(uuid4()), **changes})
        assert sent.status_code == 422, changes
        assert "error-summary" in sent.text
        assert str(second) in sent.text
    assert count(database, PersonMerge) == 0
    assert worker.client.post(form["action"], data={"first": str(first)}).status_code == 400
    nowhere = f"{URL}/{uuid4()}/splitsen"
    assert press(worker, {**form, "action": nowhere, "version": "1"}).status_code == 404


def test_a_worker_sees_no_pair_and_no_merge_of_another_programme(app, sign_in_as, worker, open_for):
    _first, case_id = open_for("An", "Claes")
    open_for("An", "Klaas")
    food = colleague(app, sign_in_as(Role.PROGRAMME_WORKER, only_programme="food_act"))
    elsewhere = colleague(app, sign_in_as(Role.PROGRAMME_WORKER, only_nis_code="34022"))
    woonclub = colleague(app, sign_in_as(Role.PROGRAMME_WORKER, only_programme="woonclub"))
    [form] = forms_of(woonclub.open(URL))
    for stranger in (food, elsewhere):
        page = stranger.open(URL)
        assert NONE in words_of(page)
        assert str(case_id) not in page.text
        sent = stranger.send(
            f"{URL}/samenvoegen", {**form, "key": str(uuid4())}, seen_at="/nl/programmas"
        )
        assert sent.status_code == 422
        assert "Claes" not in sent.text
    assert press(woonclub, form).status_code == 303
    [split] = forms_of(woonclub.open(URL))
    for stranger in (food, elsewhere):
        assert "Claes" not in stranger.open(URL).text
        sent = stranger.send(split["action"], split, seen_at="/nl/programmas")
        assert sent.status_code == 404


def test_of_a_shared_person_only_the_own_programme_is_shown(
    app, sign_in_as, open_for, database, organisation_id
):
    from tests.joined_records import Records

    people = [open_for("An", name)[0] for name in ("Claes", "Klaas")]
    with database.unit_of_work() as session:
        other = Records(session, organisation_id).case(
            "kracht_wonen", date(2018, 2, 1), person=people[0]
        )
    woonclub = colleague(app, sign_in_as(Role.PROGRAMME_WORKER, only_programme="woonclub"))
    page = woonclub.open(URL)
    assert "Kracht.Wonen" not in words_of(page)
    assert str(other) not in page.text
    everything = colleague(app, sign_in_as(Role.PROGRAMME_COORDINATOR)).open(URL)
    assert "Kracht.Wonen, Harelbeke, binnengekomen op 1 feb" in words_of(everything)


def test_a_kept_person_is_known_by_what_the_merged_one_was_known_by(worker, open_for, add):
    _first, case_id = open_for("An", "Claes")
    second = add("An", "Klaas")
    [form] = forms_of(worker.open(URL))
    press(worker, form, keep=str(second))
    add("An", "Claes")
    page = worker.open(URL)
    assert "An Klaas en An Claes" in words_of(page)
    assert f'href="/nl/programmas/dossiers/{case_id}"' in page.text


def test_what_was_read_is_written_down_once_without_a_name(worker, add, database):
    people = {str(add("An", "Claes")), str(add("An", "Klaas"))}
    [form] = forms_of(worker.open(URL))
    press(worker, form)
    worker.open(URL)
    with database.unit_of_work() as session:
        lines = session.scalars(sa.select(AuditLine).where(AuditLine.action.like("person%"))).all()
        assert [line.action for line in lines] == [
            "person_doubles.read",
            "person.merged",
            "person_doubles.read",
        ]
        assert set(lines[0].details["people"]) == set(lines[2].details["people"]) == people
        assert "Claes" not in str([line.details for line in lines])


def test_more_pairs_ask_no_more_questions(database, actor_with, open_for):
    actor = actor_with(Role.PROGRAMME_COORDINATOR)

    def questions() -> tuple[int, int]:
        asked = []
        with database.unit_of_work() as session:
            engine = session.get_bind().engine
            listener = lambda *args: asked.append(args[2])  # noqa: E731
            sa.event.listen(engine, "before_cursor_execute", listener)
            pairs = review_doubles(session, actor).pairs
            sa.event.remove(engine, "before_cursor_execute", listener)
        return len(pairs), len(asked)

    open_for("An", "Claes"), open_for("An", "Klaas")
    one, few = questions()
    for given in ("Bo", "Cis", "Dirk"):
        open_for(given, "Claes"), open_for(given, "Klaas")
    assert (one, questions()) == (1, (4, few))


@pytest.mark.parametrize(
    ("language", "title", "merged"),
    [("fr", "Doublons possibles", "est fusionné avec"), ("en", "Possible doubles", "was merged")],
)
def test_the_page_speaks_french_and_english(worker, open_for, add, language, title, merged):
    open_for("An", "Claes"), open_for("An", "Klaas"), add("Bo", "Maes"), add("Bo", "Maas")
    press(worker, forms_of(worker.open(URL))[0])
    url = URL.replace("/nl/", f"/{language}/")
    for query in ("", "?klaar=samengevoegd", "?klaar=gesplitst", "?klaar=iets"):
        page = worker.open(url + query)
        assert page.status_code == 200
        said = words_of(page)
        assert title in said
        assert merged in said
        assert "Persoon" not in said
        assert "doubles_page" not in said

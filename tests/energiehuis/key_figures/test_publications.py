"""Publications are frozen, only grow, and are restated with a reason; figures as of a day."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from energiehuis import clock
from energiehuis.access.permissions import Role
from energiehuis.errors import Conflict, InvalidInput, PermissionDenied, RuleViolation
from energiehuis.key_figures import formulas
from energiehuis.key_figures.measures import Period
from energiehuis.key_figures.publication import (
    PublishKeyFigures,
    RestateKeyFigure,
    list_publications,
    publish,
    published_rows,
    restate,
)
from energiehuis.key_figures.service import compute_key_figures
from energiehuis.programmes.woonclub.service import close_file, open_file
from tests.intakes import HARELBEKE, envelope, housed, new_file

YEAR = Period(date(2018, 1, 1), date(2019, 1, 1))


@pytest.fixture
def coordinator(actor_with):
    return actor_with(Role.PROGRAMME_COORDINATOR)


@pytest.fixture
def worker(actor_with):
    return actor_with(Role.PROGRAMME_WORKER)


@pytest.fixture
def act(database):
    def run(what, actor, *said, **named):
        with database.unit_of_work() as session:
            return what(session, actor, *said, **named)

    return run


@pytest.fixture
def files(act, worker):
    return [act(open_file, worker, new_file()).id for _ in range(6)]


def rows_of(database, publication_id):
    with database.unit_of_work() as session:
        rows = published_rows(session, publication_id, nis_code=HARELBEKE)
    return {(row.figure_id, row.revision): row for row in rows}


def test_a_publication_keeps_value_version_digest_day_and_who(database, act, files, coordinator):
    made = act(publish, coordinator, PublishKeyFigures(YEAR))
    row = rows_of(database, made)["wc.new_files", 0]
    assert (row.value, row.definition_version, row.recorded_by) == ("6", 1, coordinator.name)
    assert len(row.formula_digest) == 64
    assert row.recorded_at <= clock.now()
    assert [head.id for head in act(list_publications, coordinator)] == [made]


def test_small_counts_are_not_even_stored(database, act, files, worker, coordinator):
    for case_id in files[:2]:
        act(close_file, worker, housed(case_id))
    made = act(publish, coordinator, PublishKeyFigures(YEAR))
    row = rows_of(database, made)["wc.housed_same_year", 0]
    assert (row.value, row.numerator, row.reason) == (None, None, "suppressed")


def test_a_later_change_is_a_restatement_beside_the_old_value(
    database, act, files, worker, coordinator
):
    made = act(publish, coordinator, PublishKeyFigures(YEAR))
    said = RestateKeyFigure(made, "wc.new_files", "Vijf dossiers kwamen laat.", HARELBEKE)
    with pytest.raises(Conflict, match="nothing_to_restate"):
        act(restate, coordinator, said)
    for _ in range(5):
        act(open_file, worker, new_file())
    act(restate, coordinator, said)
    found = rows_of(database, made)
    assert (found["wc.new_files", 0].value, found["wc.new_files", 1].value) == ("6", "11")
    assert found["wc.new_files", 1].restated_because == "Vijf dossiers kwamen laat."


def test_a_restatement_of_a_few_people_would_point_at_them(act, files, worker, coordinator):
    made = act(publish, coordinator, PublishKeyFigures(YEAR))
    act(open_file, worker, new_file())
    with pytest.raises(RuleViolation, match="change_points_at_people"):
        act(restate, coordinator, RestateKeyFigure(made, "wc.new_files", "Laat.", HARELBEKE))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE key_figure_publications SET published_by = 'x'",
        "DELETE FROM key_figure_publications",
        "UPDATE published_key_figures SET value = '7'",
        "DELETE FROM published_key_figures",
    ],
)
def test_what_is_published_refuses_change(database, act, coordinator, statement):
    act(publish, coordinator, PublishKeyFigures(YEAR))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.unit_of_work() as session:
        session.execute(sa.text(statement))


def test_a_period_is_published_once_and_only_when_it_is_over(act, files, coordinator, worker):
    act(publish, coordinator, PublishKeyFigures(YEAR))
    with pytest.raises(Conflict, match="already_published"):
        act(publish, coordinator, PublishKeyFigures(YEAR))
    open_period = Period(date(2018, 1, 1), clock.today() + timedelta(days=1))
    with pytest.raises(InvalidInput):
        act(publish, coordinator, PublishKeyFigures(open_period))
    with pytest.raises(PermissionDenied):
        act(publish, worker, PublishKeyFigures(Period(date(2017, 1, 1), date(2018, 1, 1))))


def test_two_publications_that_overlap_do_not_give_their_difference(
    database, act, worker, coordinator
):
    for day in [*[date(2018, 3, 5)] * 6, *[date(2018, 12, 3)] * 2]:
        act(open_file, worker, new_file(envelope=envelope(day), notice_on=None))
    whole = act(publish, coordinator, PublishKeyFigures(YEAR))
    eleven = PublishKeyFigures(Period(date(2018, 1, 1), date(2018, 12, 1)))
    part = act(publish, coordinator, eleven)
    assert rows_of(database, whole)["wc.new_files", 0].value == "8"
    # Eight less six would leave the two of December.
    assert rows_of(database, part)["wc.new_files", 0].reason == "suppressed"


def test_figures_as_the_records_stood_on_a_day(database, act, files, worker, monkeypatch):
    today = clock.today()

    def counted(known_on):
        with database.unit_of_work() as session:
            found = compute_key_figures(
                session, worker, YEAR, nis_code=HARELBEKE, known_on=known_on
            )
        return {figure.definition.id: figure for figure in found}

    assert counted(today)["wc.new_files"].value == "6"
    assert counted(today - timedelta(days=1))["wc.new_files"].value == "0"
    tomorrow = datetime.combine(today + timedelta(days=1), datetime.min.time(), UTC)
    monkeypatch.setattr(clock, "now", lambda: tomorrow + timedelta(hours=12))
    act(close_file, worker, housed(files[0]))
    # Closed tomorrow: the file was still open at the end of today.
    assert counted(today)["wc.housed_same_year"].value == "0"
    assert counted(today + timedelta(days=1))["wc.housed_same_year"].value == "1"
    assert "drop_in_sessions" in counted(today)["wc.visits"].undated


def test_a_programme_that_fails_is_told_and_the_others_still_come(
    database, files, worker, monkeypatch, caplog
):
    def measure_broken(session, area, period):
        session.execute(sa.text("SELECT * FROM there_is_no_such_table"))

    sources = [
        measure_broken if measure.__name__ == "measure_konekti" else measure
        for measure in formulas.SOURCES
    ]
    monkeypatch.setattr(formulas, "SOURCES", tuple(sources))
    with caplog.at_level(logging.ERROR), database.unit_of_work() as session:
        found = compute_key_figures(session, worker, YEAR, nis_code=HARELBEKE)
    by_id = {figure.definition.id: figure for figure in found}
    assert by_id["ko.running"].reason == "failed"
    assert by_id["wc.new_files"].value == "6"
    assert by_id["gov.av_members"].value == "0"
    assert "measure_broken" in caplog.text

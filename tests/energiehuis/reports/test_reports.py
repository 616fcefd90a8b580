"""The report of a municipality: counted, suppressed, and the same in every form."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from energiehuis.access.permissions import Role
from energiehuis.errors import InvalidInput, NotFound, PermissionDenied
from energiehuis.programmes.woonclub.service import close_file, open_file
from energiehuis.programmes.woonclub.sessions import add_session, record_visit
from energiehuis.reports.outputs import as_csv, as_page, as_pdf, as_workbook, write_report
from energiehuis.reports.service import AskReport, make_report
from tests.intakes import housed, new_file, new_session, new_visit


@pytest.fixture
def filled(database, actor_with):
    """Six files of Harelbeke of 2018, two of them housed, and one session with one visit."""
    worker = actor_with(Role.PROGRAMME_WORKER)
    with database.unit_of_work() as session:
        ids = [open_file(session, worker, new_file()).id for _ in range(6)]
        for case_id in ids[:2]:
            close_file(session, worker, housed(case_id))
        held = add_session(session, worker, new_session())
        record_visit(session, worker, new_visit(held.id, None))
    return worker


def report(database, actor, **changes):
    asked = AskReport(**{"nis_code": "34013", "year": 2018, "language": "nl", **changes})
    with database.unit_of_work() as session:
        return make_report(session, actor, asked)


def values(made, column="value"):
    return {
        line.figure_id: getattr(line, column)
        for section in made.sections
        for line in section.lines
        if "sinds" not in line.name
    }


def test_figures_are_counted_from_the_records(database, filled):
    found = values(report(database, filled, is_internal=True))
    assert found["wc.new_files"] == "6"
    assert found["wc.sessions"] == "1"


def test_the_sessions_under_a_withheld_mean_are_withheld_too(database, filled):
    shared = values(report(database, filled))
    assert shared["wc.new_files"] == "6"
    assert shared["wc.visits_per_session"] == shared["wc.sessions"] == "afgeschermd"


def test_small_counts_do_not_leave_even_for_who_may_see_them(database, filled):
    shared = values(report(database, filled))
    internal = values(report(database, filled, is_internal=True))
    assert shared["wc.housed_same_year"] == "afgeschermd"
    assert internal["wc.housed_same_year"] == "2"


def test_an_internal_report_is_not_for_a_council_member(database, filled, actor_with):
    reader = actor_with(Role.COUNCIL_MEMBER)
    assert values(report(database, reader))["wc.new_files"] == "6"
    with pytest.raises(PermissionDenied):
        report(database, reader, is_internal=True)


def test_the_year_before_and_the_region_stand_beside(database, filled):
    made = report(database, filled, year=2019)
    assert values(made, "before")["wc.new_files"] == "6"
    assert values(made)["wc.new_files"] == "0"
    assert values(report(database, filled), "region")["wc.new_files"] == "6"


@pytest.mark.parametrize("year", [2008, 2100])
def test_a_year_without_records_of_w13_is_refused(database, filled, year):
    with pytest.raises(InvalidInput):
        report(database, filled, year=year)


def test_an_unknown_municipality_is_refused(database, filled):
    with pytest.raises(NotFound):
        report(database, filled, nis_code="11002")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_form_holds_the_same_figures(database, filled, language):
    made = report(database, filled, language=language)
    lines = [line for section in made.sections for line in section.lines]
    rows = list(csv.reader(io.StringIO(as_csv(made).decode("utf-8-sig")), delimiter=";"))[1:]
    assert [(row[1], row[4]) for row in rows] == [(line.figure_id, line.value) for line in lines]
    sheet = load_workbook(io.BytesIO(as_workbook(made))).active
    named = {line.name for line in lines}
    rows = sheet.iter_rows(values_only=True)
    # A chapter may be called like one of its figures; its row holds nothing else.
    cells = [row for row in rows if row[0] in named and row[1] is not None]
    assert [row[1] for row in cells] == [line.value for line in lines]
    page = as_page(made).decode()
    assert f'<html lang="{language}">' in page
    assert all(line.definition.replace("'", "&#39;") in page for line in lines)


def test_the_pdf_is_tagged_and_says_its_language(database, filled):
    made = as_pdf(report(database, filled))
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/Lang" in made


def test_the_same_report_is_the_same_bytes(database, filled):
    made = report(database, filled)
    printed = as_pdf(made)
    assert printed == as_pdf(made)
    day = made.made_on.strftime("%Y%m%d")
    assert set(re.findall(rb"(?:Creation|Mod)Date\(D:(\d+)Z?\)", printed)) == {
        f"{day}000000".encode()
    }


def test_another_ending_is_refused_and_nothing_written(database, filled, tmp_path):
    with pytest.raises(ValueError, match=r"\.pdf, \.html, \.xlsx, \.csv"):
        write_report(report(database, filled), tmp_path / "report.docx")
    assert not (tmp_path / "report.docx").exists()

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from energiehuis.access.actor import SYSTEM
from energiehuis.access.models import Organisation
from energiehuis.access.permissions import Role
from energiehuis.audit.models import AuditLine
from energiehuis.cli.import_loans import import_loans_command
from energiehuis.db.engine import TransactionKind
from energiehuis.errors import NotFound, PermissionDenied
from energiehuis.identifiers import new_id
from energiehuis.loans.imports.reading import read_loan_list
from energiehuis.loans.imports.service import check_loans, import_loans
from energiehuis.loans.models import Loan
from tests.energiehuis.imports.test_reading import HEADERS, ROW, changed

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
TODAY = date(2026, 11, 23)
CODE = "energiehuis-w13"


@pytest.fixture
def run(database, organisation_id):
    def act(what, content, actor=SYSTEM, code=CODE):
        if isinstance(content, str):
            content = content.encode()
        with database.unit_of_work() as session:
            return what(session, actor, code, read_loan_list(content, TODAY))

    return act


def rows(database):
    with database.unit_of_work() as session:
        return session.scalars(sa.select(Loan).order_by(Loan.number)).all()


def codes(report):
    return [(error.line, error.code) for error in report.errors]


def one(line=ROW):
    return f"{HEADERS}\n{line}\n"


def test_the_example_is_imported_with_one_audit_line_a_loan(run, database, organisation_id):
    report = run(import_loans, (EXAMPLES / "loans.csv").read_bytes())
    assert (report.new, report.unchanged, report.errors, report.is_written) == (8, 0, (), True)
    loans = rows(database)
    assert {loan.source for loan in loans} == {"import"}
    assert {loan.organisation_id for loan in loans} == {organisation_id}
    first = loans[0]
    assert (first.principal_cents, first.works_cost_cents) == (10_000_00, 10_250_50)
    assert (first.is_priority, first.product_code) == (False, "energy_loan_2015_general")
    assert loans[5].works is None
    with database.unit_of_work() as session:
        lines = session.scalars(
            sa.select(AuditLine).where(AuditLine.action == "loan.imported")
        ).all()
    assert {line.subject_id for line in lines} == {str(loan.id) for loan in loans}


def test_the_same_list_twice_changes_nothing(run, database):
    content = (EXAMPLES / "loans.csv").read_bytes()
    run(import_loans, content)
    before = {loan.number: loan.id for loan in rows(database)}
    report = run(import_loans, content)
    assert (report.new, report.unchanged, report.errors) == (0, 8, ())
    assert {loan.number: loan.id for loan in rows(database)} == before


def test_a_longer_list_adds_only_what_is_new(run):
    run(import_loans, one())
    report = run(import_loans, one(ROW + "\n" + ROW.replace("A-1", "A-2")))
    assert (report.new, report.unchanged) == (1, 1)


def test_one_wrong_line_and_nothing_is_written(run, database):
    bad = ROW.replace("A-1", "A-2").replace("10.000,00", "veel")
    report = run(import_loans, one(ROW + "\n" + bad))
    assert codes(report) == [(3, "import.amount")]
    assert not report.is_written
    assert rows(database) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("hoofdsom", "10.000,01"),
        ("gemeente", "Kortrijk"),
        ("eerste_vervaldag", "02/05/2016"),
        ("ontlener", "vzw"),
    ],
)
def test_a_known_number_with_other_content_is_an_error(run, database, column, value):
    run(import_loans, one())
    report = run(import_loans, one(changed(column, value)))
    assert codes(report) == [(2, "import.loan_differs")]
    assert report.errors[0].params["columns"] == column
    assert rows(database)[0].principal_cents == 10_000_00


def test_unknown_is_not_the_same_as_no(run):
    run(import_loans, f"{HEADERS};prioritair\n{ROW};\n")
    report = run(import_loans, f"{HEADERS};prioritair\n{ROW};nee\n")
    assert codes(report) == [(2, "import.loan_differs")]


def test_a_number_of_another_organisation_is_refused_without_saying_whose(run, database):
    with database.unit_of_work() as session:
        other = {"id": new_id(), "code": "other", "name": "Ander huis"}
        session.execute(sa.insert(Organisation), [other])
    run(import_loans, one())
    with database.unit_of_work() as session:
        session.execute(sa.update(Loan).values(organisation_id=other["id"]))
    assert codes(run(import_loans, one())) == [(2, "import.number_taken")]


def test_a_loan_that_was_granted_here_is_not_taken_for_one_of_the_list(run, database):
    run(import_loans, one())
    with database.unit_of_work() as session:
        session.execute(sa.update(Loan).values(source="application"))
    assert codes(run(import_loans, one())) == [(2, "import.number_taken")]


def test_an_organisation_imports_only_where_it_works(run, database):
    with database.unit_of_work() as session:
        session.execute(
            sa.insert(Organisation), [{"id": new_id(), "code": "nowhere", "name": "Nergens"}]
        )
    report = run(import_loans, one(), code="nowhere")
    assert codes(report) == [(2, "import.municipality_not_served")]


def test_an_organisation_that_does_not_exist_is_named(run):
    with pytest.raises(NotFound, match=r"organisation\.not_found"):
        run(import_loans, one(), code="nobody")


def test_a_check_says_what_would_be_done_and_writes_nothing(run, database):
    report = run(check_loans, one())
    assert (report.new, report.is_written) == (1, False)
    assert rows(database) == []


def test_a_check_needs_no_right_to_write_in_the_database(database, organisation_id):
    with database.unit_of_work(TransactionKind.READ) as session:
        report = check_loans(session, SYSTEM, CODE, read_loan_list(one().encode(), TODAY))
    assert report.new == 1


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.POLICYMAKER, Role.PROGRAMME_WORKER])
def test_only_who_may_import_loans_imports_them(run, actor_with, role):
    for what in (check_loans, import_loans):
        with pytest.raises(PermissionDenied):
            run(what, one(), actor_with(role))


def test_a_lead_counsellor_imports_for_the_own_organisation_only(run, database, actor_with):
    lead = actor_with(Role.LEAD_COUNSELLOR)
    with database.unit_of_work() as session:
        session.execute(
            sa.insert(Organisation), [{"id": new_id(), "code": "other", "name": "Ander huis"}]
        )
    with pytest.raises(PermissionDenied):
        run(import_loans, one(), lead, "other")
    assert run(import_loans, one(), lead).new == 1


def test_who_works_for_one_municipality_imports_its_loans_only(run, actor_with):
    of_kortrijk = actor_with(Role.LEAD_COUNSELLOR, "34022")
    report = run(import_loans, one(), of_kortrijk)
    assert codes(report) == [(2, "import.municipality_not_served")]


@pytest.fixture
def command(database_url, organisation_id):
    def call(path, *options):
        return CliRunner().invoke(
            import_loans_command,
            [str(path), "--organisation", CODE, *options],
            env={"DATABASE_URL": database_url, "DEMO": "1"},
        )

    return call


def test_the_command_says_what_it_did(command, database):
    trial = command(EXAMPLES / "loans.csv", "--dry-run")
    assert (trial.exit_code, len(rows(database))) == (0, 0)
    assert "8 leningen zouden ingevoerd worden" in trial.output
    written = command(EXAMPLES / "loans.csv")
    assert (written.exit_code, len(rows(database))) == (0, 8)
    assert "8 leningen ingevoerd" in written.output
    again = command(EXAMPLES / "loans.csv", "--language", "en")
    assert "0 loans imported, 8 stood there already" in again.output


def test_the_command_names_every_error_and_fails(command, database):
    result = command(EXAMPLES / "loans-with-errors.csv")
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 13
    assert "regel 4 · toegekend_op · «31/02/2017» · Deze dag bestaat niet." in result.output
    assert rows(database) == []


def test_the_command_names_an_organisation_that_does_not_exist(command):
    result = command(EXAMPLES / "loans.csv", "--organisation", "nobody")
    assert result.exit_code == 1
    assert "De organisatie nobody bestaat niet." in result.output

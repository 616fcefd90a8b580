"""The command line: light, honest about what it refuses, and never a password in an argument."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from energiehuis.__main__ import COMMANDS, main
from energiehuis.access.models import Account, ServiceArea
from energiehuis.access.service import check_password
from energiehuis.cli.lazy import LazyCommand, LazyGroup


@pytest.fixture
def run(database_url, monkeypatch):
    """Run a command on the database of the test."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SECRET_KEY", "only-for-tests-" + "0" * 32)

    def invoke(*arguments: str, **options):
        return CliRunner().invoke(main, list(arguments), **options)

    return invoke


def test_help_imports_no_command_and_no_heavy_library():
    program = (
        "import sys; from click.testing import CliRunner; from energiehuis.__main__ import main;"
        "result = CliRunner().invoke(main, ['--help']); assert result.exit_code == 0;"
        "print(sorted({'numpy', 'sqlalchemy', 'alembic', 'rich', 'yaml'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program]
    found = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    assert found.stdout.decode().strip() == "[]"


def test_every_command_that_is_listed_can_be_called():
    context = click.Context(main)
    for command in COMMANDS:
        if command.exists:
            assert isinstance(main.get_command(context, command.name), click.Command)
            assert CliRunner().invoke(main, [command.name, "--help"]).exit_code == 0


def test_a_command_whose_module_is_missing_is_not_shown():
    missing = LazyCommand("later", "energiehuis.cli.not_written_yet", "later", "Comes later.")
    group = LazyGroup("group", lazy=(missing,))
    assert "later" not in CliRunner().invoke(group, ["--help"]).output
    assert CliRunner().invoke(group, ["later"]).exit_code == 2


def test_an_odd_setting_is_refused_with_a_sentence(run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://host/name")
    result = run("db", "check")
    assert result.exit_code == 1
    assert "DATABASE_URL starts with 'mysql'" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", [("simulate",), ("plot", "fan", "--out", "fan.svg")])
def test_a_database_that_is_not_there_is_not_made_but_named_with_the_remedy(
    command, tmp_path, monkeypatch
):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    result = CliRunner().invoke(main, list(command))
    assert result.exit_code == 1
    assert "none.db: `make run` makes one" in result.output
    assert not (tmp_path / "none.db").exists()


def test_a_database_without_the_newest_schema_is_refused_with_the_remedy(empty_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", empty_url)
    if empty_url.startswith("sqlite:///"):
        Path(empty_url.removeprefix("sqlite:///")).touch()
    result = CliRunner().invoke(main, ["audit", "verify"])
    assert result.exit_code == 1
    assert "run `energiehuis db upgrade`" in result.output


def test_a_database_that_does_not_answer_is_named_without_its_password(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://user:hidden@127.0.0.1:9/name")
    result = CliRunner().invoke(main, ["audit", "verify"])
    assert result.exit_code == 1
    assert "DATABASE_URL: postgresql+psycopg://user:***@127.0.0.1:9/name cannot" in result.output
    assert "hidden" not in result.output


def test_the_database_goes_up_and_down_and_says_where_it_stands(empty_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("SECRET_KEY", "only-for-tests-" + "0" * 32)
    runner = CliRunner()
    assert runner.invoke(main, ["db", "check"]).exit_code == 1
    assert runner.invoke(main, ["db", "upgrade"]).exit_code == 0
    assert runner.invoke(main, ["db", "check"]).exit_code == 0
    assert runner.invoke(main, ["db", "downgrade", "base"]).exit_code == 0
    assert "run `energiehuis db upgrade`" in runner.invoke(main, ["db", "check"]).output


def test_an_organisation_keeps_the_days_of_each_municipality(run, database):
    result = run("organisations", "add", "huis", "--name", "Een huis", "--since", "2015-01-01")
    assert result.exit_code == 0, result.output
    with database.unit_of_work() as session:
        areas = {a.nis_code: a for a in session.scalars(select(ServiceArea))}
    # Wielsbeke was served from June 2017 until the end of 2023: sources S74, S75.
    assert (str(areas["37017"].valid_from), str(areas["37017"].valid_until)) == (
        "2017-06-01",
        "2024-01-01",
    )
    assert (str(areas["34013"].valid_from), areas["34013"].valid_until) == ("2015-01-01", None)
    again = run("organisations", "add", "huis", "--name", "Een huis", "--since", "2015-01-01")
    assert again.exit_code == 1
    assert "exists already" in again.output


def test_an_account_takes_its_password_from_the_input_and_not_from_arguments(
    run, database, organisation_id
):
    arguments = ["accounts", "add", "An@Voorbeeld.be", "--name", "An", "--role", "counsellor"]
    arguments += ["--organisation", "energiehuis-w13", "--municipality", "34013"]
    result = run(*arguments, input="een lang wachtwoord\n")
    assert result.exit_code == 0, result.output
    assert "wachtwoord" not in result.output
    with database.unit_of_work() as session:
        account = session.scalars(select(Account)).one()
        assert (account.email, account.only_nis_code) == ("an@voorbeeld.be", "34013")
        assert check_password(session, "an@voorbeeld.be", "een lang wachtwoord") == account.id
    assert run(*arguments, "--password", "x").exit_code == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"password": "te kort\n"}, "password:"),
        ({"organisation": "elders"}, "elders"),
        ({"municipality": "99999"}, "99999"),
        ({"role": "boss"}, "counsellor"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_a_sentence(
    run, organisation_id, changes, message
):
    values = {
        "role": "counsellor",
        "organisation": "energiehuis-w13",
        "municipality": "34013",
        "password": "een lang wachtwoord\n",
        **changes,
    }
    password = values.pop("password")
    options = [part for name, value in values.items() for part in (f"--{name}", value)]
    result = run("accounts", "add", "an@voorbeeld.be", "--name", "An", *options, input=password)
    assert result.exit_code != 0
    assert message in result.output
    assert "Traceback" not in result.output


def test_the_audit_trail_is_read_and_a_changed_line_is_named(run, database, engine_name):
    assert (
        run("organisations", "add", "huis", "--name", "H", "--since", "2015-01-01").exit_code == 0
    )
    result = run("audit", "verify")
    assert (result.exit_code, "2 lines in 1 chains" in result.output) == (0, True)
    with database.engine().begin() as connection:
        trigger = "audit_lines_no_update" if engine_name == "sqlite" else "audit_lines_only_grows"
        table = "" if engine_name == "sqlite" else " ON audit_lines"
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}{table}")
        connection.exec_driver_sql("UPDATE audit_lines SET actor = 'x' WHERE chain_position = 1")
    result = run("audit", "verify")
    assert result.exit_code == 1
    assert "line 1: was changed" in result.output


def test_a_schedule_is_the_one_of_the_facts(run):
    arguments = ["schedule", "--principal", "10000", "--rate", "2", "--months", "60", "--json"]
    plan = json.loads(run(*arguments, "--first-due", "2019-03-31").output)
    # Duwolim publishes 175.19 a month for 10,000 euro at 2 % over 60 months.
    assert (plan["instalment"], plan["rate_percent"], len(plan["rows"])) == ("175.19", "2", 60)
    assert plan["rows"][-1]["balance"] == "0.00"
    assert [row["due_on"] for row in plan["rows"][:2]] == ["2019-03-31", "2019-04-30"]
    table = run("schedule", "--principal", "15.000,00", "--rate", "0", "--months", "120")
    # 15,000 over 120 months without interest is 125.00 a month.
    assert "125,00" in table.output
    assert "JKP" in table.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("--principal", "veel", "--rate", "1", "--months", "12"),
        ("--principal", "1000", "--rate", "een", "--months", "12"),
        ("--principal", "1000", "--rate", "1.234", "--months", "12"),
        ("--principal", "1000", "--rate", "101", "--months", "12"),
        ("--principal", "1000", "--rate", "1", "--months", "0"),
        ("--principal", "-5", "--rate", "1", "--months", "12"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_with_a_sentence(run, arguments):
    result = run("schedule", *arguments)
    assert result.exit_code in {1, 2}
    assert result.exception is None or isinstance(result.exception, SystemExit)

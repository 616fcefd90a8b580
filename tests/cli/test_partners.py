import os
import subprocess
import sys
from pathlib import Path

import pytest

from energiehuis.access.api_keys import PREFIX
from tests.partners import QUESTIONS, bearer, new_partner, question
from tests.programme_intakes import post_intake

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(settings):
    def run(*arguments):
        environment = {
            **os.environ,
            "DATABASE_URL": settings.database_url,
            "SECRET_KEY": settings.secret_key,
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "energiehuis", *arguments]
        return subprocess.run(  # noqa: S603
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )

    return run


def test_a_key_that_the_command_line_makes_works_until_it_is_revoked(client, database, run):
    new_partner(database, code="brug")
    made = run("partners", "add-key", "brug", "--name", "desk", "--programme", "energy")
    assert made.returncode == 0, made.stderr
    token = made.stdout.strip()
    assert token.startswith(PREFIX)
    assert post_intake(client, bearer(token), QUESTIONS, question()).status_code == 201
    key_id = made.stderr.split()[0]
    listed = run("partners", "keys")
    assert key_id in listed.stdout
    assert token not in listed.stdout
    assert run("partners", "revoke-key", key_id).returncode == 0
    assert post_intake(client, bearer(token), QUESTIONS, question()).status_code == 401
    again = run("partners", "revoke-key", key_id)
    assert (again.returncode, "Traceback" in again.stderr) == (1, False)


def test_what_is_wrong_is_said_in_a_sentence(database, organisation_id, run):
    refused = run("partners", "add-key", "nobody", "--name", "x", "--programme", "energy")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    new_partner(database, code="brug")
    other = run("partners", "add-key", "brug", "--name", "x", "--programme", "moon")
    assert "moon" in other.stderr

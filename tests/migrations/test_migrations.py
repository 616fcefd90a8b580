"""Migrations go up, down and up on both databases, and the rows equal the migrated schema."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from energiehuis.db import schema
from energiehuis.mapping import metadata

VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"


def tables(url):
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}


def test_migrations_are_numbered_without_gaps_and_the_last_is_the_head():
    numbers = sorted(int(re.match(r"(\d{4})_", path.name)[1]) for path in VERSIONS.glob("*.py"))
    assert numbers == list(range(1, len(numbers) + 1))
    assert schema.newest_revision() == f"{numbers[-1]:04d}"


def test_the_schema_goes_up_down_and_up(empty_url):
    schema.upgrade(empty_url)
    up = tables(empty_url)
    schema.downgrade(empty_url, "base")
    down = tables(empty_url)
    schema.upgrade(empty_url)
    assert down == set()
    assert tables(empty_url) == up == set(metadata.tables)


def test_the_rows_equal_the_migrated_schema(database):
    with database.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize(
    "table", ["audit_lines", "application_events", "eligibility_proofs", "loan_decisions"]
)
@pytest.mark.parametrize("act", ["UPDATE {} SET {}", "DELETE FROM {}"])
def test_a_growing_table_refuses_change(database, client, as_role, table, act):
    from tests.api.v1.test_assessment import decide
    from tests.applications import application, new_key

    sent = client.post("/api/v1/loan-applications", json=application(), headers=new_key())
    headers = as_role("counsellor")
    client.post(
        f"/api/v1/loan-applications/{sent.get_json()['id']}/moves",
        json={"move": "take_up"},
        headers={**headers, **new_key(), "If-Match": '"v1"'},
    )
    proven = client.patch(
        f"/api/v1/loan-applications/{sent.get_json()['id']}/facts",
        json={"facts": {"protected_customer": True}, "evidence": "factuur"},
        headers={**headers, **new_key(), "If-Match": '"v2"'},
    )
    assert proven.status_code == 200
    assert decide(client, sent.get_json(), headers, version="3").status_code == 201
    columns = {
        "audit_lines": "actor = 'x'",
        "application_events": "actor = 'x'",
        "eligibility_proofs": "ground = 'x'",
        "loan_decisions": "explanation = 'x'",
    }
    statement = act.format(table, columns[table])
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.unit_of_work() as session:
        session.execute(sa.text(statement))

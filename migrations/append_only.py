"""Triggers that let a table only grow, on both databases."""

from alembic import op

_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$
"""


def protect(table):
    """Forbid changing and deleting rows of a table."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(_FUNCTION.format(table=table))
    op.execute(
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()"
    )


def release(table):
    """Take the protection away again, as a downgrade must."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
        return
    op.execute(f"DROP TRIGGER IF EXISTS {table}_only_grows ON {table}")
    op.execute(f"DROP FUNCTION IF EXISTS {table}_only_grows()")

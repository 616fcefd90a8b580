import pytest
import sqlalchemy as sa

from energiehuis.access.models import Organisation
from energiehuis.audit.chain import Entry, append
from energiehuis.audit.models import AuditLine
from energiehuis.audit.verify import verify
from energiehuis.db.engine import TransactionKind
from energiehuis.db.unit_of_work import Database
from energiehuis.identifiers import new_id


def entry(action="thing.done"):
    return Entry("system", "system", action, "thing", "1", {"n": 1})


def write(database, *actions):
    with database.unit_of_work() as session:
        for action in actions:
            append(session, entry(action))


def test_what_fails_leaves_neither_the_change_nor_its_line(database):
    def change():
        with database.unit_of_work() as session:
            row = {"id": new_id(), "code": "x", "name": "X"}
            session.execute(sa.insert(Organisation), [row])
            append(session, entry())
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        change()
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Organisation)) == 0
        assert session.scalar(sa.select(sa.func.count()).select_from(AuditLine)) == 0


def test_lines_hang_together_over_units_of_work(database):
    write(database, "first", "second")
    write(database, "third")
    with database.unit_of_work() as session:
        found = verify(session)
    assert (found.lines, found.chains, found.faults) == (4, 1, ())


def test_another_process_opens_its_own_chain_and_names_the_others(database):
    write(database, "first")
    second = Database(database.url)
    write(second, "second")
    write(database, "third")
    second.dispose()
    with database.unit_of_work() as session:
        found = verify(session)
        opened = session.scalars(
            sa.select(AuditLine.details).where(AuditLine.chain_position == 0).order_by(AuditLine.id)
        ).all()
    assert (found.chains, found.faults) == (2, ())
    assert len(opened[1]["heads"]) == 1


def test_a_chain_starts_anew_when_a_commit_failed(database):
    write(database, "first")
    with database.unit_of_work() as session:
        append(session, entry("kept"))
        session.info["closing_steps"].append(lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            raise ZeroDivisionError
        session.info["closing_steps"].pop()
    write(database, "after")
    with database.unit_of_work() as session:
        assert verify(session).faults == ()


def without_protection(database, statement):
    """Change the trail as somebody with full rights on the database would."""
    with database.engine().begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_lines_no_update")
            connection.exec_driver_sql("DROP TRIGGER audit_lines_no_delete")
        else:
            connection.exec_driver_sql("DROP TRIGGER audit_lines_only_grows ON audit_lines")
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_lines SET actor = 'somebody' WHERE chain_position = 2", "was changed"),
        ("DELETE FROM audit_lines WHERE chain_position = 2", "is missing"),
        ("UPDATE audit_lines SET details = '{}' WHERE chain_position = 1", "was changed"),
    ],
)
def test_a_line_that_is_changed_or_removed_is_found(database, statement, fault):
    write(database, "first", "second", "third")
    without_protection(database, statement)
    with database.unit_of_work() as session:
        assert any(fault in found for found in verify(session).faults)


def test_the_cut_off_end_of_a_chain_is_found_by_the_next_chain(database):
    write(database, "first", "second")
    later = Database(database.url)
    write(later, "third")
    later.dispose()
    without_protection(database, "DELETE FROM audit_lines WHERE action = 'second'")
    with database.unit_of_work() as session:
        assert any("is gone" in found for found in verify(session).faults)


def test_a_reading_transaction_cannot_write(database):
    with (
        pytest.raises(sa.exc.DBAPIError),
        database.unit_of_work(TransactionKind.READ) as session,
    ):
        session.execute(sa.insert(Organisation), [{"id": new_id(), "code": "x", "name": "X"}])


def test_writers_wait_for_each_other_and_lose_nothing(database):
    """Eight threads raise one number fifty times: it must end four hundred higher."""
    from concurrent.futures import ThreadPoolExecutor

    with database.unit_of_work() as session:
        session.execute(sa.insert(Organisation), [{"id": new_id(), "code": "counter", "name": "0"}])

    def raise_it(_):
        with database.unit_of_work() as session:
            query = sa.select(Organisation).where(Organisation.code == "counter")
            row = session.scalars(query.with_for_update()).one()
            row.name = str(int(row.name) + 1)
            session.flush()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(raise_it, range(400)))
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(Organisation.name)) == "400"

"""Seconds to compute all key figures of all municipalities over ten years, at a million records."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import numpy as np
import sqlalchemy as sa

from benchmarks.row import Row, print_rows, row_of, seconds
from benchmarks.servers import database_urls
from energiehuis.access.models import Organisation, ServiceArea
from energiehuis.cases.models import Case, CaseSnapshot, DropInSession, Intake, Visit
from energiehuis.db import schema
from energiehuis.db.engine import TransactionKind
from energiehuis.db.unit_of_work import Database
from energiehuis.key_figures.formulas import SOURCES, measure_all_areas
from energiehuis.key_figures.measures import Period
from energiehuis.key_figures.public_tables import areas_of
from energiehuis.people.models import Household
from energiehuis.reference_data.municipalities import list_municipalities

RECORDS = int(os.environ.get("KEY_FIGURE_RECORDS", "1000000"))
FIRST, YEARS = date(2010, 1, 1), 10
_BATCH = 20_000
# A file of the Woonclub is an intake, a household, a case and a snapshot; a visit is an intake too.
_ROWS_OF_FILE, _ROWS_OF_VISIT = 4, 2


@contextmanager
def postgresql() -> Iterator[str]:
    """Give an empty database on the server of the tests, or on one of its own."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        with database_urls() as urls:
            yield urls["PostgreSQL"]
        return
    admin = sa.make_url(server).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(admin, isolation_level="AUTOCOMMIT")
    name = f"benchmark_{uuid4().hex}"
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield admin.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        engine.dispose()


def fill(database: Database, records: int, *, seed: int = 3) -> int:
    """Write invented files and visits straight into the tables; give how many rows."""
    generator = np.random.Generator(np.random.Philox(seed))
    organisation_id = uuid4()
    places = [place.nis_code for place in list_municipalities()]
    with database.engine().begin() as connection:
        connection.execute(
            sa.insert(Organisation),
            [{"id": organisation_id, "code": "w13", "name": "W13", "kind": "association"}],
        )
        connection.execute(
            sa.insert(ServiceArea),
            [
                {
                    "organisation_id": organisation_id,
                    "programme": "woonclub",
                    "nis_code": code,
                    "valid_from": FIRST,
                    "valid_until": None,
                }
                for code in places
            ],
        )
        written = _sessions(connection, organisation_id, places)
        session_ids = list(connection.scalars(sa.select(DropInSession.id)))
        while written < records:
            count = min(_BATCH, (records - written) // _ROWS_OF_FILE + 1)
            written += _files(connection, organisation_id, places, generator, count=count)
            written += _visits(connection, organisation_id, session_ids, generator, count=count)
        connection.exec_driver_sql("ANALYZE")
    return written


def _sessions(connection: sa.Connection, organisation_id: UUID, places: list[str]) -> int:
    rows = [
        {
            "id": uuid4(),
            "version": 1,
            "programme": "woonclub",
            "organisation_id": organisation_id,
            "nis_code": code,
            "place": "Huis van Welzijn",
            "takes_place_on": FIRST + timedelta(weeks=week),
            "status": "held",
        }
        for code in places
        for week in range(52 * YEARS)
    ]
    connection.execute(sa.insert(DropInSession), rows)
    return len(rows)


def _intake(organisation_id: UUID, kind: str, code: str, day: date) -> dict[str, object]:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return {
        "id": uuid4(),
        "programme": "woonclub",
        "kind": kind,
        "organisation_id": organisation_id,
        "operator_organisation_id": organisation_id,
        "nis_code": code,
        "channel": "sitting_day",
        "received_at": at,
        "recorded_at": at,
        "recorded_by": "benchmark",
        "legal_basis": "-",
    }


def _files(
    connection: sa.Connection,
    organisation_id: UUID,
    places: list[str],
    generator: np.random.Generator,
    *,
    count: int,
) -> int:
    days = [FIRST + timedelta(days=int(n)) for n in generator.integers(0, 365 * YEARS, count)]
    codes = [places[n] for n in generator.integers(0, len(places), count)]
    children = generator.integers(0, 4, count).tolist()
    intakes = [_intake(organisation_id, "file", c, d) for c, d in zip(codes, days, strict=True)]
    homes = [
        {"id": uuid4(), "organisation_id": organisation_id, "created_at": row["recorded_at"]}
        for row in intakes
    ]
    cases = [
        {
            "id": uuid4(),
            "version": 1,
            "programme": "woonclub",
            "organisation_id": organisation_id,
            "nis_code": intake["nis_code"],
            "household_id": home["id"],
            "person_id": None,
            "intake_id": intake["id"],
            "received_on": day,
            "status": "closed",
            "status_since": intake["recorded_at"],
            "outcome": "housed" if few else "stopped",
            "outcome_on": day + timedelta(days=60),
        }
        for intake, home, day, few in zip(intakes, homes, days, children, strict=True)
    ]
    snapshots = [
        {
            "case_id": case["id"],
            "adults": 1,
            "children": few,
            "household_type": "single",
            "main_income": None,
        }
        for case, few in zip(cases, children, strict=True)
    ]
    for table, rows in (
        (Intake, intakes),
        (Household, homes),
        (Case, cases),
        (CaseSnapshot, snapshots),
    ):
        connection.execute(sa.insert(table), rows)
    return _ROWS_OF_FILE * count


def _visits(
    connection: sa.Connection,
    organisation_id: UUID,
    session_ids: list[UUID],
    generator: np.random.Generator,
    *,
    count: int,
) -> int:
    intakes = [_intake(organisation_id, "visit", "34013", FIRST) for _ in range(count)]
    visits = [
        {"id": uuid4(), "session_id": session_ids[place], "intake_id": intake["id"]}
        for intake, place in zip(
            intakes, generator.integers(0, len(session_ids), count), strict=True
        )
    ]
    connection.execute(sa.insert(Intake), intakes)
    connection.execute(sa.insert(Visit), visits)
    return _ROWS_OF_VISIT * count


def rows() -> Iterator[Row]:
    """Give the seconds of all figures of fourteen municipalities and the region."""
    period = Period(FIRST, FIRST.replace(year=FIRST.year + YEARS))
    with postgresql() as url:
        schema.upgrade(url)
        database = Database(url)
        written = fill(database, RECORDS)

        def compute() -> None:
            with database.unit_of_work(TransactionKind.READ) as session:
                organisation_id = session.scalar(sa.select(Organisation.id))
                measure_all_areas(session, areas_of(session, organisation_id), period)

        lengths = [seconds(compute) for _ in range(3)]
        database.dispose()
    note = f"{written:,} rows on PostgreSQL, ten years, {len(SOURCES)} programmes"
    yield row_of(
        "all key figures of 14 municipalities and the region", "-", lengths, "s", note=note
    )


if __name__ == "__main__":
    print_rows(rows())

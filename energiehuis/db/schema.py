"""Bringing a database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, make_url

from energiehuis.db.unit_of_work import Database


def alembic_config(url: str) -> Config:
    """Give the configuration of Alembic for a database URL."""
    import migrations  # noqa: PLC0415  only a command needs the folder

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate a database up to a revision; make the folder of an embedded one first."""
    location = make_url(url)
    if location.get_backend_name() == "sqlite" and location.database:
        Path(location.database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Migrate a database down to a revision."""
    command.downgrade(alembic_config(url), revision)


def newest_revision() -> str:
    """Give the newest revision that this version of the software knows."""
    return _head_file().read_text("utf-8").strip()


def write_newest_revision(revision: str) -> None:
    """Note a migration that was just written as the newest."""
    _head_file().write_text(f"{revision}\n", "utf-8")


def is_current(database: Database) -> bool:
    """Say whether a database has the newest schema."""
    engine = database.engine()
    with engine.connect() as connection:
        if "alembic_version" not in inspect(connection).get_table_names():
            return False
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return bool(found == newest_revision())


def _head_file() -> Path:
    return Path(alembic_config("").get_main_option("script_location") or "") / "HEAD.txt"

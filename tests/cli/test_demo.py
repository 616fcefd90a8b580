"""`energiehuis demo`: fills once, says where to go, and becomes the server."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from energiehuis.__main__ import main
from energiehuis.seeds.region import demo_password, demo_sign_ins

ROOT = Path(__file__).parents[2]


@pytest.fixture
def environment(tmp_path, monkeypatch):
    for name in ("DEMO", "SECRET_KEY", "BIND"):
        monkeypatch.delenv(name, raising=False)
    # The command sets defaults in the environment; the test takes them away again.
    monkeypatch.setattr(os, "environ", dict(os.environ))
    os.environ["DATABASE_URL"] = f"sqlite:///{tmp_path / 'folder' / 'demo.db'}"


def test_the_demo_fills_a_new_database_once_and_prints_where_to_go(environment):
    first = CliRunner().invoke(main, ["demo", "--no-serve"])
    assert first.exit_code == 0, first.output
    assert "Aanvragen, beslissingen en leningen (2452/2452)" in first.output
    assert "http://127.0.0.1:8000/nl/energielening/aanvragen" in first.output
    assert demo_password() in first.output
    assert all(sign_in.email in first.output for sign_in in demo_sign_ins())
    assert "invented" in first.output
    second = CliRunner().invoke(main, ["demo", "--no-serve"])
    assert "De demoregio staat er al" in second.output
    assert "2452" not in second.output


def test_published_passwords_stay_out_of_an_installation_that_is_no_demo(environment, tmp_path):
    os.environ["DEMO"] = "0"
    os.environ["SECRET_KEY"] = "only-for-tests-" + "0" * 32
    result = CliRunner().invoke(main, ["demo", "--no-serve"])
    assert result.exit_code == 1
    assert "published passwords" in result.output
    assert not (tmp_path / "folder").exists()


@pytest.mark.slow
def test_the_command_becomes_a_server_that_answers(tmp_path, free_port):
    settings = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'demo.db'}",
        "BIND": f"127.0.0.1:{free_port}",
        "WORKERS": "1",
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "-m", "energiehuis", "demo"]
    with subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE
    ) as process:
        try:
            assert wait_for(f"http://127.0.0.1:{free_port}/readyz") == 200
        finally:
            process.terminate()
            output = process.stdout.read().decode()
    # gunicorn took the place of the command: one process, ended by one signal.
    assert process.returncode == 0
    assert f"http://127.0.0.1:{free_port}/nl/" in output


@pytest.fixture
def free_port() -> int:
    import socket

    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def wait_for(url: str, seconds: float = 300) -> int:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
                return answer.status
        except OSError:
            time.sleep(0.2)
    return 0

"""A real Chromium before a real server, with one application in the database."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from api.app import create_app
from api.authentication import COOKIE
from energiehuis.access.permissions import Role
from energiehuis.config import Settings
from tests.applications import application, new_key

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK, NARROWEST = 390, 1280, 320


class Quiet(WSGIRequestHandler):
    def log_request(self, *args, **kwargs):
        """Say nothing for each request."""


@pytest.fixture(params=["sqlite"])
def engine_name(request) -> str:
    """One engine is enough here: the pages are the same."""
    return request.param


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def address(database_url, organisation_id) -> Iterator[str]:
    settings = Settings(
        database_url=database_url,
        secret_key="only-for-tests-" + "0" * 32,
        secure_cookies=False,
        demo=True,
        log_level="ERROR",
    )
    app = create_app(settings)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["database"].dispose()


@pytest.fixture
def open_page(chromium, address) -> Iterator:
    """Open a page; whatever the browser complains about fails the test at its end."""
    contexts, complaints = [], []

    def make(width: int = DESK, *, scripts: bool = True, token: str | None = None):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            base_url=address,
            locale="nl-BE",
        )
        contexts.append(context)
        if token:
            context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        page = context.new_page()
        page.on("console", lambda message: _note(complaints, message))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: _refuse_other_hosts(complaints, request.url, address))
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], message) -> None:
    # The browser reports each answer of 4xx; a form with a wrong answer is one on purpose.
    if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
        complaints.append(message.text)


def _refuse_other_hosts(complaints: list[str], url: str, address: str) -> None:
    if not url.startswith((address, "data:", "about:")):
        complaints.append(f"asked another host: {url}")


@pytest.fixture
def counsellor(sign_in_as) -> str:
    return sign_in_as(Role.LEAD_COUNSELLOR)


@pytest.fixture
def sent(client) -> dict[str, str]:
    """An application that was sent: its reference, secret and id."""
    answer = client.post("/api/v1/loan-applications", json=application("99"), headers=new_key())
    assert answer.status_code == 201
    return answer.get_json()

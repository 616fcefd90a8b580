"""SQL statements a request, and its time, with 1,000 and with 100,000 files.

Run with `python -m benchmarks.statements`. The requests go through the whole application in this
process; statements are counted on the connection, BEGIN and COMMIT left out.
"""

import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator

from flask import Flask
from sqlalchemy import event

from api.app import create_app
from benchmarks.api_requests import APPLICATION, prepare
from benchmarks.row import Row, print_rows, row_of
from benchmarks.servers import database_urls
from energiehuis.config import Settings
from energiehuis.db.engine import TransactionKind
from energiehuis.seeds.synthetic import fill

SIZES = (1_000, int(os.environ.get("BENCHMARK_FILES", "100000")))
TIMES = 60
# As many statements and about the same time, however many files there are.
_FLAT = "<= 1.25"


def rows() -> Iterator[Row]:
    """Count and time on both databases, at both sizes."""
    with database_urls() as urls:
        for name, url in urls.items():
            yield from _on_database(name, url)


def _on_database(name: str, url: str) -> Iterator[Row]:
    token = prepare(url)
    app = create_app(
        Settings(database_url=url, secret_key="x" * 40, secure_cookies=False, log_level="ERROR")
    )
    found: dict[str, list[tuple[int, float]]] = {}
    filled = 0
    for size in SIZES:
        fill(
            app.extensions["database"],
            size - filled,
            seed=size,
            report=lambda *_: None,
            first_number=1 + filled,
        )
        filled = size
        for work, (statements, seconds) in measure(app, token, size).items():
            found.setdefault(work, []).append((statements, seconds))
    for work, (small, large) in found.items():
        ratio = large[1] / small[1]
        note = (
            f"{small[0]} and {large[0]} statements at {SIZES[0]:,} and {SIZES[1]:,} files; "
            f"{small[1] * 1000:.2f} and {large[1] * 1000:.2f} ms"
        )
        yield row_of(
            f"{work}, {name}: time at {SIZES[1]:,} / {SIZES[0]:,}", _FLAT, [ratio], "x", note=note
        )
    app.extensions["database"].dispose()


def measure(app: Flask, token: str, size: int) -> dict[str, tuple[int, float]]:
    """Give statements and median seconds of each kind of request."""
    signed_in = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    number = iter(range(size * 10, size * 10 + 1_000_000))
    worklist = _call(app, "GET", "/api/v1/loan-applications", extra=signed_in)
    first = json.loads(worklist)["items"][0]["id"]

    def post() -> None:
        own = str(next(number))
        body = json.dumps(APPLICATION).replace("@NUMBER@", own).encode()
        key = {"HTTP_IDEMPOTENCY_KEY": f"statement-{own}"}
        _call(app, "POST", "/api/v1/loan-applications", body=body, extra=key)

    return {
        "POST an application": _counted(app, post),
        "read a file": _counted(
            app, lambda: _call(app, "GET", f"/api/v1/loan-applications/{first}", extra=signed_in)
        ),
        "worklist of 50": _counted(
            app, lambda: _call(app, "GET", "/api/v1/loan-applications", extra=signed_in)
        ),
    }


def _counted(app: Flask, request: Callable[[], object]) -> tuple[int, float]:
    request()
    counted = 0

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal counted
        counted += not statement.startswith(("BEGIN", "COMMIT", "PRAGMA"))

    engines = [app.extensions["database"].engine(kind) for kind in TransactionKind]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", count)
    request()
    for engine in engines:
        event.remove(engine, "before_cursor_execute", count)
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        request()
        times.append(time.perf_counter() - start)
    return counted, statistics.median(times)


def _call(
    app: Flask, method: str, path: str, *, body: bytes = b"", extra: dict[str, str] | None = None
) -> bytes:
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json" if body else "",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        **(extra or {}),
    }
    seen: list[str] = []

    def start_response(status: str, _headers: object, _error: object = None) -> None:
        seen.append(status)

    text = b"".join(app.wsgi_app(environ, start_response))
    if not seen[0].startswith("20"):
        raise RuntimeError(f"{seen[0]}: {text[:300]!r}")
    return text


def main() -> None:
    """Print the table."""
    print_rows(rows())


if __name__ == "__main__":
    main()

"""One household through the real interface: POST /api/v1/eligibility-checks under gunicorn.

Run with `python -m benchmarks.eligibility_api`. Two sync workers on an SQLite file, one request
after the other, each on a connection of its own. The time is that of the client: connecting,
reading the question, weighing, telling why in words and as JSON, and answering.
"""

import http.client
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.row import Row, print_rows, row_of
from benchmarks.servers import gunicorn
from energiehuis.db import schema

ROUNDS, REQUESTS = 5, 200
PATH = "/api/v1/eligibility-checks"
QUESTION = {
    "borrower_kind": "natural_person",
    "application_day": "2026-11-23",
    "postcode": "8530",
    "facts": {
        "main_residence": True,
        "new_build": False,
        "latest_assessment_income": "33500.00",
        "joint_taxable_income": "33000.00",
        "extra_cadastral_income": "0.00",
        "dependents": 2,
    },
    "amount": "8000.00",
    "term_months": 96,
}


def rows() -> Iterator[Row]:
    """Give the median and the 95th percentile of some rounds."""
    with tempfile.TemporaryDirectory(prefix="energiehuis-benchmark-") as folder:
        url = f"sqlite:///{Path(folder) / 'benchmark.db'}"
        schema.upgrade(url)
        settings = {
            "DATABASE_URL": url,
            "SECRET_KEY": "only-for-the-benchmark-" + "0" * 20,
            "SECURE_COOKIES": "0",
            "LOG_LEVEL": "WARNING",
            "PUBLIC_POSTS_PER_MINUTE": "0",
        }
        with gunicorn("wsgi:application", settings) as address:
            _round(address)
            rounds = [_round(address) for _ in range(ROUNDS)]
    note = f"{ROUNDS} rounds of {REQUESTS} requests, connection and client included"
    medians = [statistics.median(times) for times in rounds]
    late = [statistics.quantiles(times, n=20)[-1] for times in rounds]
    yield row_of("one household through the API, median", "<= 10 ms", medians, "ms", note=note)
    yield row_of("one household through the API, p95", "<= 10 ms", late, "ms", note=note)


def _round(address: str) -> list[float]:
    """Ask as often, and give the milliseconds of each answer."""
    host, body, times = urlsplit(address).netloc, json.dumps(QUESTION), []
    for _ in range(REQUESTS):
        start = time.perf_counter()
        connection = http.client.HTTPConnection(host)
        connection.request("POST", PATH, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        found = answer.read()
        connection.close()
        times.append(1e3 * (time.perf_counter() - start))
        if answer.status != 200 or b'"lines"' not in found:
            raise RuntimeError(f"{answer.status}: {found[:300]!r}")
    return times


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[1])
    print_rows(rows())

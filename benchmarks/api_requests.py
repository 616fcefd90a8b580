"""Requests a second beside a bare Flask handler, on each database, in one run.

Run with `python -m benchmarks.api_requests`. Both applications run under gunicorn with two workers
on the same database server; they are called in turn, and a ratio is taken pair by pair.
"""

import json
import os
import statistics
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from benchmarks.load import Call, client_name, json_call, requests_per_second
from benchmarks.row import Row, print_rows, row_of
from benchmarks.servers import database_urls, gunicorn
from energiehuis.access.actor import SYSTEM
from energiehuis.access.models import Organisation, ServiceArea
from energiehuis.access.permissions import Role
from energiehuis.access.service import AddAccount, add_account, open_sign_in
from energiehuis.db import schema
from energiehuis.db.unit_of_work import Database
from energiehuis.identifiers import new_id
from energiehuis.reference_data.municipalities import list_municipalities

PAIRS = int(os.environ.get("BENCHMARK_PAIRS", "5"))
SECONDS = int(os.environ.get("BENCHMARK_SECONDS", "3"))
APPLICATION = {
    "borrower_kind": "natural_person",
    "applicant": {
        "given_name": "Noor",
        "family_name": "Voorbeeld",
        "email": "noor@voorbeeld.be",
        "birth_date": "1985-04-12",
    },
    "dwelling": {
        "street": "Verzonnenstraat",
        "house_number": "@NUMBER@",
        "postcode": "8530",
        "dwelling_type": "terraced",
        "build_year": 1955,
    },
    "facts": {
        "main_residence": True,
        "new_build": False,
        "joint_taxable_income": "24500.00",
        "dependents": 1,
        "outstanding": "0.00",
    },
    "works": [{"work": "roof_attic_floor_insulation", "cost": "9000.00"}],
    "amount": "8000.00",
    "term_months": 120,
}


def rows() -> Iterator[Row]:
    """Measure all work on both databases."""
    with database_urls() as urls:
        for name, url in urls.items():
            yield from _on_database(name, url)


def _on_database(name: str, url: str) -> Iterator[Row]:
    token = prepare(url)
    settings = {
        "DATABASE_URL": url,
        "SECRET_KEY": "only-for-the-benchmark-" + "0" * 20,
        "SECURE_COOKIES": "0",
        "LOG_LEVEL": "WARNING",
        "PUBLIC_POSTS_PER_MINUTE": "0",
    }
    with (
        gunicorn("wsgi:application", settings) as ours,
        gunicorn("benchmarks.peers.bare_wsgi:application", settings) as bare,
    ):
        yield from compare(name, ours, bare, token=token)


def prepare(url: str) -> str:
    """Migrate, add an Energiehuis, a counsellor and the table of the peer; give a token."""
    from benchmarks.peers.bare_flask import METADATA, make_engine  # noqa: PLC0415

    schema.upgrade(url)
    peer = make_engine(url)
    METADATA.create_all(peer)
    peer.dispose()
    database = Database(url)
    with database.unit_of_work() as session:
        organisation_id = new_id()
        row = {"id": organisation_id, "code": "energiehuis-w13", "name": "Energiehuis"}
        session.execute(sa.insert(Organisation), [row])
        areas = [
            {
                "organisation_id": organisation_id,
                "programme": "energy_loan",
                "nis_code": municipality.nis_code,
                "valid_from": municipality.served_from or date(2009, 10, 1),
                "valid_until": municipality.served_until,
            }
            for municipality in list_municipalities()
        ]
        session.execute(sa.insert(ServiceArea), areas)
    command = AddAccount(
        "raadgever@voorbeeld.be", "Raadgever", Role.COUNSELLOR, "energiehuis-w13", "x" * 16
    )
    with database.unit_of_work() as session:
        token = open_sign_in(session, add_account(session, SYSTEM, command))
    database.dispose()
    return token


def compare(name: str, ours: str, bare: str, *, token: str) -> Iterator[Row]:
    """Measure each kind of request against its bare form, pair by pair."""
    signed_in = {"Authorization": f"Bearer {token}"}
    key = {"Idempotency-Key": "benchmark-@NUMBER@"}
    post = json_call("POST", "/api/v1/loan-applications", 201, body=APPLICATION, headers=key)
    bare_post = json_call("POST", "/bare", 201, body=APPLICATION, headers={})
    yield _row(f"POST an application, {name}", (ours, post), (bare, bare_post))
    for number in range(60):
        _send(ours, post, number)
    worklist = Call("GET", "/api/v1/loan-applications", 200, headers=tuple(signed_in.items()))
    first = json.loads(_get(ours, worklist))["items"][0]["id"]
    read = Call("GET", f"/api/v1/loan-applications/{first}", 200, headers=worklist.headers)
    yield _row(f"read a file, {name}", (ours, read), (bare, Call("GET", "/bare/1", 200)))
    yield _row(f"worklist of 50, {name}", (ours, worklist), (bare, Call("GET", "/bare", 200)))


def _row(work: str, ours: tuple[str, Call], bare: tuple[str, Call]) -> Row:
    pairs = []
    for turn in range(PAIRS + 1):
        bare_rate = requests_per_second(*bare, SECONDS, 10 + turn)
        our_rate = requests_per_second(*ours, SECONDS, 10 + turn)
        # The first pair warms connections and caches on both sides.
        if turn:
            pairs.append((our_rate, bare_rate))
    ratios = [our / plain for our, plain in pairs]
    our_median = statistics.median(our for our, _ in pairs)
    bare_median = statistics.median(plain for _, plain in pairs)
    note = f"{our_median:.0f} of {bare_median:.0f} requests/s, by {client_name()}"
    return row_of(work, ">= 0.5", ratios, "of bare", note=note)


def _send(address: str, call: Call, number: int) -> bytes:
    body = call.body.replace("@NUMBER@", f"9{number}").encode()
    headers = {k: v.replace("@NUMBER@", f"extra-{number}") for k, v in call.headers}
    request = urllib.request.Request(address + call.path, body, headers)  # noqa: S310
    return bytes(urllib.request.urlopen(request).read())  # noqa: S310


def _get(address: str, call: Call) -> bytes:
    request = urllib.request.Request(address + call.path, headers=dict(call.headers))  # noqa: S310
    return bytes(urllib.request.urlopen(request).read())  # noqa: S310


def main() -> None:
    """Print the table."""
    os.chdir(Path(__file__).parents[1])
    print_rows(rows())


if __name__ == "__main__":
    main()

"""Whatever stands in a field of an intake, it is taken or refused, and never breaks anything."""

import json
from copy import deepcopy
from uuid import uuid4

import pytest

from tests.applications import new_key
from tests.intakes import envelope_json, file_json, session_json

ODD_VALUES = [
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    1e400,
    "",
    " ",
    "\x00",
    "𝕬🏠",
    "x" * 100_000,
    "2018-06-05",
    "9999-12-31T23:59:59+00:00",
    "2018-06-05T24:00:00Z",
    str(uuid4()),
    [],
    [[]],
    {},
    {"a": None},
]


def leaves(body, path=()):
    for name, value in body.items():
        yield (*path, name)
        if isinstance(value, dict):
            yield from leaves(value, (*path, name))


def replaced(body, path, value):
    made = deepcopy(body)
    target = made
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return made


def bodies(path):
    said = {"purposes": ["advice"], "proof": "paper", "given_on": "2018-06-05"}
    envelope = {"referrer": {"worker": "Iemand"}, "agreement": said, "operator_org": None}
    contact = {"given_name": "Jo", "family_name": "Verzonnen", "birth_date": "1990-01-01"}
    return {
        "sessions": session_json(),
        "files": file_json(subject={"household_id": None, "contact": contact}, **envelope),
        "visits": {
            **envelope_json(),
            **envelope,
            "payload": {"session_id": str(uuid4()), "visitor": {"alias": "a"}, "case_id": None},
        },
    }[path]


@pytest.mark.parametrize("path", ["sessions", "files", "visits"])
def test_odd_values_are_taken_or_refused_but_never_break(client, as_role, path):
    headers = as_role("programme_worker")
    statuses = set()
    for place in leaves(bodies(path)):
        for value in ODD_VALUES:
            # json.dumps writes Infinity, which careful clients never send.
            body = json.dumps(replaced(bodies(path), place, value))
            response = client.post(
                f"/api/v1/intakes/woonclub/{path}",
                data=body,
                content_type="application/json",
                headers={**headers, **new_key()},
            )
            assert response.status_code in {201, 400, 409, 422}, (place, value)
            statuses.add(response.status_code)
    assert 422 in statuses


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{", b'"x"', b"\xff\xfe"])
def test_a_body_that_is_no_object_is_refused(client, as_role, body):
    response = client.post(
        "/api/v1/intakes/woonclub/files",
        data=body,
        content_type="application/json",
        headers={**as_role("programme_worker"), **new_key()},
    )
    assert response.status_code in {400, 422}
    assert response.mimetype == "application/problem+json"

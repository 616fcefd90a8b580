"""Publications over HTTP: who may publish, once a key, and what is read back."""

import pytest
from marshmallow import RAISE

from api.schemas.key_figures import PublicationSchema, PublishedSetSchema
from tests.applications import new_key

ADDRESS = "/api/v1/key-figures/publications"
YEAR = {"from_on": "2018-01-01", "to_on": "2019-01-01"}


@pytest.fixture
def post(client, as_role):
    def send(body, role="programme_coordinator", address=ADDRESS, **headers):
        return client.post(address, json=body, headers={**as_role(role), **new_key(), **headers})

    return send


def test_a_publication_is_made_listed_and_read(post, client, as_role):
    made = post(YEAR)
    assert made.status_code == 201
    assert PublicationSchema(unknown=RAISE).validate(made.get_json()) == {}
    reader = as_role("council_member")
    assert [one["id"] for one in client.get(ADDRESS, headers=reader).get_json()["items"]] == [
        made.get_json()["id"]
    ]
    found = client.get(made.headers["Location"], query_string={"nis": "34013"}, headers=reader)
    assert PublishedSetSchema(unknown=RAISE).validate(found.get_json()) == {}
    figures = {row["id"]: row for row in found.get_json()["figures"]}
    assert (figures["wc.new_files"]["value"], figures["wc.new_files"]["revision"]) == ("0", 0)
    nothing = post(
        {"figure_id": "wc.new_files", "nis": "34013", "reason": "Laat."},
        address=f"{made.headers['Location']}/restatements",
    )
    assert (nothing.status_code, nothing.get_json()["code"]) == (
        409,
        "key_figures.nothing_to_restate",
    )


def test_who_may_not_publish_is_refused(post):
    assert post(YEAR, role="programme_worker").status_code == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"from_on": "2018-01-01"}, "to_on"),
        ({**YEAR, "to_on": "2018-01-01"}, "to_on"),
        ({**YEAR, "to_on": "2099-01-01"}, "to_on"),
        ({**YEAR, "value": "7"}, "value"),
    ],
)
def test_a_body_that_cannot_be_is_refused(post, body, field):
    answer = post(body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]

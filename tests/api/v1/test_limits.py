from dataclasses import replace

import pytest

from api.limits import Counts
from tests.applications import application, new_key


@pytest.fixture
def settings(settings):
    return replace(settings, public_posts_per_minute=3)


def test_an_address_that_sends_too_much_must_wait(client):
    answers = [
        client.post("/api/v1/loan-applications", json=application(str(n)), headers=new_key())
        for n in range(9)
    ]
    refused = [answer for answer in answers if answer.status_code == 429]
    # The minute may turn in the middle, which gives three more.
    assert 3 <= len(refused) <= 6
    assert 1 <= int(refused[0].headers["Retry-After"]) <= 60
    assert refused[0].get_json()["code"] == "request.too_many"


def test_each_address_has_its_own_count_and_each_minute_a_new_one():
    counts = Counts()
    assert [counts.add("a", 10.0), counts.add("a", 11.0), counts.add("b", 12.0)] == [1, 2, 1]
    assert counts.add("a", 61.0) == 1

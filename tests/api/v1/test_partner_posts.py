"""A thousand posts of a partner, one in ten cut off from its answer and sent again by its key."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import sqlalchemy as sa

from energiehuis.access.api_keys import AddKey, add_key, key_token
from energiehuis.access.models import PartnerSending
from energiehuis.cases.models import Contact, Intake
from energiehuis.idempotency.models import IdempotencyKey
from tests.partners import QUESTIONS, new_partner, question
from tests.servers import CuttingProxy, gunicorn

POSTS, CUT, MOST_TRIES = 1_000, 100, 10


@pytest.fixture
def token(database, actor_with, settings):
    manager = actor_with("programme_coordinator")
    command = AddKey("desk", new_partner(database), ("energy",))
    with database.unit_of_work() as session:
        key = add_key(session, manager, command, secret_key=settings.secret_key)
    return key_token(settings.secret_key, key.id, key.token_number)


def post(port, token, body):
    """Send until there is an answer, under one key; give the answer and how often it was sent."""
    headers = {
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": uuid4().hex,
        "Content-Type": "application/json",
        "Connection": "close",
    }
    for tries in range(1, MOST_TRIES + 1):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("POST", f"/api/v1/intakes/{QUESTIONS}", json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read()), tries
        except (http.client.HTTPException, OSError):
            continue
        finally:
            connection.close()
    raise AssertionError("no answer")


@pytest.mark.slow
def test_none_is_lost_and_none_is_doubled_when_connections_are_cut_after_the_commit(
    database, settings, token, tmp_path
):
    bodies = [question() for _ in range(POSTS)]
    with (
        gunicorn(settings.database_url, settings.secret_key, tmp_path / "server.log") as port,
        CuttingProxy(port, requests=POSTS, cut=CUT) as proxy,
        ThreadPoolExecutor(8) as pool,
    ):
        answers = list(pool.map(lambda body: post(proxy.port, token, body), bodies))
    assert {status for status, _, _ in answers} == {201}
    assert proxy.cut == CUT
    assert sum(tries - 1 for _, _, tries in answers) == CUT
    with database.unit_of_work() as session:
        intakes = set(session.scalars(sa.select(Intake.id)))
        records = list(session.scalars(sa.select(Contact.id)))
        counted = {
            table.__tablename__: session.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (Intake, Contact, PartnerSending, IdempotencyKey)
        }
    assert set(counted.values()) == {POSTS}, counted
    assert {str(each) for each in intakes} == {body["intake_id"] for body in bodies}
    assert {str(each) for each in records} == {answer["id"] for _, answer, _ in answers}

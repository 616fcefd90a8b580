"""A worker sends a list: tried first, taken in whole or not at all, once however often pressed."""

import io
import re

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.cases.models import Contact
from tests.staff import colleague

PAGE = "/nl/programmas/energy/questions/lijst"
HEAD = "channel;received_at;nis;legal_basis;payload.theme;payload.answer"
GOOD = "phone;2019-06-05T11:15:00+02:00;34013;public_task;heating;answered"
BAD = "phone;2019-06-05T11:15:00+02:00;34013;public_task;weather;answered"


@pytest.fixture
def worker(app, client, sign_in_as):
    return colleague(app, sign_in_as(Role.PROGRAMME_WORKER))


def hidden(page):
    return {
        name: re.search(rf'name="{name}" value="([^"]+)"', page.text)[1]
        for name in ("csrf_token", "key")
    }


def send(worker, rows, action, form=None):
    content = "\r\n".join([HEAD, *rows]).encode()
    fields = form or hidden(worker.open(PAGE))
    data = {**fields, "action": action, "file": (io.BytesIO(content), "list.csv")}
    return worker.client.post(PAGE, data=data, content_type="multipart/form-data")


def kept(database):
    with database.unit_of_work() as session:
        return session.scalar(sa.select(sa.func.count(Contact.id)))


def test_a_list_is_tried_and_nothing_is_kept(worker, database):
    tried = send(worker, [GOOD, GOOD], "try")
    assert tried.status_code == 200
    assert "Rijen die erin zouden komen: 2" in tried.text
    assert kept(database) == 0


def test_a_list_is_taken_in_once(worker, database):
    form = hidden(worker.open(PAGE))
    for _ in range(2):
        taken = send(worker, [GOOD, GOOD], "take", form)
        assert taken.status_code == 200, taken.text
        assert "Opgenomen: 2 rijen" in taken.text
    assert kept(database) == 2


@pytest.mark.parametrize("action", ["try", "take"])
def test_one_wrong_row_is_named_and_none_is_kept(worker, database, action):
    refused = send(worker, [GOOD, BAD], action)
    assert refused.status_code == 422
    assert "payload.theme" in refused.text
    assert re.search(r"<td[^>]*>3</td>", refused.text)
    assert kept(database) == 0


def test_the_empty_list_has_the_columns(worker):
    answer = worker.client.get(f"{PAGE}/sjabloon.csv")
    assert "payload.theme" in answer.get_data(as_text=True)


def test_a_worker_of_another_programme_may_not_send_here(app, client, sign_in_as):
    other = colleague(app, sign_in_as(Role.PROGRAMME_WORKER, only_programme="food_act"))
    assert other.client.get(PAGE).status_code == 403
    assert colleague(app, sign_in_as(Role.COUNCIL_MEMBER)).client.get(PAGE).status_code == 403


def test_without_a_token_of_the_form_nothing_is_taken(worker, database):
    form = {**hidden(worker.open(PAGE)), "csrf_token": "x"}
    assert send(worker, [GOOD], "take", form).status_code in (400, 403)
    assert kept(database) == 0


def test_a_file_that_is_missing_is_said(worker):
    form = {**hidden(worker.open(PAGE)), "action": "try"}
    answer = worker.client.post(PAGE, data=form, content_type="multipart/form-data")
    assert answer.status_code == 422

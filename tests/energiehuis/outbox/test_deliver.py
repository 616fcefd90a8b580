"""Messages arrive in order, at least once, whatever the receiver, the network and senders do."""

import hashlib
import hmac
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from energiehuis import clock
from energiehuis.errors import InvalidInput, NotFound, PermissionDenied, StaleVersion
from energiehuis.outbox import service
from energiehuis.outbox.deliver import CLAIM_LASTS, Sender, deliver
from energiehuis.outbox.models import Endpoint, Message
from energiehuis.outbox.sending import send
from energiehuis.outbox.service import enqueue, webhook_secret
from tests.energiehuis.outbox.receiver import Receiver

SECRET = "only-for-tests-" + "0" * 32
SENDER = Sender(SECRET, allow_private=True, seconds=1.0)
TOPIC = "case.moved"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def manager(actor_with):
    return actor_with("programme_coordinator")


@pytest.fixture
def subscribed(database, manager):
    def add(receiver, *topics):
        with database.unit_of_work() as session:
            topics = topics or (TOPIC,)
            return service.add_endpoint(session, manager, receiver.url, topics, allow_private=True)

    return add


@pytest.fixture
def tell(database, organisation_id):
    def tell(*numbers, topic=TOPIC):
        for number in numbers:
            with database.unit_of_work() as session:
                enqueue(session, organisation_id, topic, {"number": number})

    return tell


def later(seconds):
    return clock.frozen(clock.now() + timedelta(seconds=seconds))


def test_messages_arrive_in_order_once_and_only_where_they_are_asked(
    database, receiver, subscribed, tell
):
    subscribed(receiver)
    tell(*range(20))
    tell(99, topic="case.noted")
    assert deliver(database, SENDER) == 20
    assert deliver(database, SENDER) == 0
    assert receiver.numbers == list(range(20))


def test_a_message_of_work_that_failed_is_never_sent(
    database, receiver, subscribed, organisation_id
):
    subscribed(receiver)

    def fail():
        with database.unit_of_work() as session:
            enqueue(session, organisation_id, TOPIC, {"number": 1})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert deliver(database, SENDER) == 0
    assert receiver.got == []


def test_the_signature_is_over_the_time_and_the_body(database, receiver, subscribed, tell):
    endpoint = subscribed(receiver)
    tell(1)
    deliver(database, SENDER)
    (headers,), (body,) = receiver.headers, receiver.bodies
    timestamp, given = (part.split("=")[1] for part in headers["Energiehuis-Signature"].split(","))
    secret = webhook_secret(SECRET, endpoint.id).encode()
    expected = hmac.new(secret, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(given, expected)
    assert abs(int(timestamp) - time.time()) < 60
    assert headers["Energiehuis-Message"] == receiver.got[0]["id"]


def test_the_check_of_the_how_to_knows_ours_from_others(database, receiver, subscribed, tell):
    endpoint = subscribed(receiver)
    tell(1)
    deliver(database, SENDER)
    page = (ROOT / "docs" / "how-to" / "partners.md").read_text("utf-8")
    names: dict = {}
    exec(page.split("```python\n")[1].split("```")[0], names)  # noqa: S102  our own page
    secret = webhook_secret(SECRET, endpoint.id)
    header, body = receiver.headers[0]["Energiehuis-Signature"], receiver.bodies[0]
    assert names["is_ours"](secret, header, body)
    assert not names["is_ours"](secret, header, body + b" ")
    assert not names["is_ours"]("whsec_other", header, body)
    assert not names["is_ours"](secret, header.replace("t=1", "t=2"), body)
    assert not names["is_ours"](secret, header, body, most_seconds=-1)


@pytest.mark.parametrize("failure", [500, 404, 302, "cut", 3.0], ids=str)
def test_what_fails_holds_back_what_comes_after_it_and_nobody_else(
    database, receiver, subscribed, tell, failure
):
    other = Receiver()
    subscribed(receiver)
    subscribed(other)
    receiver.answers = [200, failure]
    tell(1, 2, 3)
    assert deliver(database, SENDER) == 1 + 3
    assert (receiver.numbers, other.numbers) == ([1, 2], [1, 2, 3])
    # It waits before it tries again.
    assert deliver(database, SENDER) == 0
    with later(11):
        assert deliver(database, SENDER) == 2
    assert receiver.numbers == [1, 2, 2, 3]
    assert receiver.got[1] == receiver.got[2]
    other.close()


def test_each_failure_waits_longer_and_is_written_down(
    database, receiver, subscribed, tell, manager
):
    endpoint = subscribed(receiver)
    receiver.answers = [503, "cut"]
    tell(1)
    deliver(database, SENDER)
    with later(11):
        deliver(database, SENDER)
    with later(25):
        assert deliver(database, SENDER) == 0
    with later(40):
        assert deliver(database, SENDER) == 1
    with database.unit_of_work() as session:
        tries = service.list_tries(session, manager, endpoint.id)
        view = service.get_endpoint(session, manager, endpoint.id)
    assert [each.status for each in tries] == [200, None, 503]
    assert tries[1].fault == "RemoteDisconnected"
    assert (view.failures, view.waiting, view.next_try_at) == (0, 0, None)


def test_a_replay_sends_again_in_order_with_the_same_ids(
    database, receiver, subscribed, tell, manager
):
    endpoint = subscribed(receiver)
    tell(1, 2, 3)
    deliver(database, SENDER)
    with database.unit_of_work() as session:
        since = session.scalar(sa.select(Message.created_at).where(Message.position == 2))
        assert service.replay(session, manager, endpoint.id, since=since) == 2
    assert deliver(database, SENDER) == 2
    assert receiver.numbers == [1, 2, 3, 2, 3]
    assert receiver.got[1]["id"] == receiver.got[3]["id"]


def test_four_senders_and_four_writers_at_once_neither_reorder_nor_lose_nor_double(
    database, receiver, subscribed, organisation_id
):
    subscribed(receiver)

    def write(start):
        for number in range(start, start + 15):
            with database.unit_of_work() as session:
                enqueue(session, organisation_id, TOPIC, {"number": number})

    def drain(_):
        end = time.monotonic() + 60
        while len(receiver.got) < 60 and time.monotonic() < end:
            deliver(database, SENDER)

    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(write, start) for start in range(0, 60, 15)]
        list(pool.map(drain, range(4)))
        for future in writing:
            future.result()
    positions = [message["position"] for message in receiver.got]
    assert positions == sorted(positions)
    assert Counter(receiver.numbers) == Counter(range(60))


def command(settings):
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "DEMO": "1",
        "PYTHONPATH": str(ROOT),
    }
    arguments = [sys.executable, "-m", "energiehuis", "outbox", "deliver", "--once"]
    return subprocess.Popen(  # noqa: S603
        arguments, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )


def test_what_a_killed_sender_had_under_way_is_sent_again_and_nothing_overtakes_it(
    database, receiver, subscribed, tell, settings
):
    subscribed(receiver)
    receiver.answers = [200, 8.0]
    tell(1, 2, 3)
    killed = command(settings)
    end = time.monotonic() + 60
    while len(receiver.got) < 2 and time.monotonic() < end:
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    # The claim of the one that was killed still stands for a while.
    assert deliver(database, SENDER) == 0
    with later(CLAIM_LASTS.total_seconds() + 1):
        assert deliver(database, SENDER) == 2
    assert receiver.numbers == [1, 2, 2, 3]


def test_two_commands_at_once_send_each_message_once(
    database, receiver, subscribed, tell, settings
):
    subscribed(receiver)
    tell(*range(30))
    both = [command(settings) for _ in range(2)]
    assert [each.wait(90) for each in both] == [0, 0]
    assert receiver.numbers == list(range(30))


def test_a_removed_endpoint_gets_nothing_more(database, receiver, subscribed, tell, manager):
    endpoint = subscribed(receiver)
    tell(1)
    with database.unit_of_work() as session, pytest.raises(StaleVersion):
        service.remove_endpoint(session, manager, endpoint.id, version=2)
    with database.unit_of_work() as session:
        service.remove_endpoint(session, manager, endpoint.id, version=1)
    tell(2)
    assert deliver(database, SENDER) == 0
    with database.unit_of_work() as session, pytest.raises(NotFound):
        service.get_endpoint(session, manager, endpoint.id)


def test_secrets_are_kept_nowhere(database, receiver, subscribed):
    endpoint = subscribed(receiver)
    with database.unit_of_work() as session:
        row = session.get_one(Endpoint, endpoint.id)
        kept = str({column.key: getattr(row, column.key) for column in Endpoint.__table__.c})
    assert webhook_secret(SECRET, endpoint.id) not in kept


@pytest.mark.parametrize("role", ["programme_worker", "partner", "auditor"])
def test_only_who_manages_partners_adds_endpoints(database, actor_with, role):
    with database.unit_of_work() as session, pytest.raises(PermissionDenied):
        service.add_endpoint(
            session, actor_with(role), "https://a.example/x", (TOPIC,), allow_private=False
        )


@pytest.mark.parametrize(
    "url",
    [
        "http://partner.example/hook",
        "ftp://partner.example/hook",
        "https://user:word@partner.example/hook",
        "https:///hook",
        "https://partner.example:port/hook",
        "https://partner.example/ho ok",
        "https://partner.example/\r\nX: y",
        "https://partner.example/" + "x" * 500,
    ],
)
def test_an_odd_address_is_refused(database, manager, url):
    with database.unit_of_work() as session, pytest.raises(InvalidInput) as refused:
        service.add_endpoint(session, manager, url, (TOPIC,), allow_private=False)
    assert [error.code for error in refused.value.errors] == ["webhook.url"]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  an address to refuse
        "[::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::a00:1]",
        "[2002:a00:1::1]",
        "2130706433",
        "0177.0.0.1",
    ],
)
def test_nothing_is_sent_inside_the_house(host):
    sent = send(f"https://{host}:9/x", b"{}", {}, allow_private=False, seconds=2.0)
    assert (sent.status, sent.fault) == (None, "address_refused")


def test_a_server_that_says_a_byte_now_and_then_is_left_in_time():
    import socket
    import threading

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def trickle():
            connection, _ = listener.accept()
            with connection:
                try:
                    for sign in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1000:
                        connection.sendall(bytes([sign]))
                        time.sleep(0.1)
                except OSError:
                    return

        thread = threading.Thread(target=trickle, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        sent = send(url, b"{}", {}, allow_private=True, seconds=1.0)
        thread.join(10)
    assert (sent.status, sent.fault) == (None, "timeout")
    assert sent.milliseconds < 3_000

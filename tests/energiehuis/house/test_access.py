from datetime import timedelta

import pytest

from energiehuis import clock
from energiehuis.access.actor import CITIZEN, SYSTEM, require
from energiehuis.access.permissions import Permission, Role
from energiehuis.access.service import (
    MOST_FAILURES,
    AddAccount,
    actor_of_token,
    add_account,
    check_password,
    close_sign_in,
    note_failure,
    open_sign_in,
    require_tries_left,
)
from energiehuis.errors import (
    InvalidInput,
    NotAuthenticated,
    PermissionDenied,
    TooManyAttempts,
)

PASSWORD = "een goed wachtwoord"


@pytest.fixture
def account_id(database, organisation_id):
    command = AddAccount(
        "Raadgever@Voorbeeld.be", "Raadgever", Role.COUNSELLOR, "energiehuis-w13", PASSWORD
    )
    with database.unit_of_work() as session:
        return add_account(session, SYSTEM, command)


def test_the_right_password_opens_the_account_whatever_the_capitals(database, account_id):
    with database.unit_of_work() as session:
        assert check_password(session, "RAADGEVER@voorbeeld.be", PASSWORD) == account_id
        assert check_password(session, "raadgever@voorbeeld.be", PASSWORD + "!") is None
        assert check_password(session, "niemand@voorbeeld.be", PASSWORD) is None


def test_a_short_password_and_a_taken_address_are_refused(database, account_id):
    for email, password, code in (
        ("nieuw@voorbeeld.be", "kort", "account.password_too_short"),
        ("raadgever@voorbeeld.be", PASSWORD, "account.email_taken"),
    ):
        command = AddAccount(email, "X", Role.COUNSELLOR, "energiehuis-w13", password)
        with database.unit_of_work() as session, pytest.raises(InvalidInput) as refused:
            add_account(session, SYSTEM, command)
        assert refused.value.errors[0].code == code


def test_a_counsellor_cannot_add_accounts(database, actor_with):
    actor = actor_with("counsellor")
    command = AddAccount("x@voorbeeld.be", "X", Role.ADMINISTRATOR, "energiehuis-w13", PASSWORD)
    with database.unit_of_work() as session, pytest.raises(PermissionDenied):
        add_account(session, actor, command)


def test_a_session_ends_when_signed_out_and_after_its_time(database, account_id):
    with database.unit_of_work() as session:
        token = open_sign_in(session, account_id)
        other = open_sign_in(session, account_id)
    with database.unit_of_work() as session:
        assert actor_of_token(session, token).role is Role.COUNSELLOR
        close_sign_in(session, token)
    with database.unit_of_work() as session, pytest.raises(NotAuthenticated):
        actor_of_token(session, token)
    later = clock.now() + timedelta(hours=10)
    with (
        clock.frozen(later),
        database.unit_of_work() as session,
        pytest.raises(NotAuthenticated),
    ):
        actor_of_token(session, other)


def test_too_many_failures_make_the_next_try_wait_and_no_longer_than_the_window(database):
    subjects = ("account:x@voorbeeld.be", "address:127.0.0.1")
    for _ in range(MOST_FAILURES):
        with database.unit_of_work() as session:
            require_tries_left(session, subjects)
            note_failure(session, subjects)
    with database.unit_of_work() as session, pytest.raises(TooManyAttempts) as refused:
        require_tries_left(session, subjects)
    assert 0 < refused.value.params["retry_after_seconds"] <= 600
    later = clock.now() + timedelta(minutes=11)
    with clock.frozen(later), database.unit_of_work() as session:
        require_tries_left(session, subjects)


def test_a_citizen_is_asked_to_sign_in_where_a_right_is_needed():
    with pytest.raises(NotAuthenticated):
        require(CITIZEN, Permission.APPLICATION_READ)


def test_signing_in_over_json_slows_down_a_guesser(client, account_id):
    body = {"email": "raadgever@voorbeeld.be", "password": "verkeerd wachtwoord"}
    answers = [client.post("/api/v1/sign-ins", json=body).status_code for _ in range(9)]
    last = client.post("/api/v1/sign-ins", json=body)
    assert answers[:MOST_FAILURES] == [401] * MOST_FAILURES
    assert last.status_code == 429
    assert int(last.headers["Retry-After"]) > 0

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.audit.models import AuditLine
from tests.pages import Visitor, errors, words_of
from tests.staff import colleague

STATUS = "/nl/energielening/status"


@pytest.fixture
def visitor(client):
    return Visitor(client)


def test_reference_and_code_open_the_application(visitor):
    reference, secret = visitor.apply()
    page = visitor.send(STATUS, {"reference": reference.lower(), "secret": f" {secret} "})
    assert page.status_code == 200
    assert "We hebben uw aanvraag goed ontvangen" in words_of(page)
    assert "€ 6.000,00, terug te betalen in 120 maanden" in words_of(page)


def test_a_wrong_code_and_an_unknown_reference_get_the_same_answer(visitor):
    reference, secret = visitor.apply()
    wrong = visitor.send(STATUS, {"reference": reference, "secret": "2222-2222-2222-2222"})
    unknown = visitor.send(STATUS, {"reference": "EL-2222-2222", "secret": secret})
    assert wrong.status_code == unknown.status_code == 422
    assert [words for _, words in errors(wrong)] == [words for _, words in errors(unknown)]


def test_an_empty_form_asks_for_both(visitor):
    page = visitor.send(STATUS, {"reference": "", "secret": ""})
    assert [place for place, _ in errors(page)] == ["#reference", "#secret"]


def test_looking_leaves_an_audit_line(visitor, database):
    reference, secret = visitor.apply()
    visitor.send(STATUS, {"reference": reference, "secret": secret})
    with database.unit_of_work() as session:
        actions = session.scalars(sa.select(AuditLine.action)).all()
    assert actions.count("application.status") == 1


def test_an_approved_loan_shows_its_schedule_with_days(visitor, app, sign_in_as):
    reference, secret = visitor.apply()
    staff = colleague(app, sign_in_as(Role.COUNSELLOR))
    file = staff.only_file()
    staff.send(
        f"{file}/beslissing",
        {"version": "1", "outcome": "approved", "amount": "6.000,00", "term_months": "120"},
        seen_at=file,
    )
    words = words_of(visitor.send(STATUS, {"reference": reference, "secret": secret}))
    assert "uw lening is toegekend" in words
    assert "De eerste aflossing is op 1 " in words
    assert "Jaar 10" in words


def test_a_refusal_is_told_with_its_reason_and_its_words(visitor, app, sign_in_as):
    reference, secret = visitor.apply()
    staff = colleague(app, sign_in_as(Role.COUNSELLOR))
    file = staff.only_file()
    form = {
        "version": "1",
        "outcome": "refused",
        "reason_codes": ["repayment_capacity"],
        "explanation": "De aflossing is hoger dan wat u kunt missen.",
    }
    staff.send(f"{file}/beslissing", form, seen_at=file)
    words = words_of(visitor.send(STATUS, {"reference": reference, "secret": secret}))
    assert "Onvoldoende terugbetalingscapaciteit" in words
    assert "De aflossing is hoger dan wat u kunt missen." in words

"""The way of one household, as each role sees it."""

from datetime import date

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.audit.models import AuditLine
from energiehuis.referrals.models import Consent
from tests.joined_records import Records, at
from tests.programme_intakes import KORTRIJK
from tests.referrals import key

# Role, programme -> the programmes of the stops, the pairs of the referrals, known elsewhere.
# The household has a case at Kracht.Wonen, the Woonclub and BudgetInZicht, and an energy scan. It
# agreed that the Woonclub tells BudgetInZicht, and was referred there. Not here: refused.
SEES = {
    ("programme_worker", "woonclub"): ("woonclub", "woonclub>biz", None),
    ("programme_worker", "biz"): ("woonclub biz", "woonclub>biz", None),
    ("programme_worker", "kracht_wonen"): ("kracht_wonen", "", None),
    ("programme_worker", "energy"): ("energy", "", None),
    ("social_worker", "biz"): ("woonclub biz", "woonclub>biz", None),
    ("psychologist", "biz"): ("biz", "", None),
    ("psychologist", "kracht_wonen"): ("kracht_wonen", "", None),
    ("programme_coordinator", "biz"): ("biz", "", True),
    ("programme_coordinator", "woonclub"): ("woonclub", "woonclub>biz", True),
}
READERS = {"programme_worker", "social_worker", "psychologist", "programme_coordinator"}


@pytest.fixture
def household(database, organisation_id):
    with database.unit_of_work() as session:
        records = Records(session, organisation_id)
        household = records.household()
        records.case("kracht_wonen", date(2018, 1, 9), household=household, ended=date(2018, 5, 1))
        case_id = records.case("woonclub", date(2018, 2, 1), household=household)
        records.case("biz", date(2018, 4, 3), household=household)
        records.scan(household, date(2018, 6, 4), done=date(2018, 6, 20))
        records.referral(
            case_id,
            household,
            "biz",
            state="accepted",
            sent_at=date(2018, 3, 1),
            accepted_at=date(2018, 3, 5),
        )
    return household


def look(client, headers, household):
    answer = client.get(f"/api/v1/households/{household}/journey", headers=headers)
    if answer.status_code != 200:
        return answer.status_code
    body = answer.get_json()
    return (
        " ".join(stop["programme"] for stop in body["stops"]),
        " ".join(f"{r['from_programme']}>{r['to_programme']}" for r in body["referrals"]),
        body["is_known_elsewhere"],
    )


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_of_a_household_what_it_may(client, as_role, household, role):
    for programme in ("woonclub", "biz", "kracht_wonen", "energy", "food_act"):
        headers = as_role(role, only_programme=programme)
        seen = look(client, headers, household)
        if (role.value, programme) in SEES:
            assert seen == SEES[role.value, programme]
        elif role.value not in READERS:
            assert seen == 403
        elif programme == "food_act":
            assert seen == 404
    elsewhere = as_role(role, only_nis_code=KORTRIJK)
    assert look(client, elsewhere, household) == (404 if role.value in READERS else 403)


def test_an_agreement_taken_back_hides_the_other_programme(client, as_role, household, database):
    with database.unit_of_work() as session:
        consent_id = session.scalar(sa.select(Consent.id))
    biz = as_role("programme_worker", only_programme="biz")
    client.post(f"/api/v1/consents/{consent_id}/withdrawal", json={}, headers={**biz, **key()})
    assert look(client, biz, household) == ("biz", "", None)


def test_of_another_programme_neither_the_file_nor_its_end_is_shown(client, as_role, household):
    biz = as_role("programme_worker", only_programme="biz")
    stops = client.get(f"/api/v1/households/{household}/journey", headers=biz).get_json()["stops"]
    other, own = stops
    assert (other["is_own"], other["case_id"], other["outcome"]) == (False, None, None)
    assert own["is_own"]
    assert own["case_id"] is not None


def test_an_agreement_of_one_person_does_not_cover_the_case_of_another(
    client, as_role, database, organisation_id
):
    with database.unit_of_work() as session:
        records = Records(session, organisation_id)
        household = records.household()
        she, he = records.person(household), records.person(household)
        records.case("konekti", date(2018, 1, 9), person=she)
        records.case("crisis", date(2018, 1, 9), person=he)
        records.case("biz", date(2018, 4, 3), household=household)
        for programme in ("konekti", "crisis"):
            records.add(
                Consent,
                purpose="journey",
                person_id=she,
                from_organisation_id=organisation_id,
                from_programme=programme,
                to_organisation_id=organisation_id,
                to_programme="biz",
                classes="B",
                given_on=date(2018, 4, 3),
                proof="signed",
                recorded_at=at(date(2018, 4, 3)),
                recorded_by="test",
            )
    biz = as_role("programme_worker", only_programme="biz")
    assert look(client, biz, household) == ("konekti biz", "", None)


def test_reading_is_written_down_with_role_purpose_and_classes(
    client, as_role, household, database
):
    look(client, as_role("social_worker", only_programme="biz"), household)
    with database.unit_of_work() as session:
        line = session.execute(
            sa.select(AuditLine.role, AuditLine.subject_id, AuditLine.details).where(
                AuditLine.action == "journey.read"
            )
        ).one()
    assert line.role == "social_worker"
    assert line.subject_id == str(household)
    assert line.details == {
        "purpose": "journey",
        "classes": ["B"],
        "programmes": ["biz", "woonclub"],
    }

"""Who sees which class of a real case: every role, in its own programme, another, and elsewhere.

Whoever is not named here sees nothing. Class E is counted by the key figures, never by a case.
"""

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.audit.models import AuditLine
from tests.programme_intakes import KORTRIJK
from tests.referrals import give_consent, key, open_woonclub_case, post_referral, referral_json

# Role -> classes of a case of its own programme; a role that is not here is refused.
OWN = {
    "programme_worker": "ABCD",
    "social_worker": "ABCD",
    "psychologist": "ABD",
    "programme_coordinator": "ABC",
}
COUNTS = set(Role) - {Role.PARTNER, Role.ADMINISTRATOR}
# Role -> classes that it sees of a case that was referred with A, B and C; not here: refused.
REFERRED = {"programme_worker": "ABC", "social_worker": "ABC", "programme_coordinator": "ABC"}
# One field of the case for each class.
SIGNS = {"A": "Verzonnen", "B": '"children":2', "C": "living_wage", "D": "vertrouwelijk"}
KEY_FIGURES = "/api/v1/key-figures?from=2018-01-01&to=2019-01-01"


@pytest.fixture
def case_id(client, as_role):
    """A case of the Woonclub with all classes: names, household, income, and a note."""
    worker = as_role("programme_worker", only_programme="woonclub")
    case_id = open_woonclub_case(client, worker)["id"]
    note = client.post(
        f"/api/v1/cases/{case_id}/notes",
        json={"text": "een vertrouwelijk woord"},
        headers={**worker, **key()},
    )
    assert note.status_code == 201
    return case_id


@pytest.fixture
def referral_id(client, as_role, case_id):
    """That case, referred to BudgetInZicht."""
    worker = as_role("programme_worker", only_programme="woonclub")
    consent_id = give_consent(client, worker, case_id)
    sent = post_referral(client, worker, referral_json(case_id, consent_id))
    return sent.get_json()["id"]


def seen(client, headers, case_id):
    """Give the classes that the case and its notes show, and the status of either."""
    case = client.get(f"/api/v1/cases/{case_id}", headers=headers)
    notes = client.get(f"/api/v1/cases/{case_id}/notes", headers=headers)
    text = case.text + notes.text
    return "".join(c for c, sign in SIGNS.items() if sign in text), case.status_code


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_its_classes_of_its_own_programme_and_municipality_only(
    client, as_role, case_id, role
):
    refused = 404 if role in OWN else 403
    here = as_role(role, only_programme="woonclub")
    if role in OWN:
        assert seen(client, here, case_id) == (OWN[role], 200)
    else:
        assert seen(client, here, case_id) == ("", refused)
    assert seen(client, as_role(role, only_programme="biz"), case_id) == ("", refused)
    elsewhere = as_role(role, only_programme="woonclub", only_nis_code=KORTRIJK)
    assert seen(client, elsewhere, case_id) == ("", refused)
    counts = client.get(KEY_FIGURES, headers=here).status_code
    assert counts == (200 if role in COUNTS else 403)


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_of_a_referred_case_what_was_shared_and_it_may_see(
    client, as_role, referral_id, role
):
    address = f"/api/v1/referrals/{referral_id}"
    answer = client.get(address, headers=as_role(role, only_programme="biz"))
    classes = "".join(c for c, sign in SIGNS.items() if sign in answer.text)
    assert classes == REFERRED.get(role, "")
    assert answer.status_code == (200 if role in REFERRED else 403)
    # A third programme, and the same one elsewhere, do not learn that there is a referral.
    for stranger in (
        as_role(role, only_programme="energy"),
        as_role(role, only_programme="biz", only_nis_code=KORTRIJK),
    ):
        refused = client.get(address, headers=stranger).status_code
        assert refused == (404 if role in REFERRED else 403)


def test_a_stranger_sees_nothing(client, case_id, referral_id):
    for address in (f"cases/{case_id}", f"cases/{case_id}/notes", f"referrals/{referral_id}"):
        assert client.get(f"/api/v1/{address}").status_code == 401


def test_a_closed_note_is_closed_to_colleagues_too(client, as_role, case_id):
    writer, colleague = (as_role("programme_worker", only_programme="woonclub") for _ in range(2))
    address = f"/api/v1/cases/{case_id}/notes"
    said = {"text": "alleen voor mij", "is_closed": True}
    client.post(address, json=said, headers={**writer, **key()})
    assert "alleen voor mij" in client.get(address, headers=writer).text
    assert "alleen voor mij" not in client.get(address, headers=colleague).text


def test_every_read_leaves_a_line_with_the_role_and_the_classes(client, as_role, case_id, database):
    client.get(
        f"/api/v1/cases/{case_id}",
        headers=as_role("programme_coordinator", only_programme="woonclub"),
    )
    with database.unit_of_work() as session:
        line = session.execute(
            sa.select(AuditLine.role, AuditLine.subject_id, AuditLine.details).where(
                AuditLine.action == "case.read"
            )
        ).one()
    assert line == ("programme_coordinator", case_id, {"classes": ["A", "B", "C", "E"]})

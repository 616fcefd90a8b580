"""The whole of the rights in one table: a change of rights is a change of this test."""

from energiehuis.access.field_classes import VISIBLE
from energiehuis.access.permissions import ROLE_PERMISSIONS, Permission, Role

TABLE = {
    "account:manage": {"administrator"},
    "application:assess": {"counsellor", "lead_counsellor"},
    "application:decide": {"counsellor", "lead_counsellor"},
    "application:read": {"counsellor", "lead_counsellor"},
    "audit:read": {"administrator", "auditor"},
    "case:read": {"programme_coordinator", "programme_worker", "psychologist", "social_worker"},
    "case:write": {"programme_worker", "psychologist", "social_worker"},
    "intake:write": {"crisis_duty", "partner", "programme_worker", "psychologist", "social_worker"},
    "key_figures:publish": {"programme_coordinator"},
    "key_figures:read": {
        "auditor",
        "council_member",
        "counsellor",
        "crisis_duty",
        "finance",
        "lead_counsellor",
        "policymaker",
        "programme_coordinator",
        "programme_worker",
        "psychologist",
        "social_worker",
    },
    "law:confirm": {"administrator", "lead_counsellor"},
    "loan:import": {"administrator", "lead_counsellor"},
    "loan:read": {"counsellor", "finance", "lead_counsellor"},
    "note:read": {"programme_worker", "psychologist", "social_worker"},
    "note:write": {"programme_worker", "psychologist", "social_worker"},
    "partner:manage": {"administrator", "programme_coordinator"},
    "person:merge": {"programme_coordinator", "programme_worker"},
    "programme:read": {"crisis_duty", "programme_coordinator", "programme_worker", "social_worker"},
    "proof:read": {"counsellor", "lead_counsellor"},
    "referral:answer": {"programme_coordinator", "programme_worker", "social_worker"},
    "referral:send": {"partner", "programme_worker", "social_worker"},
    "scenario:run": {"lead_counsellor", "policymaker"},
}


def test_the_rights_are_those_of_the_table():
    found = {
        permission.value: {role.value for role in Role if permission in ROLE_PERMISSIONS[role]}
        for permission in Permission
    }
    assert found == TABLE


SEEN = {
    "counsellor": "E",
    "lead_counsellor": "E",
    "policymaker": "E",
    "programme_worker": "ABCDE",
    "social_worker": "ABCDE",
    "psychologist": "ABDE",
    "crisis_duty": "AE",
    "programme_coordinator": "ABCE",
    "finance": "E",
    "council_member": "E",
    "auditor": "E",
    "partner": "",
    "administrator": "",
}


def test_what_a_role_sees_of_a_case_is_that_of_the_table():
    found = {role.value: "".join(sorted(VISIBLE[role])) for role in Role}
    assert found == SEEN

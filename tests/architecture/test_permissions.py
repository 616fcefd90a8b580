"""The whole of the rights in one table: a change of rights is a change of this test."""

from energiehuis.access.permissions import ROLE_PERMISSIONS, Permission, Role

TABLE = {
    "account:manage": {"administrator"},
    "application:assess": {"counsellor", "lead_counsellor"},
    "application:decide": {"counsellor", "lead_counsellor"},
    "application:read": {"counsellor", "lead_counsellor"},
    "audit:read": {"administrator"},
    "intake:write": {"programme_worker"},
    "key_figures:read": {"counsellor", "lead_counsellor", "policymaker", "programme_worker"},
    "law:confirm": {"administrator", "lead_counsellor"},
    "loan:import": {"administrator", "lead_counsellor"},
    "loan:read": {"counsellor", "lead_counsellor"},
    "programme:read": {"programme_worker"},
    "proof:read": {"counsellor", "lead_counsellor"},
    "scenario:run": {"lead_counsellor", "policymaker"},
}


def test_the_rights_are_those_of_the_table():
    found = {
        permission.value: {role.value for role in Role if permission in ROLE_PERMISSIONS[role]}
        for permission in Permission
    }
    assert found == TABLE

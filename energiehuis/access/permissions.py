"""Permissions and the roles that hold them; deny by default.

A permission is named `<resource>:<act>`. A change of rights is a change of this table, and a test
shows the whole of it.
"""

from enum import StrEnum


class Role(StrEnum):
    """What an account is for."""

    COUNSELLOR = "counsellor"
    LEAD_COUNSELLOR = "lead_counsellor"
    POLICYMAKER = "policymaker"
    PROGRAMME_WORKER = "programme_worker"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What may be asked of the services; alphabetical."""

    ACCOUNT_MANAGE = "account:manage"
    APPLICATION_ASSESS = "application:assess"
    APPLICATION_DECIDE = "application:decide"
    APPLICATION_READ = "application:read"
    AUDIT_READ = "audit:read"
    INTAKE_WRITE = "intake:write"
    KEY_FIGURES_READ = "key_figures:read"
    LAW_CONFIRM = "law:confirm"
    LOAN_IMPORT = "loan:import"
    LOAN_READ = "loan:read"
    PROGRAMME_READ = "programme:read"
    PROOF_READ = "proof:read"
    SCENARIO_RUN = "scenario:run"


_COUNSELLOR = {
    Permission.APPLICATION_ASSESS,
    Permission.APPLICATION_DECIDE,
    Permission.APPLICATION_READ,
    Permission.KEY_FIGURES_READ,
    Permission.LOAN_READ,
    Permission.PROOF_READ,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.COUNSELLOR: frozenset(_COUNSELLOR),
    Role.LEAD_COUNSELLOR: frozenset(
        _COUNSELLOR | {Permission.LOAN_IMPORT, Permission.LAW_CONFIRM, Permission.SCENARIO_RUN}
    ),
    Role.POLICYMAKER: frozenset({Permission.KEY_FIGURES_READ, Permission.SCENARIO_RUN}),
    Role.PROGRAMME_WORKER: frozenset(
        {Permission.INTAKE_WRITE, Permission.KEY_FIGURES_READ, Permission.PROGRAMME_READ}
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.ACCOUNT_MANAGE,
            Permission.AUDIT_READ,
            Permission.LAW_CONFIRM,
            Permission.LOAN_IMPORT,
        }
    ),
}

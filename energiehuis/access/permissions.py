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
    SOCIAL_WORKER = "social_worker"
    PSYCHOLOGIST = "psychologist"
    CRISIS_DUTY = "crisis_duty"
    PROGRAMME_COORDINATOR = "programme_coordinator"
    FINANCE = "finance"
    COUNCIL_MEMBER = "council_member"
    AUDITOR = "auditor"
    PARTNER = "partner"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What may be asked of the services; alphabetical."""

    ACCOUNT_MANAGE = "account:manage"
    APPLICATION_ASSESS = "application:assess"
    APPLICATION_DECIDE = "application:decide"
    APPLICATION_READ = "application:read"
    AUDIT_READ = "audit:read"
    CASE_READ = "case:read"
    CASE_WRITE = "case:write"
    INTAKE_WRITE = "intake:write"
    KEY_FIGURES_PUBLISH = "key_figures:publish"
    KEY_FIGURES_READ = "key_figures:read"
    LAW_CONFIRM = "law:confirm"
    LOAN_IMPORT = "loan:import"
    LOAN_READ = "loan:read"
    NOTE_READ = "note:read"
    NOTE_WRITE = "note:write"
    PARTNER_MANAGE = "partner:manage"
    PERSON_MERGE = "person:merge"
    PROGRAMME_READ = "programme:read"
    PROOF_READ = "proof:read"
    REFERRAL_ANSWER = "referral:answer"
    REFERRAL_SEND = "referral:send"
    SCENARIO_RUN = "scenario:run"


_COUNSELLOR = {
    Permission.APPLICATION_ASSESS,
    Permission.APPLICATION_DECIDE,
    Permission.APPLICATION_READ,
    Permission.KEY_FIGURES_READ,
    Permission.LOAN_READ,
    Permission.PROOF_READ,
}

_WORKER = {
    Permission.CASE_READ,
    Permission.CASE_WRITE,
    Permission.INTAKE_WRITE,
    Permission.KEY_FIGURES_READ,
    Permission.NOTE_READ,
    Permission.NOTE_WRITE,
    Permission.PERSON_MERGE,
    Permission.PROGRAMME_READ,
    Permission.REFERRAL_ANSWER,
    Permission.REFERRAL_SEND,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.COUNSELLOR: frozenset(_COUNSELLOR),
    Role.LEAD_COUNSELLOR: frozenset(
        _COUNSELLOR | {Permission.LOAN_IMPORT, Permission.LAW_CONFIRM, Permission.SCENARIO_RUN}
    ),
    Role.POLICYMAKER: frozenset({Permission.KEY_FIGURES_READ, Permission.SCENARIO_RUN}),
    Role.PROGRAMME_WORKER: frozenset(_WORKER),
    Role.SOCIAL_WORKER: frozenset(_WORKER - {Permission.PERSON_MERGE}),
    Role.PSYCHOLOGIST: frozenset(
        {
            Permission.CASE_READ,
            Permission.CASE_WRITE,
            Permission.INTAKE_WRITE,
            Permission.KEY_FIGURES_READ,
            Permission.NOTE_READ,
            Permission.NOTE_WRITE,
        }
    ),
    Role.CRISIS_DUTY: frozenset(
        {Permission.INTAKE_WRITE, Permission.PROGRAMME_READ, Permission.KEY_FIGURES_READ}
    ),
    Role.PROGRAMME_COORDINATOR: frozenset(
        {
            Permission.CASE_READ,
            Permission.KEY_FIGURES_PUBLISH,
            Permission.KEY_FIGURES_READ,
            Permission.PARTNER_MANAGE,
            Permission.PERSON_MERGE,
            Permission.PROGRAMME_READ,
            Permission.REFERRAL_ANSWER,
        }
    ),
    Role.FINANCE: frozenset({Permission.KEY_FIGURES_READ, Permission.LOAN_READ}),
    Role.COUNCIL_MEMBER: frozenset({Permission.KEY_FIGURES_READ}),
    Role.AUDITOR: frozenset({Permission.AUDIT_READ, Permission.KEY_FIGURES_READ}),
    # What a partner's own key may do; the key narrows it to programmes.
    Role.PARTNER: frozenset({Permission.INTAKE_WRITE, Permission.REFERRAL_SEND}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.ACCOUNT_MANAGE,
            Permission.AUDIT_READ,
            Permission.LAW_CONFIRM,
            Permission.LOAN_IMPORT,
            Permission.PARTNER_MANAGE,
        }
    ),
}

"""What may be done with an application: submit it, correct its facts, move it, decide on it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.access.queries import find_serving_organisation_id
from energiehuis.audit.chain import Entry, append
from energiehuis.eligibility.documents import change_household, read_facts, write_facts
from energiehuis.eligibility.facts import HouseholdFacts
from energiehuis.eligibility.works import with_works
from energiehuis.errors import Conflict, FieldError, InvalidInput, RuleViolation, StaleVersion
from energiehuis.identifiers import new_id, new_reference
from energiehuis.loans.assessment import Assessment, assess
from energiehuis.loans.checks import refuse_contradictions
from energiehuis.loans.commands import ChangeFacts, MoveApplication, SubmitApplication
from energiehuis.loans.health_funds import refuse_health_fund
from energiehuis.loans.models import ApplicationEvent, LoanApplication
from energiehuis.loans.proofs import add_proofs, proof_rows
from energiehuis.loans.queries import ApplicationFile, load_application
from energiehuis.loans.rules import limit_errors
from energiehuis.loans.states import ApplicationStatus, Move, after, is_open

PROGRAMME = "energy_loan"
_APPLICATIONS = LoanApplication.__table__
_EVENTS = ApplicationEvent.__table__
_INSERT = insert(_APPLICATIONS)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Submitted:
    """An application that came in, and what the law says of it so far."""

    application_id: UUID
    reference: str
    version: int
    applied_on: date
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Prepared:
    """An application that the law of today was asked about; nothing is written yet."""

    command: SubmitApplication
    applied_on: date
    assessment: Assessment


def prepare_application(command: SubmitApplication) -> Prepared:
    """Ask the law of today about an application, before any transaction is open.

    Raises
    ------
    InvalidInput
        When amount or term pass the limits of today, or facts contradict each other.
    """
    day = clock.today()
    facts = located(command)
    refuse_contradictions(facts, day)
    assessment = assess(facts, day)
    refuse_beyond_limits(command, assessment)
    return Prepared(replace(command, facts=facts), day, assessment)


def submit_application(session: Session, actor: Actor, prepared: Prepared) -> Submitted:
    """Take an application in; anybody may, without an account.

    The law of today applies to it, for good. An application that seems not eligible is taken in
    all the same: who asks has a right to a decision.

    Raises
    ------
    RuleViolation
        `application.municipality_not_served`.
    Conflict
        `application.dwelling_has_open_application`.
    """
    command, day, assessment = prepared.command, prepared.applied_on, prepared.assessment
    organisation_id = find_serving_organisation_id(
        session, PROGRAMME, command.dwelling.nis_code, day
    )
    if organisation_id is None:
        raise RuleViolation("application.municipality_not_served", field="dwelling.postcode")
    row = application_row(command, assessment, organisation_id=organisation_id, applied_on=day)
    try:
        session.connection().execute(_INSERT, row)
    except IntegrityError as error:
        raise conflict_of(error) from error
    append(session, _entry(actor, "application.submitted", row["id"]))
    return Submitted(row["id"], row["reference"], 1, day, assessment)  # type: ignore[arg-type]


def change_facts(session: Session, actor: Actor, command: ChangeFacts) -> ApplicationFile:
    """Put the facts that a document shows in the place of what was told.

    Needs `application:assess`. The old facts stay in the events of the file. The law of the
    application day is asked again. Where the facts decide on a ground, the proof is kept apart:
    the event names it by its digest, and what was typed about the document is not kept.

    Raises
    ------
    NotFound, PermissionDenied, StaleVersion
    Conflict
        `application.move_not_allowed`, when the application is decided.
    InvalidInput
        `facts.evidence_needed`, `facts.nothing_changed`, `facts.names_health_fund`,
        `facts.document_of_another_ground`.
    """
    require(actor, Permission.APPLICATION_ASSESS)
    file = load_application(session, actor, command.application_id)
    require_version(file, command.version)
    if not is_open(ApplicationStatus(file.status)):
        raise Conflict("application.move_not_allowed", status=file.status, move="change_facts")
    if not command.evidence.strip():
        raise InvalidInput([FieldError("evidence", "facts.evidence_needed")])
    refuse_health_fund(evidence=command.evidence)
    facts = change_household(read_facts(file.facts), command.changes)
    refuse_contradictions(facts, file.applied_on)
    document = write_facts(facts)
    if document == file.facts:
        raise InvalidInput([FieldError("facts", "facts.nothing_changed")])
    assessment = assess(facts, file.applied_on)
    changes = {"facts": document, **assessed_columns(assessment)}
    update_application(session, file, changes)
    proofs = proof_rows(file, command, assessment=assessment, actor=actor)
    add_proofs(session, proofs)
    details = {**_changed(file, command, document), **_evidence(command, proofs)}
    add_event(session, actor, file.id, kind="facts_changed", details=details)
    append(session, _entry(actor, "application.facts_changed", file.id))
    return load_application(session, actor, file.id)


def _changed(
    file: ApplicationFile, command: ChangeFacts, document: dict[str, object]
) -> dict[str, object]:
    return {
        "before": {name: file.facts.get(name) for name in command.changes},
        "after": {name: document.get(name) for name in command.changes},
    }


def _evidence(command: ChangeFacts, proofs: list[dict[str, Any]]) -> dict[str, object]:
    """Name the proofs by their digests, else give what was typed about a fact of the credit."""
    if proofs:
        return {"proofs": [proof["digest"] for proof in proofs]}
    return {"evidence": command.evidence.strip()}


def move_application(session: Session, actor: Actor, command: MoveApplication) -> ApplicationFile:
    """Take an application up, ask the applicant something, or withdraw it.

    Needs `application:assess`.

    Raises
    ------
    NotFound, PermissionDenied, StaleVersion
    Conflict
        `application.move_not_allowed`.
    InvalidInput
        `facts.names_health_fund`.
    """
    require(actor, Permission.APPLICATION_ASSESS)
    refuse_health_fund(note=command.note)
    file = load_application(session, actor, command.application_id)
    require_version(file, command.version)
    move = Move(command.move)
    if move in (Move.APPROVE, Move.REFUSE):
        raise Conflict("application.move_not_allowed", status=file.status, move=move.value)
    status = after(ApplicationStatus(file.status), move)
    update_application(session, file, {"status": status.value, "status_since": clock.now()})
    add_event(session, actor, file.id, kind=move.value, details={"note": command.note.strip()})
    append(session, _entry(actor, f"application.{move.value}", file.id))
    return load_application(session, actor, file.id)


def refuse_beyond_limits(command: SubmitApplication, assessment: Assessment) -> None:
    """Refuse an amount or a term outside the limits of the day, all errors at once."""
    errors = limit_errors(
        assessment.limits.when_asked(),
        command.amount_cents,
        term_months=command.term_months,
        works_cost_cents=command.works_cost_cents,
    )
    if errors:
        raise InvalidInput(errors)


def located(command: SubmitApplication) -> HouseholdFacts:
    """Give the facts with what the rest of the form says.

    The address lies in Flanders, in a served place; the works as a whole decide on a minimum.
    """
    works = [(work.work, work.by_contractor) for work in command.works]
    return replace(
        with_works(command.facts, works),
        dwelling_in_served_municipality=True,
        dwelling_in_flemish_region=True,
    )


def application_row(
    command: SubmitApplication,
    assessment: Assessment,
    *,
    organisation_id: UUID,
    applied_on: date,
) -> dict[str, object]:
    """Give the row of an application that comes in now."""
    now = clock.now()
    dwelling = command.dwelling
    name = command.legal_person.name if command.legal_person else command.applicant.full_name
    return {
        "id": new_id(),
        "version": 1,
        "reference": new_reference("EL"),
        "organisation_id": organisation_id,
        "nis_code": dwelling.nis_code,
        "channel": command.channel.value,
        "language": command.language,
        "status": ApplicationStatus.SUBMITTED.value,
        "status_since": now,
        "received_at": now,
        "applied_on": applied_on,
        "applicant_name": name[:200],
        "dwelling_key": dwelling.key,
        "amount_cents": command.amount_cents,
        "term_months": command.term_months,
        "works_cost_cents": command.works_cost_cents,
        "form": command.personal_data(),
        "works": [work.as_row() for work in command.works],
        "borrower_kind": command.facts.borrower_kind.value,
        "facts": write_facts(command.facts),
        "dwelling_type": dwelling.dwelling_type,
        "build_year": dwelling.build_year,
        "floor_area_m2": dwelling.floor_area_m2,
        "heating_carrier": dwelling.heating_carrier,
        **assessed_columns(assessment),
    }


def assessed_columns(assessment: Assessment) -> dict[str, object]:
    """Give the columns that keep what the law says."""
    return {
        "law_version": assessment.law_version,
        "outcome": assessment.outcome,
        "product_code": assessment.product_code,
        "rate_basis_points": assessment.rate_basis_points,
        "is_priority": assessment.is_priority,
    }


def require_version(file: ApplicationFile, version: int) -> None:
    """Refuse a change that is based on another version.

    Raises
    ------
    StaleVersion
        `version.stale`.
    """
    if file.version != version:
        raise StaleVersion("version.stale")


def update_application(session: Session, file: ApplicationFile, changes: dict[str, object]) -> None:
    """Change a row if nobody else did meanwhile, and raise its version by one.

    Raises
    ------
    StaleVersion
        When somebody did, between our reading and this.
    """
    statement = (
        update(_APPLICATIONS)  # type: ignore[arg-type]
        .where(_APPLICATIONS.c.id == file.id, _APPLICATIONS.c.version == file.version)
        .values(version=file.version + 1, **changes)
    )
    if session.connection().execute(statement).rowcount != 1:
        raise StaleVersion("version.stale")


def add_event(
    session: Session,
    actor: Actor,
    application_id: UUID,
    *,
    kind: str,
    details: dict[str, object],
) -> None:
    """Write down what happened to an application, for its timeline."""
    row = event_row(actor, application_id, kind=kind, details=details)
    session.connection().execute(insert(_EVENTS), row)  # type: ignore[arg-type]


def event_row(
    actor: Actor, application_id: UUID, *, kind: str, details: dict[str, object]
) -> dict[str, object]:
    """Give the row of something that happens to an application now."""
    return {
        "application_id": application_id,
        "at": clock.now(),
        "actor": actor.display_name or actor.name,
        "kind": kind,
        "details": details,
    }


def conflict_of(error: IntegrityError) -> Exception:
    """Give what a refusal of the database means: the dwelling has an open application."""
    if "dwelling" in str(error.orig):
        return Conflict("application.dwelling_has_open_application", field="dwelling")
    return error


def _entry(actor: Actor, action: str, application_id: object) -> Entry:
    return Entry(actor.name, actor.role_name, action, "application", str(application_id))

"""Taking intakes in, opening cases and closing them, for the programmes.

A programme checks its permission and its own rules first, and writes the audit line after; what
all programmes share stands here.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.models import Organisation
from energiehuis.access.queries import find_serving_organisation_id
from energiehuis.cases.commands import Composition, Envelope, NewCase
from energiehuis.cases.models import Agreement, Case, CaseEvent, CaseSnapshot, Intake
from energiehuis.cases.partner_news import tell_partner
from energiehuis.cases.queries import CaseHead
from energiehuis.cases.states import OPEN_STATUSES, CaseStatus
from energiehuis.errors import Conflict, FieldError, InvalidInput, StaleVersion
from energiehuis.identifiers import new_id
from energiehuis.people.models import PersonMerge
from energiehuis.people.queries import STANDS


def require_served(
    session: Session, actor: Actor, programme: str, *, nis_code: str, day: date
) -> UUID:
    """Give the organisation of the actor when it runs the programme there on that day.

    Raises
    ------
    InvalidInput
        `intake.municipality_not_served`, also when the actor works for other municipalities.
    """
    serving = find_serving_organisation_id(session, programme, nis_code, day)
    mine = actor.organisation_id
    if mine is None or serving != mine or nis_code not in actor.municipalities:
        raise InvalidInput([FieldError("nis", "intake.municipality_not_served")])
    return mine


def record_intake(
    session: Session, actor: Actor, envelope: Envelope, *, programme: str, kind: str
) -> None:
    """Write down what came in; `cases.rules` has checked the envelope before.

    Raises
    ------
    InvalidInput
        `intake.municipality_not_served`, `organisation.unknown`.
    Conflict
        `intake.id_taken`, when an intake with this id came in before.
    """
    mine = require_served(
        session, actor, programme, nis_code=envelope.nis_code, day=envelope.received_on
    )
    _require_organisations(session, envelope)
    row = intake_row(actor, envelope, programme=programme, kind=kind, organisation_id=mine)
    try:
        session.execute(insert(Intake).values(row))
    except IntegrityError as error:
        raise Conflict("intake.id_taken", field="intake_id") from error
    if envelope.agreement is not None:
        said = envelope.agreement
        session.execute(
            insert(Agreement),
            [
                {
                    "intake_id": envelope.intake_id,
                    "purpose": purpose,
                    "proof": said.proof.value,
                    "given_on": said.given_on,
                }
                for purpose in said.purposes
            ],
        )


def open_case(
    session: Session, actor: Actor, envelope: Envelope, *, new_case: NewCase, status: CaseStatus
) -> UUID:
    """Open a case for a household or a person, with what the household is today.

    Raises
    ------
    Conflict
        `case.household_has_open_case`; the database keeps it.
    """
    if new_case.person_id is not None and _has_open_case_as_double(session, new_case):
        raise Conflict("case.household_has_open_case", field="subject")
    case_id = new_id()
    row = {
        "id": case_id,
        "version": 1,
        "programme": new_case.programme,
        "organisation_id": actor.organisation_id,
        "nis_code": envelope.nis_code,
        "household_id": new_case.household_id,
        "person_id": new_case.person_id,
        "intake_id": envelope.intake_id,
        "received_on": envelope.received_on,
        "status": status.value,
        "status_since": clock.now(),
    }
    try:
        session.execute(insert(Case).values(row))
    except IntegrityError as error:
        raise Conflict("case.household_has_open_case", field="subject") from error
    if new_case.composition is not None:
        _write_snapshot(session, case_id, new_case.composition)
    _write_event(session, actor, case_id, start=None, end=status, reason=None)
    return case_id


def close_case(
    session: Session, actor: Actor, case: CaseHead, *, outcome: str, outcome_on: date
) -> None:
    """Close a case with its outcome, if nobody changed it meanwhile.

    Raises
    ------
    StaleVersion
        When somebody did, between our reading and this.
    """
    ended = {"outcome": outcome, "outcome_on": outcome_on}
    change_status(session, actor, case, end=CaseStatus.CLOSED, reason=outcome, values=ended)


def change_status(
    session: Session,
    actor: Actor,
    case: CaseHead,
    *,
    end: CaseStatus,
    reason: str | None = None,
    values: dict[str, object] | None = None,
) -> None:
    """Move a case to a state that its programme allows; write the event.

    Raises
    ------
    StaleVersion
        When somebody changed it between our reading and this.
    """
    statement = (
        update(Case)
        .where(Case.id == case.id, Case.version == case.version)
        .values(
            version=case.version + 1,
            status=end.value,
            status_since=clock.now(),
            **(values or {}),
        )
        .execution_options(synchronize_session=False)
    )
    if session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise StaleVersion("version.stale")
    _write_event(session, actor, case.id, start=CaseStatus(case.status), end=end, reason=reason)
    tell_partner(session, case, end=end)


def _has_open_case_as_double(session: Session, new_case: NewCase) -> bool:
    """Say whether somebody merged into this person has an open case; the index cannot know."""
    query = (
        select(Case.id)
        .join(PersonMerge, PersonMerge.merged_id == Case.person_id)
        .where(
            PersonMerge.kept_id == new_case.person_id,
            STANDS,
            Case.programme == new_case.programme,
            Case.status.in_(OPEN_STATUSES),
        )
    )
    return session.execute(query.limit(1)).first() is not None


def _require_organisations(session: Session, envelope: Envelope) -> None:
    named = {"operator_org": envelope.operator_organisation_id}
    if envelope.referrer is not None:
        named["referrer.org"] = envelope.referrer.organisation_id
    wanted = {organisation_id for organisation_id in named.values() if organisation_id}
    if not wanted:
        return
    known = set(session.scalars(select(Organisation.id).where(Organisation.id.in_(wanted))))
    unknown = [field for field, value in named.items() if value and value not in known]
    if unknown:
        raise InvalidInput([FieldError(field, "organisation.unknown") for field in unknown])


def intake_row(
    actor: Actor, envelope: Envelope, *, programme: str, kind: str, organisation_id: UUID
) -> dict[str, object]:
    """Give the row of an intake that an organisation takes in."""
    referrer = envelope.referrer
    return {
        "id": envelope.intake_id,
        "programme": programme,
        "kind": kind,
        "organisation_id": organisation_id,
        "operator_organisation_id": envelope.operator_organisation_id or organisation_id,
        "nis_code": envelope.nis_code,
        "channel": envelope.channel.value,
        "received_at": envelope.received_at,
        "recorded_at": clock.now(),
        "recorded_by": actor.name,
        "referrer_organisation_id": referrer.organisation_id if referrer else None,
        "referrer_worker": referrer.worker if referrer else None,
        "referrer_case_id": referrer.case_id if referrer else None,
        "legal_basis": envelope.legal_basis,
    }


def _write_snapshot(session: Session, case_id: UUID, said: Composition) -> None:
    row = {
        "case_id": case_id,
        "adults": said.adults,
        "children": said.children,
        "household_type": said.household_type.value,
        "main_income": said.main_income.value if said.main_income else None,
    }
    session.execute(insert(CaseSnapshot).values(row))


def _write_event(
    session: Session,
    actor: Actor,
    case_id: UUID,
    *,
    start: CaseStatus | None,
    end: CaseStatus,
    reason: str | None,
) -> None:
    row = {
        "case_id": case_id,
        "at": clock.now(),
        "actor": actor.name,
        "from_status": start.value if start else None,
        "to_status": end.value,
        "reason": reason,
    }
    session.execute(insert(CaseEvent).values(row))

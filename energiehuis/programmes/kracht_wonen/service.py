"""Situations of Kracht.Wonen: reported by a partner, decided by the desk, coached."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.models import Organisation
from energiehuis.cases.commands import Envelope
from energiehuis.cases.intakes import begin, household_of, open_household_case, say
from energiehuis.cases.kinds import HouseholdSubject, Incoming, NoSubject, Recorded
from energiehuis.cases.partnerships import partners_on
from energiehuis.cases.queries import CaseHead, find_case
from energiehuis.cases.records import Records, written_columns
from energiehuis.cases.service import change_status
from energiehuis.cases.states import OPEN_STATUSES, CaseStatus, require_case_move
from energiehuis.errors import Conflict, FieldError
from energiehuis.programmes.kracht_wonen.commands import (
    AddDwelling,
    AddStaff,
    BeginCoaching,
    DecideSituation,
    ReportSituation,
)
from energiehuis.programmes.kracht_wonen.models import Decision, Problem, Situation, TriedWay
from energiehuis.programmes.kracht_wonen.queries import (
    DECISIONS,
    DWELLINGS,
    SITUATIONS,
    STAFF,
    TRAJECTORIES,
)
from energiehuis.programmes.kracht_wonen.rules import (
    composition_of,
    days_errors,
    decision_errors,
    situation_errors,
)
from energiehuis.programmes.kracht_wonen.states import MOVES
from energiehuis.programmes.kracht_wonen.vocabulary import PROGRAMME, DeskDecision


def record_situation(
    session: Session, actor: Actor, incoming: Incoming[HouseholdSubject, ReportSituation]
) -> Recorded:
    """Write down that a partner reports a situation, and open its case. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` finds, `kracht_wonen.not_a_partner`, `household.unknown`, `person.unknown`.
    Conflict
        `case.household_has_open_case`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    errors = [
        *situation_errors(envelope, said),
        *_partner_errors(session, actor, envelope, "payload.reporting_org", said.reporting_org),
    ]
    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="situations", errors=errors
    )
    case_id = open_household_case(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        household_id=household_of(session, owner_id, envelope, incoming.subject),
        composition=composition_of(said.persons),
    )
    row = {
        "case_id": case_id,
        "reporting_organisation_id": said.reporting_org,
        "reason": said.reason,
    }
    session.execute(insert(Situation).values(row))
    areas = [{"case_id": case_id, "area": area.value} for area in said.problem_areas]
    session.execute(insert(Problem), areas)
    ways = [{"case_id": case_id, "way": way.value} for way in said.ordinary_ways_tried]
    session.execute(insert(TriedWay), ways)
    say(session, actor, "kracht_wonen_situation.reported", SITUATIONS.name, case_id)
    return SITUATIONS.written(session, actor, case_id)


def record_decision(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, DecideSituation]
) -> Recorded:
    """Write down what the desk decides; the case goes on or ends. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` finds, `kracht_wonen.situation_unknown`.
    Conflict
        `kracht_wonen.decided_already`, `case.move_not_allowed`.
    """
    envelope, said = incoming.envelope, incoming.payload
    case, errors = situation_case(session, actor, said.situation)
    if case is not None:
        told = envelope.received_on
        errors += decision_errors(said, reported_on=case.received_on, told_on=told)
    owner_id = begin(session, actor, envelope, programme=PROGRAMME, kind="decisions", errors=errors)
    row = {
        **written_columns(envelope, owner_id),
        "case_id": said.situation,
        "decision": said.decision.value,
        "offer": said.offer and said.offer.value,
        "decided_on": said.date,
        "reason": said.reason,
    }
    try:
        session.execute(insert(Decision).values(row))
    except IntegrityError as error:
        raise Conflict("kracht_wonen.decided_already", field="payload.situation") from error
    is_admissible = said.decision is DeskDecision.ADMISSIBLE
    _move(session, actor, case, CaseStatus.INTAKE if is_admissible else CaseStatus.INADMISSIBLE)
    say(session, actor, "kracht_wonen_situation.decided", SITUATIONS.name, said.situation)
    return DECISIONS.written(session, actor, UUID(str(row["id"])))


def record_trajectory(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, BeginCoaching]
) -> Recorded:
    """Write down that a coach works with a household. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `kracht_wonen.situation_unknown`, `kracht_wonen.ends_before_it_begins`.
    """
    said = incoming.payload
    _, errors = situation_case(session, actor, said.situation)
    columns = {"case_id": said.situation, "is_taken_over": said.is_taken_over}
    return _write_dated(
        session,
        actor,
        incoming,
        records=TRAJECTORIES,
        kind="trajectories",
        columns=columns,
        errors=errors,
    )


def record_dwelling(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, AddDwelling]
) -> Recorded:
    """Put a dwelling of a partner in the pool. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `organisation.unknown`, `kracht_wonen.ends_before_it_begins`.
    """
    said = incoming.payload
    columns = {"owner_id": said.owner, "address": said.address, "beds": said.beds}
    errors = _unknown(session, "payload.owner", said.owner)
    return _write_dated(
        session,
        actor,
        incoming,
        records=DWELLINGS,
        kind="dwellings",
        columns=columns,
        errors=errors,
    )


def record_staff(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, AddStaff]
) -> Recorded:
    """Write down what a partner gives to the team. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `organisation.unknown`, `kracht_wonen.ends_before_it_begins`.
    """
    said = incoming.payload
    # Two decimals at most: whole hundredths.
    columns = {"employer_id": said.employer, "fte_hundredths": int(said.fte * 100)}
    errors = _unknown(session, "payload.employer", said.employer)
    return _write_dated(
        session,
        actor,
        incoming,
        records=STAFF,
        kind="staff",
        columns=columns,
        errors=errors,
    )


def situation_case(
    session: Session, actor: Actor, case_id: UUID
) -> tuple[CaseHead | None, list[FieldError]]:
    """Give the open case of a situation within the scope of the actor, or why there is none."""
    found = find_case(session, actor, PROGRAMME, case_id)
    if found is None:
        return None, [FieldError("payload.situation", "kracht_wonen.situation_unknown")]
    if found.status not in OPEN_STATUSES:
        return None, [FieldError("payload.situation", "kracht_wonen.situation_closed")]
    return found, []


def _partner_errors(
    session: Session, actor: Actor, envelope: Envelope, path: str, organisation_id: UUID
) -> Iterable[FieldError]:
    day = envelope.received_on
    found = partners_on(session, actor, PROGRAMME, among=[organisation_id], day=day)
    if organisation_id not in found:
        yield FieldError(path, "kracht_wonen.not_a_partner", {"day": day.isoformat()})


def _move(session: Session, actor: Actor, case: CaseHead | None, to: CaseStatus) -> None:
    if case is not None:
        require_case_move(CaseStatus(case.status), to, MOVES)
        change_status(session, actor, case, end=to)


def _write_dated(  # noqa: PLR0913  one writer for all rows that hold from a day until another
    session: Session,
    actor: Actor,
    incoming: Incoming[NoSubject, Any],
    *,
    records: Records,
    kind: str,
    columns: dict[str, Any],
    errors: Iterable[FieldError],
) -> Recorded:
    envelope, said = incoming.envelope, incoming.payload
    found = [*errors, *days_errors(said.from_, said.to)]
    owner_id = begin(session, actor, envelope, programme=PROGRAMME, kind=kind, errors=found)
    row = {
        **written_columns(envelope, owner_id),
        **columns,
        "valid_from": said.from_,
        "valid_until": said.to,
    }
    session.execute(insert(records.rows).values(row))
    row_id = UUID(str(row["id"]))
    say(session, actor, f"{records.name}.added", records.name, row_id)
    return records.written(session, actor, row_id)


def _unknown(session: Session, path: str, organisation_id: UUID) -> Iterable[FieldError]:
    if session.get(Organisation, organisation_id) is None:
        yield FieldError(path, "organisation.unknown")

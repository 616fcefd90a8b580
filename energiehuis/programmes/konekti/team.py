"""The team of Konekti: who steers, who is lent to it, who stands beside which family."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.models import Organisation
from energiehuis.cases.intakes import begin, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.cases.records import Records, written_columns
from energiehuis.errors import Conflict, FieldError
from energiehuis.programmes.konekti.commands import (
    AssignVerbinder,
    GiveMandate,
    SecondWorker,
    SetTarget,
)
from energiehuis.programmes.konekti.models import Assignment, Secondment
from energiehuis.programmes.konekti.queries import ASSIGNMENTS, MANDATES, SECONDMENTS, TARGETS
from energiehuis.programmes.konekti.rules import days_errors
from energiehuis.programmes.konekti.service import family_case
from energiehuis.programmes.konekti.vocabulary import PROGRAMME


def record_assignment(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, AssignVerbinder]
) -> Recorded:
    """Let a member of the team stand beside a family from a day on. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `konekti.family_unknown`, `konekti.not_in_team`.
    Conflict
        `konekti.verbinder_changed`, when somebody else did it at the same moment.
    """
    envelope, said = incoming.envelope, incoming.payload
    _, errors = family_case(session, actor, said.family_case)
    errors += _team_errors(session, actor, said)
    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="verbinders", errors=errors
    )
    session.execute(
        update(Assignment)
        .where(Assignment.case_id == said.family_case, Assignment.valid_until.is_(None))
        .values(valid_until=said.from_)
        .execution_options(synchronize_session=False)
    )
    row = {
        **written_columns(envelope, owner_id),
        "case_id": said.family_case,
        "secondment_id": said.secondment,
        "valid_from": said.from_,
    }
    try:
        session.execute(insert(Assignment).values(row))
    except IntegrityError as error:
        raise Conflict("konekti.verbinder_changed", field="payload.family_case") from error
    say(session, actor, "konekti_assignment.made", "konekti_family", said.family_case)
    return ASSIGNMENTS.written(session, actor, UUID(str(row["id"])))


def record_mandate(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, GiveMandate]
) -> Recorded:
    """Write a seat in the steering group down. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `organisation.unknown`, `konekti.ends_before_it_begins`.
    """
    said = incoming.payload
    columns = {
        "represented_id": said.organisation,
        "body": said.body.value,
        "holder": said.holder,
    }
    errors = _unknown(session, "payload.organisation", said.organisation)
    return _write(
        session,
        actor,
        incoming,
        records=MANDATES,
        kind="mandates",
        columns=columns,
        errors=errors,
    )


def record_secondment(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, SecondWorker]
) -> Recorded:
    """Write down who is lent to the team. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `organisation.unknown`, `konekti.ends_before_it_begins`.
    """
    said = incoming.payload
    columns = {
        "employer_id": said.employer,
        "worker": said.worker,
        "function": said.function.value,
    }
    errors = _unknown(session, "payload.employer", said.employer)
    return _write(
        session,
        actor,
        incoming,
        records=SECONDMENTS,
        kind="secondments",
        columns=columns,
        errors=errors,
    )


def record_target(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, SetTarget]
) -> Recorded:
    """Write down how many families a grant asks for. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `konekti.ends_before_it_begins`.
    """
    said = incoming.payload
    columns = {"families_per_year": said.families_per_year, "decision": said.decision}
    return _write(
        session,
        actor,
        incoming,
        records=TARGETS,
        kind="targets",
        columns=columns,
        errors=[],
    )


def _write(  # noqa: PLR0913  one writer for all rows that hold from a day until another
    session: Session,
    actor: Actor,
    incoming: Incoming[NoSubject, Any],
    *,
    records: Records,
    kind: str,
    columns: dict[str, object],
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


def _team_errors(session: Session, actor: Actor, said: AssignVerbinder) -> Iterable[FieldError]:
    found = session.get(Secondment, said.secondment)
    if (
        found is None
        or found.organisation_id != actor.organisation_id
        or not found.valid_from <= said.from_
        or (found.valid_until is not None and found.valid_until <= said.from_)
    ):
        yield FieldError("payload.secondment", "konekti.not_in_team")

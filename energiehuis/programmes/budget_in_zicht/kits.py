"""Kits that schools and organisations borrow; the database lets one be out once at a time."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.intakes import begin, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.errors import Conflict, FieldError
from energiehuis.identifiers import new_id
from energiehuis.programmes.budget_in_zicht import queries, rules
from energiehuis.programmes.budget_in_zicht.commands import KitLoan, KitReturn
from energiehuis.programmes.budget_in_zicht.models import BizKitDay, BizKitLoan, BizKitReturn
from energiehuis.programmes.budget_in_zicht.vocabulary import PROGRAMME


def record_loan(session: Session, actor: Actor, incoming: Incoming[NoSubject, KitLoan]) -> Recorded:
    """Lend a kit out for some days. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `biz.due_before_out`, `biz.loan_too_long`, `organisation.unknown`, and what the envelope
        has wrong.
    Conflict
        `biz.kit_out_already`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="kit-loans",
        errors=_loan_errors(session, said),
    )
    loan = BizKitLoan(
        id=new_id(),
        organisation_id=organisation_id,
        nis_code=envelope.nis_code,
        intake_id=envelope.intake_id,
        borrower_id=said.organisation_id,
        kit=said.kit.value,
        copy_number=said.copy_number,
        out_on=said.out_date,
        due_on=said.due_date,
    )
    session.add(loan)
    session.flush()
    _keep_days(session, loan, said)
    say(session, actor, "biz_kit_loan.recorded", "biz_kit_loan", loan.id)
    return _loan(loan, None)


def load_loan(session: Session, actor: Actor, loan_id: UUID) -> Recorded:
    """Give a loan of a kit. Needs `programme:read`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    row = queries.load_row(session, actor, BizKitLoan, loan_id)
    return _loan(row, queries.returned_on_of(session, [loan_id]).get(loan_id))


def list_loans(session: Session, actor: Actor) -> list[Recorded]:
    """List the newest loans of kits. Needs `programme:read`."""
    rows = list(queries.list_rows(session, actor, BizKitLoan))
    returned = queries.returned_on_of(session, [row.id for row in rows])
    return [_loan(row, returned.get(row.id)) for row in rows]


def record_return(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, KitReturn]
) -> Recorded:
    """Take a kit back; from that day on it may go out again. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `biz.loan_unknown`, `biz.returned_out_of_time`, and what the envelope has wrong.
    Conflict
        `biz.kit_back_already`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="kit-returns",
        errors=_return_errors(session, actor, incoming),
    )
    row: dict[str, object] = {
        "id": new_id(),
        "loan_id": said.loan_id,
        "organisation_id": organisation_id,
        "nis_code": envelope.nis_code,
        "intake_id": envelope.intake_id,
        "returned_on": said.returned_on,
    }
    try:
        session.execute(insert(BizKitReturn).values(row))
    except IntegrityError as error:
        raise Conflict("biz.kit_back_already", field="payload.loan_id") from error
    session.execute(
        delete(BizKitDay)
        .where(BizKitDay.loan_id == said.loan_id, BizKitDay.day >= said.returned_on)
        .execution_options(synchronize_session=False)
    )
    say(session, actor, "biz_kit_loan.returned", "biz_kit_loan", said.loan_id)
    return _return(BizKitReturn(**row))


def load_return(session: Session, actor: Actor, return_id: UUID) -> Recorded:
    """Give the return of a kit. Needs `programme:read`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    return _return(queries.load_row(session, actor, BizKitReturn, return_id))


def list_returns(session: Session, actor: Actor) -> list[Recorded]:
    """List the newest returns of kits. Needs `programme:read`."""
    return [_return(row) for row in queries.list_rows(session, actor, BizKitReturn)]


def _loan_errors(session: Session, said: KitLoan) -> Iterator[FieldError]:
    yield from rules.loan_errors(said)
    if not queries.is_organisation(session, said.organisation_id):
        yield FieldError("payload.organisation_id", "organisation.unknown")


def _keep_days(session: Session, loan: BizKitLoan, said: KitLoan) -> None:
    rows = [
        {
            "organisation_id": loan.organisation_id,
            "kit": loan.kit,
            "copy_number": loan.copy_number,
            "day": day,
            "loan_id": loan.id,
        }
        # In their order, so that two writers on PostgreSQL never wait for each other.
        for day in rules.days_of(said)
    ]
    try:
        session.execute(insert(BizKitDay), rows)
    except IntegrityError as error:
        raise Conflict("biz.kit_out_already", field="payload.kit") from error


def _return_errors(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, KitReturn]
) -> Iterator[FieldError]:
    envelope, said = incoming.envelope, incoming.payload
    out_on = queries.out_on_of(session, actor, said.loan_id)
    if out_on is None:
        yield FieldError("payload.loan_id", "biz.loan_unknown")
    elif not out_on <= said.returned_on <= envelope.received_on:
        day = out_on.isoformat()
        yield FieldError("payload.returned_on", "biz.returned_out_of_time", {"day": day})


def _loan(row: BizKitLoan, returned_on: date | None) -> Recorded:
    body = {
        "kit": row.kit,
        "copy_number": row.copy_number,
        "organisation_id": str(row.borrower_id),
        "out_date": row.out_on.isoformat(),
        "due_date": row.due_on.isoformat(),
        "returned_on": None if returned_on is None else returned_on.isoformat(),
    }
    return Recorded(row.id, body=body)


def _return(row: BizKitReturn) -> Recorded:
    body = {"loan_id": str(row.loan_id), "returned_on": row.returned_on.isoformat()}
    return Recorded(row.id, body=body)

"""Stays in dwellings of the pool: a dwelling holds one household at a time."""

from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.intakes import begin, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.cases.models import Case
from energiehuis.cases.queries import CaseHead, scope_of
from energiehuis.cases.records import written_columns
from energiehuis.cases.service import change_status
from energiehuis.cases.states import CaseStatus
from energiehuis.errors import Conflict, FieldError
from energiehuis.programmes.kracht_wonen.commands import BeginStay, EndStay
from energiehuis.programmes.kracht_wonen.models import Decision, Dwelling, Stay, StayEnding
from energiehuis.programmes.kracht_wonen.queries import DWELLINGS, STAY_ENDINGS, STAYS
from energiehuis.programmes.kracht_wonen.rules import days_errors, pool_errors, stay_end_errors
from energiehuis.programmes.kracht_wonen.vocabulary import PROGRAMME, Offer

_GIVES_DWELLING = (Offer.DWELLING.value, Offer.BOTH.value)
_HOLDS_CASE = (CaseStatus.INTAKE.value, CaseStatus.WAITING.value, CaseStatus.ACTIVE.value)


def record_stay(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, BeginStay]
) -> Recorded:
    """Let a household live in a dwelling; its case goes on. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `kracht_wonen.dwelling_unknown`, `kracht_wonen.not_in_pool`, `kracht_wonen.no_offer`, and
        what `rules` finds.
    Conflict
        `kracht_wonen.dwelling_taken`, `kracht_wonen.household_lives_elsewhere`; the database keeps
        both, whoever writes.
    """
    envelope, said = incoming.envelope, incoming.payload
    _wait_for(session, said)
    errors = [*days_errors(said.from_, said.to), *_dwelling_errors(session, actor, said)]
    case = _offered_case(session, actor, said.household_id)
    if case is None:
        errors.append(FieldError("payload.household_id", "kracht_wonen.no_offer"))
    owner_id = begin(session, actor, envelope, programme=PROGRAMME, kind="stays", errors=errors)
    if case is None:
        raise TypeError("a stay without a case was not refused")
    row = {
        **written_columns(envelope, owner_id),
        "dwelling_id": said.dwelling_id,
        "household_id": said.household_id,
        "case_id": case.id,
        "rent_cents": said.rent_cents,
        "valid_from": said.from_,
        "valid_until": said.to,
    }
    try:
        session.execute(insert(Stay).values(row))
    except IntegrityError as error:
        raise _taken(error) from error
    if case.status != CaseStatus.ACTIVE:
        change_status(session, actor, case, end=CaseStatus.ACTIVE)
    stay_id = UUID(str(row["id"]))
    say(session, actor, "kracht_wonen_stay.begun", STAYS.name, stay_id)
    return STAYS.written(session, actor, stay_id)


def record_stay_end(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, EndStay]
) -> Recorded:
    """Write down that a household left, and why. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `kracht_wonen.stay_unknown`, `kracht_wonen.end_out_of_time`.
    Conflict
        `kracht_wonen.stay_ended_already`, `kracht_wonen.dwelling_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    stay = STAYS.find(session, actor, said.stay_id)
    errors = (
        [FieldError("payload.stay_id", "kracht_wonen.stay_unknown")]
        if stay is None
        else list(
            stay_end_errors(said.date, began_on=stay.valid_from, told_on=envelope.received_on)
        )
    )
    owner_id = begin(session, actor, envelope, programme=PROGRAMME, kind="stay-ends", errors=errors)
    row = {
        **written_columns(envelope, owner_id),
        "stay_id": said.stay_id,
        "ended_on": said.date,
        "end_reason": said.end_reason.value,
    }
    try:
        session.execute(insert(StayEnding).values(row))
    except IntegrityError as error:
        raise Conflict("kracht_wonen.stay_ended_already", field="payload.stay_id") from error
    try:
        session.execute(
            update(Stay)
            .where(Stay.id == said.stay_id)
            .values(
                valid_until=said.date,
                end_reason=said.end_reason.value,
                version=Stay.version + 1,
            )
            .execution_options(synchronize_session=False)
        )
    except IntegrityError as error:
        raise _taken(error) from error
    say(session, actor, "kracht_wonen_stay.ended", STAYS.name, said.stay_id)
    return STAY_ENDINGS.written(session, actor, UUID(str(row["id"])))


def _wait_for(session: Session, said: BeginStay) -> None:
    """Let whoever books the same dwelling or household wait, in one order, so that none deadlock.

    PostgreSQL checks an exclusion after it wrote the row: two at once would wait for each other.
    """
    session.execute(select(Dwelling.id).where(Dwelling.id == said.dwelling_id).with_for_update())
    session.execute(
        select(Case.id)
        .where(Case.household_id == said.household_id, Case.programme == PROGRAMME)
        .order_by(Case.id)
        .with_for_update()
    )


def _dwelling_errors(session: Session, actor: Actor, said: BeginStay) -> list[FieldError]:
    found = DWELLINGS.find(session, actor, said.dwelling_id)
    if found is None:
        return [FieldError("payload.dwelling_id", "kracht_wonen.dwelling_unknown")]
    begins, ends = found.valid_from, found.valid_until
    return list(pool_errors(said.from_, said.to, pool_from=begins, pool_until=ends))


def _offered_case(session: Session, actor: Actor, household_id: UUID) -> CaseHead | None:
    """Give the case of a household to whom the desk offered a dwelling, or None."""
    row = session.execute(
        select(Case.id, Case.version, Case.programme, Case.status, Case.received_on)
        .join(Decision, Decision.case_id == Case.id)
        .where(
            scope_of(actor, Case),
            Case.programme == PROGRAMME,
            Case.household_id == household_id,
            Case.status.in_(_HOLDS_CASE),
            Decision.offer.in_(_GIVES_DWELLING),
        )
    ).first()
    return None if row is None else CaseHead(*row)


def _taken(error: IntegrityError) -> Conflict:
    said = str(error.orig)
    if "one_home" in said:
        return Conflict("kracht_wonen.household_lives_elsewhere", field="payload.household_id")
    if "one_household" in said:
        return Conflict("kracht_wonen.dwelling_taken", field="payload.dwelling_id")
    raise error

"""Coaching a household through the renovation of its dwelling: a case with stages."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.intakes import begin, household_of, open_household_case, say
from energiehuis.cases.kinds import HouseholdSubject, Incoming, NoSubject, Recorded
from energiehuis.cases.models import Case
from energiehuis.cases.programmes import Detail
from energiehuis.cases.queries import CaseHead, find_case
from energiehuis.cases.records import Records, written_columns
from energiehuis.cases.service import change_status
from energiehuis.cases.states import CaseStatus
from energiehuis.errors import Conflict, FieldError
from energiehuis.programmes.energy_desk import dwellings, rules, states
from energiehuis.programmes.energy_desk.commands import CoachingStep, RegisteredCoaching
from energiehuis.programmes.energy_desk.models import (
    EnergyCoaching,
    EnergyCoachingStep,
    EnergyCoachingWish,
)
from energiehuis.programmes.energy_desk.vocabulary import PROGRAMME, CoachingStage


def record_coaching(
    session: Session, actor: Actor, incoming: Incoming[HouseholdSubject, RegisteredCoaching]
) -> Recorded:
    """Open a coaching for a household. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `energy.build_year_ahead`, `field.twice`, `household.unknown`, `person.unknown`, and what
        the envelope has wrong.
    Conflict
        `case.household_has_open_case`, `person.in_other_household`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="coaching",
        errors=rules.coaching_errors(said, clock.today()),
    )
    household_id = household_of(session, organisation_id, envelope, incoming.subject)
    case_id = open_household_case(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        household_id=household_id,
        composition=None,
    )
    row = {
        "case_id": case_id,
        "dwelling_id": dwellings.take_dwelling(
            session, organisation_id, envelope.nis_code, said.address
        ),
        "tenure": said.tenure.value,
        "build_year": said.build_year,
        "epc": said.epc,
    }
    session.execute(insert(EnergyCoaching).values(row))
    wishes = [{"case_id": case_id, "wish": wish.value} for wish in said.wishes]
    session.execute(insert(EnergyCoachingWish), wishes)
    say(session, actor, "energy_coaching.registered", "case", case_id)
    return COACHING.written(session, actor, case_id)


def record_coaching_step(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, CoachingStep]
) -> Recorded:
    """Write down that a coaching reached its next stage. Needs `intake:write`.

    Raises
    ------
    PermissionDenied, StaleVersion
    InvalidInput
        `energy.coaching_unknown`, `energy.before_asked`, `energy.step_in_future`, and what the
        envelope has wrong.
    Conflict
        `energy.coaching_closed`, `energy.stage_not_next`, `intake.id_taken`.
    """
    envelope, step = incoming.envelope, incoming.payload
    case = find_case(session, actor, PROGRAMME, step.case_id)
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="coaching-steps",
        errors=_step_errors(case, incoming),
    )
    if case is None:
        raise TypeError("an unknown coaching was not refused")
    if case.status == CaseStatus.CLOSED:
        raise Conflict("energy.coaching_closed", field="payload.case_id")
    states.require_next_stage(stage_of(session, case.id, case.status), step.stage)
    status = states.STATUS_OF_STAGE[step.stage]
    if case.status != status:
        change_status(session, actor, case, end=status, reason=step.stage.value)
    row = {
        **written_columns(envelope, organisation_id),
        "case_id": case.id,
        "stage": step.stage.value,
        "reached_on": step.reached_on,
    }
    session.execute(insert(EnergyCoachingStep).values(row))
    say(session, actor, f"energy_coaching.{step.stage.value}", "case", case.id)
    return COACHING_STEPS.written(session, actor, row["id"])  # type: ignore[arg-type]


def stage_of(session: Session, case_id: UUID, status: str) -> CoachingStage:
    """Give how far a coaching is; its shared state tells the least, the last step the most."""
    written = session.scalars(
        select(EnergyCoachingStep.stage).where(EnergyCoachingStep.case_id == case_id)
    )
    reached = [CoachingStage(stage) for stage in written]
    reached += [stage for stage, name in states.STATUS_OF_STAGE.items() if name == status][:1]
    return max(reached, key=states.STAGES.index, default=CoachingStage.REGISTERED)


def details(session: Session, case_id: UUID) -> Iterator[Detail]:
    """Give what is known of the dwelling, and how far its renovation is."""
    row = session.get_one(EnergyCoaching, case_id)
    yield from _coaching_said(row)
    yield from _coaching_parts(session, row)


def _step_errors(
    case: CaseHead | None, incoming: Incoming[NoSubject, CoachingStep]
) -> Iterator[FieldError]:
    reached_on = incoming.payload.reached_on
    if case is None:
        yield FieldError("payload.case_id", "energy.coaching_unknown")
        return
    if reached_on < case.received_on:
        day = case.received_on.isoformat()
        yield FieldError("payload.reached_on", "energy.before_asked", {"day": day})
    if reached_on > incoming.envelope.received_on:
        yield FieldError("payload.reached_on", "energy.step_in_future")


def _coaching_said(row: EnergyCoaching) -> Iterator[Detail]:
    yield Detail("tenure", row.tenure, DataClass.IDENTITY)
    yield Detail("build_year", row.build_year, DataClass.IDENTITY)
    yield Detail("epc", row.epc, DataClass.IDENTITY)


def _coaching_parts(session: Session, row: EnergyCoaching) -> Iterator[Detail]:
    wishes = session.scalars(
        select(EnergyCoachingWish.wish)
        .where(EnergyCoachingWish.case_id == row.case_id)
        .order_by(EnergyCoachingWish.wish)
    )
    status = session.scalars(select(Case.status).where(Case.id == row.case_id)).one()
    stage = stage_of(session, row.case_id, status)
    yield Detail("address", dwellings.address_of(session, row.dwelling_id), DataClass.IDENTITY)
    yield Detail("wishes", tuple(wishes), DataClass.IDENTITY)
    yield Detail("stage", stage.value, DataClass.IDENTITY)


def _stage_said(row: EnergyCoachingStep) -> Iterator[Detail]:
    yield Detail("stage", row.stage, DataClass.IDENTITY)
    yield Detail("reached_on", row.reached_on.isoformat(), DataClass.IDENTITY)


COACHING = Records(
    programme=PROGRAMME,
    name="energy_coaching",
    rows=EnergyCoaching,
    said=_coaching_said,
    parts=_coaching_parts,
)
COACHING_STEPS = Records(
    programme=PROGRAMME,
    name="energy_coaching_step",
    rows=EnergyCoachingStep,
    said=_stage_said,
    is_about_people=False,
)

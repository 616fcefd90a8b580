"""Reading records of Konekti, the families that wait too long, and what a case says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.field_classes import DataClass
from energiehuis.access.models import Organisation
from energiehuis.access.permissions import Permission
from energiehuis.cases.models import Case
from energiehuis.cases.programmes import Detail
from energiehuis.cases.queries import scope_of
from energiehuis.cases.records import Records
from energiehuis.cases.states import OPEN_STATUSES
from energiehuis.programmes.konekti.models import (
    Assignment,
    Family,
    FirstContact,
    Goal,
    Mandate,
    Member,
    Plan,
    PlanPartner,
    PsychologistCase,
    Secondment,
    Target,
)
from energiehuis.programmes.konekti.vocabulary import PROGRAMME

_A, _B, _D, _E = DataClass.IDENTITY, DataClass.COMPOSITION, DataClass.SENSITIVE, DataClass.COUNT


@dataclass(frozen=True, slots=True)
class WaitingFamily:
    """A family with whom nobody spoke yet, and the last day on which that is within the month."""

    case_id: UUID
    nis_code: str
    received_on: date
    due_on: date


def list_overdue(session: Session, actor: Actor, day: date) -> tuple[WaitingFamily, ...]:
    """List the families whose month is over on a day without a contact; longest waiting first.

    Needs `case:read`.
    """
    require(actor, Permission.CASE_READ)
    if not actor.works_for(PROGRAMME):
        return ()
    rows = session.execute(
        select(Case.id, Case.nis_code, Case.received_on, Family.due_on)
        .join(Family, Family.case_id == Case.id)
        .where(
            scope_of(actor, Case),
            Case.status.in_(OPEN_STATUSES),
            Family.first_contact_on.is_(None),
            Family.due_on < day,
        )
        .order_by(Family.due_on, Case.id)
    )
    return tuple(WaitingFamily(*row) for row in rows)


def details(session: Session, case_id: UUID) -> Iterator[Detail]:
    """Give what a case of a family says, or one with the psychologist."""
    asked = session.get(PsychologistCase, case_id, populate_existing=True)
    if asked is not None:
        yield from _question(asked)
        return
    family = session.get_one(Family, case_id, populate_existing=True)
    yield from _family(family)
    yield from _members(session, family)
    yield from _verbinder(session, case_id)
    newest = session.scalars(
        select(Plan).where(Plan.case_id == case_id).order_by(Plan.version.desc()).limit(1)
    ).first()
    if newest is not None:
        yield Detail("plan_version", newest.version, _A)
        yield from _plan(newest)
        yield from _plan_parts(session, newest)


def _family(row: Family) -> Iterator[Detail]:
    yield Detail("due_on", row.due_on.isoformat(), _A)
    spoken = row.first_contact_on
    yield Detail("first_contact_on", spoken and spoken.isoformat(), _A)
    yield Detail("request_text", row.request_text, _D)


def _members(session: Session, row: Family) -> Iterator[Detail]:
    found = session.execute(
        select(Member.role, Member.birth_date)
        .where(Member.case_id == row.case_id)
        .order_by(Member.birth_date)
    )
    said = [f"{member.role} {member.birth_date.isoformat()}" for member in found]
    yield Detail("members", said, _B)


def _verbinder(session: Session, case_id: UUID) -> Iterator[Detail]:
    worker = session.scalar(
        select(Secondment.worker)
        .join(Assignment, Assignment.secondment_id == Secondment.id)
        .where(Assignment.case_id == case_id, Assignment.valid_until.is_(None))
    )
    if worker is not None:
        yield Detail("verbinder", worker, _A)


def _contact(row: FirstContact) -> Iterator[Detail]:
    yield Detail("date", row.took_place_on.isoformat(), _A)


def _question(row: PsychologistCase) -> Iterator[Detail]:
    yield Detail("family_case", str(row.family_case_id), _A)
    yield Detail("age", row.age, _B)
    yield Detail("question", row.question, _D)


def _plan(row: Plan) -> Iterator[Detail]:
    yield Detail("agreed_on", row.agreed_on.isoformat(), _A)


def _plan_parts(session: Session, row: Plan) -> Iterator[Detail]:
    goals = session.scalars(select(Goal).where(Goal.plan_id == row.id).order_by(Goal.position))
    partners = session.scalars(
        select(Organisation.name)
        .join(PlanPartner, PlanPartner.partner_id == Organisation.id)
        .where(PlanPartner.plan_id == row.id)
        .order_by(Organisation.name, Organisation.id)
    )
    yield Detail("partners", list(partners), _A)
    yield Detail("goals", [goal.goal for goal in goals], _D)


def _assignment(row: Assignment) -> Iterator[Detail]:
    yield Detail("secondment", str(row.secondment_id), _A)
    yield Detail("from", row.valid_from.isoformat(), _A)
    yield Detail("to", row.valid_until and row.valid_until.isoformat(), _A)


def _mandate(row: Mandate) -> Iterator[Detail]:
    yield Detail("organisation", str(row.represented_id), _E)
    yield Detail("body", row.body, _E)
    yield Detail("holder", row.holder, _E)
    yield from _days(row)


def _secondment(row: Secondment) -> Iterator[Detail]:
    yield Detail("employer", str(row.employer_id), _E)
    yield Detail("worker", row.worker, _E)
    yield Detail("function", row.function, _E)
    yield from _days(row)


def _target(row: Target) -> Iterator[Detail]:
    yield Detail("families_per_year", row.families_per_year, _E)
    yield Detail("decision", row.decision, _E)
    yield from _days(row)


def _days(row: Mandate | Secondment | Target) -> Iterator[Detail]:
    yield Detail("from", row.valid_from.isoformat(), _E)
    yield Detail("to", row.valid_until and row.valid_until.isoformat(), _E)


FAMILIES = Records(
    programme=PROGRAMME, name="konekti_family", rows=Family, said=_family, parts=_members
)
FIRST_CONTACTS = Records(
    programme=PROGRAMME, name="konekti_first_contact", rows=FirstContact, said=_contact
)
PLANS = Records(programme=PROGRAMME, name="konekti_plan", rows=Plan, said=_plan, parts=_plan_parts)
PSYCHOLOGIST = Records(
    programme=PROGRAMME, name="konekti_psychologist_case", rows=PsychologistCase, said=_question
)
ASSIGNMENTS = Records(
    programme=PROGRAMME, name="konekti_assignment", rows=Assignment, said=_assignment
)
MANDATES = Records(
    programme=PROGRAMME,
    name="konekti_mandate",
    rows=Mandate,
    said=_mandate,
    is_about_people=False,
)
SECONDMENTS = Records(
    programme=PROGRAMME,
    name="konekti_secondment",
    rows=Secondment,
    said=_secondment,
    is_about_people=False,
)
TARGETS = Records(
    programme=PROGRAMME, name="konekti_target", rows=Target, said=_target, is_about_people=False
)

"""BIZondere duo's: somebody asks, is met, gets a volunteer, and they work together.

A duo is a case of the shared core for the client; the volunteer stands in the match.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.field_classes import DataClass, visible_classes
from energiehuis.access.permissions import Permission
from energiehuis.cases.commands import MoveCase
from energiehuis.cases.intakes import begin, open_person_case, person_of, say
from energiehuis.cases.kinds import Incoming, NoSubject, PersonSubject, Recorded
from energiehuis.cases.models import Case
from energiehuis.cases.programmes import Detail
from energiehuis.cases.queries import CaseHead, find_case, scope_of
from energiehuis.cases.service import change_status
from energiehuis.cases.states import CaseStatus
from energiehuis.errors import Conflict, FieldError, InvalidInput, NotFound
from energiehuis.identifiers import new_id
from energiehuis.people.queries import find_person
from energiehuis.programmes.budget_in_zicht import queries, rules
from energiehuis.programmes.budget_in_zicht.commands import AskedDuo, DuoMatch
from energiehuis.programmes.budget_in_zicht.models import BizDuo, BizDuoMatch, BizDuoTheme
from energiehuis.programmes.budget_in_zicht.states import status_name
from energiehuis.programmes.budget_in_zicht.vocabulary import PROGRAMME


def record_duo(
    session: Session, actor: Actor, incoming: Incoming[PersonSubject, AskedDuo]
) -> Recorded:
    """Open a duo for somebody who asks for a volunteer. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `field.twice`, `person.unknown`, and what the envelope has wrong.
    Conflict
        `case.household_has_open_case`, `intake.id_taken`.
    """
    envelope, asked = incoming.envelope, incoming.payload
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="duos",
        errors=rules.duo_errors(asked),
    )
    person_id = person_of(session, organisation_id, incoming.subject.person)
    case_id = open_person_case(session, actor, envelope, programme=PROGRAMME, person_id=person_id)
    session.execute(insert(BizDuo).values(case_id=case_id, wish=asked.wish.value))
    themes = [{"case_id": case_id, "theme": theme.value} for theme in asked.themes]
    session.execute(insert(BizDuoTheme), themes)
    say(session, actor, "biz_duo.asked", "case", case_id)
    return _duo(session, actor, case_id)


def load_duo(session: Session, actor: Actor, case_id: UUID) -> Recorded:
    """Give a duo, and write down that it was read. Needs `programme:read`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    require(actor, Permission.PROGRAMME_READ)
    if not actor.works_for(PROGRAMME) or find_case(session, actor, PROGRAMME, case_id) is None:
        raise NotFound("request.not_found")
    say(session, actor, "biz_duo.read", "case", case_id)
    return _duo(session, actor, case_id)


def list_duos(session: Session, actor: Actor) -> list[Recorded]:
    """List the newest duos, without names or themes. Needs `programme:read`."""
    require(actor, Permission.PROGRAMME_READ)
    if not actor.works_for(PROGRAMME):
        return []
    rows = session.execute(
        select(Case.id, Case.version, Case.status, BizDuo.wish)
        .join(BizDuo, BizDuo.case_id == Case.id)
        .where(Case.programme == PROGRAMME, scope_of(actor, Case))
        .order_by(Case.id.desc())
        .limit(queries.MOST_LISTED)
    )
    return [
        Recorded(case_id, version, case_id, {"wish": wish, "status": status_name(status)})
        for case_id, version, status, wish in rows
    ]


def record_match(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, DuoMatch]
) -> Recorded:
    """Give a duo its volunteer; the duo is matched from then on. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `biz.duo_unknown`, `biz.match_before_duo`, `biz.volunteer_is_client`, `person.unknown`,
        and what the envelope has wrong.
    Conflict
        `biz.duo_not_met`, `biz.duo_has_match`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    case = find_case(session, actor, PROGRAMME, said.case_id)
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="duo-matches",
        errors=_match_errors(case, said),
    )
    if case is None:
        raise TypeError("an unknown duo was not refused")
    if case.status != CaseStatus.INTAKE:
        name = status_name(case.status)
        raise Conflict("biz.duo_not_met", field="payload.case_id", status=name)
    volunteer_id = person_of(session, organisation_id, said.volunteer, "payload.volunteer")
    if volunteer_id == session.scalar(select(Case.person_id).where(Case.id == case.id)):
        raise InvalidInput([FieldError("payload.volunteer", "biz.volunteer_is_client")])
    row: dict[str, object] = {
        "id": new_id(),
        "case_id": case.id,
        "organisation_id": organisation_id,
        "nis_code": envelope.nis_code,
        "intake_id": envelope.intake_id,
        "volunteer_id": volunteer_id,
        "starts_on": said.starts_on,
    }
    try:
        session.execute(insert(BizDuoMatch).values(row))
    except IntegrityError as error:
        raise Conflict("biz.duo_has_match", field="payload.case_id") from error
    change_status(session, actor, case, end=CaseStatus.WAITING)
    say(session, actor, "biz_duo.matched", "case", case.id)
    return _match(BizDuoMatch(**row))


def load_match(session: Session, actor: Actor, match_id: UUID) -> Recorded:
    """Give a match, and write down that it was read. Needs `programme:read`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    row = queries.load_row(session, actor, BizDuoMatch, match_id)
    say(session, actor, "biz_duo_match.read", "biz_duo_match", match_id)
    return _match(row)


def list_matches(session: Session, actor: Actor) -> list[Recorded]:
    """List the newest matches. Needs `programme:read`."""
    return [_match(row) for row in queries.list_rows(session, actor, BizDuoMatch)]


def details(session: Session, case_id: UUID) -> Iterator[Detail]:
    """Give what somebody asked for, and which volunteer came."""
    duo = session.get_one(BizDuo, case_id)
    yield Detail("wish", duo.wish, DataClass.COMPOSITION)
    yield Detail("themes", _themes(session, case_id), DataClass.MONEY)
    match = session.scalar(select(BizDuoMatch).where(BizDuoMatch.case_id == case_id))
    if match is None:
        return
    volunteer = find_person(session, match.volunteer_id)
    if volunteer is not None:
        name = volunteer.alias or f"{volunteer.given_name} {volunteer.family_name}"
        yield Detail("volunteer", name, DataClass.IDENTITY)
    yield Detail("starts_on", match.starts_on.isoformat(), DataClass.IDENTITY)


def move_errors(session: Session, case: CaseHead, command: MoveCase) -> Iterable[FieldError]:
    """Refuse that a duo runs without a volunteer."""
    if command.status not in (CaseStatus.WAITING, CaseStatus.ACTIVE):
        return
    match = session.scalar(select(BizDuoMatch.id).where(BizDuoMatch.case_id == case.id))
    if match is None:
        yield FieldError("status", "biz.match_needed")


def _match_errors(case: CaseHead | None, said: DuoMatch) -> Iterator[FieldError]:
    if case is None:
        yield FieldError("payload.case_id", "biz.duo_unknown")
    elif said.starts_on < case.received_on:
        day = case.received_on.isoformat()
        yield FieldError("payload.starts_on", "biz.match_before_duo", {"day": day})


def _themes(session: Session, case_id: UUID) -> tuple[str, ...]:
    query = select(BizDuoTheme.theme).where(BizDuoTheme.case_id == case_id)
    return tuple(session.scalars(query.order_by(BizDuoTheme.theme)))


def _duo(session: Session, actor: Actor, case_id: UUID) -> Recorded:
    version, status, person_id, wish = session.execute(
        select(Case.version, Case.status, Case.person_id, BizDuo.wish)
        .join(BizDuo, BizDuo.case_id == Case.id)
        .where(Case.id == case_id)
    ).one()
    body: dict[str, object] = {
        "person_id": str(person_id),
        "wish": wish,
        "status": status_name(status),
    }
    # What somebody needs help with tells of debts.
    if DataClass.MONEY in visible_classes(actor, PROGRAMME):
        body["themes"] = list(_themes(session, case_id))
    return Recorded(case_id, version, case_id, body)


def _match(row: BizDuoMatch) -> Recorded:
    body = {"volunteer_id": str(row.volunteer_id), "starts_on": row.starts_on.isoformat()}
    return Recorded(row.id, case_id=row.case_id, body=body)

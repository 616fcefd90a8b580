"""Files of the Woonclub: opened for a household that searches, closed with what became of it."""

from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.cases.commands import NewCase
from energiehuis.cases.queries import find_case
from energiehuis.cases.rules import envelope_errors
from energiehuis.cases.service import close_case, open_case, record_intake
from energiehuis.cases.states import CaseStatus, require_case_move
from energiehuis.errors import FieldError, InvalidInput, NotFound, StaleVersion
from energiehuis.people import queries as people_queries
from energiehuis.people.service import add_household, add_member, take_person
from energiehuis.programmes.woonclub.commands import CloseFile, OpenFile
from energiehuis.programmes.woonclub.models import Housing, WantedMunicipality, WoonclubFile
from energiehuis.programmes.woonclub.queries import FileView, load_file
from energiehuis.programmes.woonclub.rules import file_errors, outcome_errors
from energiehuis.programmes.woonclub.states import FIRST_STATUS, MOVES
from energiehuis.programmes.woonclub.vocabulary import PROGRAMME


def open_file(session: Session, actor: Actor, command: OpenFile) -> FileView:
    """Open a file for a household that looks for a dwelling. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        All that `rules` finds, `household.unknown`, `person.unknown`.
    Conflict
        `case.household_has_open_case`, `intake.id_taken`, `person.in_other_household`.
    """
    require(actor, Permission.INTAKE_WRITE)
    errors = [*envelope_errors(command.envelope, clock.now()), *file_errors(command)]
    if errors:
        raise InvalidInput(errors)
    record_intake(session, actor, command.envelope, programme=PROGRAMME, kind="file")
    household_id = _take_household(session, actor.organisation_id, command)  # type: ignore[arg-type]
    new_case = NewCase(PROGRAMME, household_id, command.composition)
    case_id = open_case(session, actor, command.envelope, new_case=new_case, status=FIRST_STATUS)
    _write_file(session, case_id, command)
    append(session, _entry(actor, "woonclub_file.opened", case_id))
    return load_file(session, actor, case_id)


def close_file(session: Session, actor: Actor, command: CloseFile) -> FileView:
    """Close a file with its outcome. Needs `intake:write`.

    Raises
    ------
    NotFound, PermissionDenied, StaleVersion
    Conflict
        `case.move_not_allowed`, when it is closed already.
    InvalidInput
        What `rules` finds, such as `woonclub.needed_when_housed`.
    """
    require(actor, Permission.INTAKE_WRITE)
    case = find_case(session, actor, PROGRAMME, command.case_id)
    if case is None:
        raise NotFound("request.not_found")
    if case.version != command.version:
        raise StaleVersion("version.stale")
    require_case_move(CaseStatus(case.status), CaseStatus.CLOSED, MOVES)
    errors = list(outcome_errors(command, received_on=case.received_on, today=clock.today()))
    if errors:
        raise InvalidInput(errors)
    close_case(session, actor, case, outcome=command.outcome.value, outcome_on=command.outcome_on)
    if command.tenure is not None:
        housing = {
            "case_id": case.id,
            "tenure": command.tenure.value,
            "nis_code": command.nis_code,
            "rent_cents": command.rent_cents,
        }
        session.execute(insert(Housing).values(housing))
    append(session, _entry(actor, "woonclub_file.closed", case.id))
    return load_file(session, actor, case.id)


def _take_household(session: Session, organisation_id: UUID, command: OpenFile) -> UUID:
    """Give the household that is meant: the one named, the contact's, or a new one."""
    household_id = command.household_id
    if household_id is not None:
        if people_queries.find_household_id(session, organisation_id, household_id) is None:
            raise InvalidInput([FieldError("subject.household_id", "household.unknown")])
        if command.contact is None:
            return household_id
    if command.contact is None:
        return add_household(session, organisation_id)
    contact_id = take_person(
        session, organisation_id, command.contact, field="subject.contact.person_id"
    )
    home_id = people_queries.find_household_id_of_person(session, contact_id)
    if home_id is not None and household_id in (None, home_id):
        return home_id
    # Somebody who lives elsewhere is refused by the database, here.
    joined_id = household_id or add_household(session, organisation_id)
    add_member(session, joined_id, contact_id, since=command.envelope.received_on)
    return joined_id


def _write_file(session: Session, case_id: UUID, command: OpenFile) -> None:
    row = {
        "case_id": case_id,
        "max_rent_cents": command.max_rent_cents,
        "reason": command.reason.value,
        "notice_on": command.notice_on,
    }
    session.execute(insert(WoonclubFile).values(row))
    wanted = [{"case_id": case_id, "nis_code": nis_code} for nis_code in command.municipalities]
    session.execute(insert(WantedMunicipality), wanted)


def _entry(actor: Actor, action: str, case_id: UUID) -> Entry:
    return Entry(actor.name, actor.role_name, action, "woonclub_file", str(case_id))

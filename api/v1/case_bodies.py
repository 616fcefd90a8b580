"""How cases and notes are written as JSON."""

from dataclasses import asdict

from energiehuis.access.actor import Actor
from energiehuis.cases.programmes import Detail
from energiehuis.money import format_plain
from energiehuis.people.queries import PersonView
from energiehuis.programmes.case_service import CaseLine, CaseView, NoteView

Body = dict[str, object]


def case_body(case: CaseView) -> Body:
    """Write a case as far as it may be seen."""
    return {
        "id": str(case.id),
        "version": case.version,
        "programme": case.programme,
        "nis": case.nis_code,
        "status": case.status,
        "received_on": case.received_on.isoformat(),
        "outcome": case.outcome,
        "outcome_on": None if case.outcome_on is None else case.outcome_on.isoformat(),
        "household_id": None if case.household_id is None else str(case.household_id),
        "people": [person_body(person) for person in case.people],
        "details": dict(detail_item(detail) for detail in case.details),
        "changes": [{**asdict(change), "at": change.at.isoformat()} for change in case.changes],
        "next_statuses": [status.value for status in case.next_statuses],
        "hidden": [data_class.value for data_class in case.hidden],
    }


def case_line_body(line: CaseLine) -> Body:
    """Write a case in a list."""
    return {
        "id": str(line.id),
        "programme": line.programme,
        "nis": line.nis_code,
        "status": line.status,
        "received_on": line.received_on.isoformat(),
        "outcome": line.outcome,
    }


def note_body(note: NoteView, actor: Actor) -> Body:
    """Write a note; who wrote it is told only to the writer."""
    return {
        "id": str(note.id),
        "written_at": note.written_at.isoformat(),
        "is_closed": note.is_closed,
        "is_mine": note.author == actor.name,
        "text": note.text,
    }


def person_body(person: PersonView) -> Body:
    """Write somebody of a file."""
    birth_date = None if person.birth_date is None else person.birth_date.isoformat()
    return {**asdict(person), "id": str(person.id), "birth_date": birth_date}


def detail_item(detail: Detail) -> tuple[str, object]:
    """Write one thing that a case says, under its name; money as text."""
    if detail.name.endswith("_cents") and isinstance(detail.value, int):
        return detail.name.removesuffix("_cents"), format_plain(detail.value)
    value = list(detail.value) if isinstance(detail.value, tuple) else detail.value
    return detail.name, value

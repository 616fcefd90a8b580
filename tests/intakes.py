"""Intakes as a worker of the Woonclub would send them; invented throughout."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from energiehuis.cases.commands import Composition, Envelope
from energiehuis.cases.states import SessionStatus
from energiehuis.cases.vocabulary import Channel, HouseholdType, MainIncome
from energiehuis.people.commands import Identity
from energiehuis.programmes.woonclub.commands import AddSession, CloseFile, OpenFile, RecordVisit
from energiehuis.programmes.woonclub.vocabulary import Outcome, SearchReason, Tenure

HARELBEKE, KORTRIJK = "34013", "34022"


def envelope(day: date = date(2018, 6, 5), **changes: Any) -> Envelope:
    """Give an envelope that came in at nine in the morning (UTC) of a day."""
    said: dict[str, Any] = {
        "intake_id": uuid4(),
        "channel": Channel.SITTING_DAY,
        "received_at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        "nis_code": HARELBEKE,
        "legal_basis": "public_task" if day >= date(2018, 5, 25) else "public_task_1992",
    }
    return Envelope(**{**said, **changes})


def composition(**changes: Any) -> Composition:
    """Give a single mother with two children on a living wage, or something else."""
    said: dict[str, Any] = {
        "adults": 1,
        "children": 2,
        "household_type": HouseholdType.SINGLE,
        "main_income": MainIncome.LIVING_WAGE,
    }
    return Composition(**{**said, **changes})


def new_file(**changes: Any) -> OpenFile:
    """Give a file for a household of which nobody is named."""
    said: dict[str, Any] = {
        "envelope": envelope(),
        "household_id": None,
        "contact": None,
        "composition": composition(),
        "municipalities": (HARELBEKE, KORTRIJK),
        "max_rent_cents": 750_00,
        "reason": SearchReason.NOTICE,
        "notice_on": date(2018, 9, 30),
    }
    return OpenFile(**{**said, **changes})


def new_session(**changes: Any) -> AddSession:
    """Give a session that was held in Harelbeke."""
    said: dict[str, Any] = {
        "nis_code": HARELBEKE,
        "place": "Huis van Welzijn",
        "takes_place_on": date(2018, 6, 5),
        "status": SessionStatus.HELD,
    }
    return AddSession(**{**said, **changes})


def new_visit(session_id: UUID, visitor: Identity | None, **changes: Any) -> RecordVisit:
    """Give a visit to a session."""
    said: dict[str, Any] = {"envelope": envelope(), "session_id": session_id, "visitor": visitor}
    return RecordVisit(**{**said, **changes})


def housed(case_id: UUID, version: int = 1, **changes: Any) -> CloseFile:
    """Give the end of a file whose household found a dwelling in Kortrijk."""
    said: dict[str, Any] = {
        "outcome": Outcome.HOUSED,
        "outcome_on": date(2018, 11, 12),
        "tenure": Tenure.PRIVATE_RENT,
        "nis_code": KORTRIJK,
        "rent_cents": 690_00,
    }
    return CloseFile(case_id, version, **{**said, **changes})


def envelope_json(**changes: Any) -> dict[str, Any]:
    """Give an envelope as JSON, without its payload."""
    return {
        "intake_id": str(uuid4()),
        "programme": "woonclub",
        "channel": "sitting_day",
        "received_at": "2018-06-05T11:15:00+02:00",
        "nis": HARELBEKE,
        "legal_basis": "public_task",
        **changes,
    }


def file_json(payload: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Give a file as JSON, with some fields of its payload or envelope changed."""
    said = {
        "composition": {"adults": 1, "children": 2, "type": "single"},
        "main_income": "living_wage",
        "municipalities": [HARELBEKE],
        "max_rent": "750.00",
        "reason": "notice",
        "notice_date": "2018-09-30",
    }
    return {**envelope_json(), "payload": {**said, **(payload or {})}, **changes}


def session_json(**changes: Any) -> dict[str, Any]:
    """Give a held session as JSON."""
    said = {"nis": HARELBEKE, "place": "Huis van Welzijn", "date": "2018-06-05", "status": "held"}
    return {**said, **changes}

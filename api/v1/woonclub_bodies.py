"""From what the Woonclub gives to the bodies that the JSON interface answers."""

from api.v1.bodies import Body, money
from energiehuis.cases.queries import SessionView
from energiehuis.money import format_plain
from energiehuis.programmes.woonclub.queries import FileView
from energiehuis.programmes.woonclub.sessions import RecordedVisit
from energiehuis.programmes.woonclub.states import status_name


def session_body(view: SessionView) -> Body:
    """Write a drop-in session; plain text only, so that it can be kept with its key."""
    return {
        "id": str(view.id),
        "version": view.version,
        "nis": view.nis_code,
        "place": view.place,
        "date": view.takes_place_on.isoformat(),
        "status": view.status,
    }


def visit_body(visit: RecordedVisit) -> Body:
    """Write a visit by its numbers; no name stands in it."""
    return {
        "id": str(visit.id),
        "intake_id": str(visit.intake_id),
        "session_id": str(visit.session_id),
        "visitor_id": None if visit.visitor_id is None else str(visit.visitor_id),
        "case_id": None if visit.case_id is None else str(visit.case_id),
    }


def file_head_body(view: FileView) -> Body:
    """Write what identifies a file and where it stands; nothing of the household."""
    return {
        "id": str(view.id),
        "version": view.version,
        "status": status_name(view.status),
        "intake_id": str(view.intake_id),
        "household_id": str(view.household_id),
    }


def file_body(view: FileView) -> Body:
    """Write a whole file."""
    return {
        **file_head_body(view),
        "status_since": view.status_since,
        "nis": view.nis_code,
        "received_on": view.received_on,
        "channel": view.channel,
        "operator_org": view.operator_organisation_id,
        "legal_basis": view.legal_basis,
        "members": [
            {
                "person_id": member.id,
                "given_name": member.given_name,
                "family_name": member.family_name,
                "birth_date": member.birth_date,
                "alias": member.alias,
            }
            for member in view.members
        ],
        "composition": {
            "adults": view.adults,
            "children": view.children,
            "type": view.household_type,
        },
        "main_income": view.main_income,
        "municipalities": list(view.municipalities),
        "max_rent": format_plain(view.max_rent_cents),
        "reason": view.reason,
        "notice_date": view.notice_on,
        "outcome": _outcome_body(view),
        "changes": [
            {
                "at": change.at,
                "from_status": change.from_status and status_name(change.from_status),
                "to_status": status_name(change.to_status),
            }
            for change in view.changes
        ],
    }


def _outcome_body(view: FileView) -> Body | None:
    if view.outcome is None:
        return None
    return {
        "outcome": view.outcome,
        "date": view.outcome_on,
        "tenure": view.tenure,
        "nis": view.housing_nis_code,
        "rent": money(view.rent_cents),
    }

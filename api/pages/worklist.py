"""The worklist: the files that a counsellor may see, newest first, fifty at a time."""

import re
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from api.guards import requires
from api.pages.language import pages_blueprint
from api.unit_of_work import unit_of_work
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.db.engine import TransactionKind
from energiehuis.loans.queries import WorklistFilter, WorklistPage, count_by_status, list_worklist
from energiehuis.loans.states import OPEN_STATUSES, ApplicationStatus
from energiehuis.reference_data.municipalities import get_municipality

blueprint = pages_blueprint("worklist", __name__)
OPEN = "open"
_MOST_STEPS_BACK = 20
_PATTERNS = {
    "status": "|".join((OPEN, *ApplicationStatus)),
    "nis": "[0-9]{5}",
    "reference": "[A-Za-z0-9-]{1,16}",
    "before": "[A-Za-z0-9_=-]{1,200}",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list, with how many files it holds where that is counted."""

    value: str
    url: str
    count: int
    is_chosen: bool


@blueprint.get("/dossiers")
@requires(Permission.APPLICATION_READ)
def show() -> str:
    """Show a page of the worklist."""
    asked = {name: _asked(name) for name in _PATTERNS}
    wanted = WorklistFilter(
        status=asked["status"] or None,
        nis_code=asked["nis"] or None,
        reference=asked["reference"] or None,
        before=asked["before"] or None,
    )
    with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
        page = list_worklist(session, actor, wanted)
        counts = count_by_status(session, actor)
    return render_template(
        "staff/worklist.html",
        page=page,
        asked=asked,
        choices=_choices(asked, counts),
        municipalities=_municipalities(actor),
        name_of=lambda code: get_municipality(code).name,
        **_neighbours(asked, page),
    )


def _asked(name: str) -> str:
    value = request.args.get(name, "").strip()
    return value if re.fullmatch(_PATTERNS[name], value) else ""


def _choices(asked: dict[str, str], counts: dict[str, int]) -> list[Choice]:
    kept = {"nis": asked["nis"], "reference": asked["reference"]}
    numbers = {
        "": sum(counts.values()),
        OPEN: sum(counts.get(status, 0) for status in OPEN_STATUSES),
        **{status.value: counts.get(status, 0) for status in ApplicationStatus},
    }
    return [
        Choice(value, _url({**kept, "status": value}), number, asked["status"] == value)
        for value, number in numbers.items()
        if number or value in ("", OPEN)
    ]


def _municipalities(actor: Actor) -> list[dict[str, str]]:
    places = (get_municipality(code) for code in actor.municipalities)
    rows = sorted((place.name, place.nis_code) for place in places)
    return [{"value": code, "text": name} for name, code in rows]


def _neighbours(asked: dict[str, str], page: WorklistPage) -> dict[str, str]:
    """Give the addresses of the next and the previous page; the way back stands in the address."""
    kept = {name: asked[name] for name in ("status", "nis", "reference")}
    trail = [
        step for step in request.args.getlist("via") if re.fullmatch(_PATTERNS["before"], step)
    ]
    found = {}
    if page.next_before:
        via = [*trail, asked["before"]] if asked["before"] else trail
        found["next_url"] = _url({**kept, "before": page.next_before}, via[-_MOST_STEPS_BACK:])
    if asked["before"]:
        before = trail[-1] if trail else ""
        found["previous_url"] = _url({**kept, "before": before}, trail[:-1])
    return found


def _url(query: dict[str, str], via: list[str] | None = None) -> str:
    named: dict[str, Any] = {name: value for name, value in query.items() if value}
    return url_for("worklist.show", **named, via=via or None)

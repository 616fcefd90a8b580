"""Households: their way through the programmes."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer
from api.guards import requires
from api.schemas.journeys import JourneySchema
from api.unit_of_work import unit_of_work
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.db.engine import TransactionKind
from energiehuis.journeys.queries import Stop
from energiehuis.journeys.service import Journey, Step, get_journey

blueprint = Blueprint("households", __name__, description="De weg van een huishouden")


@blueprint.route("/households/<uuid:household_id>/journey")
class HouseholdJourney(MethodView):
    """The way of a household through the programmes."""

    @blueprint.alt_response(200, schema=JourneySchema)
    @requires(Permission.CASE_READ)
    def get(self, household_id: UUID) -> Response:
        """Read it as far as your role and the client's agreements go; that is written down."""
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            found = get_journey(session, actor, household_id)
            body = _body(found, actor)
        return answer(body)


def _body(journey: Journey, actor: Actor) -> dict[str, object]:
    return {
        "household_id": str(journey.household_id),
        "stops": [_stop(stop, actor) for stop in journey.stops],
        "referrals": [_step(step) for step in journey.steps],
        "is_known_elsewhere": journey.is_known_elsewhere,
    }


def _stop(stop: Stop, actor: Actor) -> dict[str, object]:
    is_own = actor.works_for(stop.programme)
    return {
        "programme": stop.programme,
        "is_own": is_own,
        "case_id": str(stop.case_id) if is_own and stop.case_id else None,
        "status": stop.state,
        "from_on": stop.from_on.isoformat(),
        "until_on": None if stop.until_on is None else stop.until_on.isoformat(),
        # How a case ended says why somebody came: only its own programme reads that.
        "outcome": stop.outcome if is_own else None,
    }


def _step(step: Step) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(step).items()
    }

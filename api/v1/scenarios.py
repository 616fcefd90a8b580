"""Scenarios over the portfolio: what would be if the rules were others; only aggregates leave."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer
from api.guards import requires
from api.schemas.headers import IDEMPOTENCY_KEY
from api.schemas.scenarios import ScenarioRunSchema, ScenarioSchema, as_scenario_command
from api.unit_of_work import unit_of_work, write_once
from api.v1.scenario_bodies import scenario_run_body
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.simulation.queries import get_run
from energiehuis.simulation.service import compute_answer, keep_run

blueprint = Blueprint("scenarios", __name__, description="Wat als: scenario's voor het beleid")


@blueprint.route("/scenarios")
class Scenarios(MethodView):
    """Scenario runs."""

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(ScenarioSchema)
    @blueprint.alt_response(201, schema=ScenarioRunSchema)
    @requires(Permission.SCENARIO_RUN)
    def post(self, data: dict[str, Any]) -> Response:
        """Compute a scenario beside the baseline and keep it; about a second for a region.

        A repeated key computes again and is answered with the run that was kept first: the same
        levers on the same portfolio give the same numbers.
        """
        command = as_scenario_command(data)
        # Outside the writing transaction: the model computes longer than a lock should be held.
        with unit_of_work(TransactionKind.READ) as (session, actor):
            computed = compute_answer(session, actor, command)

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return {"id": str(keep_run(session, actor, computed).id)}

        kept = write_once("scenario.run", data, work)
        return _run(UUID(str(kept["id"])), 201)


@blueprint.route("/scenarios/<uuid:run_id>")
class ScenarioRuns(MethodView):
    """One run."""

    @blueprint.alt_response(200, schema=ScenarioRunSchema)
    @requires(Permission.SCENARIO_RUN)
    def get(self, run_id: UUID) -> Response:
        """Read a run that was kept, with what it is pinned to."""
        return _run(run_id, 200)


def _run(run_id: UUID, status: int) -> Response:
    with unit_of_work(TransactionKind.READ) as (session, actor):
        run = get_run(session, actor, run_id)
    location = f"/api/v1/scenarios/{run.id}" if status == 201 else None
    return answer(scenario_run_body(run), status, location=location)

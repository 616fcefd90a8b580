"""Running scenarios over the portfolio that an actor may see; only aggregates leave.

Computing and keeping are two steps, so that a request does not hold the lock of the database
while the model computes.
"""

from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.errors import RuleViolation
from energiehuis.identifiers import digest, new_id
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.simulation.levers import RunScenarios, check_command
from energiehuis.simulation.models import ScenarioRunRow
from energiehuis.simulation.portfolio import read_portfolio
from energiehuis.simulation.queries import ScenarioRun
from energiehuis.simulation.results import Answer, write_answer
from energiehuis.simulation.running import Progress, run


def run_scenarios(session: Session, actor: Actor, command: RunScenarios) -> ScenarioRun:
    """Compute a scenario beside the baseline, and keep the answer. Needs `scenario:run`.

    Raises
    ------
    InvalidInput
        For a lever out of its range.
    RuleViolation
        `scenario.portfolio_empty`.
    """
    return keep_run(session, actor, compute_answer(session, actor, command))


def compute_answer(
    session: Session,
    actor: Actor,
    command: RunScenarios,
    *,
    progress: Progress = lambda _step: None,
) -> Answer:
    """Compute a scenario beside the baseline; reads only. Needs `scenario:run`.

    Cells of fewer than five loans are marked, not blanked: the actor works with the files of the
    organisation. `energiehuis.simulation.publication` blanks them for everybody else.

    Raises
    ------
    InvalidInput
        For a lever out of its range.
    RuleViolation
        `scenario.portfolio_empty`.
    """
    require(actor, Permission.SCENARIO_RUN)
    check_command(command)
    progress("read")
    files = read_portfolio(session, actor)
    if not files:
        raise RuleViolation("scenario.portfolio_empty")
    return run(files, municipalities_seen(actor), command, progress=progress)


def keep_run(session: Session, actor: Actor, answer: Answer) -> ScenarioRun:
    """Keep an answer for good, and write down who asked. Needs `scenario:run`."""
    require(actor, Permission.SCENARIO_RUN)
    document = write_answer(answer)
    run_id: UUID = new_id()
    kept = ScenarioRun(run_id, clock.now(), digest(document), answer)
    row = {
        "id": run_id,
        "organisation_id": actor.organisation_id,
        "nis_codes": [area.nis_code for area in answer.areas],
        "created_at": kept.created_at,
        "created_by": actor.name,
        "name": answer.name,
        "scenario_hash": answer.pins.scenario_hash,
        "result_digest": kept.result_digest,
        "answer": document,
    }
    session.execute(insert(ScenarioRunRow), [row])
    details: dict[str, object] = {"result_digest": kept.result_digest}
    append(
        session,
        Entry(actor.name, actor.role_name, "scenario.run", "scenario", str(run_id), details),
    )
    return kept


def municipalities_seen(actor: Actor) -> tuple[str, ...]:
    """Give the NIS codes that the actor may see, by the names of the municipalities."""
    return tuple(
        municipality.nis_code
        for municipality in list_municipalities()
        if municipality.nis_code in actor.municipalities
    )

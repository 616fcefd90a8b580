"""Reading runs that were kept; only those whose every municipality the actor may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.errors import NotFound
from energiehuis.simulation.models import ScenarioRunRow
from energiehuis.simulation.results import Answer, read_answer

_LATEST = 20


@dataclass(frozen=True, slots=True)
class ScenarioRun:
    """A run that was kept."""

    id: UUID
    created_at: datetime
    result_digest: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class RunTitle:
    """One line of the list of runs."""

    id: UUID
    created_at: datetime
    name: str


def get_run(session: Session, actor: Actor, run_id: UUID) -> ScenarioRun:
    """Give a run. Needs `scenario:run`.

    Raises
    ------
    NotFound
        When there is none, or when it is about a municipality that the actor may not see.
    """
    require(actor, Permission.SCENARIO_RUN)
    row = session.execute(
        select(
            ScenarioRunRow.nis_codes,
            ScenarioRunRow.created_at,
            ScenarioRunRow.result_digest,
            ScenarioRunRow.answer,
        ).where(
            ScenarioRunRow.id == run_id, ScenarioRunRow.organisation_id == actor.organisation_id
        )
    ).first()
    if row is None or not actor.municipalities.issuperset(row.nis_codes):
        raise NotFound("scenario.run_not_found")
    return ScenarioRun(run_id, row.created_at, row.result_digest, read_answer(row.answer))


def list_runs(session: Session, actor: Actor) -> tuple[RunTitle, ...]:
    """Give the latest runs that the actor may see, newest first. Needs `scenario:run`."""
    require(actor, Permission.SCENARIO_RUN)
    rows = session.execute(
        select(
            ScenarioRunRow.id,
            ScenarioRunRow.created_at,
            ScenarioRunRow.name,
            ScenarioRunRow.nis_codes,
        )
        .where(ScenarioRunRow.organisation_id == actor.organisation_id)
        .order_by(ScenarioRunRow.created_at.desc(), ScenarioRunRow.id.desc())
        .limit(_LATEST)
    )
    return tuple(
        RunTitle(row.id, row.created_at, row.name)
        for row in rows
        if actor.municipalities.issuperset(row.nis_codes)
    )

"""Showing a scenario, keeping one, showing a kept one again, and its tables as CSV.

What is asked stands in the address, so that a scenario can be sent to a colleague; it holds no
personal data. Keeping one is a form with a token.
"""

from datetime import datetime
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from api.guards import requires
from api.languages import requested_language
from api.pages.language import pages_blueprint
from api.pages.policy.form import Asked, read_form, typed_of
from api.pages.policy.pictures import carbon_chart, repayments_chart, savings_chart
from api.pages.policy.sentences import euros, rounded, summary
from api.unit_of_work import unit_of_work
from energiehuis.access.permissions import Permission
from energiehuis.db.engine import TransactionKind
from energiehuis.errors import RuleViolation
from energiehuis.reference_data.municipalities import get_municipality
from energiehuis.simulation.levers import EMISSION_VERSIONS, PRICE_VERSIONS, RunScenarios
from energiehuis.simulation.printed import compare_with_printed
from energiehuis.simulation.publication import hidden_areas
from energiehuis.simulation.queries import RunTitle, ScenarioRun, get_run, list_runs
from energiehuis.simulation.results import Answer
from energiehuis.simulation.service import compute_answer, keep_run
from energiehuis.simulation.tables import as_csv, municipality_table, year_table

blueprint = pages_blueprint("policy", __name__)
_TABLES = {"gemeenten": municipality_table, "jaren": year_table}


@blueprint.get("/beleid")
@requires(Permission.SCENARIO_RUN)
def show() -> str | tuple[str, int]:
    """Show the portfolio as it is, or under the levers of the address."""
    asked = read_form(request.args)
    problem = ""
    answer = None
    with unit_of_work(TransactionKind.READ) as (session, actor):
        kept = list_runs(session, actor)
        if asked.command is not None:
            try:
                answer = compute_answer(session, actor, asked.command)
            except RuleViolation as error:
                problem = error.code
    page = _page(asked, answer, kept=kept, problem=problem)
    return (page, 422) if asked.wrong else page


@blueprint.post("/beleid/berekeningen")
@requires(Permission.SCENARIO_RUN)
def keep() -> BaseResponse | tuple[str, int]:
    """Compute the scenario of the form once more and keep it for good."""
    asked = read_form(request.form)
    if asked.command is None:
        with unit_of_work(TransactionKind.READ) as (session, actor):
            kept = list_runs(session, actor)
        return _page(asked, None, kept=kept), 422
    with unit_of_work(TransactionKind.READ) as (session, actor):
        answer = compute_answer(session, actor, asked.command)
    with unit_of_work(TransactionKind.WRITE) as (session, actor):
        run = keep_run(session, actor, answer)
    return redirect(url_for("policy.show_kept", run_id=run.id), 303)


@blueprint.get("/beleid/berekeningen/<uuid:run_id>")
@requires(Permission.SCENARIO_RUN)
def show_kept(run_id: UUID) -> str:
    """Show a kept run, as it was."""
    with unit_of_work(TransactionKind.READ) as (session, actor):
        run, kept = get_run(session, actor, run_id), list_runs(session, actor)
    command = _command_of(run)
    return _page(Asked(typed_of(command), command), run.answer, kept=kept, run=run)


@blueprint.get("/beleid/<any(gemeenten, jaren):table>.csv")
@requires(Permission.SCENARIO_RUN)
def download(table: str) -> Response | tuple[str, int]:
    """Give a table of the scenario of the address, fit for publication."""
    asked = read_form(request.args)
    with unit_of_work(TransactionKind.READ) as (session, actor):
        if asked.command is None:
            return _page(asked, None, kept=list_runs(session, actor)), 422
        answer = compute_answer(session, actor, asked.command)
    return _csv(answer, table)


@blueprint.get("/beleid/berekeningen/<uuid:run_id>/<any(gemeenten, jaren):table>.csv")
@requires(Permission.SCENARIO_RUN)
def download_kept(run_id: UUID, table: str) -> Response:
    """Give a table of a kept run, fit for publication."""
    with unit_of_work(TransactionKind.READ) as (session, actor):
        run = get_run(session, actor, run_id)
    return _csv(run.answer, table)


def _page(
    asked: Asked,
    answer: Answer | None,
    *,
    kept: tuple[RunTitle, ...],
    run: ScenarioRun | None = None,
    problem: str = "",
) -> str:
    language = requested_language()
    return render_template(
        "policy/policy.html",
        asked=asked,
        errors={error.path: error for error in asked.wrong},
        answer=answer,
        summary=summary(answer, language) if answer else (),
        charts=_charts(answer, language) if answer else {},
        compared=compare_with_printed(answer) if answer else (),
        run=run,
        kept=kept,
        problem=problem,
        created_at=_created_at(run),
        rounded=rounded,
        euros=lambda cents: euros(round(cents), language),
        name_of=lambda area: get_municipality(area.nis_code).name if area.nis_code else "",
        emission_versions=EMISSION_VERSIONS,
        price_versions=PRICE_VERSIONS,
    )


def _charts(answer: Answer, language: str) -> dict[str, object]:
    return {
        "kwh": savings_chart(answer, language),
        "repayments": repayments_chart(answer, language),
        "co2": carbon_chart(answer, language),
    }


def _command_of(run: ScenarioRun) -> RunScenarios:
    answer = run.answer
    return RunScenarios(answer.name, answer.levers, answer.pins.draws, answer.pins.seed)


def _created_at(run: ScenarioRun | None) -> datetime | None:
    return run.created_at if run else None


def _csv(answer: Answer, table: str) -> Response:
    body = as_csv(_TABLES[table](answer, hidden_areas(answer)))
    # The mark lets a spreadsheet read the names of municipalities in UTF-8.
    response = Response("\ufeff" + body, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="scenario-{table}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response

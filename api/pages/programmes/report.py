"""The report of a municipality over a year, from the key figures, as a page and to take along."""

from flask import Response, render_template, request

from api.guards import requires
from api.languages import requested_language
from api.pages.programmes.blueprint import blueprint
from api.pages.programmes.writing import refusal, sentence
from api.unit_of_work import unit_of_work
from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.db.engine import TransactionKind
from energiehuis.errors import InvalidInput, NotFound
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.reports.content import MunicipalityReport
from energiehuis.reports.outputs import as_csv, as_page, as_pdf, as_workbook, body_of
from energiehuis.reports.service import FIRST_YEAR, AskReport, make_report

_MAKERS = {
    "pdf": (as_pdf, "application/pdf"),
    "html": (as_page, "text/html; charset=utf-8"),
    "xlsx": (as_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
}
# The file is a page on its own, with a style inside it and nothing else.
_FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@blueprint.get("/verslag")
@requires(Permission.KEY_FIGURES_READ)
def show_report() -> str | tuple[str, int]:
    """Ask for a municipality and a year, and show their report."""
    nis, year = request.args.get("nis", "")[:5], request.args.get("year", "")[:4]
    problem, report = "", None
    with unit_of_work(TransactionKind.READ) as (_session, actor):
        places = _places(actor)
    if nis or year:
        try:
            report = _report(nis, year)
        except InvalidInput as error:
            problem = sentence(refusal(error).errors[0])
        except NotFound:
            problem = sentence(refusal(NotFound("programme_page.report.no_place")).errors[0])
    page = render_template(
        "programmes/report.html",
        places=places,
        years=range(clock.today().year, FIRST_YEAR - 1, -1),
        nis=nis or (places[0]["value"] if len(places) == 1 else ""),
        year=year or str(clock.today().year - 1),
        report=report,
        body=body_of(report) if report else "",
        endings=tuple(_MAKERS),
        problem=problem,
    )
    return (page, 422) if problem else page


@blueprint.get("/verslag/<nis>-<int:year>.<any(pdf, html, xlsx, csv):ending>")
@requires(Permission.KEY_FIGURES_READ)
def download_report(nis: str, year: int, ending: str) -> Response:
    """Give the report as a file."""
    report = _report(nis, str(year))
    make, mimetype = _MAKERS[ending]
    response = Response(make(report), content_type=mimetype)
    name = f"{nis}-{year}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    if ending == "html":
        response.headers["Content-Security-Policy"] = _FILE_POLICY
    return response


def _report(nis: str, year: str) -> MunicipalityReport:
    number = int(year) if year.isdecimal() else 0
    with unit_of_work(TransactionKind.READ) as (session, actor):
        if nis not in {place["value"] for place in _places(actor)}:
            raise NotFound("request.not_found")
        return make_report(session, actor, AskReport(nis, number, requested_language()))


def _places(actor: Actor) -> list[dict[str, str]]:
    return [
        {"value": place.nis_code, "text": place.name}
        for place in list_municipalities()
        if place.nis_code in actor.municipalities
    ]

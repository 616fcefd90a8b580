"""Key figures of a municipality or of a whole area, computed from the records when asked for."""

from datetime import date

from flask import Response, request
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer, query_value, reject_unknown_query
from api.guards import requires
from api.languages import requested_language
from api.schemas.key_figures import KeyFiguresSchema
from api.unit_of_work import unit_of_work
from energiehuis import clock
from energiehuis.access.permissions import Permission
from energiehuis.cases.rules import NIS_CODE
from energiehuis.db.engine import TransactionKind
from energiehuis.errors import FieldError, InvalidInput
from energiehuis.i18n import translate
from energiehuis.key_figures.measures import Period
from energiehuis.key_figures.service import KeyFigure, compute_key_figures

blueprint = Blueprint("key_figures", __name__, description="Kerncijfers")

_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
_QUERY = [
    {"in": "query", "name": "nis", "schema": {"type": "string", "pattern": NIS_CODE}},
    {
        "in": "query",
        "name": "from",
        "required": True,
        "schema": {"type": "string", "format": "date"},
    },
    {
        "in": "query",
        "name": "to",
        "required": True,
        "description": "The first day that no longer counts.",
        "schema": {"type": "string", "format": "date"},
    },
    {
        "in": "query",
        "name": "known_on",
        "description": "Count the records as they stood at the end of this day.",
        "schema": {"type": "string", "format": "date"},
    },
]


@blueprint.route("/key-figures")
class KeyFigures(MethodView):
    """All key figures."""

    @blueprint.doc(parameters=_QUERY)
    @blueprint.alt_response(200, schema=KeyFiguresSchema)
    @requires(Permission.KEY_FIGURES_READ)
    def get(self) -> Response:
        """Compute the key figures of a municipality, or of all yours together, for a period.

        Who may not read files sees whole calendar years, without counts of one to four people or
        files and without what would give such a count back.
        """
        reject_unknown_query("nis", "from", "to", "known_on")
        nis_code = query_value("nis", NIS_CODE)
        period = Period(_day("from"), _day("to"))
        known_on = _day("known_on") if "known_on" in request.args else None
        with unit_of_work(TransactionKind.READ) as (session, actor):
            figures = compute_key_figures(
                session, actor, period, nis_code=nis_code, known_on=known_on
            )
        language = requested_language()
        body = {
            "nis": nis_code,
            "period": {"from_on": period.from_on, "to_on": period.to_on},
            "known_on": known_on,
            "computed_at": clock.now(),
            "figures": [_figure_body(figure, language) for figure in figures],
        }
        return answer(body, headers={"Content-Language": language})


def _day(name: str) -> date:
    text = request.args.get(name)
    if text is None:
        raise InvalidInput([FieldError(name, "field.required")])
    try:
        day = date.fromisoformat(query_value(name, r"\d{4}-\d{2}-\d{2}") or "")
    except ValueError as error:
        raise InvalidInput([FieldError(name, "field.day")]) from error
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise InvalidInput([FieldError(name, "field.day_out_of_range")])
    return day


def _figure_body(figure: KeyFigure, language: str) -> dict[str, object]:
    definition = figure.definition
    return {
        "id": definition.id,
        "name": translate(definition.name_key, language),
        "version": definition.version,
        "kind": definition.kind.value,
        "unit": definition.unit.value,
        "timing": definition.timing.value,
        "counted_by": definition.counted_by,
        "source": translate(definition.definition_key, language),
        "owner": definition.owner,
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "unknown_count": figure.unknown_count,
        "suppressed": figure.is_suppressed,
        "reason": figure.reason,
        "parts": [{"name": name, "count": count} for name, count in figure.parts],
        "undated": list(figure.undated),
    }

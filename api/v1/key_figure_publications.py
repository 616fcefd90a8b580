"""Publications of key figures: frozen sets, and what was restated in them."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer, query_value, reject_unknown_query
from api.guards import requires
from api.languages import requested_language
from api.schemas.headers import IDEMPOTENCY_KEY
from api.schemas.key_figures import (
    PublicationListSchema,
    PublicationSchema,
    PublishedFigureSchema,
    PublishedSetSchema,
    PublishSchema,
    RestateSchema,
)
from api.unit_of_work import unit_of_work, write_once
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.cases.rules import NIS_CODE
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.i18n import translate
from energiehuis.key_figures.measures import Period
from energiehuis.key_figures.publication import (
    PublicationHead,
    PublishedRow,
    PublishKeyFigures,
    RestateKeyFigure,
    get_publication,
    list_publications,
    publish,
    published_rows,
    restate,
)

blueprint = Blueprint(
    "key_figure_publications", __name__, description="Publicaties van kerncijfers"
)
_ADDRESS = "/api/v1/key-figures/publications"
_NIS = [{"in": "query", "name": "nis", "schema": {"type": "string", "pattern": NIS_CODE}}]


@blueprint.route("/key-figures/publications")
class Publications(MethodView):
    """All publications."""

    @blueprint.alt_response(200, schema=PublicationListSchema)
    @requires(Permission.KEY_FIGURES_READ)
    def get(self) -> Response:
        """List the publications of your organisation, newest period first."""
        reject_unknown_query()
        with unit_of_work(TransactionKind.READ) as (session, actor):
            found = list_publications(session, actor)
        return answer({"items": [_head_body(head) for head in found]})

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(PublishSchema())
    @blueprint.alt_response(201, schema=PublicationSchema)
    @requires(Permission.KEY_FIGURES_PUBLISH)
    def post(self, data: dict[str, Any]) -> Response:
        """Freeze the figures of a period that is over, for all municipalities and their total."""

        def work(session: Session, actor: Actor) -> dict[str, object]:
            period = Period(data["from_on"], data["to_on"])
            made = publish(session, actor, PublishKeyFigures(period, data["known_on"]))
            return {"id": str(made)}

        made = UUID(str(write_once("key_figures.publish", data, work)["id"]))
        with unit_of_work(TransactionKind.READ) as (session, actor):
            head = get_publication(session, actor, made)
        return answer(_head_body(head), 201, location=f"{_ADDRESS}/{head.id}")


@blueprint.route("/key-figures/publications/<uuid:publication_id>")
class PublicationFile(MethodView):
    """One publication."""

    @blueprint.doc(parameters=_NIS)
    @blueprint.alt_response(200, schema=PublishedSetSchema)
    @requires(Permission.KEY_FIGURES_READ)
    def get(self, publication_id: UUID) -> Response:
        """Read a publication with every revision of its figures; `nis` narrows it."""
        reject_unknown_query("nis")
        nis_code = query_value("nis", NIS_CODE)
        with unit_of_work(TransactionKind.READ) as (session, actor):
            head = get_publication(session, actor, publication_id)
            rows = published_rows(session, head.id, nis_code=nis_code)
        language = requested_language()
        body = {**_head_body(head), "figures": [_figure_body(row, language) for row in rows]}
        return answer(body, headers={"Content-Language": language})


@blueprint.route("/key-figures/publications/<uuid:publication_id>/restatements")
class Restatements(MethodView):
    """What was restated."""

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(RestateSchema())
    @blueprint.alt_response(201, schema=PublishedFigureSchema)
    @requires(Permission.KEY_FIGURES_PUBLISH)
    def post(self, data: dict[str, Any], publication_id: UUID) -> Response:
        """Add what the records count now beside a published figure, with a reason."""
        language = requested_language()

        def work(session: Session, actor: Actor) -> dict[str, object]:
            command = RestateKeyFigure(
                publication_id, data["figure_id"], data["reason"], data["nis"]
            )
            return _figure_body(restate(session, actor, command), language)

        body = write_once("key_figures.restate", data, work)
        return answer(body, 201, location=f"{_ADDRESS}/{publication_id}")


def _head_body(head: PublicationHead) -> dict[str, object]:
    return {
        "id": head.id,
        "period": {"from_on": head.period.from_on, "to_on": head.period.to_on},
        "known_on": head.known_on,
        "published_at": head.published_at,
        "published_by": head.published_by,
    }


def _figure_body(row: PublishedRow, language: str) -> dict[str, object]:
    return {
        "nis": row.nis_code or None,
        "id": row.figure_id,
        "name": translate(f"key_figure.{row.figure_id}", language),
        "revision": row.revision,
        "definition_version": row.definition_version,
        "formula_digest": row.formula_digest,
        "value": row.value,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "unknown_count": row.unknown_count,
        "parts": [{"name": name, "count": count} for name, count in row.parts],
        "undated": list(row.undated),
        "reason": row.reason,
        "restated_because": row.restated_because,
        "recorded_at": row.recorded_at,
        "recorded_by": row.recorded_by,
    }

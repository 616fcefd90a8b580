"""Webhooks: where messages go, how the tries ended, and sending again."""

from typing import Any, cast
from uuid import UUID

from flask import Response, current_app
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer, required_version
from api.guards import requires
from api.schemas.headers import IDEMPOTENCY_KEY, IF_MATCH
from api.schemas.webhooks import (
    EndpointListSchema,
    EndpointMadeSchema,
    EndpointOutSchema,
    EndpointSchema,
    ReplayedSchema,
    ReplaySchema,
    TryListSchema,
)
from api.unit_of_work import unit_of_work, write_once
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.config import Settings
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.outbox.service import (
    EndpointView,
    TryView,
    add_endpoint,
    get_endpoint,
    list_endpoints,
    list_tries,
    remove_endpoint,
    replay,
    webhook_secret,
)

blueprint = Blueprint("webhooks", __name__, description="Webhooks: berichten aan andere systemen")
_HOME = "/api/v1/webhook-endpoints"


def endpoint_body(endpoint: EndpointView) -> dict[str, object]:
    """Write an endpoint as JSON, without its secret."""
    tried = endpoint.next_try_at
    return {
        "id": str(endpoint.id),
        "version": endpoint.version,
        "partner_id": None if endpoint.partner_id is None else str(endpoint.partner_id),
        "url": endpoint.url,
        "topics": list(endpoint.topics),
        "created_at": endpoint.created_at.isoformat(),
        "failures": endpoint.failures,
        "next_try_at": None if tried is None else tried.isoformat(),
        "waiting": endpoint.waiting,
    }


def try_body(tried: TryView) -> dict[str, object]:
    """Write a try as JSON."""
    return {
        "message_id": str(tried.message_id),
        "topic": tried.topic,
        "at": tried.at.isoformat(),
        "milliseconds": tried.milliseconds,
        "status": tried.status,
        "fault": tried.fault,
    }


@blueprint.route("/webhook-endpoints")
class WebhookEndpoints(MethodView):
    """Addresses that messages go to."""

    @blueprint.alt_response(200, schema=EndpointListSchema)
    @requires(Permission.PARTNER_MANAGE)
    def get(self) -> Response:
        """List the endpoints of your organisation, newest first."""
        with unit_of_work(TransactionKind.READ) as (session, actor):
            found = [endpoint_body(each) for each in list_endpoints(session, actor)]
        return answer({"items": found})

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(EndpointSchema())
    @blueprint.alt_response(201, schema=EndpointMadeSchema)
    @requires(Permission.PARTNER_MANAGE)
    def post(self, data: dict[str, Any]) -> Response:
        """Add an endpoint; the secret that signs what it gets stands in this answer only."""
        settings = cast(Settings, current_app.extensions["settings"])

        def work(session: Session, actor: Actor) -> dict[str, object]:
            url, topics = data["url"], tuple(data["topics"])
            made = add_endpoint(
                session,
                actor,
                url,
                topics,
                allow_private=settings.demo,
                partner_id=data["partner_id"],
            )
            return endpoint_body(made)

        kept = write_once("webhook.add", data, work)
        secret = webhook_secret(settings.secret_key, UUID(str(kept["id"])))
        location = f"{_HOME}/{kept['id']}"
        return answer({**kept, "secret": secret}, 201, version=1, location=location)


@blueprint.route("/webhook-endpoints/<uuid:endpoint_id>")
class WebhookEndpoint(MethodView):
    """One endpoint."""

    @blueprint.alt_response(200, schema=EndpointOutSchema)
    @requires(Permission.PARTNER_MANAGE)
    def get(self, endpoint_id: UUID) -> Response:
        """Read an endpoint: how much waits, and when it is tried again."""
        with unit_of_work(TransactionKind.READ) as (session, actor):
            found = get_endpoint(session, actor, endpoint_id)
        return answer(endpoint_body(found), version=found.version)

    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    @blueprint.alt_response(204, description="Removed")
    @requires(Permission.PARTNER_MANAGE)
    def delete(self, endpoint_id: UUID) -> Response:
        """Send nothing more to an endpoint, what waits neither."""
        version = required_version()

        def work(session: Session, actor: Actor) -> dict[str, object]:
            remove_endpoint(session, actor, endpoint_id, version=version)
            return {}

        write_once("webhook.remove", {"version": version}, work)
        return Response(status=204)


@blueprint.route("/webhook-endpoints/<uuid:endpoint_id>/tries")
class WebhookTries(MethodView):
    """The log of an endpoint."""

    @blueprint.alt_response(200, schema=TryListSchema)
    @requires(Permission.PARTNER_MANAGE)
    def get(self, endpoint_id: UUID) -> Response:
        """List the newest tries to send to an endpoint."""
        with unit_of_work(TransactionKind.READ) as (session, actor):
            found = [try_body(each) for each in list_tries(session, actor, endpoint_id)]
        return answer({"items": found})


@blueprint.route("/webhook-endpoints/<uuid:endpoint_id>/replays")
class WebhookReplays(MethodView):
    """Sending again."""

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(ReplaySchema())
    @blueprint.alt_response(201, schema=ReplayedSchema)
    @requires(Permission.PARTNER_MANAGE)
    def post(self, data: dict[str, Any], endpoint_id: UUID) -> Response:
        """Send again, in order and with the same ids, what an endpoint got since a moment."""

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return {"messages": replay(session, actor, endpoint_id, since=data["since"])}

        return answer(write_once("webhook.replay", data, work), 201)

"""Keys with which the programs of partners send; a token is shown once, where it is made."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from flask import Response, current_app
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer, required_version
from api.guards import requires
from api.schemas.headers import IDEMPOTENCY_KEY, IF_MATCH
from api.schemas.partner_keys import (
    KeyListSchema,
    KeyMadeSchema,
    KeyOutSchema,
    KeySchema,
    RotationSchema,
    as_new_key,
    as_rotation,
)
from api.unit_of_work import unit_of_work, write_once
from energiehuis.access.actor import Actor
from energiehuis.access.api_keys import (
    KeyView,
    add_key,
    get_key,
    key_token,
    list_keys,
    revoke_key,
    rotate_key,
)
from energiehuis.access.permissions import Permission
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session

blueprint = Blueprint("partner_keys", __name__, description="Sleutels van partners")


def key_body(key: KeyView) -> dict[str, object]:
    """Write a key as JSON, without any token."""
    return {
        "id": str(key.id),
        "version": key.version,
        "name": key.name,
        "partner_id": str(key.partner_id),
        "programmes": list(key.programmes),
        "old_until": _written(key.old_until),
        "created_at": _written(key.created_at),
        "last_used_at": _written(key.last_used_at),
        "revoked_at": _written(key.revoked_at),
    }


@blueprint.route("/partner-keys")
class PartnerKeys(MethodView):
    """Keys of partners."""

    @blueprint.alt_response(200, schema=KeyListSchema)
    @requires(Permission.PARTNER_MANAGE)
    def get(self) -> Response:
        """List the keys of your organisation, newest first."""
        with unit_of_work(TransactionKind.READ) as (session, actor):
            found = [key_body(key) for key in list_keys(session, actor)]
        return answer({"items": found})

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(KeySchema())
    @blueprint.alt_response(201, schema=KeyMadeSchema)
    @requires(Permission.PARTNER_MANAGE)
    def post(self, data: dict[str, Any]) -> Response:
        """Make a key for a partner; its token stands in `key` of this answer and nowhere else."""

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return _kept(add_key(session, actor, as_new_key(data), secret_key=_secret()))

        body = _with_token(write_once("partner_key.add", data, work))
        return answer(body, 201, version=1, location=f"/api/v1/partner-keys/{body['id']}")


@blueprint.route("/partner-keys/<uuid:key_id>")
class PartnerKey(MethodView):
    """One key."""

    @blueprint.alt_response(200, schema=KeyOutSchema)
    @requires(Permission.PARTNER_MANAGE)
    def get(self, key_id: UUID) -> Response:
        """Read what is known of a key."""
        with unit_of_work(TransactionKind.READ) as (session, actor):
            found = get_key(session, actor, key_id)
        return answer(key_body(found), version=found.version)

    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    @blueprint.alt_response(200, schema=KeyOutSchema)
    @requires(Permission.PARTNER_MANAGE)
    def delete(self, key_id: UUID) -> Response:
        """Revoke a key at once, for good; what it sent stays."""
        version = required_version()

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return key_body(revoke_key(session, actor, key_id, version=version))

        body = write_once("partner_key.revoke", {"version": version}, work)
        return answer(body, version=int(str(body["version"])))


@blueprint.route("/partner-keys/<uuid:key_id>/rotations")
class PartnerKeyRotations(MethodView):
    """New tokens of a key."""

    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    @blueprint.arguments(RotationSchema())
    @blueprint.alt_response(201, schema=KeyMadeSchema)
    @requires(Permission.PARTNER_MANAGE)
    def post(self, data: dict[str, Any], key_id: UUID) -> Response:
        """Give a key a new token; the one before works to the end of a day."""
        version = required_version()

        def work(session: Session, actor: Actor) -> dict[str, object]:
            command = as_rotation(data, key_id, version)
            return _kept(rotate_key(session, actor, command, secret_key=_secret()))

        body = _with_token(write_once("partner_key.rotate", {**data, "version": version}, work))
        return answer(body, 201, version=int(str(body["version"])))


def _written(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _kept(key: KeyView) -> dict[str, object]:
    """Give what is kept for the Idempotency-Key: the number of the token, not the token."""
    return {**key_body(key), "token_number": key.token_number}


def _with_token(kept: dict[str, object]) -> dict[str, object]:
    number = int(str(kept["token_number"]))
    said = {name: value for name, value in kept.items() if name != "token_number"}
    return {**said, "key": key_token(_secret(), UUID(str(kept["id"])), number)}


def _secret() -> str:
    return cast(str, current_app.config["SECRET_KEY"])

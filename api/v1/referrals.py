"""Agreements to share, and referrals from one programme to another."""

from typing import Any
from uuid import UUID

from flask import Response, current_app
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer, query_value, reject_unknown_query, required_version
from api.guards import requires
from api.schemas.headers import IDEMPOTENCY_KEY, IF_MATCH
from api.schemas.referrals import (
    ConsentOutSchema,
    ConsentSchema,
    ReferralLineSchema,
    ReferralListSchema,
    ReferralOutSchema,
    ReferralSchema,
    ReferralSentSchema,
    ReferralStepSchema,
    WithdrawalSchema,
    as_consent,
    as_referral,
    as_step,
)
from api.unit_of_work import unit_of_work, write_once
from api.v1.referral_bodies import consent_body, referral_body, referral_line_body
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.errors import FieldError, InvalidInput
from energiehuis.loans.status_secret import status_secret
from energiehuis.programmes.referred_cases import read_referral
from energiehuis.referrals.consents import get_consent, give_consent, withdraw_consent
from energiehuis.referrals.queries import Direction
from energiehuis.referrals.service import list_referrals, send_referral, take_step
from energiehuis.referrals.states import ReferralState

LOST = "lost_in_between"
blueprint = Blueprint("referrals", __name__, description="Toestemmingen en doorverwijzingen")
_STATES = [*(state.value for state in ReferralState), LOST]
_DIRECTION = {
    "in": "query",
    "name": "direction",
    "required": True,
    "schema": {"type": "string", "enum": [d.value for d in Direction]},
}
_STATE = {"in": "query", "name": "state", "schema": {"type": "string", "enum": _STATES}}


@blueprint.route("/consents")
class Consents(MethodView):
    """Agreements of clients."""

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(ConsentSchema())
    @blueprint.alt_response(201, schema=ConsentOutSchema)
    @requires(Permission.REFERRAL_SEND)
    def post(self, data: dict[str, Any]) -> Response:
        """Write down that a client agrees to share."""

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return consent_body(give_consent(session, actor, as_consent(data)))

        body = write_once("consent.give", data, work)
        return answer(body, 201, version=1, location=f"/api/v1/consents/{body['id']}")


@blueprint.route("/consents/<uuid:consent_id>")
class Consent(MethodView):
    """One agreement."""

    @blueprint.alt_response(200, schema=ConsentOutSchema)
    @requires(Permission.REFERRAL_SEND)
    def get(self, consent_id: UUID) -> Response:
        """Read an agreement of your programme, on either side."""
        with unit_of_work(TransactionKind.READ) as (session, actor):
            found = get_consent(session, actor, consent_id)
        return answer(consent_body(found), version=found.version)


@blueprint.route("/consents/<uuid:consent_id>/withdrawal")
class ConsentWithdrawal(MethodView):
    """The end of an agreement."""

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(WithdrawalSchema())
    @blueprint.alt_response(200, schema=ConsentOutSchema)
    @requires(Permission.REFERRAL_SEND)
    def post(self, data: dict[str, Any], consent_id: UUID) -> Response:
        """Write down that the client takes it back: nothing is shared on it from now on."""

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return consent_body(withdraw_consent(session, actor, consent_id))

        return answer(write_once("consent.withdraw", data, work), version=2)


@blueprint.route("/referrals")
class Referrals(MethodView):
    """Referrals between programmes."""

    @blueprint.doc(parameters=[_DIRECTION, _STATE])
    @blueprint.alt_response(200, schema=ReferralListSchema)
    @requires(Permission.REFERRAL_ANSWER)
    def get(self) -> Response:
        """List what your programme sends or receives, without anything of a client."""
        reject_unknown_query("direction", "state")
        direction = query_value("direction", "|".join(Direction))
        if direction is None:
            raise InvalidInput([FieldError("direction", "field.required")])
        said = query_value("state", "|".join(_STATES))
        state = None if said in (None, LOST) else ReferralState(said)
        with unit_of_work(TransactionKind.READ) as (session, actor):
            found = list_referrals(
                session, actor, Direction(direction), state=state, is_lost=said == LOST
            )
        return answer({"items": [referral_line_body(line) for line in found]})

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(ReferralSchema())
    @blueprint.alt_response(201, schema=ReferralSentSchema)
    @requires(Permission.REFERRAL_SEND)
    def post(self, data: dict[str, Any]) -> Response:
        """Send a case on, on an agreement of the client; give the client the code."""

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return referral_line_body(send_referral(session, actor, as_referral(data)))

        sent = write_once("referral.send", data, work)
        # Made anew for each answer, so that it is kept nowhere.
        code = status_secret(current_app.config["SECRET_KEY"], str(sent["reference"]))
        body = {**sent, "client_code": code}
        return answer(body, 201, version=1, location=f"/api/v1/referrals/{body['id']}")


@blueprint.route("/referrals/<uuid:referral_id>")
class Referral(MethodView):
    """One referral."""

    @blueprint.alt_response(200, schema=ReferralOutSchema)
    @requires(Permission.REFERRAL_ANSWER)
    def get(self, referral_id: UUID) -> Response:
        """Read a referral and what is shared with you; that you read it is written down."""
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            found = read_referral(session, actor, referral_id)
        return answer(referral_body(found), version=found.line.version)


@blueprint.route("/referrals/<uuid:referral_id>/steps")
class ReferralSteps(MethodView):
    """What the receiving programme does."""

    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    @blueprint.arguments(ReferralStepSchema())
    @blueprint.alt_response(200, schema=ReferralLineSchema)
    @requires(Permission.REFERRAL_ANSWER)
    def post(self, data: dict[str, Any], referral_id: UUID) -> Response:
        """Accept, refuse with a reason, note the first contact, or the end."""
        version = required_version()

        # Without what is shared: an answer that is kept must not outlive the agreement.
        def work(session: Session, actor: Actor) -> dict[str, object]:
            return referral_line_body(
                take_step(session, actor, as_step(data, referral_id, version))
            )

        body = write_once("referral.step", {**data, "version": version}, work)
        return answer(body, version=int(str(body["version"])))

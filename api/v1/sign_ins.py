"""Signing in and out, for staff and for programs that act for them."""

from typing import Any

from flask import Response, request
from flask.views import MethodView
from flask_smorest import Blueprint
from marshmallow import fields

from api.answers import answer
from api.authentication import current_token
from api.guards import public
from api.schemas.fields import StrictSchema, Text
from api.schemas.outputs import SignedInSchema
from api.sign_in import sign_in
from api.unit_of_work import database
from energiehuis.access.service import close_sign_in
from energiehuis.errors import NotAuthenticated

blueprint = Blueprint("sign_ins", __name__, description="Aanmelden en afmelden")


class CredentialsSchema(StrictSchema):
    """E-mail address and password."""

    email = Text(254, required=True)
    password = fields.String(required=True, validate=lambda text: len(text) <= 500)


@blueprint.route("/sign-ins")
class SignIns(MethodView):
    """Signed-in sessions."""

    @blueprint.arguments(CredentialsSchema())
    @blueprint.alt_response(201, schema=SignedInSchema)
    @public
    def post(self, data: dict[str, Any]) -> Response:
        """Sign in; send the token as `Authorization: Bearer …` from then on."""
        token, actor = sign_in(data["email"], data["password"], request.remote_addr or "-")
        body = {"token": token, "role": actor.role_name, "display_name": actor.display_name}
        return answer(body, 201)

    @blueprint.alt_response(204, description="Signed out")
    @public
    def delete(self) -> Response:
        """Sign out; the token no longer works."""
        token = current_token()
        if token is None:
            raise NotAuthenticated("access.sign_in_needed")
        with database().unit_of_work() as session:
            close_sign_in(session, token)
        return Response(status=204)

"""Drafts of law: send one, run its cases, let another approve it, schedule it, see what it does."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer, query_value, reject_unknown_query, required_version
from api.guards import requires
from api.schemas.headers import IDEMPOTENCY_KEY, IF_MATCH
from api.schemas.law_drafts import (
    DraftListSchema,
    DraftStepSchema,
    ImpactSchema,
    LawDraftOutSchema,
    LawDraftSchema,
)
from api.unit_of_work import unit_of_work, write_once
from api.v1.law_draft_bodies import draft_body, impact_body, title_body
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.law_changes.queries import get_draft, list_drafts
from energiehuis.law_changes.service import TakeStep, create_draft, impact_of, take_step
from energiehuis.law_changes.states import DraftStep

blueprint = Blueprint("law-drafts", __name__, description="Ontwerpen van wet")
_PUBLIC = {
    "in": "query",
    "name": "public",
    "description": "Hide small counts and name no file.",
    "schema": {"type": "string", "enum": ["true", "false"]},
}


@blueprint.route("/law-drafts")
class LawDrafts(MethodView):
    """All drafts."""

    @blueprint.alt_response(200, schema=DraftListSchema)
    @requires(Permission.LAW_CONFIRM)
    def get(self) -> Response:
        """List all drafts with all their versions, newest first."""
        reject_unknown_query()
        with unit_of_work(TransactionKind.READ) as (session, actor):
            drafts = list_drafts(session, actor)
        return answer({"items": [title_body(draft, actor) for draft in drafts]})

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(LawDraftSchema())
    @blueprint.alt_response(201, schema=LawDraftOutSchema)
    @requires(Permission.LAW_CONFIRM)
    def post(self, data: dict[str, Any]) -> Response:
        """Take a draft in; a name that exists already gets its next version."""

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return {"id": str(create_draft(session, actor, data["text"]).id)}

        return _draft_after(write_once("law_draft.create", data, work), status=201)


@blueprint.route("/law-drafts/<uuid:draft_id>")
class LawDraftFile(MethodView):
    """One draft."""

    @blueprint.alt_response(200, schema=LawDraftOutSchema)
    @requires(Permission.LAW_CONFIRM)
    def get(self, draft_id: UUID) -> Response:
        """Read a draft with every step that was taken."""
        return _draft(draft_id)


@blueprint.route("/law-drafts/<uuid:draft_id>/steps")
class LawDraftSteps(MethodView):
    """The steps of a draft."""

    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    @blueprint.arguments(DraftStepSchema())
    @blueprint.alt_response(200, schema=LawDraftOutSchema)
    @requires(Permission.LAW_CONFIRM)
    def post(self, data: dict[str, Any], draft_id: UUID) -> Response:
        """Run the cases, approve, schedule or withdraw; failing cases leave it a draft."""
        version = required_version()

        def work(session: Session, actor: Actor) -> dict[str, object]:
            command = TakeStep(draft_id, version, DraftStep(data["step"]))
            return {"id": str(take_step(session, actor, command).id)}

        return _draft_after(write_once("law_draft.step", data, work))


@blueprint.route("/law-drafts/<uuid:draft_id>/impact")
class LawDraftImpact(MethodView):
    """What a draft would do."""

    @blueprint.doc(parameters=[_PUBLIC])
    @blueprint.alt_response(200, schema=ImpactSchema)
    @requires(Permission.LAW_CONFIRM)
    def get(self, draft_id: UUID) -> Response:
        """Answer all files that you may see twice, with and without the draft, and count."""
        reject_unknown_query("public")
        is_public = query_value("public", "true|false") == "true"
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            draft = get_draft(session, actor, draft_id)
            impact = impact_of(session, actor, draft, may_name_files=not is_public)
        return answer(impact_body(impact, is_public=is_public))


def _draft_after(done: dict[str, object], status: int = 200) -> Response:
    """Answer with the draft as it now is; a repeated request gets the newest state of it."""
    return _draft(UUID(str(done["id"])), status)


def _draft(draft_id: UUID, status: int = 200) -> Response:
    with unit_of_work(TransactionKind.READ) as (session, actor):
        draft = get_draft(session, actor, draft_id)
    location = f"/api/v1/law-drafts/{draft.id}" if status == 201 else None
    return answer(draft_body(draft, actor), status, version=draft.version, location=location)

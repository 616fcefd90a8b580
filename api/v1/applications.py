"""Applications for an energy loan: send one, follow it, work through them, decide."""

from typing import Any
from uuid import UUID

from flask import Response, current_app
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer, query_value, reject_unknown_query, required_version
from api.authentication import current_token
from api.guards import public, requires
from api.limits import limited
from api.schemas.applications import ApplicationSchema, as_command
from api.schemas.decisions import (
    DecisionSchema,
    FactsChangeSchema,
    MoveSchema,
    StatusQuestionSchema,
    as_changes,
)
from api.schemas.headers import IDEMPOTENCY_KEY, IF_MATCH
from api.schemas.outputs import (
    ApplicationOutSchema,
    ProofsSchema,
    StatusSchema,
    SubmittedSchema,
    WorklistSchema,
)
from api.unit_of_work import Prepared, unit_of_work, write_once
from api.v1.bodies import (
    application_body,
    assessment_body,
    proof_body,
    status_body,
    worklist_item_body,
)
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.errors import NotFound
from energiehuis.loans.commands import ChangeFacts, Channel, Decide, MoveApplication
from energiehuis.loans.decisions import decide
from energiehuis.loans.proofs import list_proofs
from energiehuis.loans.queries import (
    WorklistFilter,
    find_application_by_reference,
    get_application,
    list_worklist,
)
from energiehuis.loans.service import (
    change_facts,
    move_application,
    prepare_application,
    submit_application,
)
from energiehuis.loans.states import ApplicationStatus
from energiehuis.loans.status_secret import is_status_secret, status_secret

blueprint = Blueprint("applications", __name__, description="Aanvragen van een energielening")

_STATUSES = "open|" + "|".join(ApplicationStatus)
_WORKLIST_QUERY = [
    {"in": "query", "name": "status", "schema": {"type": "string", "pattern": f"^({_STATUSES})$"}},
    {"in": "query", "name": "nis", "schema": {"type": "string", "pattern": "^[0-9]{5}$"}},
    {
        "in": "query",
        "name": "reference",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]{1,16}$"},
    },
    {
        "in": "query",
        "name": "before",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_=-]{1,200}$"},
    },
]


@blueprint.route("/loan-applications")
class LoanApplications(MethodView):
    """All applications."""

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(ApplicationSchema())
    @blueprint.alt_response(201, schema=SubmittedSchema)
    @public
    @limited
    def post(self, data: dict[str, Any]) -> Response:
        """Send an application. No account is needed; the answer holds a reference and a secret."""
        channel = Channel.API if current_token() is None else Channel.DESK
        prepared = Prepared(lambda: prepare_application(as_command(data, channel)))

        def work(session: Session, actor: Actor) -> dict[str, object]:
            submitted = submit_application(session, actor, prepared.get())
            return {
                "id": str(submitted.application_id),
                "reference": submitted.reference,
                "version": submitted.version,
                "status": ApplicationStatus.SUBMITTED.value,
                "applied_on": submitted.applied_on.isoformat(),
                "assessment": assessment_body(submitted.assessment),
            }

        body = write_once("application.submit", data, work)
        # The secret is derived, not kept: the same answer can be given again.
        secret = status_secret(current_app.config["SECRET_KEY"], str(body["reference"]))
        location = f"/api/v1/loan-applications/{body['id']}"
        return answer({**body, "secret": secret}, 201, version=1, location=location)

    @blueprint.doc(parameters=_WORKLIST_QUERY)
    @blueprint.alt_response(200, schema=WorklistSchema)
    @requires(Permission.APPLICATION_READ)
    def get(self) -> Response:
        """List the applications that you may see, newest first, fifty at a time."""
        reject_unknown_query("status", "nis", "reference", "before")
        wanted = WorklistFilter(
            status=query_value("status", _STATUSES),
            nis_code=query_value("nis", "[0-9]{5}"),
            reference=query_value("reference", "[A-Za-z0-9-]{1,16}"),
            before=query_value("before", "[A-Za-z0-9_=-]{1,200}"),
        )
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            page = list_worklist(session, actor, wanted)
        items = [worklist_item_body(item) for item in page.items]
        return answer({"items": items, "next_before": page.next_before})


@blueprint.route("/loan-applications/<uuid:application_id>")
class LoanApplicationFile(MethodView):
    """One file."""

    @blueprint.alt_response(200, schema=ApplicationOutSchema)
    @requires(Permission.APPLICATION_READ)
    def get(self, application_id: UUID) -> Response:
        """Read a file; that you read it is written down."""
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            file = get_application(session, actor, application_id)
        return answer(application_body(file), version=file.version)


@blueprint.route("/loan-applications/<uuid:application_id>/facts")
class LoanApplicationFacts(MethodView):
    """The facts of a file."""

    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    @blueprint.arguments(FactsChangeSchema())
    @blueprint.alt_response(200, schema=ApplicationOutSchema)
    @requires(Permission.APPLICATION_ASSESS)
    def patch(self, data: dict[str, Any], application_id: UUID) -> Response:
        """Put what a document shows in the place of what was told; the law is asked again."""
        version = required_version()

        def work(session: Session, actor: Actor) -> dict[str, object]:
            command = ChangeFacts(
                application_id, version, as_changes(data), data["evidence"], data["document"]
            )
            file = change_facts(session, actor, command)
            return {"id": str(file.id), "version": file.version}

        return _file_after(write_once("application.change_facts", data, work))


@blueprint.route("/loan-applications/<uuid:application_id>/proofs")
class LoanApplicationProofs(MethodView):
    """The proofs of the grounds, apart from the file."""

    @blueprint.alt_response(200, schema=ProofsSchema)
    @requires(Permission.PROOF_READ)
    def get(self, application_id: UUID) -> Response:
        """Read which proofs were seen; that you read them is written down."""
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            proofs = list_proofs(session, actor, application_id)
        return answer({"items": [proof_body(proof) for proof in proofs]})


@blueprint.route("/loan-applications/<uuid:application_id>/moves")
class LoanApplicationMoves(MethodView):
    """The moves of a file that decide nothing."""

    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    @blueprint.arguments(MoveSchema())
    @blueprint.alt_response(200, schema=ApplicationOutSchema)
    @requires(Permission.APPLICATION_ASSESS)
    def post(self, data: dict[str, Any], application_id: UUID) -> Response:
        """Take an application up, ask the applicant something, or withdraw it."""
        version = required_version()

        def work(session: Session, actor: Actor) -> dict[str, object]:
            command = MoveApplication(application_id, version, data["move"], data["note"])
            file = move_application(session, actor, command)
            return {"id": str(file.id), "version": file.version}

        return _file_after(write_once("application.move", data, work))


@blueprint.route("/loan-applications/<uuid:application_id>/decision")
class LoanApplicationDecision(MethodView):
    """The decision on a file."""

    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    @blueprint.arguments(DecisionSchema())
    @blueprint.alt_response(201, schema=ApplicationOutSchema)
    @requires(Permission.APPLICATION_DECIDE)
    def post(self, data: dict[str, Any], application_id: UUID) -> Response:
        """Approve an amount and a term, or refuse with reasons."""
        version = required_version()

        def work(session: Session, actor: Actor) -> dict[str, object]:
            command = Decide(
                application_id,
                version,
                is_approved=data["outcome"] == "approved",
                amount_cents=data["amount"],
                term_months=data["term_months"],
                reason_codes=tuple(data["reason_codes"]),
                explanation=data["explanation"],
                confirms_open_points=data["confirms_open_points"],
            )
            file = decide(session, actor, command)
            return {"id": str(file.id), "version": file.version}

        return _file_after(write_once("application.decide", data, work), status=201)


@blueprint.route("/loan-application-statuses")
class LoanApplicationStatuses(MethodView):
    """Where an application stands, for the citizen who sent it."""

    @blueprint.arguments(StatusQuestionSchema())
    @blueprint.alt_response(200, schema=StatusSchema)
    @public
    @limited
    def post(self, data: dict[str, Any]) -> Response:
        """Ask by reference and secret; neither ever stands in an address."""
        reference = data["reference"].upper()
        if not is_status_secret(current_app.config["SECRET_KEY"], reference, data["secret"]):
            raise NotFound("application.status_not_found")
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            file = find_application_by_reference(session, reference)
            if file is None:
                raise NotFound("application.status_not_found")
            append(
                session,
                Entry(
                    actor.name, actor.role_name, "application.status", "application", str(file.id)
                ),
            )
        return answer(status_body(file))


def _file_after(done: dict[str, object], status: int = 200) -> Response:
    """Answer with the file as it now is; a repeated request gets the newest state of it."""
    with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
        file = get_application(session, actor, UUID(str(done["id"])))
    location = f"/api/v1/loan-applications/{file.id}"
    return answer(application_body(file), status, version=file.version, location=location)

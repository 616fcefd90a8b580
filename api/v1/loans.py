"""Loans that were granted, and their schedules."""

from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer
from api.guards import requires
from api.schemas.outputs import ScheduleSchema
from api.unit_of_work import unit_of_work
from api.v1.bodies import schedule_body
from energiehuis.access.permissions import Permission
from energiehuis.db.engine import TransactionKind
from energiehuis.loans.queries import get_loan
from energiehuis.loans.schedule import plan_repayment

blueprint = Blueprint("loans", __name__, description="Toegekende leningen")


@blueprint.route("/loans/<uuid:loan_id>/schedule")
class LoanSchedule(MethodView):
    """The schedule of a loan."""

    @blueprint.alt_response(200, schema=ScheduleSchema)
    @requires(Permission.LOAN_READ)
    def get(self, loan_id: UUID) -> Response:
        """Read the schedule of a loan, with the days on which it is due."""
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            loan = get_loan(session, actor, loan_id)
        plan = plan_repayment(
            loan.principal_cents,
            loan.rate_basis_points,
            term_months=loan.term_months,
            rounding=loan.rounding,
            first_due_on=loan.first_due_on,
        )
        return answer(schedule_body(plan), version=loan.version)

"""The calculator: a schedule for any amount, rate and term."""

from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer
from api.guards import public
from api.schemas.fields import Choice, Day, Money, StrictSchema, Text, Whole
from api.schemas.outputs import ScheduleSchema
from api.v1.bodies import schedule_body
from energiehuis.loans.schedule import plan_repayment
from energiehuis.money import parse_cents

blueprint = Blueprint("schedules", __name__, description="Terugbetalingsschema's")


class ScheduleQuestionSchema(StrictSchema):
    """Amount, rate in percent a year, term; the first due day if the rows are to be dated."""

    amount = Money(required=True, minimum_cents=1_00, maximum_cents=100_000_000_00)
    rate_percent = Text(
        6, required=True, pattern=r"^[0-9]{1,2}(\.[0-9]{1,2})?$", metadata={"examples": ["1.00"]}
    )
    term_months = Whole(1, 1200, required=True)
    rounding = Choice(("down", "half_up"), load_default="down")
    first_due_on = Day(allow_none=True, load_default=None)


@blueprint.route("/repayment-schedules")
class RepaymentSchedules(MethodView):
    """Schedules that are computed and not kept."""

    @blueprint.arguments(ScheduleQuestionSchema())
    @blueprint.alt_response(200, schema=ScheduleSchema)
    @public
    def post(self, data: dict[str, Any]) -> Response:
        """Compute a schedule to the cent, on the actuarial month rate."""
        plan = plan_repayment(
            data["amount"],
            parse_cents(data["rate_percent"]),
            term_months=data["term_months"],
            rounding=data["rounding"],
            first_due_on=data["first_due_on"],
        )
        return answer(schedule_body(plan))

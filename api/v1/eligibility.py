"""What the law of a day says of a household, with the trace; nothing is kept."""

from datetime import date
from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer
from api.guards import public
from api.languages import requested_language
from api.schemas.applications import MOST_WORKS, FactsSchema, WorkSchema, as_facts
from api.schemas.fields import Choice, Day, Group, Many, Money, StrictSchema, Text, Whole
from api.schemas.outputs import EligibilitySchema
from api.v1.bodies import assessment_body, works_body
from energiehuis import clock
from energiehuis.eligibility.documents import change_household
from energiehuis.eligibility.facts import HouseholdFacts
from energiehuis.eligibility.works import WorkFacts
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.checks import check_household, place_facts
from energiehuis.loans.vocabulary import DwellingType

blueprint = Blueprint("eligibility", __name__, description="Voorwaarden volgens de wet van een dag")


class DwellingKindSchema(StrictSchema):
    """As much of the dwelling as the rules ask for."""

    dwelling_type = Choice(DwellingType, allow_none=True, load_default=None)


class EligibilityQuestionSchema(StrictSchema):
    """A household, the day on which it applies, and what it wishes; much may lack."""

    borrower_kind = Choice(BorrowerKind, required=True)
    application_day = Day(load_default=None, allow_none=True)
    postcode = Text(4, allow_none=True, load_default=None, pattern=r"^[1-9][0-9]{3}$")
    facts = Group(FactsSchema(partial=True), required=True)
    dwelling = Group(DwellingKindSchema, allow_none=True, load_default=None)
    works = Many(Group(WorkSchema), 0, MOST_WORKS, load_default=list)
    amount = Money(allow_none=True, load_default=None, maximum_cents=1_000_000_00)
    term_months = Whole(1, 1200, allow_none=True, load_default=None)


@blueprint.route("/eligibility-checks")
class EligibilityChecks(MethodView):
    """Checks that are answered and not kept."""

    @blueprint.arguments(EligibilityQuestionSchema())
    @blueprint.alt_response(200, schema=EligibilitySchema)
    @public
    def post(self, data: dict[str, Any]) -> Response:
        """Say which product and grounds apply, what cannot be told yet, and what settles it."""
        day = data["application_day"] or clock.today()
        works = [
            WorkFacts(work["work"], work["cost"], is_by_contractor=work["by_contractor"])
            for work in data["works"]
        ]
        facts = located(as_facts(data), data["postcode"], day)
        checked = check_household(facts, day, works)
        language = requested_language()
        body = {
            "assessment": assessment_body(checked.assessment),
            "works": works_body(checked.works),
            "trace": checked.trace_document(),
            "text": {"language": language, "lines": checked.lines(language)},
        }
        return answer(body, headers={"Content-Language": language})


def located(facts: HouseholdFacts, postcode: str | None, day: date) -> HouseholdFacts:
    """Add what the postcode says of the dwelling, where one is given."""
    return facts if postcode is None else change_household(facts, place_facts(postcode, day))

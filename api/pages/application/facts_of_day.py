"""What the sentences of the form mention of today's law and of the address already given."""

from energiehuis import clock
from energiehuis.drafts.service import Answers
from energiehuis.law.loader import load_law
from energiehuis.reference_data.municipalities import find_municipality_by_postcode

# The ceiling that looks at the joint taxable income of some years back.
_JOINT_CEILING = "income_ceiling_b"


def income_year() -> int:
    """Give the income year that an application of today is judged by."""
    law = load_law().on(clock.today())
    return law.income_year(_JOINT_CEILING) or law.year


def words_for_today(answers: Answers) -> dict[str, object]:
    """Give the values that questions and hints mention."""
    municipality = find_municipality_by_postcode(answers.get("dwelling.postcode", ""))
    return {
        "income_year": income_year(),
        "assessment_year": income_year() + 1,
        "municipality": municipality.name if municipality else "",
    }

"""A person at a browser without scripts: opens pages, fills in forms, presses the button."""

import re
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FORM = "/nl/energielening/aanvragen"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')

BORROWER = {"borrower": "natural_person"}
PEOPLE = {
    "applicant.given_name": "Noor",
    "applicant.family_name": "Voorbeeld",
    "applicant.birth_date.day": "12",
    "applicant.birth_date.month": "4",
    "applicant.birth_date.year": "1985",
    "applicant.email": "noor@voorbeeld.be",
}
DWELLING = {
    "dwelling.street": "Verzonnenstraat",
    "dwelling.house_number": "12",
    "dwelling.postcode": "8530",
    "dwelling.dwelling_type": "terraced",
    "dwelling.build_year": "1955",
    "dwelling.floor_area_m2.unknown": "yes",
    "dwelling.heating_carrier": "natural_gas",
    "facts.dwelling_role": "owner_occupier",
    "facts.main_residence": "yes",
    "facts.new_build": "no",
}
INCOME = {
    "facts.dependents": "1",
    "facts.latest_assessment_income.unknown": "yes",
    "facts.joint_taxable_income": "24.500,00",
    "facts.extra_cadastral_income": "0",
}
SITUATION = {
    f"facts.{name}": "unknown"
    for name in (
        "increased_allowance",
        "protected_customer",
        "exclusive_night_tariff",
        "ocmw_energy_guidance",
        "debt_mediation",
        "heating_bill_unpaid",
    )
}
WORKS = {
    "works.rows": "3",
    "works.0.work": "roof_attic_floor_insulation",
    "works.0.cost": "7.200,50",
    "works.0.by_contractor": "contractor",
    "works.1.by_contractor": "unknown",
    "works.2.by_contractor": "unknown",
}
AMOUNT = {"amount": "6.000", "term_months": "120", "facts.outstanding": "0"}
STEPS = {
    "lener": BORROWER,
    "gegevens": PEOPLE,
    "woning": DWELLING,
    "inkomen": INCOME,
    "situatie": SITUATION,
    "werken": WORKS,
    "bedrag": AMOUNT,
}


@dataclass
class Visitor:
    """Somebody with a browser; `page` is what they see."""

    client: FlaskClient
    page: TestResponse | None = field(default=None)

    def open(self, url: str) -> TestResponse:
        self.page = self.client.get(url)
        # Read and closed at once: a static file would stay open else.
        self.page.get_data()
        self.page.close()
        return self.page

    def send(self, url: str, form: dict[str, Any], *, seen_at: str | None = None) -> TestResponse:
        """Open a page (where the form stands) and send its form."""
        token = _TOKEN.search(self.client.get(seen_at or url).text)
        assert token, f"no form on {seen_at or url}"
        self.page = self.client.post(url, data={**form, "csrf_token": token[1]})
        return self.page

    def fill_in(self, **changes: dict[str, str]) -> TestResponse:
        """Fill in all steps of the form; a step's answers may be changed by its slug."""
        for slug, answers in STEPS.items():
            self.send(f"{FORM}/{slug}", {**answers, **changes.get(slug, {})})
            assert self.page.status_code == 303, (slug, errors(self.page))
        return self.open(f"{FORM}/nakijken")

    def apply(self, **changes: dict[str, str]) -> tuple[str, str]:
        """Fill in and send a whole application; give its reference and secret."""
        self.fill_in(**changes)
        self.send(f"{FORM}/nakijken", {"declaration": "yes"})
        assert self.page.status_code == 303, errors(self.page)
        reference, secret = re.findall(r"<dd>(.*?)</dd>", self.open(f"{FORM}/verzonden").text)
        return reference, secret


def errors(page: TestResponse) -> list[tuple[str, str]]:
    """Give what the summary at the top says: where each line leads, and its words."""
    summary = re.search(r'error-summary__list">(.*?)</ul>', page.text, re.DOTALL)
    links = re.findall(r'<a href="([^"]*)">(.*?)</a>', summary[1] if summary else "")
    return [(place, words.strip()) for place, words in links]


def words_of(page: TestResponse) -> str:
    """Give the text of a page without its tags."""
    bare = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)).replace("\xa0", " ")
    return re.sub(r" ([,.])", r"\1", bare)

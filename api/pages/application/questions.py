"""The questions of each step, given what was answered before.

Only what decides on eligibility today is asked; the order is from light to heavy.
"""

from api.pages.application.fields import UNKNOWN, Group, Kind, Question
from api.schemas.applications import MOST_WORKS
from energiehuis.drafts.service import Answers
from energiehuis.eligibility.facts import DwellingRole
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.vocabulary import DwellingType, HeatingCarrier, WorkCode

TOGETHER = "natural_person_together"
BORROWERS = (
    BorrowerKind.NATURAL_PERSON.value,
    TOGETHER,
    BorrowerKind.OWNERS_ASSOCIATION.value,
    BorrowerKind.NON_COMMERCIAL_LEGAL_PERSON.value,
    BorrowerKind.COOPERATIVE.value,
    BorrowerKind.PUBLIC_BODY.value,
    BorrowerKind.OTHER_LEGAL_PERSON.value,
)
# Facts that a ground needs and that the applicant knows, lightest first.
_GROUND_FACTS = (
    "increased_allowance",
    "protected_customer",
    "exclusive_night_tariff",
    "ocmw_energy_guidance",
    "debt_mediation",
    "heating_bill_unpaid",
)
FEWEST_ROWS = 3
_BY_WHOM = ("contractor", "self")


def is_natural(answers: Answers) -> bool:
    """Say whether a private person applies; also while that is not answered yet."""
    kind = answers.get("borrower", BorrowerKind.NATURAL_PERSON)
    return kind in (BorrowerKind.NATURAL_PERSON, TOGETHER)


def borrower(_answers: Answers) -> tuple[Group, ...]:
    """Ask who borrows."""
    return (Group("", (Question(path="borrower", kind=Kind.CHOICE, choices=BORROWERS),)),)


def people(answers: Answers) -> tuple[Group, ...]:
    """Ask who applies: a person, two, or an organisation with who speaks for it."""
    if not is_natural(answers):
        return (_legal_person(), Group("apply.g.contact", _person("applicant", has_birth=False)))
    applicant = Group("apply.g.applicant", _person("applicant", has_birth=True))
    if answers.get("borrower") != TOGETHER:
        return (Group("", applicant.questions),)
    return (applicant, Group("apply.g.co_applicant", _person("co_applicant", has_birth=True)))


def dwelling(answers: Answers) -> tuple[Group, ...]:
    """Ask where the dwelling stands and what it is like."""
    groups = [Group("apply.g.address", _ADDRESS), Group("apply.g.building", _BUILDING)]
    if is_natural(answers):
        groups.append(Group("apply.g.use", _USE))
    elif answers.get("borrower") == BorrowerKind.OWNERS_ASSOCIATION:
        groups.append(Group("apply.g.association", _ASSOCIATION))
    return tuple(groups)


def income(_answers: Answers) -> tuple[Group, ...]:
    """Ask who lives there and on what income."""
    return (Group("apply.g.household", _HOUSEHOLD), Group("apply.g.income", _INCOME))


def situation(answers: Answers) -> tuple[Group, ...]:
    """Ask for the grounds that may give priority, each with a way to say "I do not know"."""
    names = list(_GROUND_FACTS)
    if answers.get("facts.dwelling_role") == DwellingRole.LANDLORD:
        names.insert(0, "lets_through_social_rental_agency")
    groups = [Group("", tuple(_flag(name) for name in names))]
    if answers.get("facts.new_build") == "yes":
        new = ("new_build_e_level_at_most_30", "new_build_before_final_epb_declaration")
        groups.append(Group("apply.g.new_build", tuple(_flag(name) for name in new)))
    return tuple(groups)


def works(answers: Answers) -> tuple[Group, ...]:
    """Ask which works are planned: as many rows as there are answers, and some to spare."""
    return tuple(Group("apply.g.work", _work(row)) for row in range(count_rows(answers)))


def count_rows(answers: Answers) -> int:
    """Say how many rows of works to show."""
    asked = answers.get("works.rows", "")
    rows = int(asked) if asked.isdecimal() and len(asked) < 3 else FEWEST_ROWS
    return min(max(rows, FEWEST_ROWS), MOST_WORKS)


def amount(_answers: Answers) -> tuple[Group, ...]:
    """Ask how much and for how long."""
    return (
        Group(
            "",
            (
                Question(path="amount", kind=Kind.MONEY, width=10, inputmode="decimal"),
                Question(
                    path="term_months",
                    kind=Kind.WHOLE,
                    width=4,
                    inputmode="numeric",
                    suffix="apply.unit.months",
                ),
                Question(
                    path="facts.outstanding",
                    kind=Kind.MONEY,
                    width=10,
                    inputmode="decimal",
                    has_unknown=True,
                ),
                Question(path="facts.outstanding_granted_on", kind=Kind.DAY, is_optional=True),
            ),
        ),
    )


def _person(who: str, *, has_birth: bool) -> tuple[Question, ...]:
    # A browser fills in its owner; of a co-applicant it knows nothing.
    mine = who == "applicant"
    birth = (Question(path=f"{who}.birth_date", kind=Kind.DAY, is_optional=True),)
    return (
        Question(path=f"{who}.given_name", autocomplete="given-name" if mine else "", width=20),
        Question(path=f"{who}.family_name", autocomplete="family-name" if mine else "", width=20),
        *(birth if has_birth else ()),
        Question(
            path=f"{who}.email",
            autocomplete="email" if mine else "",
            inputmode="email",
            width=30,
        ),
        Question(
            path=f"{who}.phone",
            autocomplete="tel" if mine else "",
            inputmode="tel",
            width=20,
            is_optional=True,
        ),
    )


def _legal_person() -> Group:
    return Group(
        "apply.g.legal_person",
        (
            Question(path="legal_person.name", autocomplete="organization", width=30),
            Question(path="legal_person.enterprise_number", width=20, inputmode="numeric"),
        ),
    )


def _flag(name: str) -> Question:
    return Question(path=f"facts.{name}", kind=Kind.FLAG, has_unknown=True)


def _money(name: str) -> Question:
    return Question(
        path=f"facts.{name}", kind=Kind.MONEY, width=10, inputmode="decimal", has_unknown=True
    )


def _work(row: int) -> tuple[Question, ...]:
    return (
        Question(
            path=f"works.{row}.work",
            kind=Kind.SELECT,
            choices=tuple(WorkCode),
            words="eligibility.work",
        ),
        Question(path=f"works.{row}.cost", kind=Kind.MONEY, width=10, inputmode="decimal"),
        Question(
            path=f"works.{row}.by_contractor",
            kind=Kind.SELECT,
            choices=(*_BY_WHOM, UNKNOWN),
        ),
    )


_ADDRESS = (
    Question(path="dwelling.street", autocomplete="address-line1", width=30),
    Question(path="dwelling.house_number", width=5),
    Question(path="dwelling.box", width=5, is_optional=True),
    Question(path="dwelling.postcode", autocomplete="postal-code", inputmode="numeric", width=4),
)
_BUILDING = (
    Question(
        path="dwelling.dwelling_type",
        kind=Kind.CHOICE,
        choices=tuple(DwellingType),
        has_unknown=True,
    ),
    Question(
        path="dwelling.build_year",
        kind=Kind.WHOLE,
        width=4,
        inputmode="numeric",
        has_unknown=True,
    ),
    Question(
        path="dwelling.floor_area_m2",
        kind=Kind.WHOLE,
        width=4,
        inputmode="numeric",
        suffix="apply.unit.m2",
        has_unknown=True,
    ),
    Question(
        path="dwelling.heating_carrier",
        kind=Kind.CHOICE,
        choices=tuple(HeatingCarrier),
        has_unknown=True,
    ),
)
_USE = (
    Question(
        path="facts.dwelling_role",
        kind=Kind.CHOICE,
        choices=tuple(DwellingRole),
        has_unknown=True,
    ),
    _flag("main_residence"),
    _flag("new_build"),
)
_ASSOCIATION = (
    Question(
        path="facts.owners_association_units",
        kind=Kind.WHOLE,
        width=4,
        inputmode="numeric",
        has_unknown=True,
    ),
)
_HOUSEHOLD = (
    Question(
        path="facts.dependents", kind=Kind.WHOLE, width=2, inputmode="numeric", has_unknown=True
    ),
)
_INCOME = (
    _money("latest_assessment_income"),
    _money("joint_taxable_income"),
    _money("extra_cadastral_income"),
)

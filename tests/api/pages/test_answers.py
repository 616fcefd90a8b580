import pytest

from api.pages.application.answers import close_gaps, document_of, take_answers
from api.pages.application.steps import STEPS, steps_for
from api.pages.application.validation import wrong_answers
from api.schemas.applications import ApplicationSchema
from tests.pages import AMOUNT, BORROWER, DWELLING, INCOME, PEOPLE, SITUATION, WORKS

ALL = {**BORROWER, **PEOPLE, **DWELLING, **INCOME, **SITUATION, **WORKS, **AMOUNT}
BY_NAME = {step.name: step for step in STEPS}


def facts(**changes):
    return document_of({**ALL, **changes}, "nl")["facts"]


def test_the_document_of_a_filled_form_passes_the_schema_of_the_json_interface():
    assert ApplicationSchema().validate(document_of(ALL, "nl")) == {}


@pytest.mark.parametrize(("answer", "value"), [("yes", True), ("no", False), ("unknown", None)])
def test_unknown_is_neither_yes_nor_no(answer, value):
    assert facts(**{"facts.increased_allowance": answer})["increased_allowance"] is value


def test_an_amount_that_is_not_known_is_null_and_not_zero():
    assert facts()["latest_assessment_income"] is None
    assert facts()["extra_cadastral_income"] == "0.00"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("15.000,50", "15000.50"),
        ("15 000,50", "15000.50"),
        ("€ 15000", "15000.00"),
        ("15000.50", "15000.50"),
    ],
)
def test_an_amount_may_be_written_as_people_do_here(typed, amount):
    assert document_of({**ALL, "amount": typed}, "nl")["amount"] == amount


@pytest.mark.parametrize("typed", ["veel", "12,345", "1.00.000", "-5", "1e4"])
def test_what_is_no_amount_is_refused_in_words_for_people(typed):
    wrong = wrong_answers({**ALL, "amount": typed}, BY_NAME["amount"], "nl")
    assert [error.path for error in wrong] == ["amount"]
    assert "12.500,50" in wrong[0].sentence or "tussen" in wrong[0].sentence


def test_an_owner_who_lives_there_is_not_asked_about_letting():
    names = {q.path for q in BY_NAME["situation"].questions(ALL)}
    assert "facts.lets_through_social_rental_agency" not in names
    assert facts()["lets_through_social_rental_agency"] is False


def test_a_landlord_is_asked_about_letting():
    names = {
        q.path for q in BY_NAME["situation"].questions(ALL | {"facts.dwelling_role": "landlord"})
    }
    assert "facts.lets_through_social_rental_agency" in names


def test_a_new_building_brings_two_more_questions():
    names = {q.path for q in BY_NAME["situation"].questions(ALL | {"facts.new_build": "yes"})}
    assert "facts.new_build_e_level_at_most_30" in names


def test_an_organisation_is_not_asked_for_income_or_grounds():
    slugs = [step.slug for step in steps_for({"borrower": "cooperative"})]
    assert slugs == ["lener", "gegevens", "woning", "werken", "bedrag"]


def test_answers_of_a_person_do_not_travel_along_when_an_organisation_applies():
    document = document_of(ALL | {"borrower": "cooperative"}, "nl")
    assert "joint_taxable_income" not in document["facts"]
    assert document["borrower_kind"] == "cooperative"


def test_together_is_a_private_person_with_a_co_applicant():
    document = document_of(ALL | {"borrower": "natural_person_together"}, "nl")
    assert document["borrower_kind"] == "natural_person"
    assert "co_applicant" in document


def test_rows_of_works_left_empty_are_closed_up():
    typed = {"works.rows": "4", "works.3.work": "heating", "works.3.cost": "5000"}
    closed = close_gaps(typed)
    assert closed == {"works.rows": "4", "works.0.work": "heating", "works.0.cost": "5000"}


def test_a_work_without_its_cost_is_pointed_at_in_its_own_row():
    step = BY_NAME["works"]
    answers = take_answers(ALL, step, {"works.rows": "3", "works.2.work": "heating"})
    wrong = wrong_answers(answers, step, "nl")
    assert [(e.input_name, e.sentence) for e in wrong] == [
        ("works.0.cost", "Vul in wat dit werk kost")
    ]


def test_a_page_takes_only_the_answers_to_its_own_questions():
    taken = take_answers({}, BY_NAME["borrower"], {"borrower": "cooperative", "amount": "1"})
    assert taken == {"borrower": "cooperative"}


def test_an_answer_is_cut_at_a_length_that_no_schema_takes():
    taken = take_answers(BORROWER, BY_NAME["people"], {"applicant.given_name": "x" * 10_000})
    assert len(taken["applicant.given_name"]) == 500
    wrong = wrong_answers(taken, BY_NAME["people"], "nl")
    assert "te lang" in wrong[0].sentence


def test_both_an_amount_and_unknown_is_asked_again():
    answers = ALL | {"facts.joint_taxable_income.unknown": "yes"}
    wrong = wrong_answers(answers, BY_NAME["income"], "nl")
    assert [e.input_name for e in wrong] == ["facts.joint_taxable_income"]


def test_no_answer_at_all_is_an_error_on_a_page():
    wrong = wrong_answers(BORROWER, BY_NAME["situation"], "nl")
    assert len(wrong) == len(BY_NAME["situation"].questions(BORROWER)) == 6


def test_a_day_that_does_not_exist_leads_to_the_first_of_its_three_inputs():
    answers = ALL | {"applicant.birth_date.day": "31", "applicant.birth_date.month": "2"}
    wrong = wrong_answers(answers, BY_NAME["people"], "nl")
    assert [(e.path, e.input_name) for e in wrong] == [
        ("applicant.birth_date", "applicant.birth_date.day")
    ]

"""The trace says what the rules did, with the values and sources of the day."""

from dataclasses import replace
from datetime import date

import orjson
import pytest

from energiehuis.eligibility.export import trace_as_dict
from energiehuis.eligibility.facts import Facts, HouseholdFacts
from energiehuis.eligibility.outcome import Reason
from energiehuis.eligibility.rules import evaluate
from energiehuis.eligibility.trace import explain
from energiehuis.eligibility.truth import Truth
from energiehuis.eligibility.words import render_full as render
from energiehuis.i18n import LANGUAGES, translate
from energiehuis.law.loader import load_law
from energiehuis.law.vocabulary import BorrowerKind
from tests.random_households import draw_many

LAW = load_law()
TODAY = date(2026, 11, 23)
HOME = HouseholdFacts(
    borrower_kind=BorrowerKind.NATURAL_PERSON,
    dwelling_in_served_municipality=True,
    dwelling_in_flemish_region=True,
    main_residence=True,
    new_build=False,
)
NO_GROUND = replace(
    HOME,
    increased_allowance=False,
    protected_customer=False,
    exclusive_night_tariff=False,
    lets_through_social_rental_agency=False,
    ocmw_energy_guidance=False,
    debt_mediation=False,
    extra_cadastral_income_cents=0,
    dependents=1,
    latest_assessment_income_cents=30_000_00,
    joint_taxable_income_cents=35_000_00,
)


def told(household, day=TODAY):
    law = LAW.on(day)
    outcome = evaluate(Facts.from_records([household]), law)
    return explain(household, law, outcome, day=day)


def line(trace, ground_id):
    return next(line for line in trace.grounds if line.id == ground_id)


def test_the_compared_value_stands_in_the_trace_with_its_day_and_source():
    trace = told(
        replace(HOME, joint_taxable_income_cents=31_000_00, dependents=2), date(2021, 6, 30)
    )
    found = line(trace, "income_ceiling_b").comparison
    # S02, S14, S15, S64: 31,870 and 1,660 for each dependent in 2021, on the income of 2018.
    assert found.limit_cents == 31_870_00
    assert found.ceiling_cents == 31_870_00 + 2 * 1_660_00
    assert (found.income_cents, found.income_year) == (31_000_00, 2018)
    assert found.valid_from == date(2021, 1, 1)
    assert found.sources[0].url.startswith("https://www.kortrijk.be/")
    assert not found.is_stale
    assert line(trace, "income_ceiling_b").truth is Truth.YES


def test_a_ceiling_that_was_not_published_since_2022_says_when_it_was_last_confirmed():
    trace = told(NO_GROUND)
    stale = {mark.id: mark.last_confirmed_on for mark in trace.stale}
    assert stale == {
        "income_ceiling_a": date(2024, 5, 1),
        "income_ceiling_b": date(2022, 8, 31),
    }
    assert told(NO_GROUND, date(2022, 8, 31)).stale == ()
    assert "laatst bevestigd op 31/08/2022" in "\n".join(render(trace, "nl"))


def test_a_refusal_shows_the_nearest_way_in():
    trace = told(NO_GROUND)
    assert trace.outcome == "not_eligible"
    assert trace.reasons == ("not_priority",)
    # 35,000 against 32,980 + 1,720 (S05); 30,000 against 24,328.19 + 4,501.81 (S70).
    assert [(way.ground, way.excess_cents) for way in trace.way_in] == [
        ("income_ceiling_b", 300_00),
        ("income_ceiling_a", 1_170_00),
    ]


def test_the_way_in_never_asks_to_change_health_family_or_origin():
    trace = told(NO_GROUND)
    assert {way.ground for way in trace.way_in} <= {"income_ceiling_a", "income_ceiling_b"}


def test_the_way_in_turns_the_answer():
    way = told(NO_GROUND).way_in[0]
    income = NO_GROUND.joint_taxable_income_cents - way.excess_cents
    assert told(replace(NO_GROUND, joint_taxable_income_cents=income)).outcome == "eligible"


def test_an_open_answer_names_what_is_missing_and_what_to_ask_first():
    trace = told(replace(NO_GROUND, protected_customer=None, joint_taxable_income_cents=None))
    assert trace.outcome == "undetermined"
    assert trace.missing == ("protected_customer", "joint_taxable_income_cents")
    # Each of the two decides with one of its answers; the tariff is the lighter question.
    assert trace.next_question == "protected_customer"


def test_the_question_that_can_decide_comes_before_one_that_cannot():
    trace = told(replace(NO_GROUND, dependents=None, joint_taxable_income_cents=None))
    # A low income decides; a number of dependents does not without the income.
    assert set(trace.missing) == {"joint_taxable_income_cents", "dependents"}
    assert trace.next_question == "joint_taxable_income_cents"


def test_a_decided_answer_asks_nothing():
    trace = told(replace(HOME, increased_allowance=True))
    assert (trace.missing, trace.next_question) == ((), None)


def test_the_document_that_would_settle_a_ground_is_named():
    papers = line(told(HOME), "ocmw_energy_guidance").documents
    assert [paper.id for paper in papers] == ["attest_ocmw_guidance"]
    assert papers[0].counts_for_months is None


def test_mijn_verbouwlening_stands_beside_and_is_never_chosen():
    trace = told(replace(HOME, increased_allowance=True), date(2023, 3, 1))
    assert [line.id for line in trace.elsewhere] == ["mijn_verbouwlening_2023"]
    assert trace.product.id == "own_offer_priority"


def test_the_chosen_reading_of_a_disputed_end_is_in_the_trace():
    association = HouseholdFacts(
        borrower_kind=BorrowerKind.OWNERS_ASSOCIATION,
        dwelling_in_served_municipality=True,
        dwelling_in_flemish_region=True,
        owners_association_units=2,
    )
    product = told(association, date(2020, 6, 1)).product
    assert (product.end_reading, product.maximum_cents) == ("end_of_2020", 30_000_00)


def test_every_compared_value_agrees_with_the_verdict():
    households, days, _ = draw_many(400, seed=7)
    seen = 0
    for household, day in zip(households, days, strict=True):
        for ground in told(household, day).grounds:
            found = ground.comparison
            if found is None or None in (found.income_cents, found.ceiling_cents):
                continue
            seen += 1
            assert ground.truth is Truth.of(found.income_cents <= found.ceiling_cents)
    assert seen > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trace_renders_in_every_language(language):
    households, days, _ = draw_many(150, seed=11)
    for household, day in zip(households, days, strict=True):
        lines = render(told(household, day), language)
        assert len(lines) >= 1
        assert not any("{" in text or "None" in text for text in lines)


def test_the_dutch_trace_reads_as_sentences():
    lines = render(told(NO_GROUND, date(2022, 1, 1)), "nl")
    text = "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")
    assert "Op 01/01/2022 kan deze aanvrager niet lenen bij het Energiehuis." in text
    assert "Gezamenlijk belastbaar inkomen van 2019: € 35.000,00. Grens: € 34.700,00" in text
    assert "Wat het antwoord kan veranderen: een inkomen dat € 300,00 lager ligt" in text


def test_the_trace_as_json_has_amounts_as_text_and_truths_as_words():
    document = orjson.loads(orjson.dumps(trace_as_dict(told(NO_GROUND))))
    ground = next(g for g in document["grounds"] if g["id"] == "income_ceiling_b")
    assert ground["truth"] == "does_not_hold"
    assert ground["comparison"]["ceiling"] == "34700.00"
    assert ground["facts"][0] == {"name": "joint_taxable_income", "value": "35000.00"}
    assert document["day"] == "2026-11-23"
    assert document["way_in"][0] == {"ground": "income_ceiling_b", "excess": "300.00"}


def test_every_reason_has_words_as_a_reason_and_as_an_open_point():
    for reason in Reason:
        for form in ("reason", "point"):
            key = f"eligibility.{form}.{reason.name.lower()}"
            assert all(translate(key, language) for language in LANGUAGES)


def test_the_names_of_the_facts_have_words():
    for name in HouseholdFacts.__dataclass_fields__:
        assert all(translate(f"eligibility.fact.{name}", language) for language in LANGUAGES)

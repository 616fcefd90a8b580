"""A million households on one day: the rules beside the same comparisons written out by hand.

Run with `python -m benchmarks.eligibility_million`. The handwritten script knows the amounts of
one day by heart, and answers all that the rules answer: each ground, the priority group, the
product with its figures, whether the wish fits, and reasons and open points as bits, with
unknown as a third value. Both are timed in turn, in one run, and must agree on every household;
so must a plain reimplementation of how OpenFisca evaluates, on households of which all is known.
"""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from benchmarks import eligibility_api
from benchmarks.peers import openfisca_style
from benchmarks.row import Row, as_time, print_rows, row_of, timed
from energiehuis.eligibility.facts import AMOUNT_FACTS, Amounts, Facts, HouseholdFacts
from energiehuis.eligibility.outcome import Eligibility
from energiehuis.eligibility.rules import evaluate
from energiehuis.law.loader import load_law
from energiehuis.law.vocabulary import TRUTH_FACTS, BorrowerKind

HOUSEHOLDS = 1_000_000
ROUNDS = 7
DAY = date(2026, 11, 23)
# A running loan of before this day is repaid first.
OLD = np.datetime64("2017-10-01")
_SERVED, _FLEMISH = "dwelling_in_served_municipality", "dwelling_in_flemish_region"
_HOME = "main_residence"
_OWN = ("own_offer_priority", "own_offer_legal_person")
MOST = {
    "latest_assessment_income_cents": 60_000_00,
    "joint_taxable_income_cents": 90_000_00,
    "extra_cadastral_income_cents": 1_000_00,
    "dependents": 4,
    "amount_wished_cents": 18_000_00,
    "term_wished_months": 130,
    "works_cost_cents": 40_000_00,
    "outstanding_cents": 3_000_00,
}


@dataclass(frozen=True)
class Timing:
    """Seconds of both, round by round."""

    rules: list[float]
    by_hand: list[float]

    def ratios(self) -> list[float]:
        """How many times the time of the handwritten script the rules need."""
        return [rules / hand for rules, hand in zip(self.rules, self.by_hand, strict=True)]


def draw_facts(count: int, *, unknown_share: float) -> Facts:
    """Draw households, of which a share of every fact is unknown."""
    random = np.random.default_rng(20261123)
    kinds = np.where(random.random(count) < 0.9, 0, random.integers(0, 6, count)).astype(np.int8)
    truths = {name: _draw_truth(random, name, unknown_share, count) for name in TRUTH_FACTS}
    amounts = {
        name: Amounts.of(
            random.integers(0, MOST.get(name, 10) + 1, count),
            random.random(count) >= unknown_share,
        )
        for name in AMOUNT_FACTS
    }
    granted = np.datetime64("2015-01-01") + random.integers(0, 4_000, count)
    granted[random.random(count) < unknown_share] = np.datetime64("NaT")
    facts = Facts.from_arrays(kinds, truths=truths, amounts=amounts)
    return replace(facts, outstanding_granted_on=granted)


def _draw_truth(random, name, unknown_share, count):  # noqa: ANN001, ANN202
    likely = 0.95 if "dwelling_in" in name or name == "main_residence" else 0.1
    codes = (random.random(count) < likely).astype(np.int8)
    codes[random.random(count) < unknown_share] = -1
    return codes


def by_hand(facts: Facts) -> dict[str, np.ndarray]:  # noqa: PLR0915
    """Answer for 23 November 2026 with the amounts of that day written into the script."""
    kind, count = facts.borrower_kinds, len(facts)
    natural, served = kind == 0, (kind >= 0) & (kind <= 3)
    legal = served & ~natural
    must, may = {}, {}
    for name in (
        "increased_allowance",
        "debt_mediation",
        "heating_bill_unpaid",
        "ocmw_energy_guidance",
        "lets_through_social_rental_agency",
        "protected_customer",
        "exclusive_night_tariff",
        _HOME,
        _FLEMISH,
        _SERVED,
        "new_build",
        "new_build_e_level_at_most_30",
        "new_build_before_final_epb_declaration",
    ):
        codes = facts.truth(name)
        must[name], may[name] = codes == 1, codes != 0
    low = {name: amounts.values for name, amounts in facts.amounts.items()}
    big = 2**60
    high = {
        name: low[name] if amounts.known.all() else np.where(amounts.known, low[name], big)
        for name, amounts in facts.amounts.items()
        if name not in ("dependents", "owners_association_units")
    }
    dependents, known = low["dependents"], facts.amounts["dependents"].known
    most = dependents if known.all() else np.where(known, dependents, 10**7)
    a, cadastral = "latest_assessment_income_cents", "extra_cadastral_income_cents"
    b = "joint_taxable_income_cents"
    ground_must, ground_may = np.empty((8, count), np.bool_), np.empty((8, count), np.bool_)
    for row, name in (
        (0, "increased_allowance"),
        (3, "ocmw_energy_guidance"),
        (4, "lets_through_social_rental_agency"),
        (5, "protected_customer"),
        (7, "exclusive_night_tariff"),
    ):
        ground_must[row], ground_may[row] = must[name], may[name]
    np.less_equal(high[a] + 3 * high[cadastral], 24_328_19 + 4_501_81 * dependents, ground_must[1])
    np.less_equal(low[a] + 3 * low[cadastral], 24_328_19 + 4_501_81 * most, ground_may[1])
    np.logical_and(must["debt_mediation"], must["heating_bill_unpaid"], ground_must[2])
    np.logical_and(may["debt_mediation"], may["heating_bill_unpaid"], ground_may[2])
    np.less_equal(high[b], 32_980_00 + 1_720_00 * dependents, ground_must[6])
    np.less_equal(low[b], 32_980_00 + 1_720_00 * most, ground_may[6])
    priority_must, priority_may = ground_must.any(axis=0), ground_may.any(axis=0)
    grounds = ground_must.view(np.int8) * np.int8(2) - ground_may.view(np.int8)
    ben_must = must["new_build_e_level_at_most_30"] & must["new_build_before_final_epb_declaration"]
    ben_may = may["new_build_e_level_at_most_30"] & may["new_build_before_final_epb_declaration"]
    built_must = ~may["new_build"] | ben_must
    built_may = ~must["new_build"] | ben_may
    place_must = must[_FLEMISH] & must[_SERVED]
    place_may = may[_FLEMISH] & may[_SERVED]
    person_must = natural & priority_must & must[_HOME] & place_must & built_must
    person_may = natural & priority_may & may[_HOME] & place_may & built_may
    legal_must, legal_may = legal & place_must, legal & place_may
    overall_must, overall_may = person_must | legal_must, person_may | legal_may
    product = np.where(person_must, 13, np.where(legal_must, 14, -1))
    rate = np.where(person_must, 0.0, np.where(legal_must, 0.01, np.nan))
    minimum = np.where(overall_must, 1_250_00, -1)
    maximum = np.where(overall_must, 15_000_00, -1)
    term = np.where(overall_must, 120, -1)
    wished, running, cost = "amount_wished_cents", "outstanding_cents", "works_cost_cents"
    months = "term_wished_months"
    granted = facts.outstanding_granted_on
    parts = (
        (256, low[wished] >= minimum, high[wished] >= minimum),
        (
            512,
            high[wished] + high[running] <= maximum,
            low[wished] + low[running] <= maximum,
        ),
        (1024, high[wished] <= low[cost], low[wished] <= high[cost]),
        (2048, high[months] <= term, low[months] <= term),
        (
            4096,
            (high[running] == 0) | (granted >= OLD),
            (low[running] == 0) | ~(granted < OLD),
        ),
    )
    wish_must, wish_may = overall_must.copy(), np.ones(count, np.bool_)
    without = ~overall_must
    reasons, points = np.zeros(count, np.uint16), np.zeros(count, np.uint16)
    reasons |= (without & ~served) * np.uint16(1)
    reasons |= (without & natural & ~priority_may) * np.uint16(2)
    points |= (without & natural & priority_may & ~priority_must) * np.uint16(2)
    for bit, concerns, yes, maybe in (
        (
            4,
            served,
            must[_SERVED],
            may[_SERVED],
        ),
        (8, served, must[_FLEMISH], may[_FLEMISH]),
        (16, natural, must[_HOME], may[_HOME]),
        (32, natural, built_must, built_may),
    ):
        reasons |= (without & concerns & ~maybe) * np.uint16(bit)
        points |= (without & concerns & maybe & ~yes) * np.uint16(bit)
    for bit, yes, maybe in parts:
        wish_must &= yes
        wish_may &= maybe
        reasons |= (overall_must & ~maybe) * np.uint16(bit)
        points |= (overall_must & maybe & ~yes) * np.uint16(bit)
    wish_may |= without
    return {
        "overall": overall_must.view(np.int8) * np.int8(2) - overall_may.view(np.int8),
        "product_indexes": product,
        "rates_per_year": rate,
        "minimums_cents": minimum,
        "maximums_cents": maximum,
        "longest_terms_months": term,
        "priority": priority_must.view(np.int8) * np.int8(2) - priority_may.view(np.int8),
        "grounds": grounds.T,
        "wish_fits": wish_must.view(np.int8) * np.int8(2) - wish_may.view(np.int8),
        "reasons": reasons,
        "open_points": points,
    }


def measure(facts: Facts) -> Timing:
    """Time both in turn, after one round to warm up and to compare the answers."""
    law = load_law().on(DAY)
    require_agreement(evaluate(facts, law), by_hand(facts))
    timing = Timing([], [])
    for _ in range(ROUNDS):
        timing.rules.append(_seconds(lambda: evaluate(facts, law)))
        timing.by_hand.append(_seconds(lambda: by_hand(facts)))
    return timing


def require_agreement(answers: Eligibility, hand: dict[str, np.ndarray]) -> None:
    """Refuse to time two things that do not answer the same."""
    law = load_law().on(DAY)
    places = [
        law.product_ids.index(name) for name in ("own_offer_priority", "own_offer_legal_person")
    ]
    numbers = hand["product_indexes"]
    hand["product_indexes"] = np.select([numbers == 13, numbers == 14], places, -1)
    for part in fields(Eligibility):
        if part.name in hand:
            np.testing.assert_array_equal(getattr(answers, part.name), hand[part.name], part.name)


def compare_openfisca(facts: Facts) -> Row:
    """Time the peer and the rules in turn, after one round to compare what both can answer."""
    whole, law = load_law(), load_law().on(DAY)
    parameters, households = openfisca_style.Parameters(whole), openfisca_style.Households(facts)

    def ask() -> dict[str, np.ndarray]:
        return openfisca_style.answers(
            openfisca_style.Simulation(parameters, households.arrays, DAY), DAY
        )

    _require_the_same(evaluate(facts, law), ask())
    timing = Timing([], [])
    for _ in range(ROUNDS):
        timing.by_hand.append(_seconds(lambda: evaluate(facts, law)))
        timing.rules.append(_seconds(ask))
    note = f"{as_time(statistics.median(timing.rules))} beside the rules, "
    note += f"{as_time(statistics.median(timing.by_hand))}; a plain reimplementation that knows no "
    note += "unknown, no reasons and one product a borrower"
    work = f"{len(facts):,} households, all known, OpenFisca-style"
    return row_of(work, "-", timing.ratios(), "x the rules", note=note)


def _require_the_same(ours: Eligibility, peer: dict[str, np.ndarray]) -> None:
    for name in openfisca_style.GROUNDS:
        ground = ours.grounds[:, ours.ground_ids.index(name)]
        np.testing.assert_array_equal(ground == 1, peer[name], name)
    for name, own in (
        ("eligible", ours.overall == 1),
        ("priority", ours.priority == 1),
        ("rate", ours.rates_per_year),
        ("minimum", ours.minimums_cents),
        ("maximum", ours.maximums_cents),
        ("longest_term", ours.longest_terms_months),
        ("fits", ours.wish_fits == 1),
    ):
        np.testing.assert_array_equal(own, peer[name], name)


def measure_one() -> list[float]:
    """Give the seconds that one household takes, facts included."""
    household = HouseholdFacts(
        borrower_kind=BorrowerKind.NATURAL_PERSON,
        dwelling_in_served_municipality=True,
        dwelling_in_flemish_region=True,
        main_residence=True,
        new_build=False,
        joint_taxable_income_cents=30_000_00,
        dependents=1,
    )
    law = load_law().on(DAY)

    return timed(lambda: evaluate(Facts.from_records([household]), law))


def _seconds(act) -> float:  # noqa: ANN001
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def rows() -> Iterator[Row]:
    """Give the ratios to the handwritten script, and the time of one household."""
    for label, unknown_share in (("all known", 0.0), ("a fifth unknown", 0.2)):
        timing = measure(draw_facts(HOUSEHOLDS, unknown_share=unknown_share))
        note = f"{as_time(statistics.median(timing.rules))} beside a handwritten numpy script"
        note += f", {as_time(statistics.median(timing.by_hand))}; {ROUNDS} pairs"
        yield row_of(f"{HOUSEHOLDS:,} households, {label}", "<= 2", timing.ratios(), "x", note=note)
    yield compare_openfisca(draw_facts(HOUSEHOLDS, unknown_share=0.0))
    turns = [1e3 * length for length in measure_one()]
    yield row_of("one household, facts included", "<= 10 ms", turns, "ms")
    yield from eligibility_api.rows()


if __name__ == "__main__":
    print_rows(rows())

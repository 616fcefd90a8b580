"""What holds for every run, on small portfolios of invented files."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from energiehuis.simulation.levers import Levers, RunScenarios
from energiehuis.simulation.portfolio import in_order
from energiehuis.simulation.results import read_answer, write_answer
from energiehuis.simulation.running import run
from tests.portfolios import NIS_CODES, a_file, many_files, refused, with_income

FILES = many_files(60)


def answer_of(files=FILES, draws=8, seed=1, **levers):
    return run(files, NIS_CODES, RunScenarios("Proef", Levers(**levers), draws, seed))


def test_the_same_seed_gives_the_same_bits():
    assert write_answer(answer_of(ceiling_cents=6_000_00)) == write_answer(
        answer_of(ceiling_cents=6_000_00)
    )


def test_another_seed_moves_the_interval_and_not_the_point_or_the_money():
    one, other = answer_of(seed=1).total.baseline, answer_of(seed=2).total.baseline
    assert one.kwh.realised.p95 != other.kwh.realised.p95
    assert one.kwh.realised.point == other.kwh.realised.point
    assert one.repayments_cents == other.repayments_cents


def test_levers_that_are_not_turned_leave_everything_as_it_is():
    answer = answer_of()
    assert answer.total.scenario == answer.total.baseline
    assert [area.scenario for area in answer.areas] == [area.baseline for area in answer.areas]
    assert answer.scenario_paths == answer.baseline_paths


def test_what_can_be_added_up_adds_up_to_the_total():
    answer = answer_of(ceiling_cents=5_000_00, income_limit_percent=150)
    for scenario in ("baseline", "scenario"):
        parts = [getattr(area, scenario) for area in answer.areas]
        total = getattr(answer.total, scenario)
        assert sum(part.loans for part in parts) == total.loans
        assert sum(part.lent_cents for part in parts) == total.lent_cents
        assert sum(part.interest_cents for part in parts) == total.interest_cents
        for year in range(len(answer.years)):
            assert sum(p.repayments_cents[year] for p in parts) == total.repayments_cents[year]
        points = sum(part.kwh.calculated.point for part in parts)
        assert points == pytest.approx(total.kwh.calculated.point, abs=0.01)
    assert sum(area.files for area in answer.areas) == answer.total.files == len(FILES)


def test_all_that_is_lent_comes_back_with_its_interest():
    total = answer_of().total.baseline
    assert sum(total.repayments_cents) == total.lent_cents + total.interest_cents


def test_a_gas_dwelling_saves_euros_at_the_price_of_gas():
    # 0.0659 EUR/kWh and 0.201 kg/kWh: TABULA Belgium, IWUGERMANY/tabuladata at 2411fa43.
    saved = answer_of([a_file()]).total.baseline
    assert saved.eur.calculated.point == pytest.approx(0.0659 * saved.kwh.calculated.point)
    assert saved.co2_tonnes.realised.point == pytest.approx(
        0.201e-3 * saved.kwh.realised.point, rel=1e-6
    )


def test_twice_the_files_save_twice_the_euros():
    one = answer_of([a_file(1)], draws=0).total.baseline
    two = answer_of([a_file(1), a_file(2)], draws=0).total.baseline
    assert two.eur.calculated.point == pytest.approx(2 * one.eur.calculated.point)
    assert two.lent_cents == 2 * one.lent_cents


def test_a_ceiling_cuts_the_amount_and_the_saving_that_the_loan_claims():
    answer = answer_of([a_file()], ceiling_cents=2_000_00)
    now, then = answer.total.baseline, answer.total.scenario
    assert (now.lent_cents, then.lent_cents) == (8_000_00, 2_000_00)
    assert then.kwh.calculated.point == pytest.approx(now.kwh.calculated.point / 4, abs=0.01)


def test_a_ceiling_does_not_undo_what_a_counsellor_decided():
    lowered = a_file(principal_cents=3_000_00)
    assert answer_of([lowered], ceiling_cents=50_000_00).total.scenario.lent_cents == 3_000_00


def test_a_higher_ceiling_lends_what_the_ceiling_of_the_day_cut():
    # 15,000 EUR was the highest loan on 1 March 2018: law file energy_loan_2017, S23 and S24.
    cut = a_file(principal_cents=15_000_00, requested_cents=22_000_00, works_cost_cents=22_000_00)
    assert answer_of([cut], ceiling_cents=20_000_00).total.scenario.lent_cents == 20_000_00


def test_a_shorter_term_costs_less_interest_and_ends_earlier():
    answer = answer_of([a_file()], longest_term_months=24)
    now, then = answer.total.baseline, answer.total.scenario
    assert then.interest_cents < now.interest_cents
    assert then.repayments_cents[-1] <= now.repayments_cents[-1]
    # 60 instalments from May 2018 on end in April 2023, 24 in April 2020.
    assert [y for y, c in zip(answer.years, then.repayments_cents, strict=True) if c][-1] == 2020
    assert [y for y, c in zip(answer.years, now.repayments_cents, strict=True) if c][-1] == 2023


def test_a_rate_of_zero_takes_all_interest_of_that_group_away():
    files = [a_file(1), a_file(2, is_priority=True, rate_basis_points=100)]
    answer = answer_of(files, general_rate_basis_points=0)
    priority_alone = answer_of([files[1]]).total.baseline.interest_cents
    assert answer.total.scenario.interest_cents == priority_alone > 0


@pytest.mark.parametrize(
    "unknown",
    [
        {"works": None},
        {"dwelling_type": None},
        {"build_year": None},
        {"floor_area_m2": None},
        {"heating_carrier": None},
        {"heating_carrier": "other"},
        {"works_cost_cents": None},
    ],
)
def test_a_loan_of_which_something_is_unknown_stands_beside_the_saving(unknown):
    known = answer_of([a_file(1)]).total.baseline
    both = answer_of([a_file(1), a_file(2, **unknown)]).total.baseline
    assert both.loans == 2
    assert both.lent_cents == 2 * known.lent_cents
    assert (both.counts.with_saving, both.counts.unknown_works) == (1, 1)
    assert both.kwh.calculated.point == known.kwh.calculated.point


def test_heating_in_a_gas_dwelling_is_taken_for_a_boiler_and_said_so():
    answer = answer_of([a_file(works=("heating",))])
    assert answer.boilers_assumed == 1
    assert answer.total.baseline.kwh.calculated.point > 0


def test_heating_in_an_electric_dwelling_is_not_guessed():
    answer = answer_of([a_file(works=("heating",), heating_carrier="electricity")])
    assert answer.boilers_assumed == 0
    assert answer.total.baseline.counts.unmodelled_works == 1
    assert answer.total.baseline.kwh.calculated.point == 0


def test_a_price_list_without_oil_leaves_the_oil_dwelling_out_of_the_euros():
    files = [a_file(1), a_file(2, heating_carrier="heating_oil")]
    then = answer_of(files, energy_prices="y2019").total.scenario
    assert (then.counts.with_saving, then.counts.with_price) == (2, 1)


def test_open_and_withdrawn_applications_have_no_loan_under_any_levers():
    waiting = refused(1, 20_000_00, status="submitted", reason_codes=())
    withdrawn = refused(2, 20_000_00, status="withdrawn", reason_codes=())
    answer = answer_of([waiting, withdrawn, a_file(3)], income_limit_percent=300)
    assert answer.total.scenario.loans == 1
    assert answer.total.open_files == 1


def test_an_answer_survives_being_kept():
    answer = answer_of(income_limit_percent=120)
    assert read_answer(write_answer(answer)) == answer


def test_the_pins_change_with_the_portfolio_the_levers_and_the_law_of_the_scenario():
    plain, changed = answer_of().pins, answer_of(income_limit_percent=120).pins
    fewer = answer_of(FILES[:-1]).pins
    assert plain.portfolio_digest == changed.portfolio_digest != fewer.portfolio_digest
    assert plain.scenario_hash != changed.scenario_hash
    assert plain.law_files_version == plain.scenario_law_version == changed.law_files_version
    assert changed.scenario_law_version != changed.law_files_version


REFUSED = in_order(
    [*(refused(number, 10_000_00 + number * 1_500_00) for number in range(30)), *FILES[:10]]
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(st.integers(50, 300), st.integers(50, 300)))
def test_a_higher_income_ceiling_never_grants_fewer(percents):
    lower, higher = sorted(percents)
    loans = [
        answer_of(REFUSED, draws=0, income_limit_percent=percent).total.scenario.loans
        for percent in (lower, higher)
    ]
    assert loans[0] <= loans[1]


def test_a_raised_income_ceiling_moves_a_borrower_to_the_product_of_the_priority_group():
    # 40,000 EUR lies above both ceilings of 2018, and below them doubled; the law of that day
    # lent to others at 2 % and to the priority group at 0 %: law file energy_loan_2017.
    answer = answer_of([with_income(1, 40_000_00)], income_limit_percent=200)
    assert answer.redecided.moved == 1
    assert answer.total.baseline.interest_cents > 0
    assert answer.total.scenario.interest_cents == 0
    assert answer.total.scenario.kwh == answer.total.baseline.kwh

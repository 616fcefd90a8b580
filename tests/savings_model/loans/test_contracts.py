"""Fuller contracts against a plain loop, and against what a contract is by its nature."""

import numpy as np
import pytest

from savings_model.apr import flow_annual_percentage_rate
from savings_model.contract_schedule import contract_schedule, fill_contract_schedule
from savings_model.contracts import LoanMoves, MoveKind, Repayment, check_contracts
from savings_model.loan_terms import check_loan_terms
from savings_model.month_rates import MonthRate
from savings_model.repayment import empty_schedule, repayment_schedule
from savings_model.rounding import Rounding
from savings_model.validation import ModelInputError
from tests.savings_model.loans.exact_contract import PlainContract, exact_contract

COLUMNS = ("instalment_cents", "interest_cents", "principal_cents", "balance_cents")


def random_plain_contracts(count, *, seed, rounding, convention):
    rng = np.random.default_rng(seed)
    return [random_plain_contract(rng, rounding, convention) for _ in range(count)]


def random_plain_contract(rng, rounding, convention):
    term = int(rng.integers(2, 180))
    grace = int(rng.integers(0, min(term, 12))) if rng.random() < 0.4 else 0
    interest_only = int(rng.integers(0, min(term - grace, 12))) if rng.random() < 0.4 else 0
    moves = {}
    for month in rng.integers(0, term, rng.integers(0, 4)).tolist():
        kind = int(rng.choice(3, p=[0.5, 0.4, 0.1])) if month else MoveKind.DRAW
        moves[month] = (kind, int(rng.integers(0, 600_000)))
    return PlainContract(
        principal=int(rng.integers(100_000, 3_000_000)),
        rate=str(rng.choice(["0", "0.01", "0.0225", "0.0475"])),
        term=term,
        rounding=str(rounding),
        convention=str(convention),
        repayment=int(rng.integers(0, 2)),
        grace=grace,
        interest_only=interest_only,
        first_period=float(rng.choice([1.0, 0.5, 1.5])),
        moves=moves,
    )


def contracts_of(plain):
    terms = check_loan_terms(
        [c.principal for c in plain],
        [float(c.rate) for c in plain],
        term_months=[c.term for c in plain],
        rounding=Rounding(plain[0].rounding),
        convention=MonthRate(plain[0].convention),
    )
    moves = np.array(
        [(n, m, c.moves[m][1], c.moves[m][0]) for n, c in enumerate(plain) for m in c.moves],
        dtype=np.int64,
    ).reshape(-1, 4)
    return check_contracts(
        terms,
        repayment=[c.repayment for c in plain],
        grace_months=[c.grace for c in plain],
        interest_only_months=[c.interest_only for c in plain],
        first_period_months=[c.first_period for c in plain],
        moves=LoanMoves(*moves.T),
    )


def cells(schedule, loan):
    return np.stack([getattr(schedule, name)[:, loan] for name in COLUMNS], axis=1)


@pytest.mark.parametrize("convention", list(MonthRate))
@pytest.mark.parametrize("rounding", list(Rounding))
def test_no_cell_of_random_contracts_differs_from_a_plain_loop(rounding, convention):
    plain = random_plain_contracts(250, seed=31, rounding=rounding, convention=convention)
    schedule = contract_schedule(contracts_of(plain)).schedule
    wrong = 0
    for loan, contract in enumerate(plain):
        months = exact_contract(contract)
        found = cells(schedule, loan)
        wrong += int((found[: contract.term] != np.array(months)).sum())
        wrong += int((found[contract.term :] != 0).sum())
    assert wrong == 0


def test_a_contract_without_anything_special_is_an_ordinary_schedule():
    rng = np.random.default_rng(3)
    loans = rng.integers(1, 5_000_000, 500), rng.random(500) * 0.1, rng.integers(1, 300, 500)
    terms = check_loan_terms(loans[0], loans[1], term_months=loans[2])
    contract, ordinary = contract_schedule(check_contracts(terms)), repayment_schedule(*loans)
    for name in COLUMNS:
        assert np.array_equal(getattr(contract.schedule, name), getattr(ordinary, name))


def test_what_was_owed_is_what_is_owed_after_repayment_and_moves():
    plain = random_plain_contracts(200, seed=5, rounding="nearest", convention="actuarial")
    contracts = contracts_of(plain)
    found = contract_schedule(contracts)
    schedule, moves = found.schedule, contracts.moves
    owed = np.vstack([contracts.terms.principal_cents, schedule.balance_cents])
    moved = np.zeros_like(owed)
    moved[moves.after_month, moves.loan] = found.moved_cents
    assert np.array_equal(
        owed[1:], owed[:-1] + moved[:-1] * first_row(moved) - schedule.principal_cents + moved[1:]
    )
    assert np.array_equal(
        schedule.instalment_cents, schedule.interest_cents + schedule.principal_cents
    )


def first_row(moved):
    """Only the draw at the start is not yet in the balance of the row before."""
    mask = np.zeros((len(moved) - 1, 1), dtype=np.int64)
    mask[0] = 1
    return mask


def test_blocks_change_no_cent_of_a_contract():
    contracts = contracts_of(
        random_plain_contracts(300, seed=6, rounding="down", convention="actuarial")
    )
    whole = contract_schedule(contracts)
    blocked = empty_schedule(contracts.terms.term_months)
    moved = fill_contract_schedule(contracts, blocked, block_loans=17)
    assert np.array_equal(moved, whole.moved_cents)
    for name in COLUMNS:
        assert np.array_equal(getattr(blocked, name), getattr(whole.schedule, name))


def test_equal_principal_repays_the_same_part_each_month():
    terms = check_loan_terms([1_200_000], [0.02], term_months=[12])
    schedule = contract_schedule(
        check_contracts(terms, repayment=Repayment.EQUAL_PRINCIPAL)
    ).schedule
    assert schedule.principal_cents[:, 0].tolist() == [100_000] * 12
    # 12,000 euro x ((1.02)^(1/12) - 1) = 19.818 euro in the first month.
    assert schedule.interest_cents[0, 0] == 1_982


def test_interest_only_months_repay_nothing_and_grace_months_pay_nothing():
    terms = check_loan_terms([1_000_000], [0.02], term_months=[24])
    schedule = contract_schedule(
        check_contracts(terms, grace_months=3, interest_only_months=6)
    ).schedule
    assert schedule.instalment_cents[:3, 0].tolist() == [0, 0, 0]
    assert schedule.balance_cents[2, 0] == 1_000_000 + schedule.interest_cents[:3, 0].sum()
    assert schedule.principal_cents[3:9, 0].tolist() == [0] * 6
    assert schedule.balance_cents[-1, 0] == 0


def test_an_odd_first_period_costs_the_same_rate_by_the_day():
    # 46 days instead of 30.41666: the JKP over the days stays the rate of the contract.
    days = 46 * 12 / 365
    terms = check_loan_terms([1_500_000], [0.02], term_months=[120])
    schedule = contract_schedule(check_contracts(terms, first_period_months=days)).schedule
    moments = np.rint(46 + np.arange(120) * 365 / 12).astype(np.int64)
    flow = np.concatenate([[1_500_000], -schedule.instalment_cents[:, 0]])
    rate = flow_annual_percentage_rate(flow, np.concatenate([[0], moments]))
    assert rate == pytest.approx(0.02, abs=2e-6)


def test_a_write_off_ends_the_loan_and_an_early_repayment_takes_no_more_than_is_owed():
    terms = check_loan_terms([100_000, 100_000], [0.01, 0.0], term_months=[10, 10])
    moves = LoanMoves(
        np.array([0, 1]),
        np.array([4, 4]),
        np.array([0, 900_000]),
        np.array([MoveKind.WRITE_OFF, MoveKind.EARLY_REPAYMENT]),
    )
    found = contract_schedule(check_contracts(terms, moves=moves))
    assert found.schedule.instalment_cents[4:].sum() == 0
    assert found.moved_cents[1] == -60_000
    assert -found.moved_cents[0] + found.schedule.principal_cents[:, 0].sum() == 100_000


@pytest.mark.parametrize(
    ("changes", "field", "index"),
    [
        ({"grace_months": [0, 12]}, "grace_months", (1,)),
        ({"grace_months": 6, "interest_only_months": [0, 6]}, "interest_only_months", (1,)),
        ({"repayment": 2}, "repayment", ()),
        ({"first_period_months": [1.0, float("nan")]}, "first_period_months", (1,)),
        ({"first_period_months": [1.0, 1.0, 1.0]}, "first_period_months", None),
    ],
)
def test_a_contract_that_cannot_be_is_refused(changes, field, index):
    terms = check_loan_terms([100, 100], 0.01, term_months=[12, 12])
    with pytest.raises(ModelInputError) as refusal:
        check_contracts(terms, **changes)
    assert (refusal.value.field, refusal.value.index) == (field, index)


@pytest.mark.parametrize(
    ("move", "field"),
    [
        (([2], [1], [5], [0]), "moves.loan"),
        (([0], [12], [5], [0]), "moves.after_month"),
        (([0], [0], [5], [1]), "moves.after_month"),
        (([0], [1], [-5], [1]), "moves.amount_cents"),
        (([0, 0], [1, 1], [5, 5], [0, 1]), "moves.loan"),
        (([0, 0], [1], [5, 5], [0, 1]), "moves.after_month"),
    ],
)
def test_a_move_that_cannot_be_is_refused(move, field):
    terms = check_loan_terms([100, 100], 0.01, term_months=[12, 12])
    with pytest.raises(ModelInputError) as refusal:
        check_contracts(terms, moves=LoanMoves(*map(np.array, move)))
    assert refusal.value.field == field


def test_a_balance_that_would_outgrow_exact_cents_is_refused_by_name():
    terms = check_loan_terms([10**10, 10**6], [1.0, 1.0], term_months=[600, 600])
    with pytest.raises(ModelInputError, match=r"grace_months\[0\]: lets the balance grow past"):
        check_contracts(terms, grace_months=[400, 60])
    check_contracts(terms, grace_months=[60, 60])

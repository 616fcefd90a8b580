"""The walk through the months for fuller contracts: the same steps, with sparse changes between.

Only the loans that change are touched: those that draw or repay early, those whose slow start
ends, those that end. At each change the instalment is set anew from what is then owed, by a
factor that `contract_plan` worked out for all changes of a block at once.
"""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import AnyArray, FloatArray, IntArray
from savings_model.contract_plan import ContractPlan, plan_contracts
from savings_model.contracts import Contracts, part_of_contracts
from savings_model.month_walk import MonthRows, charge_interest, settle


@dataclass(slots=True)
class _State:
    """Loans between two months; `interest_on_top` is 1 where the instalment is due + interest."""

    balance: AnyArray
    due: AnyArray
    rate: FloatArray
    interest_on_top: AnyArray
    moved: IntArray
    overpaid: list[IntArray]


def walk_contracts(contracts: Contracts, rows: MonthRows) -> IntArray:
    """Fill the rows of a block of contracts.

    Parameters
    ----------
    contracts : Contracts
        A block, its moves numbered within the block. [-]
    rows : MonthRows
        Overwritten. [-]

    Returns
    -------
    ndarray, shape (moves,)
        What each move added to the balance, or took off it (-). [cents]
    """
    state = _walk(contracts, rows, limited=False)
    overpaid = np.unique(np.concatenate(state.overpaid)) if state.overpaid else np.empty(0, int)
    if overpaid.size:
        mine = np.isin(contracts.moves.loan, overpaid)
        state.moved[mine] = _walk_again(part_of_contracts(contracts, overpaid), rows, overpaid)
    return state.moved


def _walk_again(part: Contracts, rows: MonthRows, loans: IntArray) -> IntArray:
    """Redo the few loans that rounding up repaid before their term, now with the limit."""
    redone = MonthRows(*(np.empty((len(row), loans.size), row.dtype) for row in rows))
    state = _walk(part, redone, limited=True)
    for row, new in zip(rows, redone, strict=True):
        row[:, loans] = new
    return state.moved


def _walk(contracts: Contracts, rows: MonthRows, *, limited: bool) -> _State:
    plan = plan_contracts(contracts, len(rows.balance_cents))
    state = _opening(contracts, plan, rows.balance_cents.dtype)
    product = np.empty(contracts.terms.loans)
    for month, row in enumerate(map(MonthRows, *rows)):
        _change(state, plan, month)
        charge_interest(state.balance, state.rate, product, out=row.interest_cents)
        ending = plan.endings[month]
        if ending.size:
            _end(state, ending, row.interest_cents)
        _repay(state, row, on_top=plan.any_equal_principal)
        if limited:
            _limit(state, row)
        state.due[ending] = 0
        state.balance = row.balance_cents
    return state


def _opening(contracts: Contracts, plan: ContractPlan, dtype: np.dtype[np.signedinteger]) -> _State:
    loans = contracts.terms.loans
    return _State(
        balance=contracts.terms.principal_cents.astype(dtype),
        due=np.zeros(loans, dtype),
        rate=plan.first_rate.copy(),
        interest_on_top=np.zeros(loans, dtype),
        moved=np.zeros(contracts.moves.loan.size, np.int64),
        overpaid=[],
    )


def _change(state: _State, plan: ContractPlan, month: int) -> None:
    """Move money and set instalments anew between two months."""
    moves, resets = plan.moves_of(month), plan.resets_of(month)
    if month == 1 and plan.odd_loans.size:
        state.rate[plan.odd_loans] = plan.rate[plan.odd_loans]
    if moves.stop > moves.start:
        _move(state, plan, moves)
    if resets.stop > resets.start:
        _reset(state, plan, resets)


def _move(state: _State, plan: ContractPlan, moves: slice) -> None:
    loans = plan.move_loan[moves]
    before = state.balance[loans]
    after = np.maximum(before + plan.move_cents[moves], 0)
    state.balance[loans] = after
    state.moved[plan.move_place[moves]] = after - before
    state.overpaid.append(loans[before < 0])


def _reset(state: _State, plan: ContractPlan, resets: slice) -> None:
    loans = plan.reset_loan[resets]
    balance = state.balance[loans]
    due = np.floor(balance * plan.reset_factor[resets] + plan.reset_offset[resets])
    state.due[loans] = due
    if plan.any_equal_principal:
        state.interest_on_top[loans] = plan.reset_on_top[resets]
    rate = (plan.first_rate if resets.start == 0 else plan.rate)[loans]
    # As in an ordinary schedule, interest is never more than an instalment that was rounded down.
    short = plan.reset_annuity[resets] & (np.rint(balance * rate) > due)
    if short.any():
        rate[short] = due[short] / balance[short]
    state.rate[loans] = rate


def _repay(state: _State, row: MonthRows, *, on_top: bool) -> None:
    if on_top:
        np.multiply(state.interest_on_top, row.interest_cents, row.instalment_cents)
        np.add(row.instalment_cents, state.due, row.instalment_cents)
    else:
        np.copyto(row.instalment_cents, state.due)
    np.subtract(row.instalment_cents, row.interest_cents, row.principal_cents)
    np.subtract(state.balance, row.principal_cents, row.balance_cents)


def _limit(state: _State, row: MonthRows) -> None:
    np.minimum(row.principal_cents, state.balance, out=row.principal_cents)
    np.add(row.interest_cents, row.principal_cents, row.instalment_cents)
    np.subtract(state.balance, row.principal_cents, row.balance_cents)


def _end(state: _State, ending: IntArray, interest: AnyArray) -> None:
    """Let the last instalment take what is owed, its interest on top or inside."""
    state.interest_on_top[ending] = 0
    state.overpaid.append(settle(ending, state.balance, interest, due=state.due))

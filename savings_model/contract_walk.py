"""The walk through the months for fuller contracts: the same steps, with sparse changes between.

Only the loans that change are touched: those that draw or repay early, those whose slow start
ends, those that end. At each change the instalment is set anew from what is then owed, by a
factor that `contract_plan` worked out for all changes of a block at once.
"""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import AnyArray, FloatArray, IntArray
from savings_model.contract_plan import ContractPlan, Instalments, plan_contracts
from savings_model.contracts import Contracts, part_of_contracts
from savings_model.month_walk import MonthRows, charge_interest, settle

_ALL_LOANS = slice(None)


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
    overpaid = np.unique(np.concatenate(state.overpaid))
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
    state = _opening(contracts, rows.balance_cents.dtype)
    product = np.empty(contracts.terms.loans)
    for month, row in enumerate(map(MonthRows, *rows)):
        _change(state, plan, month)
        charge_interest(state.balance, state.rate, product, out=row.interest_cents)
        ending = plan.endings[month]
        if ending.size:
            state.overpaid.append(settle(ending, state.balance, row.interest_cents, due=state.due))
            if plan.equal_principal.stop:
                state.interest_on_top[ending] = 0
        _repay(state, row, on_top=plan.equal_principal)
        if limited:
            _limit(state, row)
        if ending.size:
            state.due[ending] = 0
        state.balance = row.balance_cents
    return state


def _opening(contracts: Contracts, dtype: np.dtype[np.signedinteger]) -> _State:
    loans = contracts.terms.loans
    return _State(
        balance=contracts.terms.principal_cents.astype(dtype),
        due=np.zeros(loans, dtype),
        rate=np.empty(loans),
        interest_on_top=np.zeros(loans, dtype),
        moved=np.zeros(contracts.moves.loan.size, np.int64),
        overpaid=[np.empty(0, np.int64)],
    )


def _change(state: _State, plan: ContractPlan, month: int) -> None:
    """Move money and set instalments anew between two months."""
    moves, resets = plan.moves_of(month), plan.resets_of(month)
    if month == 1 and plan.odd_loans.size:
        state.rate[plan.odd_loans] = plan.rate[plan.odd_loans]
    if moves.stop > moves.start:
        _move(state, plan, moves)
    if month == 0:
        _reset(state, plan.opening, _ALL_LOANS, on_top=plan.equal_principal)
    if resets.stop > resets.start:
        loans = plan.reset_loan[resets]
        _reset(state, plan.resets.part(resets), loans, on_top=plan.equal_principal)


def _move(state: _State, plan: ContractPlan, moves: slice) -> None:
    loans = plan.move_loan[moves]
    before = state.balance[loans]
    after = np.maximum(before + plan.move_cents[moves], 0)
    state.balance[loans] = after
    state.moved[plan.move_place[moves]] = after - before
    state.overpaid.append(loans[before < 0])


def _reset(
    state: _State, instalments: Instalments, loans: slice | IntArray, *, on_top: slice
) -> None:
    balance, rate = state.balance[loans], instalments.rate
    due = np.floor(balance * instalments.factor + instalments.offset)
    state.due[loans] = due
    if on_top.stop:
        state.interest_on_top[loans] = instalments.on_top
    # As in an ordinary schedule, interest is never more than an instalment that was rounded down.
    short = instalments.annuity & (np.rint(balance * rate) > due)
    if short.any():
        rate = np.divide(due, balance, out=rate.copy(), where=short)
    state.rate[loans] = rate


def _repay(state: _State, row: MonthRows, *, on_top: slice) -> None:
    """Pay what is due; in the stretch with equal principal some pay their interest on top."""
    np.positive(state.due, row.instalment_cents)
    np.subtract(state.due, row.interest_cents, row.principal_cents)
    if on_top.stop:
        extra = state.interest_on_top[on_top] * row.interest_cents[on_top]
        for cells in (row.instalment_cents[on_top], row.principal_cents[on_top]):
            np.add(cells, extra, cells)
    np.subtract(state.balance, row.principal_cents, row.balance_cents)


def _limit(state: _State, row: MonthRows) -> None:
    np.minimum(row.principal_cents, state.balance, out=row.principal_cents)
    np.add(row.interest_cents, row.principal_cents, row.instalment_cents)
    np.subtract(state.balance, row.principal_cents, row.balance_cents)

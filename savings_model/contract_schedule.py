"""Schedules of fuller contracts, to the cent."""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import IntArray
from savings_model.contract_walk import walk_contracts
from savings_model.contracts import Contracts, LoanMoves
from savings_model.repayment import (
    BLOCK_LOANS,
    Schedule,
    Spread,
    empty_schedule,
    rows_of_block,
)


@dataclass(frozen=True, slots=True)
class ContractSchedule:
    """A schedule, and the money that moved outside its instalments.

    Attributes
    ----------
    schedule : Schedule
        As of an ordinary loan, with two differences: the balance is what is owed at the end
        of the day, after what was drawn, repaid early or written off, and the principal is
        negative in a month whose interest is added to the balance. [-]
    moved_cents : ndarray, shape (moves,)
        What each move of the contracts added to the balance (+) or took off it (-), in the
        order of `Contracts.moves`; an early repayment takes no more than is owed. [cents]
    """

    schedule: Schedule
    moved_cents: IntArray


def contract_schedule(contracts: Contracts) -> ContractSchedule:
    """Schedule contracts that are drawn, repaid or written off in their own way.

    Parameters
    ----------
    contracts : Contracts
        Made by `check_contracts`. [-]

    Returns
    -------
    ContractSchedule
        Whole cents as int64, months first. [-]

    Notes
    -----
    Interest and rounding are those of `repayment_schedule`. After a move, and when a slow
    start ends, the instalment is set anew from what is owed and the months that are left.
    The first period charges (1 + i)^(months / 12) - 1, or i x months / 12 by the nominal
    convention, and the equal instalments are worth the principal at that rate.
    What is left out: fees, insurance, a change of the rate, and an early repayment that keeps
    the instalment and shortens the term (see `schedule_changes`).
    """
    schedule = empty_schedule(contracts.terms.term_months)
    return ContractSchedule(schedule, fill_contract_schedule(contracts, schedule))


def fill_contract_schedule(
    contracts: Contracts,
    schedule: Schedule,
    *,
    block_loans: int = BLOCK_LOANS,
    spread: Spread = map,
) -> IntArray:
    """Fill reserved arrays; the same cents whatever the block size or the number of threads.

    Parameters
    ----------
    contracts : Contracts
        Made by `check_contracts`. [-]
    schedule : Schedule
        Reserved by `empty_schedule` for the same terms; overwritten. [-]
    block_loans : int
        Loans in a block. [loans]
    spread : callable
        `map`, or the `map` of a thread pool: blocks do not touch each other. [-]

    Returns
    -------
    ndarray, shape (moves,)
        What each move added to the balance, or took off it (-). [cents]
    """
    loans = contracts.terms.loans
    moved = np.zeros(contracts.moves.loan.size, np.int64)

    def fill(block: slice) -> None:
        mine = slice(*np.searchsorted(contracts.moves.loan, [block.start, block.stop]))
        part = _block_of(contracts, block, mine)
        moved[mine] = walk_contracts(part, rows_of_block(schedule, block))

    starts = range(0, loans, block_loans)
    blocks = [slice(start, min(start + block_loans, loans)) for start in starts]
    for _ in spread(fill, blocks):
        pass
    return moved


def _block_of(contracts: Contracts, block: slice, moves: slice) -> Contracts:
    """Give a block of contracts as views, its moves numbered within the block."""
    return Contracts(
        contracts.terms.part(block),
        contracts.repayment[block],
        contracts.grace_months[block],
        contracts.interest_only_months[block],
        contracts.first_period_months[block],
        LoanMoves(
            contracts.moves.loan[moves] - block.start,
            contracts.moves.after_month[moves],
            contracts.moves.amount_cents[moves],
            contracts.moves.kind[moves],
        ),
    )

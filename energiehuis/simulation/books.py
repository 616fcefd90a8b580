"""The portfolio of the numeric core, made of files and of who is granted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from energiehuis.eligibility.outcome import Eligibility
from energiehuis.loans.schedule import first_due_day
from energiehuis.simulation.energy_inputs import EnergyInputs
from energiehuis.simulation.granting import Grants
from energiehuis.simulation.portfolio import PortfolioFile
from savings_model.arrays import BoolArray, IntArray
from savings_model.portfolio import LoanBook, Portfolio

_EPOCH_YEAR = 1970


@dataclass(frozen=True, slots=True)
class Amounts:
    """Money and months of the files, each of shape (files,).

    Attributes
    ----------
    lent_cents : ndarray of int, shape (files,)
        Amount of the loan; the amount asked where there is none. [cents]
    requested_cents : ndarray of int, shape (files,)
        What a scenario with another ceiling starts from: the amount asked where the ceiling of
        the day cut it, the amount lent where a counsellor decided so. [cents]
    works_cost_cents : ndarray of int, shape (files,)
        Cost of the works; the amount where nobody knows it. [cents]
    is_cost_known : ndarray of bool, shape (files,)
        Without the cost nobody can say which part the loan paid.
    """

    lent_cents: IntArray
    requested_cents: IntArray
    works_cost_cents: IntArray
    is_cost_known: BoolArray
    term_months: IntArray
    start_month: IntArray


def read_amounts(files: Sequence[PortfolioFile], base: Eligibility) -> Amounts:
    """Make the arrays of money and months.

    Parameters
    ----------
    files : sequence of PortfolioFile
        The portfolio.
    base : Eligibility
        Answers of the law of each day, for the ceiling of the day.

    Returns
    -------
    Amounts
        Arrays of shape (files,).
    """
    lent = _whole([file.principal_cents or file.requested_cents or 0 for file in files])
    asked = _whole([file.requested_cents or file.principal_cents or 0 for file in files])
    was_cut = (base.maximums_cents >= 0) & (lent >= base.maximums_cents)
    cost = _whole([file.works_cost_cents or 0 for file in files])
    return Amounts(
        lent_cents=lent,
        requested_cents=np.where(was_cut, asked, lent),
        works_cost_cents=np.where(cost > 0, cost, lent),
        is_cost_known=cost > 0,
        term_months=_whole([file.term_months for file in files]),
        start_month=_whole([start_month(file) for file in files]),
    )


def make_portfolio(
    files: Sequence[PortfolioFile],
    amounts: Amounts,
    energy: EnergyInputs,
    *,
    grants: Grants,
    nis_codes: tuple[str, ...],
) -> Portfolio:
    """Put everything side by side, as one scenario's books have it.

    Parameters
    ----------
    files : sequence of PortfolioFile
        The portfolio.
    amounts : Amounts
        Money and months.
    energy : EnergyInputs
        Dwellings and works.
    grants : Grants
        Rates, and limits of what is gained.
    nis_codes : tuple of str
        The municipalities, in the order of the answer.

    Returns
    -------
    Portfolio
        One element a file.
    """
    places = {nis_code: place for place, nis_code in enumerate(nis_codes)}
    return Portfolio(
        loans=LoanBook(
            has_loan=grants.granted,
            principal_cents=np.minimum(amounts.lent_cents, grants.maximum_cents),
            requested_cents=np.minimum(amounts.requested_cents, grants.maximum_cents),
            works_cost_cents=amounts.works_cost_cents,
            rate_class=grants.rate_class,
            rate_per_year=grants.rate_per_year,
            term_months=np.minimum(amounts.term_months, grants.longest_term_months),
            start_month=amounts.start_month,
        ),
        dwellings=energy.dwellings,
        systems=energy.systems,
        works=energy.works,
        works_known=energy.is_known & amounts.is_cost_known,
        priority=np.array([bool(file.is_priority) for file in files], dtype=np.bool_),
        group_index=_whole([places[file.nis_code] for file in files]),
        group_names=nis_codes,
    )


def start_month(file: PortfolioFile) -> int:
    """Give the month before the first instalment, counted from January 1970.

    A file without a loan is taken to be granted on the day of its application.
    """
    due_on: date = file.first_due_on or first_due_day(file.applied_on)
    return (due_on.year - _EPOCH_YEAR) * 12 + due_on.month - 2


def _whole(values: Sequence[int]) -> IntArray:
    return np.array(values, dtype=np.int64)

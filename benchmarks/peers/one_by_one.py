"""Full schedules loan by loan: QuantLib, pyxirr, and plain Python with decimals."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pyxirr
import QuantLib

from benchmarks.peers.cells import Book, Cells
from savings_model.loan_terms import LoanTerms

_DAY = QuantLib.Date(1, 1, 2026)
_MONTH_OF_30_DAYS = QuantLib.Thirty360(QuantLib.Thirty360.BondBasis)
REMARKS = {
    "QuantLib": "; it rounds nothing, and follows dates and day counts, so it does more",
    "pyxirr": "; it rounds nothing",
}
Parts = list[tuple[np.ndarray, ...]]


def by_quantlib(book: Book) -> Parts:
    """Ask a bond that sinks by a constant instalment for its coupons and redemptions."""
    found = []
    for principal, rate, _, term in book.loans():
        length = QuantLib.Period(term, QuantLib.Months)
        dates = QuantLib.sinkingSchedule(_DAY, length, QuantLib.Monthly, QuantLib.NullCalendar())
        owed = QuantLib.sinkingNotionals(length, QuantLib.Monthly, 12 * rate, principal)
        bond = QuantLib.AmortizingFixedRateBond(0, owed, dates, [12 * rate], _MONTH_OF_30_DAYS)
        flows = [flow.amount() for flow in bond.cashflows()]
        interest, repaid = np.array(flows[0::2]), np.array(flows[1::2])
        found.append((interest + repaid, interest, repaid, np.array(owed[1:])))
    return found


def by_pyxirr(book: Book) -> Parts:
    """Ask for the interest and the principal of all months of a loan at once."""
    found = []
    for principal, rate, _, term in book.loans():
        months = np.arange(1, term + 1)
        interest = np.asarray(pyxirr.ipmt(rate, months, term, -principal))
        repaid = np.asarray(pyxirr.ppmt(rate, months, term, -principal))
        found.append((interest + repaid, interest, repaid, principal - repaid.cumsum()))
    return found


def by_decimals(terms: LoanTerms) -> list[list[tuple[int, int, int, int]]]:
    """Walk each loan in decimal arithmetic, as the contract says."""
    found = []
    columns = (terms.principal_cents, terms.rate_per_year, terms.term_months)
    for principal, rate, term in zip(*(c.tolist() for c in columns), strict=True):
        monthly = (1 + Decimal(str(rate))) ** (Decimal(1) / 12) - 1
        due = principal // term
        if monthly:
            due = int(principal * monthly / (1 - (1 + monthly) ** -term))
        balance, months = principal, []
        for month in range(term):
            interest = int((balance * monthly).quantize(Decimal(1), ROUND_HALF_UP))
            paid = balance if month == term - 1 else due - interest
            balance -= paid
            months.append((interest + paid, interest, paid, balance))
        found.append(months)
    return found


def cells_of_quantlib(book: Book) -> Cells:
    """Lay its answer as the others."""
    return Cells.of_loans(by_quantlib(book))


def cells_of_pyxirr(book: Book) -> Cells:
    """Lay its answer as the others."""
    return Cells.of_loans(by_pyxirr(book))


def cells_of_decimals(terms: LoanTerms) -> Cells:
    """Lay its answer as the others."""
    return Cells.of_loans([tuple(np.array(m, dtype=float).T) for m in by_decimals(terms)])

"""What a schedule is made of and holds, the same for every peer, to be laid beside ours."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from savings_model.loan_terms import LoanTerms, constant_instalments
from savings_model.month_rates import month_rate
from savings_model.repayment import Schedule


@dataclass(frozen=True, slots=True)
class Book:
    """The loans, with the actuarial month rate and the instalment that each peer starts from."""

    principal: np.ndarray
    rate: np.ndarray
    instalment: np.ndarray
    term: np.ndarray

    @classmethod
    def of(cls, terms: LoanTerms) -> "Book":
        """Take cents as floats, as all these peers do."""
        return cls(
            terms.principal_cents.astype(np.float64),
            month_rate(terms.rate_per_year),
            constant_instalments(terms).astype(np.float64),
            terms.term_months,
        )

    def columns(self) -> dict[str, np.ndarray]:
        """Give the columns of a frame."""
        return {name: getattr(self, name) for name in ("principal", "rate", "instalment", "term")}

    def loans(self) -> zip:
        """Give principal, month rate, instalment and term of each loan."""
        return zip(*(column.tolist() for column in self.columns().values()), strict=True)


class Cells(NamedTuple):
    """Instalment, interest, principal and balance, each of shape (months, loans), in cents."""

    instalment: np.ndarray
    interest: np.ndarray
    repaid: np.ndarray
    balance: np.ndarray

    @classmethod
    def of_frame(cls, column: Callable[[str], np.ndarray]) -> "Cells":
        """Lay the rows of a frame in months and loans; cells after the term are zero."""
        loan, month = column("loan"), column("month") - 1
        shape = (int(month.max()) + 1, int(loan.max()) + 1)
        tables = [np.zeros(shape) for _ in cls._fields]
        for table, name in zip(tables, cls._fields, strict=True):
            table[month, loan] = column(name)
        return cls(*tables)

    @classmethod
    def of_loans(cls, found: list[tuple[np.ndarray, ...]]) -> "Cells":
        """Lay what was made loan by loan in months and loans."""
        months = max(parts[0].size for parts in found)
        tables = [np.zeros((months, len(found))) for _ in cls._fields]
        for loan, parts in enumerate(found):
            for table, part in zip(tables, parts, strict=True):
                table[: part.size, loan] = part
        return cls(*tables)

    def compared(self, schedule: Schedule) -> str:
        """Say how many cells within the term are not ours to the cent, and by how much at most."""
        ours = (schedule.instalment_cents, schedule.interest_cents)
        ours += (schedule.principal_cents, schedule.balance_cents)
        within = np.arange(len(ours[0]))[:, np.newaxis] < schedule.term_months
        off = [np.abs(np.rint(cells) - own)[within] for cells, own in zip(self, ours, strict=True)]
        wrong, most = sum(int((part > 0).sum()) for part in off), max(part.max() for part in off)
        if not wrong:
            return "the same to the cent"
        share = wrong / (len(off) * int(within.sum()))
        return f"{share:.1%} of its cells are off, by {most:,.0f} cents at most"

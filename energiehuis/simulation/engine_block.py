"""One task of a large run: a pure function of the plan and a row group, in bounded memory."""

import io
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np

from energiehuis.simulation.engine_plan import EnginePlan
from energiehuis.simulation.loan_arrays import (
    Homes,
    Money,
    portfolio_of,
    read_homes,
    read_money,
)
from energiehuis.simulation.loan_file import LoanFileError, open_parquet
from savings_model.arrays import FloatArray, IntArray
from savings_model.energy_totals import LOANS_PER_BLOCK, World, carrier_sets
from savings_model.loan_terms import check_loan_terms
from savings_model.model_settings import STANDARD_MODEL
from savings_model.outcomes import loan_counts
from savings_model.portfolio import Portfolio
from savings_model.portfolio_flows import portfolio_flows
from savings_model.saving_sums import saving_sums
from savings_model.scenarios import attributed_share, contracts_of
from savings_model.uncertainty import SharedDraws, shared_draws
from savings_model.validation import ModelInputError

COUNTS = (
    "with_saving",
    "unknown_works",
    "unmodelled_works",
    "partly_modelled",
    "with_emission_factor",
    "with_price",
)
# Dwellings take a hundred numbers a loan, so they are made for few loans at a time; a whole
# number of the model's own blocks.
_STRETCH_LOANS = 16 * LOANS_PER_BLOCK


@dataclass(frozen=True, slots=True)
class BlockSums:
    """What a row group adds; G municipalities, L settings of the money levers, S scenarios.

    Attributes
    ----------
    nis_codes : ndarray of str, shape (G,)
        Municipalities of the row group, sorted.
    first_month : ndarray of int, shape ()
        First month of the flows, since January 1970. [months]
    loans : ndarray of int, shape (G,)
        Loans.
    drawn_cents, interest_cents, balance_cents : ndarray of int, shape (L, months, G)
        Lent and charged in a month, and owed at its end. [cents]
    counts : ndarray of int, shape (6, S, G)
        `COUNTS`. [loans]
    by_group : ndarray, shape (S, 3, 2, G, 1 + draws)
        Savings a year; without groups where nothing is known. [kWh, t, EUR]
    by_year : ndarray, shape (S, 3, 2, years, 1 + draws)
        Savings in each calendar year. [kWh, t, EUR]
    """

    nis_codes: np.ndarray[tuple[int], np.dtype[np.str_]]
    first_month: IntArray
    loans: IntArray
    drawn_cents: IntArray
    interest_cents: IntArray
    balance_cents: IntArray
    counts: IntArray
    by_group: FloatArray
    by_year: FloatArray


def compute_block(plan: EnginePlan, block: int) -> bytes:
    """Compute one row group and give its sums as the bytes of an npz archive.

    The same plan and row group give the same bytes, on whatever worker.

    Raises
    ------
    LoanFileError
        When the file changed since it was checked.
    """
    try:
        return pack(_sums(plan, block))
    except ModelInputError as error:
        raise LoanFileError(f"{plan.path.name}: row group {block}: {error}") from error


def pack(sums: BlockSums) -> bytes:
    """Write sums as an npz archive; the same sums are the same bytes."""
    archive = io.BytesIO()
    np.savez(archive, **{part.name: getattr(sums, part.name) for part in fields(BlockSums)})
    return archive.getvalue()


def unpack(content: bytes) -> BlockSums:
    """Read what `pack` wrote."""
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        return BlockSums(**{part.name: archive[part.name] for part in fields(BlockSums)})


def money_levers(plan: EnginePlan) -> tuple[tuple[object, ...], ...]:
    """Give the distinct settings of the money levers, in the order of the scenarios."""
    return tuple(dict.fromkeys(scenario.money_levers for scenario in plan.scenarios))


def _sums(plan: EnginePlan, block: int) -> BlockSums:
    source = open_parquet(plan.path)
    money = read_money(source, block, plan.columns)
    homes = read_homes(source, block, plan.columns) if plan.has_energy else None
    first, *flows = _flows(plan, money)
    counts, by_group, by_year = _energy(plan, money, homes, first_loan=plan.first_loans[block])
    return BlockSums(
        nis_codes=np.array(money.nis_codes, dtype=np.str_),
        first_month=first,
        loans=np.bincount(money.group_index, minlength=len(money.nis_codes)),
        drawn_cents=flows[0],
        interest_cents=flows[1],
        balance_cents=flows[2],
        counts=counts,
        by_group=by_group,
        by_year=by_year,
    )


def _flows(plan: EnginePlan, money: Money) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Give first month, drawn, interest and balance, one layer a setting of the money levers."""
    first = int(money.book.start_month.min())
    layers = []
    for levers in money_levers(plan):
        scenario = next(s for s in plan.scenarios if s.money_levers == levers)
        contracts = contracts_of(money.book, scenario)
        terms = check_loan_terms(
            contracts.principal_cents, contracts.rate_per_year, term_months=contracts.term_months
        )
        starts = money.book.start_month - first
        flows = portfolio_flows(terms, starts, group=money.group_index)
        layers.append((flows.drawn_cents, flows.interest_cents, flows.balance_cents))
    months = max(layer[0].shape[0] for layer in layers)
    stacked = (
        np.stack([_lengthened(layer[part], months) for layer in layers]) for part in range(3)
    )
    drawn, interest, balance = stacked
    return np.array(first), drawn, interest, balance


def _lengthened(table: IntArray, months: int) -> IntArray:
    return np.pad(table, ((0, months - table.shape[0]), (0, 0)))


def _energy(
    plan: EnginePlan, money: Money, homes: Homes | None, *, first_loan: int
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Give counts and savings of a row group, stretch by stretch."""
    scenarios, groups = len(plan.scenarios), len(money.nis_codes)
    counts = np.zeros((len(COUNTS), scenarios, groups), dtype=np.int64)
    if homes is None:
        counts[COUNTS.index("unknown_works")] = np.bincount(money.group_index, minlength=groups)
        return counts, np.zeros((scenarios, 3, 2, 0, 1)), np.zeros((scenarios, 3, 2, 0, 1))
    by_group = np.zeros((scenarios, 3, 2, groups, 1 + plan.draws))
    by_year = np.zeros((scenarios, 3, 2, plan.years.size, 1 + plan.draws))
    shared = _shared(plan.draws, plan.seed)
    for start in range(0, money.group_index.size, _STRETCH_LOANS):
        part = portfolio_of(money, homes, slice(start, start + _STRETCH_LOANS))
        world = World(shared, plan.seed, STANDARD_MODEL, first_loan=first_loan + start)
        counts += _counts(plan, part)
        sums = saving_sums(part, plan.scenarios, _claims(plan, part), years=plan.years, world=world)
        by_group += sums.by_group
        by_year += sums.by_year
    return counts, by_group, by_year


def _counts(plan: EnginePlan, part: Portfolio) -> IntArray:
    granted = np.broadcast_to(part.loans.has_loan, (len(plan.scenarios), part.size))
    found = loan_counts(part, plan.scenarios, granted, carrier_sets(part))
    return np.stack([getattr(found, name)[:, :-1] for name in COUNTS])


def _claims(plan: EnginePlan, part: Portfolio) -> FloatArray:
    shares = [
        attributed_share(part.loans, contracts_of(part.loans, s), s.attribution)
        for s in plan.scenarios
    ]
    return np.where(part.has_modelled_saving, np.stack(shares), 0.0)


@lru_cache(maxsize=4)
def _shared(draws: int, seed: int) -> SharedDraws:
    return shared_draws(draws, seed, STANDARD_MODEL.ranges)

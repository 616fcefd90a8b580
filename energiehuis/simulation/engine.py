"""Scenarios over a portfolio too large to hold: one task a row group, summed in their order.

The sums do not depend on who computes a block or when it comes back: whole cents are exact, and
floats are always added in the order of the row groups. So one process, many, and a cluster give
the same bits.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from energiehuis.simulation.engine_backends import Backend
from energiehuis.simulation.engine_block import COUNTS, BlockSums, money_levers, unpack
from energiehuis.simulation.engine_plan import EnginePlan
from energiehuis.simulation.kept_blocks import KeptBlocks
from savings_model.arrays import AnyArray, BoolArray, FloatArray, IntArray
from savings_model.results import statistics

Progress = Callable[[int, int], None]
_BLOCKS_FOLDER = "blocks"


@dataclass(frozen=True, slots=True)
class EngineResult:
    """The whole portfolio; G municipalities and the total, S scenarios, M months.

    Attributes
    ----------
    nis_codes : tuple of str
        The municipalities; the total stands after them in every array.
    first_month : int
        First month of the flows, since January 1970. [months]
    loans : ndarray of int, shape (G + 1,)
        Loans.
    drawn_cents, interest_cents, balance_cents : ndarray of int, shape (S, M, G + 1)
        Lent and charged in a month, and owed at its end. [cents]
    counts : ndarray of int, shape (6, S, G + 1)
        `COUNTS`: what stands behind the savings. [loans]
    by_group : ndarray, shape (S, 3, 2, G + 1, 4)
        kWh, tonnes and euro a year, calculated and realised, by `Statistic`; not a number where
        nothing is known of any loan.
    by_year : ndarray, shape (S, 3, 2, years, 4)
        The same of the whole portfolio in each calendar year.
    years : ndarray of int, shape (years,)
        Calendar years of `by_year`. [year]
    """

    nis_codes: tuple[str, ...]
    first_month: int
    loans: IntArray
    drawn_cents: IntArray
    interest_cents: IntArray
    balance_cents: IntArray
    counts: IntArray
    by_group: FloatArray
    by_year: FloatArray
    years: IntArray

    @property
    def principal_cents(self) -> IntArray:
        """Repaid in each month, in cents, shape (S, M, G + 1)."""
        before = np.zeros_like(self.balance_cents)
        before[:, 1:] = self.balance_cents[:, :-1]
        return before + self.drawn_cents - self.balance_cents

    @property
    def instalment_cents(self) -> IntArray:
        """Paid in each month, interest and principal together, in cents, shape (S, M, G + 1)."""
        return self.principal_cents + self.interest_cents


def run_engine(
    plan: EnginePlan,
    run: str,
    *,
    backend: Backend,
    folder: Path,
    progress: Progress = lambda _done, _total: None,
) -> tuple[EngineResult, dict[int, str]]:
    """Compute what is missing, keep it, and add everything up.

    Parameters
    ----------
    plan : EnginePlan
        Checked file, scenarios, draws and seed.
    run : str
        Digest of everything that the run is pinned to.
    backend : Backend
        Who computes; changes no bit.
    folder : Path
        Finished blocks are kept in its `blocks`, and taken from there by the next try.
    progress : callable
        Told how many blocks of how many are done.

    Returns
    -------
    EngineResult, dict of int to str
        The sums, and the digest of each block.

    Raises
    ------
    OtherRunError
        When the folder holds blocks of another run.
    """
    kept = KeptBlocks(folder / _BLOCKS_FOLDER, run)
    digests = kept.digests()
    progress(len(digests), plan.blocks)
    missing = [block for block in range(plan.blocks) if block not in digests]
    for block, content in backend.compute(plan, missing):
        digests[block] = kept.keep(block, content)
        progress(len(digests), plan.blocks)
    return add_up(plan, lambda: map(unpack, kept.read(digests))), digests


def add_up(plan: EnginePlan, blocks: Callable[[], Iterable[BlockSums]]) -> EngineResult:
    """Add blocks up in their order, holding one at a time.

    Parameters
    ----------
    plan : EnginePlan
        What was computed.
    blocks : callable
        Gives all blocks in order; called twice, first for the axes.
    """
    axes = _axes(blocks())
    totals: BlockSums | None = None
    for block in blocks():
        places = np.searchsorted(axes.nis_codes, block.nis_codes)
        if totals is None:
            totals = _empty(block, axes)
        _add(totals, block, places, int(block.first_month) - axes.first_month)
    if totals is None:
        raise ValueError("there are no blocks to add up")
    return _result(plan, totals)


@dataclass(frozen=True, slots=True)
class _Axes:
    """The municipalities and months of all blocks together."""

    nis_codes: tuple[str, ...]
    first_month: int
    months: int


def _axes(blocks: Iterable[BlockSums]) -> _Axes:
    codes: set[str] = set()
    spans = []
    for block in blocks:
        codes.update(block.nis_codes.tolist())
        first = int(block.first_month)
        spans.append((first, first + block.drawn_cents.shape[1]))
    first_month = min(first for first, _ in spans)
    return _Axes(tuple(sorted(codes)), first_month, max(until for _, until in spans) - first_month)


def _empty(like: BlockSums, axes: _Axes) -> BlockSums:
    """Make sums of zero over all municipalities and months."""
    groups = len(axes.nis_codes)
    flows = (like.drawn_cents.shape[0], axes.months, groups)
    savings = (*like.by_group.shape[:3], groups, like.by_group.shape[-1])
    return BlockSums(
        nis_codes=np.array(axes.nis_codes, dtype=np.str_),
        first_month=np.array(axes.first_month),
        loans=np.zeros(groups, dtype=np.int64),
        drawn_cents=np.zeros(flows, dtype=np.int64),
        interest_cents=np.zeros(flows, dtype=np.int64),
        balance_cents=np.zeros(flows, dtype=np.int64),
        counts=np.zeros((*like.counts.shape[:2], groups), dtype=np.int64),
        by_group=np.zeros(savings),
        by_year=np.zeros(like.by_year.shape),
    )


def _add(totals: BlockSums, block: BlockSums, places: IntArray, month: int) -> None:
    rows = slice(month, month + block.drawn_cents.shape[1])
    for name in ("drawn_cents", "interest_cents", "balance_cents"):
        getattr(totals, name)[:, rows, places] += getattr(block, name)
    totals.loans[places] += block.loans
    totals.counts[..., places] += block.counts
    if block.by_group.shape[3]:
        totals.by_group[:, :, :, places] += block.by_group
    totals.by_year[...] += block.by_year


def _result(plan: EnginePlan, totals: BlockSums) -> EngineResult:
    settings = money_levers(plan)
    layer = [settings.index(scenario.money_levers) for scenario in plan.scenarios]
    counts = _with_total(totals.counts)
    by_group = statistics(_with_total(totals.by_group, axis=3))
    by_year = statistics(totals.by_year)
    known = _known(counts)
    by_group[np.broadcast_to(~known[:, :, None], by_group.shape[:-1])] = np.nan
    by_year[np.broadcast_to(~known[:, :, None, -1:], by_year.shape[:-1])] = np.nan
    return EngineResult(
        nis_codes=tuple(totals.nis_codes.tolist()),
        first_month=int(totals.first_month),
        loans=_with_total(totals.loans),
        drawn_cents=_with_total(totals.drawn_cents[layer]),
        interest_cents=_with_total(totals.interest_cents[layer]),
        balance_cents=_with_total(totals.balance_cents[layer]),
        counts=counts,
        by_group=by_group,
        by_year=by_year,
        years=plan.years if totals.by_year.shape[3] else plan.years[:0],
    )


def _known(counts: IntArray) -> BoolArray:
    """Say where a saving is known of some loan, shape (S, 3, G + 1)."""
    names = ("with_saving", "with_emission_factor", "with_price")
    return np.stack([counts[COUNTS.index(name)] > 0 for name in names], axis=1)


def _with_total(values: AnyArray, axis: int = -1) -> AnyArray:
    return np.concatenate([values, values.sum(axis=axis, keepdims=True)], axis=axis)

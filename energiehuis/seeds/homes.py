"""Dwellings of the region and the works that are asked for them, with what they cost."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from energiehuis.loans.commands import Work
from energiehuis.seeds.tables import distribution
from savings_model.dwelling_types import area_scale_for, dwellings_of_types, type_index
from savings_model.measure_figures import MEASURE_OF_WORKS, Measure
from savings_model.measures import default_cost_cents

LOWEST_COST_CENTS = 125_000
_FLOOR_AREA_M2 = (45, 600)
_NO_CONTRACTOR_NEEDED = "roof_attic_floor_insulation"


@dataclass(frozen=True, slots=True)
class Homes:
    """Dwellings, one element each; floor areas are reference areas of the energy model. [m2]."""

    kinds: NDArray[np.str_]
    build_years: NDArray[np.int64]
    floor_areas_m2: NDArray[np.int64]
    carriers: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class PlannedWorks:
    """Works of each dwelling, arrays of shape (dwellings, works); costs in cents, 0 for none."""

    codes: tuple[str, ...]
    costs_cents: NDArray[np.int64]
    by_contractor: NDArray[np.bool_]

    @property
    def total_cents(self) -> NDArray[np.int64]:
        """What all works of a dwelling cost, shape (dwellings,). [cents]."""
        total: NDArray[np.int64] = self.costs_cents.sum(axis=1)
        return total

    def of(self, row: int) -> tuple[Work, ...]:
        """Give the works of one dwelling."""
        cells = zip(
            self.codes,
            self.costs_cents[row].tolist(),
            self.by_contractor[row].tolist(),
            strict=True,
        )
        return tuple(Work(code, cost, contractor) for code, cost, contractor in cells if cost)


def draw_homes(count: int, rng: np.random.Generator) -> Homes:
    """Draw dwellings: kind, year of construction, size and what they are heated with.

    Parameters
    ----------
    count : int
        Number of dwellings. [dwellings]
    rng : numpy.random.Generator
        Source of chance. [-]
    """
    kinds = _choice("dwelling_types", count, rng)
    years = _build_years(count, rng)
    size = distribution("size_scale")
    spread = size["spread"]
    scale = size["mean"] * np.exp(rng.normal(-(spread**2) / 2, spread, count))
    reference = 100.0 / area_scale_for(_types(kinds, years), np.full(count, 100.0))
    areas = np.clip(np.rint(reference * scale**2), *_FLOOR_AREA_M2).astype(np.int64)
    return Homes(kinds, years, areas, _choice("heating_carriers", count, rng))


def draw_works(homes: Homes, rng: np.random.Generator) -> PlannedWorks:
    """Draw works for dwellings, and a cost by the areas of each.

    At least one work and at most three; dearer than the smallest loan.

    Parameters
    ----------
    homes : Homes
        The dwellings. [-]
    rng : numpy.random.Generator
        Source of chance. [-]
    """
    shares = distribution("work_shares")
    codes = tuple(shares)
    costs = _costs(homes, codes, rng)
    chosen = np.zeros(costs.shape, dtype=np.bool_)
    pending = np.arange(len(costs))
    while len(pending):
        chosen[pending] = rng.random((len(pending), len(codes))) < list(shares.values())
        pending = pending[~_is_a_package(chosen[pending], costs[pending])]
    by_owner = rng.random(len(costs)) < distribution("roof_by_owner_share")
    by_contractor = np.ones(costs.shape, dtype=np.bool_)
    by_contractor[:, codes.index(_NO_CONTRACTOR_NEEDED)] = ~by_owner
    return PlannedWorks(codes, np.where(chosen, costs, 0), by_contractor)


def _is_a_package(chosen: NDArray[np.bool_], costs: NDArray[np.int64]) -> NDArray[np.bool_]:
    number = chosen.sum(axis=1)
    enough = (chosen * costs).sum(axis=1) >= LOWEST_COST_CENTS
    fits: NDArray[np.bool_] = (number >= 1) & (number <= distribution("most_works")) & enough
    return fits


def _costs(homes: Homes, codes: tuple[str, ...], rng: np.random.Generator) -> NDArray[np.int64]:
    """Give what each work would cost in each dwelling, whole euros in cents."""
    types = _types(homes.kinds, homes.build_years)
    dwellings = dwellings_of_types(types, area_scale_for(types, homes.floor_areas_m2))
    measures = [_measure(code) for code in codes]
    low, usual, high = default_cost_cents(dwellings)[..., measures]
    spread = rng.normal(0.0, distribution("cost_spread"), usual.shape)
    drawn = np.clip(usual * np.exp(spread), low, high)
    whole: NDArray[np.int64] = np.rint(drawn / 100).astype(np.int64) * 100
    return whole


def _measure(code: str) -> Measure:
    # An application says "heating"; here it is the usual one, a condensing boiler.
    return Measure.CONDENSING_BOILER if code == "heating" else MEASURE_OF_WORKS[code]


def _build_years(count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    first, last, dwellings = np.array(distribution("build_years")).T
    band = rng.choice(len(first), size=count, p=dwellings / dwellings.sum())
    years: NDArray[np.int64] = rng.integers(first[band], last[band] + 1)
    return years


def _choice(name: str, count: int, rng: np.random.Generator) -> NDArray[np.str_]:
    shares = distribution(name)
    drawn: NDArray[np.str_] = rng.choice(list(shares), size=count, p=list(shares.values()))
    return drawn


def _types(kinds: NDArray[np.str_], years: NDArray[np.int64]) -> list[int]:
    return [_type(kind, year) for kind, year in zip(kinds.tolist(), years.tolist(), strict=True)]


@cache
def _type(kind: str, year: int) -> int:
    return type_index(kind, year)

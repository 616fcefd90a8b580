"""An invented portfolio by documented assumptions, to hold the model against printed figures.

Nothing here is read from a lender's books. The distributions were set with printed figures in
view, and the mix of measures was drawn anew once, so agreement is partly built in. It shows
whether printed figures are plausible, never that they are right.
"""

import numpy as np

from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.dwelling_types import dwellings_of_types, type_index
from savings_model.dwellings import Dwellings
from savings_model.heating_systems import Carrier, Generator, heating_systems
from savings_model.measure_figures import Measure
from savings_model.measures import default_cost_cents
from savings_model.portfolio import LoanBook, Portfolio, RateClass

# Dwellings of Harelbeke before 2006 by period, census of 2011 (npdata.be).
_BUILT = {1930: 3027, 1958: 3635, 1980: 3222, 1998: 1718}
_KINDS = {"detached": 0.33, "semi_detached": 0.33, "terraced": 0.34}
_MEASURES = {
    Measure.ROOF_INSULATION: 0.25,
    Measure.HIGH_EFFICIENCY_GLAZING: 0.35,
    Measure.CONDENSING_BOILER: 0.25,
    Measure.CAVITY_WALL_INSULATION: 0.05,
    Measure.OUTER_WALL_INSULATION: 0.02,
    Measure.FLOOR_INSULATION: 0.03,
    Measure.PHOTOVOLTAICS: 0.10,
    Measure.SOLAR_BOILER: 0.03,
    Measure.HEAT_PUMP: 0.01,
}
_CARRIERS = {Carrier.GAS: 0.60, Carrier.HEATING_OIL: 0.37, Carrier.ELECTRICITY: 0.03}
_GENERATORS = {
    Generator.VARIABLE_BOILER_1976_1985: 0.30,
    Generator.VARIABLE_BOILER_1986_1995: 0.40,
    Generator.VARIABLE_BOILER_1996_2005: 0.30,
}
# All areas times s squared; s is lognormal with mean 0.85, so that types are taken smaller.
_SCALE_MEAN, _SCALE_SIGMA = 0.85, 0.25
_CEILING_CENTS = 1_000_000
_PRIORITY_SHARE = 0.24
_FIRST_MONTH, _UNTIL_MONTH = 12 * 39 + 9, 12 * 47


def prior_portfolio(loans: int, seed: int) -> Portfolio:
    """Draw loans of a Flemish lender of the years 2009 to 2017.

    Parameters
    ----------
    loans : int
        How many. [loans]
    seed : int
        Same seed, same portfolio. [-]

    Returns
    -------
    Portfolio
        One group, `prior`; dwellings as TABULA found them, loans of at most 10,000 euro.
    """
    rng = np.random.Generator(np.random.Philox(key=np.array([seed, 7], dtype=np.uint64)))
    dwellings = _dwellings(rng, loans)
    works = _works(rng, loans)
    carrier = _choose(rng, _CARRIERS, loans)
    boiler = _choose(rng, _GENERATORS, loans)
    generator = np.where(carrier == Carrier.ELECTRICITY, Generator.ELECTRIC, boiler)
    priority = rng.random(loans) < _PRIORITY_SHARE
    return Portfolio(
        loans=_loan_book(rng, _cost_cents(dwellings, works), priority),
        dwellings=dwellings,
        systems=heating_systems(generator, carrier),
        works=works,
        works_known=np.ones(loans, dtype=np.bool_),
        priority=priority,
        group_index=np.zeros(loans, dtype=np.int64),
        group_names=("prior",),
    )


def _dwellings(rng: np.random.Generator, loans: int) -> Dwellings:
    kinds, years = list(_KINDS), list(_BUILT)
    types = np.array([[type_index(kind, year) for year in years] for kind in kinds])
    built = np.array(list(_BUILT.values()), dtype=np.float64)
    kind = rng.choice(len(kinds), loans, p=list(_KINDS.values()))
    year = rng.choice(len(years), loans, p=built / built.sum())
    centre = np.log(_SCALE_MEAN) - _SCALE_SIGMA**2 / 2.0
    return dwellings_of_types(types[kind, year], rng.lognormal(centre, _SCALE_SIGMA, loans) ** 2)


def _works(rng: np.random.Generator, loans: int) -> BoolArray:
    """Draw each measure by itself, and one for a loan that would have none: 1.4 a loan."""
    columns = np.array([int(measure) for measure in _MEASURES])
    shares = np.array(list(_MEASURES.values()))
    works = np.zeros((loans, len(Measure)), dtype=np.bool_)
    works[:, columns] = rng.random((loans, columns.size)) < shares
    empty = np.flatnonzero(~works.any(axis=1))
    works[empty, rng.choice(columns, empty.size, p=shares / shares.sum())] = True
    return works


def _cost_cents(dwellings: Dwellings, works: BoolArray) -> IntArray:
    usual: FloatArray = default_cost_cents(dwellings)[1]
    cents: IntArray = np.rint(np.where(works, usual, 0.0).sum(axis=1)).astype(np.int64)
    return cents


def _loan_book(rng: np.random.Generator, cost_cents: IntArray, priority: BoolArray) -> LoanBook:
    loans = cost_cents.size
    return LoanBook(
        has_loan=np.ones(loans, dtype=np.bool_),
        principal_cents=np.minimum(cost_cents, _CEILING_CENTS),
        requested_cents=cost_cents,
        works_cost_cents=cost_cents,
        rate_class=np.where(priority, RateClass.PRIORITY, RateClass.GENERAL),
        rate_per_year=np.where(priority, 0.0, 0.02),
        term_months=np.full(loans, 60),
        start_month=rng.integers(_FIRST_MONTH, _UNTIL_MONTH, loans),
    )


def _choose(
    rng: np.random.Generator, shares: dict[Carrier, float] | dict[Generator, float], loans: int
) -> IntArray:
    return rng.choice(np.array([int(key) for key in shares]), loans, p=list(shares.values()))

"""An invented portfolio for tests: Belgian types, a fixed seed, no real person."""

import numpy as np

from savings_model.dwelling_types import dwellings_of_types, type_index
from savings_model.heating_systems import Carrier, Generator, heating_systems
from savings_model.measure_figures import Measure
from savings_model.portfolio import LoanBook, Portfolio

_KINDS = ("detached", "semi_detached", "terraced")
_YEARS = (1930, 1955, 1980, 1998)
_SHARES = {
    Measure.ROOF_INSULATION: 0.25,
    Measure.HIGH_EFFICIENCY_GLAZING: 0.35,
    Measure.CONDENSING_BOILER: 0.25,
    Measure.CAVITY_WALL_INSULATION: 0.10,
    Measure.PHOTOVOLTAICS: 0.10,
    Measure.ENERGY_AUDIT: 0.05,
}


def invented_portfolio(loans: int, seed: int = 3) -> Portfolio:
    rng = np.random.default_rng(seed)
    types = [type_index(rng.choice(_KINDS), int(rng.choice(_YEARS))) for _ in range(loans)]
    carrier = rng.choice([Carrier.GAS, Carrier.HEATING_OIL], loans, p=[0.6, 0.4])
    works = np.zeros((loans, len(Measure)), dtype=np.bool_)
    for measure, share in _SHARES.items():
        works[:, measure] = rng.random(loans) < share
    cost = rng.integers(300_000, 2_500_000, loans)
    principal = np.minimum(cost, 1_000_000)
    return Portfolio(
        loans=LoanBook(
            has_loan=np.ones(loans, dtype=np.bool_),
            principal_cents=principal,
            requested_cents=cost,
            works_cost_cents=cost,
            rate_class=rng.choice(3, loans),
            rate_per_year=rng.choice([0.0, 0.01, 0.02], loans),
            term_months=rng.choice([60, 96, 120], loans),
            start_month=rng.integers(480, 630, loans),
        ),
        dwellings=dwellings_of_types(types, rng.uniform(0.5, 1.3, loans)),
        systems=heating_systems(np.full(loans, Generator.VARIABLE_BOILER_1986_1995), carrier),
        works=works,
        works_known=rng.random(loans) > 0.05,
        priority=rng.random(loans) < 0.24,
        group_index=rng.integers(0, 4, loans),
        group_names=("east", "north", "south", "west"),
    )

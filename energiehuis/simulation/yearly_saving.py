"""What the works of loans save a year: calculated, and counted as W13 printed it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from energiehuis.law.loader import load_law
from energiehuis.simulation.books import make_portfolio, read_amounts
from energiehuis.simulation.energy_inputs import energy_inputs
from energiehuis.simulation.granting import as_granted, read_applicants
from energiehuis.simulation.levers import COUNTED_AS_PRINTED
from energiehuis.simulation.portfolio import PortfolioFile
from savings_model.simulate import simulate

_DRAWS, _SEED = 2, 1


@dataclass(frozen=True, slots=True)
class CalculatedSaving:
    """The whole saving of the works of loans that were granted.

    Attributes
    ----------
    loans : int
        Loans with a saving that could be worked out.
    unknown : int
        Loans whose works nobody knows or the model does not know.
    kwh, co2_kg : float
        Calculated, a year. [kWh, kg]
    """

    loans: int
    unknown: int
    kwh: float
    co2_kg: float


def calculated_savings(
    files: Sequence[PortfolioFile], nis_codes: tuple[str, ...]
) -> dict[str, CalculatedSaving]:
    """Work out the saving of the files of each municipality, and under "" of all together.

    Parameters
    ----------
    files : sequence of PortfolioFile
        Those of the period that is asked for. [-]
    nis_codes : tuple of str
        The municipalities. [-]

    Returns
    -------
    dict
        By NIS code. The point value, which does not depend on the draws; the carriers' emission
        factors are those of the baseline.
    """
    nothing = {code: CalculatedSaving(0, 0, 0.0, 0.0) for code in (*nis_codes, "")}
    chosen = tuple(files)
    if not chosen:
        return nothing
    applicants = read_applicants(chosen)
    stands = as_granted(applicants)
    if not stands.granted.any():
        return nothing
    base = applicants.under(load_law())
    amounts, energy = read_amounts(chosen, base), energy_inputs(chosen)
    book = make_portfolio(chosen, amounts, energy, grants=stands, nis_codes=nis_codes)
    result = simulate(
        book, (COUNTED_AS_PRINTED,), granted=np.stack([stands.granted]), draws=_DRAWS, seed=_SEED
    )
    found = {}
    for group, code in enumerate((*nis_codes, "")):
        loans = int(result.lending.loans[0, group])
        with_saving = int(result.counts.with_saving[0, group])
        found[code] = CalculatedSaving(
            loans=with_saving,
            unknown=loans - with_saving,
            kwh=float(result.kwh.calculated[0, group, 0]),
            co2_kg=float(result.co2_tonnes.calculated[0, group, 0]) * 1000.0,
        )
    return found

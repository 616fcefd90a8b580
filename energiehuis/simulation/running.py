"""From files, law and levers to an answer: the story of a run, without a database."""

from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files as package_files

import numpy as np

from energiehuis.law.law import Law
from energiehuis.law.loader import load_law
from energiehuis.reference_data.printed_figures import is_counted
from energiehuis.simulation.answering import (
    BASELINE_CODE,
    areas_of,
    as_printed,
    paths_of,
)
from energiehuis.simulation.books import make_portfolio, read_amounts
from energiehuis.simulation.energy_inputs import EnergyInputs, energy_inputs
from energiehuis.simulation.granting import (
    Applicants,
    Grants,
    as_granted,
    grants_under,
    read_applicants,
)
from energiehuis.simulation.levers import COUNTED_AS_PRINTED, RunScenarios
from energiehuis.simulation.portfolio import PortfolioFile, portfolio_digest
from energiehuis.simulation.results import Answer, Pins, Redecided
from savings_model.arrays import BoolArray
from savings_model.lending import Lending, lend
from savings_model.portfolio import Portfolio
from savings_model.results import SimulationResult
from savings_model.scenarios import BASELINE
from savings_model.simulate import simulate

STEPS = 3
SCENARIO_CODE = "scenario"
Progress = Callable[[str], None]


def run(
    files: tuple[PortfolioFile, ...],
    nis_codes: tuple[str, ...],
    command: RunScenarios,
    *,
    progress: Progress = lambda _step: None,
) -> Answer:
    """Simulate a portfolio as it is and under the levers.

    Parameters
    ----------
    files : tuple of PortfolioFile
        The portfolio in its one order; at least one file.
    nis_codes : tuple of str
        The municipalities of the answer, in order.
    command : RunScenarios
        Name, levers, draws and seed; checked.
    progress : callable
        Told the name of each step before it starts: `law`, `energy`, `answer`.

    Returns
    -------
    Answer
        Plain values, pinned.
    """
    progress("law")
    law, applicants = load_law(), read_applicants(files)
    base = applicants.under(law)
    overrides = command.levers.law_overrides()
    scenario_law = law.with_overrides(overrides) if overrides else law
    changed = grants_under(applicants, base, scenario_law) if overrides else None

    progress("energy")
    stands = as_granted(applicants)
    grants = changed or stands
    amounts, energy = read_amounts(files, base), energy_inputs(files)
    books = [
        make_portfolio(files, amounts, energy, grants=each, nis_codes=nis_codes)
        for each in ([stands] if changed is None else [stands, changed])
    ]
    counted = np.array([is_counted(file.applied_on) for file in files], dtype=np.bool_)
    granted = np.stack([stands.granted, stands.granted & counted, grants.granted])
    result = _simulate(books, granted, command)

    progress("answer")
    areas, total = areas_of(files, nis_codes, result=result, scenario=SCENARIO_CODE)
    return Answer(
        name=command.name.strip(),
        levers=command.levers,
        pins=_pins(files, command, law=law, scenario_law=scenario_law),
        years=tuple(result.years.tolist()),
        areas=areas,
        total=total,
        baseline_paths=paths_of(result, BASELINE_CODE),
        scenario_paths=paths_of(result, SCENARIO_CODE),
        as_printed=as_printed(files, nis_codes, result, COUNTED_AS_PRINTED.code),
        redecided=_redecided(applicants, grants),
        boilers_assumed=_boilers_assumed(energy, stands),
        demo_files=sum(file.is_demo for file in files),
    )


def _simulate(
    books: list[Portfolio], granted: BoolArray, command: RunScenarios
) -> SimulationResult:
    """Simulate the baseline, the baseline as W13 counted, and the scenario.

    Energy does not depend on who pays which rate, so all three share it; the money of a scenario
    that moves files to another product is scheduled on books of its own.
    """
    scenario = command.levers.model_scenario(SCENARIO_CODE)
    result = simulate(
        books[-1],
        (BASELINE, COUNTED_AS_PRINTED, scenario),
        granted=granted,
        draws=command.draws,
        seed=command.seed,
    )
    if len(books) == 1:
        return result
    own = lend(books[0], (BASELINE, COUNTED_AS_PRINTED), granted[:2], years=result.years)
    return replace(result, lending=_joined(own, result.lending))


def _joined(baselines: Lending, all_three: Lending) -> Lending:
    """Take the money of the baselines from their own books, that of the scenario from its own."""
    columns = {
        part.name: np.concatenate(
            [getattr(baselines, part.name), getattr(all_three, part.name)[2:]]
        )
        for part in fields(Lending)
    }
    return Lending(**columns)


def _redecided(applicants: Applicants, changed: Grants) -> Redecided:
    lost = applicants.has_loan & ~changed.granted
    return Redecided(
        gained=int(np.count_nonzero(changed.gained)),
        lost=int(np.count_nonzero(lost)),
        moved=int(np.count_nonzero(changed.moved)),
        without_facts=int(np.count_nonzero(~applicants.has_facts)),
    )


def _boilers_assumed(energy: EnergyInputs, stands: Grants) -> int:
    return int(np.count_nonzero(energy.assumes_boiler & energy.is_known & stands.granted))


def _pins(
    files: tuple[PortfolioFile, ...], command: RunScenarios, *, law: Law, scenario_law: Law
) -> Pins:
    return Pins(
        software_version=version("energiehuis"),
        model_digest=model_digest(),
        law_files_version=law.files_version,
        scenario_law_version=scenario_law.files_version,
        portfolio_digest=portfolio_digest(files),
        scenario_hash=command.levers.hash,
        draws=command.draws,
        seed=command.seed,
    )


@cache
def model_digest() -> str:
    """Give the digest of the code that the numbers come from: the model, the rules and this door.

    A version number says which release runs; this says whether anybody touched it since.
    """
    digest = sha256()
    for package in ("savings_model", "energiehuis.eligibility", "energiehuis.simulation"):
        for path in sorted(package_files(package).iterdir(), key=lambda path: path.name):
            if path.name.endswith(".py"):
                digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()

"""What a run over a file of loans is fixed by: the same plan gives the same bits."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np

from energiehuis.identifiers import digest
from energiehuis.simulation.loan_file import LoanFile, LoanFileError, open_loan_file
from savings_model.arrays import IntArray
from savings_model.measure_figures import LIFETIME_YEARS
from savings_model.scenarios import Scenario
from savings_model.uncertainty import check_draws

MONTHS_PER_YEAR = 12
EPOCH_YEAR = 1970
MOST_SCENARIOS = 200
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class EnginePlan:
    """A checked file, scenarios, draws and seed; small enough to send with every task.

    Attributes
    ----------
    first_loans : tuple of int
        Place of the first loan of each row group in the whole file: draws belong to places.
    first_year, last_year : int
        Calendar years in which a saving may count.
    """

    path: Path
    columns: tuple[str, ...]
    has_energy: bool
    scenarios: tuple[Scenario, ...]
    draws: int
    seed: int
    first_loans: tuple[int, ...]
    loans: int
    first_year: int
    last_year: int

    @property
    def blocks(self) -> int:
        """Number of tasks: one a row group."""
        return len(self.first_loans)

    @property
    def years(self) -> IntArray:
        """Calendar years in which a saving may count, shape (years,)."""
        return np.arange(self.first_year, self.last_year + 1)


def make_plan(
    path: Path, scenarios: tuple[Scenario, ...], *, draws: int = 0, seed: int = 1
) -> EnginePlan:
    """Check everything that a run needs, before any work.

    Raises
    ------
    LoanFileError
        For a file that is no portfolio of loans, or does not know what a scenario turns.
    savings_model.validation.ModelInputError
        For draws or a seed out of their limits.
    """
    check_draws(draws, seed)
    file = open_loan_file(path)
    _check_scenarios(file, scenarios)
    places = np.concatenate([[0], np.cumsum(file.group_sizes)])[:-1]
    return EnginePlan(
        path=path.resolve(),
        columns=file.columns,
        has_energy=file.has_energy,
        scenarios=scenarios,
        draws=draws,
        seed=seed,
        first_loans=tuple(places.tolist()),
        loans=file.loans,
        first_year=_start_year(file.first_due_on),
        last_year=_start_year(file.last_due_on) + int(LIFETIME_YEARS.max()) + 1,
    )


def file_digest(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK_BYTES):
            found.update(chunk)
    return found.hexdigest()


def run_pins(plan: EnginePlan, model_digest: str) -> dict[str, object]:
    """Give what a run is pinned to, with one digest of it all as `run`."""
    pins: dict[str, object] = {
        "portfolio": plan.path.name,
        "portfolio_digest": file_digest(plan.path),
        "loans": plan.loans,
        "blocks": plan.blocks,
        "scenarios": [asdict(scenario) for scenario in plan.scenarios],
        "draws": plan.draws,
        "seed": plan.seed,
        "software_version": version("energiehuis"),
        "numpy_version": version("numpy"),
        "model_digest": model_digest,
    }
    return {"run": digest(pins), **pins}


def _check_scenarios(file: LoanFile, scenarios: tuple[Scenario, ...]) -> None:
    codes = [scenario.code for scenario in scenarios]
    if not 1 <= len(codes) <= MOST_SCENARIOS or len(set(codes)) != len(codes):
        raise LoanFileError(f"needs 1 to {MOST_SCENARIOS} scenarios, each with its own code")
    for scenario in scenarios:
        turns_rates = any(rate is not None for rate in scenario.rate_per_year)
        if turns_rates and not file.knows_rate_classes:
            limit = "must be known of every loan for a scenario that turns rates"
            raise LoanFileError(
                f"{file.path.name}: columns borrower_kind and is_priority: {limit},"
                f" as {scenario.code} does"
            )


def _start_year(first_due_on: date) -> int:
    return (first_due_on.year * MONTHS_PER_YEAR + first_due_on.month - 2) // MONTHS_PER_YEAR

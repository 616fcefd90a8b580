"""What a run answers, in plain values that can be kept, sent and read back without loss."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from energiehuis.simulation.levers import Levers

FEW_LOANS = 5


@dataclass(frozen=True, slots=True)
class Interval:
    """The point estimate, and the 5th, 50th and 95th of a hundred draws."""

    point: float
    p05: float
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Saving:
    """Calculated, and as it is expected to show on the meters; always side by side."""

    calculated: Interval
    realised: Interval


@dataclass(frozen=True, slots=True)
class LoanCounts:
    """How many of the loans stand behind the savings; the rest is beside them, never zero.

    Attributes
    ----------
    with_saving : int
        In the kWh.
    unknown_works : int
        Works, cost or dwelling unknown.
    unmodelled_works : int
        Works known, but the model cannot tell what they save.
    partly_modelled : int
        In the kWh, but also paid for works the model cannot tell.
    with_emission_factor, with_price : int
        In the tonnes, and in the euro: the version knows every carrier they use.
    """

    with_saving: int
    unknown_works: int
    unmodelled_works: int
    partly_modelled: int
    with_emission_factor: int
    with_price: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """One area under one scenario; savings a year, repayments by calendar year."""

    loans: int
    lent_cents: int
    interest_cents: int
    repayments_cents: tuple[int, ...]
    kwh: Saving
    co2_tonnes: Saving
    eur: Saving
    counts: LoanCounts


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality, or with an empty code all of them together; with what stands beside."""

    nis_code: str
    files: int
    priority_files: int
    open_files: int
    baseline: Outcome
    scenario: Outcome

    @property
    def fewest_loans(self) -> int:
        """Smallest number of loans behind it; 0 where there are none, which hides nobody."""
        counts = (self.baseline.loans, self.scenario.loans)
        return min((count for count in counts if count > 0), default=0)

    @property
    def has_few_loans(self) -> bool:
        """Whether so few stand behind it that one could be recognised: not for publication."""
        return 0 < self.fewest_loans < FEW_LOANS


@dataclass(frozen=True, slots=True)
class AsPrinted:
    """A municipality, or with an empty code all, counted as W13 counted for its presentation.

    Files of the time that was counted only; the whole saving of the works, however small the loan.
    `kg_per_kwh` is None where nothing is saved, and in answers of before it was worked out.
    """

    nis_code: str
    files: int
    priority_files: int
    outcome: Outcome
    kg_per_kwh: Saving | None = None


@dataclass(frozen=True, slots=True)
class Paths:
    """Savings of all municipalities together in each calendar year; shape (years,)."""

    kwh: tuple[Saving, ...]
    co2_tonnes: tuple[Saving, ...]
    eur: tuple[Saving, ...]


@dataclass(frozen=True, slots=True)
class Redecided:
    """What the rules decided otherwise under the scenario, and what they could not look at.

    `moved` are loans that stay, under another product.
    """

    gained: int
    lost: int
    moved: int
    without_facts: int


@dataclass(frozen=True, slots=True)
class Pins:
    """What the answer is pinned to: the same pins give the same bits."""

    software_version: str
    model_digest: str
    law_files_version: str
    scenario_law_version: str
    portfolio_digest: str
    scenario_hash: str
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer.

    Attributes
    ----------
    years : tuple of int
        Calendar years of repayments and paths.
    areas : tuple of Area
        Municipalities by name.
    total : Area
        All of them together.
    baseline_paths, scenario_paths : Paths
        Savings through the years.
    as_printed : tuple of AsPrinted
        Each municipality counted as the figures are that W13 printed; last the total.
    boilers_assumed : int
        Loans whose new heating is taken for a condensing boiler.
    demo_files : int
        Files that were invented for the demo region.
    """

    name: str
    levers: Levers
    pins: Pins
    years: tuple[int, ...]
    areas: tuple[Area, ...]
    total: Area
    baseline_paths: Paths
    scenario_paths: Paths
    as_printed: tuple[AsPrinted, ...]
    redecided: Redecided
    boilers_assumed: int
    demo_files: int

    def counted_as_printed(self, nis_code: str) -> AsPrinted | None:
        """Give a municipality counted as the printed figures are, or None when it is not there."""
        return next((part for part in self.as_printed if part.nis_code == nis_code), None)

    def area(self, nis_code: str) -> Area | None:
        """Give a municipality, or None when it is not in the answer."""
        return next((area for area in self.areas if area.nis_code == nis_code), None)


def write_answer(answer: Answer) -> dict[str, Any]:
    """Give the answer as a document."""
    return asdict(answer)


def read_answer(document: Mapping[str, Any]) -> Answer:
    """Give the answer of a document that `write_answer` made."""
    return Answer(
        name=document["name"],
        levers=Levers(**document["levers"]),
        pins=Pins(**document["pins"]),
        years=tuple(document["years"]),
        areas=tuple(_area(area) for area in document["areas"]),
        total=_area(document["total"]),
        baseline_paths=_paths(document["baseline_paths"]),
        scenario_paths=_paths(document["scenario_paths"]),
        as_printed=tuple(_as_printed(part) for part in document["as_printed"]),
        redecided=Redecided(**document["redecided"]),
        boilers_assumed=document["boilers_assumed"],
        demo_files=document["demo_files"],
    )


def _area(document: Mapping[str, Any]) -> Area:
    changed = {name: _outcome(document[name]) for name in ("baseline", "scenario")}
    return Area(**{**document, **changed})


def _as_printed(document: Mapping[str, Any]) -> AsPrinted:
    intensity = document.get("kg_per_kwh")
    changed = {
        "outcome": _outcome(document["outcome"]),
        "kg_per_kwh": None if intensity is None else _saving(intensity),
    }
    return AsPrinted(**{**document, **changed})


def _outcome(document: Mapping[str, Any]) -> Outcome:
    changed: dict[str, Any] = {
        name: _saving(document[name]) for name in ("kwh", "co2_tonnes", "eur")
    }
    changed["counts"] = LoanCounts(**document["counts"])
    changed["repayments_cents"] = tuple(document["repayments_cents"])
    return Outcome(**{**document, **changed})


def _saving(document: Mapping[str, Any]) -> Saving:
    return Saving(Interval(**document["calculated"]), Interval(**document["realised"]))


def _paths(document: Mapping[str, Any]) -> Paths:
    return Paths(
        **{part.name: tuple(_saving(row) for row in document[part.name]) for part in fields(Paths)}
    )

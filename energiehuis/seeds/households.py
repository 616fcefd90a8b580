"""Households that apply: persons, incomes and the facts that may give priority.

Who is of the priority group is the law's to say. So households are drawn from one population and
kept when the law of their day agrees with the plan; the others are drawn again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from energiehuis.eligibility.dated import evaluate_dated
from energiehuis.eligibility.facts import Amounts, Facts, HouseholdFacts
from energiehuis.eligibility.outcome import Eligibility
from energiehuis.law.loader import load_law
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.seeds.tables import distribution
from energiehuis.seeds.volume import HARELBEKE, Days, Intake

_MOST_ROUNDS = 200
_BASE_YEAR = 2015
_STATUSES = ("increased_allowance", "protected_customer", "ocmw_energy_guidance", "debt_mediation")
_KNOWN_AND_TRUE = ("dwelling_in_served_municipality", "dwelling_in_flemish_region")
_KNOWN_AND_FALSE = ("new_build", "exclusive_night_tariff")


@dataclass(slots=True)
class Households:
    """Facts by name, one element a household.

    Truths are int8 (0 no, 1 yes), amounts int64 in cents, persons and years int64.
    """

    years: NDArray[np.int64]
    truths: dict[str, NDArray[np.int8]]
    amounts: dict[str, NDArray[np.int64]]
    persons: NDArray[np.int64]

    def as_facts(self) -> Facts:
        """Give the facts as the rules take them."""
        kinds = np.full(len(self.years), BorrowerKind.NATURAL_PERSON.code, dtype=np.int8)
        amounts = {name: Amounts.of(values) for name, values in self.amounts.items()}
        return Facts.from_arrays(kinds, truths=self.truths, amounts=amounts)

    def put(self, rows: NDArray[np.int64], others: "Households") -> None:
        """Put other households in some of the places."""
        self.persons[rows] = others.persons
        for mine, theirs in ((self.truths, others.truths), (self.amounts, others.amounts)):
            for name, values in theirs.items():
                mine[name][rows] = values

    def records(self) -> list[HouseholdFacts]:
        """Give the facts one by one, with the income years that they are of."""
        columns = {
            **{name: values.astype(bool).tolist() for name, values in self.truths.items()},
            **{name: values.tolist() for name, values in self.amounts.items()},
            "persons": self.persons.tolist(),
            "latest_assessment_income_year": (self.years - 2).tolist(),
            "joint_taxable_income_year": (self.years - 3).tolist(),
        }
        rows = zip(*columns.values(), strict=True)
        return [_record(dict(zip(columns, row, strict=True))) for row in rows]


def plan_priority(intake: Intake, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Say who is to be of the priority group: by year, and in Harelbeke by its printed share.

    Parameters
    ----------
    intake : Intake
        Days and municipalities, shape (applications,). [-]
    rng : numpy.random.Generator
        Source of chance. [-]
    """
    years = intake.days.astype("datetime64[Y]").astype(int) + 1970
    by_year = distribution("priority_share_by_year")
    shares = np.array([by_year[year] for year in years.tolist()])
    planned = rng.random(len(shares)) < shares
    places = np.flatnonzero(intake.nis_codes == HARELBEKE)
    if len(places):
        odds = shares[places] / (1 - shares[places])
        quota = round(distribution("harelbeke_priority_share") * len(places))
        chosen = rng.choice(places, size=quota, replace=False, p=odds / odds.sum())
        planned[places] = False
        planned[chosen] = True
    return planned


def draw_households(
    days: Days, planned: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[Households, Eligibility]:
    """Draw households until the law of each day agrees with who is planned to have priority.

    Parameters
    ----------
    days : ndarray of datetime64[D], shape (households,)
        Application days. [day]
    planned : ndarray of bool, shape (households,)
        Who is to be of the priority group. [-]
    rng : numpy.random.Generator
        Source of chance. [-]

    Returns
    -------
    tuple of Households and Eligibility
        The facts, and what the law says of them. [-]

    Raises
    ------
    RuntimeError
        When the population holds no such households.
    """
    law = load_law()
    households = _population(days, rng)
    for _ in range(_MOST_ROUNDS):
        answers = evaluate_dated(households.as_facts(), days, law)  # type: ignore[arg-type]
        wrong = np.flatnonzero((answers.priority == 1) != planned)
        if not len(wrong):
            return households, answers
        households.put(wrong, _population(days[wrong], rng))
    raise RuntimeError(f"{len(wrong)} households could not be drawn as planned")


def _population(days: Days, rng: np.random.Generator) -> Households:
    count = len(days)
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    persons, dependents = _family(count, rng)
    latest, joint = _incomes(years, rng)
    growth = (1 + distribution("income_growth_per_year")) ** (years - _BASE_YEAR)
    is_low = latest < distribution("low_income_eur") * 100 * growth
    truths = {name: np.ones(count, dtype=np.int8) for name in _KNOWN_AND_TRUE}
    truths |= {name: np.zeros(count, dtype=np.int8) for name in _KNOWN_AND_FALSE}
    truths |= _statuses(is_low, years, rng)
    truths["main_residence"] = _chance(1 - distribution("other_residence_share"), count, rng)
    return Households(
        years=years,
        truths=truths,
        amounts={
            "latest_assessment_income_cents": latest,
            "joint_taxable_income_cents": joint,
            "extra_cadastral_income_cents": np.zeros(count, dtype=np.int64),
            "outstanding_cents": np.zeros(count, dtype=np.int64),
            "dependents": dependents,
        },
        persons=persons,
    )


def _family(count: int, rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    sizes = distribution("household_persons")
    persons = rng.choice(np.array(list(sizes)), size=count, p=list(sizes.values()))
    alone = (persons == 1) | (rng.random(count) < distribution("single_parent_share"))
    return persons, persons - np.where(alone, 1, 2)


def _incomes(
    years: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the income of two years back and of three years back, whole euros in cents."""
    place = rng.normal(0.0, distribution("income_spread"), len(years))
    slip = rng.normal(0.0, 0.05, len(years))
    growth = 1 + distribution("income_growth_per_year")
    median = distribution("income_median_eur")
    latest = median * growth ** (years - 2 - _BASE_YEAR) * np.exp(place)
    joint = median * growth ** (years - 3 - _BASE_YEAR) * np.exp(place + slip)
    return np.rint(latest).astype(np.int64) * 100, np.rint(joint).astype(np.int64) * 100


def _statuses(
    is_low: NDArray[np.bool_], years: NDArray[np.int64], rng: np.random.Generator
) -> dict[str, NDArray[np.int8]]:
    count = len(is_low)
    shares: Mapping[str, Mapping[str, float]] = distribution("ground_shares")
    found = {
        name: _chance(np.where(is_low, shares["low"][name], shares["other"][name]), count, rng)
        for name in _STATUSES
    }
    found["increased_allowance_all_adults"] = found["increased_allowance"]
    found["heating_bill_unpaid"] = found["debt_mediation"] * _chance(0.7, count, rng)
    lets = _chance(distribution("social_landlord_share"), count, rng)
    found["lets_through_social_rental_agency"] = np.where(years >= 2015, lets, 0).astype(np.int8)
    return found


def _chance(
    share: float | NDArray[np.float64], count: int, rng: np.random.Generator
) -> NDArray[np.int8]:
    return (rng.random(count) < share).astype(np.int8)


def _record(values: dict[str, Any]) -> HouseholdFacts:
    return HouseholdFacts(borrower_kind=BorrowerKind.NATURAL_PERSON, **values)

"""The own offer of one day, worked out the way OpenFisca works: variables, formulas, parameters.

A plain reimplementation of how it evaluates, not OpenFisca itself: each rule is a formula that
gives one whole array of float64 or bool for a period and asks for other variables by name; what
was worked out is remembered by variable and period, and parameters are looked up by their day.

It lacks what the rules need beside that. A fact that is not given counts as zero or as no, so that
nothing can stay open and no question can follow; it gives no reasons, sources or second product.
A change of the law is a new formula wherever more changes than a value.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any

import numpy as np

from energiehuis.eligibility.facts import Facts
from energiehuis.law.law import Law
from energiehuis.law.vocabulary import TRUTH_FACTS

Array = np.ndarray
GROUNDS = (
    "increased_allowance",
    "income_ceiling_a",
    "debt_mediation_heating",
    "ocmw_energy_guidance",
    "social_rental_agency_landlord",
    "protected_customer",
    "income_ceiling_b",
    "exclusive_night_tariff",
)
PRIORITY, LEGAL = "own_offer_priority", "own_offer_legal_person"
_FIRST_DAY = itemgetter(0)
_FORMULAS: dict[str, Callable[["Simulation", date], Array]] = {}


class Parameters:
    """Values by name, each with its days."""

    def __init__(self, law: Law) -> None:
        """Take the ceilings and products of all days."""
        self._days: dict[str, list[tuple[date, Any]]] = {}
        rows = [(row.parameter, row) for row in law.thresholds]
        rows += [(row.id, row) for row in law.products]
        for name, row in rows:
            for part in row.values.by_name:
                content = row.values.by_name[part].content
                if content is not None and not isinstance(content, str):
                    value = np.datetime64(content) if isinstance(content, date) else float(content)
                    entry = (row.period.valid_from, value)
                    self._days.setdefault(f"{name}.{part}", []).append(entry)
        for entries in self._days.values():
            entries.sort(key=_FIRST_DAY)

    def at(self, name: str, day: date) -> Any:
        """Give the value that holds on a day."""
        entries = self._days[name]
        return entries[bisect_right(entries, day, key=_FIRST_DAY) - 1][1]


class Simulation:
    """Households, and what was worked out for them."""

    def __init__(self, parameters: Parameters, facts: Mapping[str, Array], day: date) -> None:
        """Take the facts as arrays of float64 and bool, of one period."""
        self.parameters = parameters
        self._found = {(name, day): values for name, values in facts.items()}

    def of(self, name: str, period: date) -> Array:
        """Give a variable for a period; a formula works once."""
        key = (name, period)
        if key not in self._found:
            self._found[key] = _FORMULAS[name](self, period)
        return self._found[key]

    def value(self, name: str, period: date) -> Any:
        """Give a parameter on a day."""
        return self.parameters.at(name, period)


class Households:
    """The facts as OpenFisca holds them: one array each, with zero or no where none is given."""

    def __init__(self, facts: Facts) -> None:
        """Take the facts, before the clock starts."""
        self._facts = facts

    @cached_property
    def arrays(self) -> dict[str, Array]:
        """Give every fact by name."""
        found = {name: self._facts.truth(name) == 1 for name in TRUTH_FACTS}
        for name, amounts in self._facts.amounts.items():
            found[name] = amounts.values.astype(np.float64)
        found["outstanding_granted_on"] = self._facts.outstanding_granted_on
        return {**found, "borrower_kind": self._facts.borrower_kinds}


def formula(work: Callable[[Simulation, date], Array]) -> Callable[[Simulation, date], Array]:
    """Let a function be the formula of the variable of its name."""
    _FORMULAS[work.__name__] = work
    return work


def answers(simulation: Simulation, day: date) -> dict[str, Array]:
    """Ask for every variable that the rules answer, as far as there is one."""
    asked = (*GROUNDS, "priority", "eligible", "rate", "minimum", "maximum", "longest_term", "fits")
    return {name: simulation.of(name, day) for name in asked}


def _ceiling(simulation: Simulation, day: date, name: str) -> Array:
    per_dependent = simulation.value(f"{name}.per_dependent", day)
    dependents = simulation.of("dependents", day)
    return simulation.value(f"{name}.limit", day) + per_dependent * dependents


@formula
def income_ceiling_a(simulation: Simulation, day: date) -> Array:  # noqa: D103
    cadastral = simulation.of("extra_cadastral_income_cents", day)
    factor = simulation.value("income_ceiling_a.extra_cadastral_income_factor", day)
    income = simulation.of("latest_assessment_income_cents", day) + factor * cadastral
    return income <= _ceiling(simulation, day, "income_ceiling_a")


@formula
def income_ceiling_b(simulation: Simulation, day: date) -> Array:  # noqa: D103
    income = simulation.of("joint_taxable_income_cents", day)
    return income <= _ceiling(simulation, day, "income_ceiling_b")


@formula
def debt_mediation_heating(simulation: Simulation, day: date) -> Array:  # noqa: D103
    return simulation.of("debt_mediation", day) & simulation.of("heating_bill_unpaid", day)


@formula
def social_rental_agency_landlord(simulation: Simulation, day: date) -> Array:  # noqa: D103
    return simulation.of("lets_through_social_rental_agency", day)


@formula
def priority(simulation: Simulation, day: date) -> Array:  # noqa: D103
    found = np.zeros(simulation.of("borrower_kind", day).shape, np.bool_)
    for name in GROUNDS:
        found = found | simulation.of(name, day)
    return found


@formula
def place(simulation: Simulation, day: date) -> Array:  # noqa: D103
    served = simulation.of("dwelling_in_served_municipality", day)
    return served & simulation.of("dwelling_in_flemish_region", day)


@formula
def built(simulation: Simulation, day: date) -> Array:  # noqa: D103
    efficient = simulation.of("new_build_e_level_at_most_30", day)
    early = simulation.of("new_build_before_final_epb_declaration", day)
    return ~simulation.of("new_build", day) | (efficient & early)


@formula
def eligible_person(simulation: Simulation, day: date) -> Array:  # noqa: D103
    natural = simulation.of("borrower_kind", day) == 0
    home = natural & simulation.of("main_residence", day) & simulation.of("built", day)
    return home & simulation.of("priority", day) & simulation.of("place", day)


@formula
def eligible_legal_person(simulation: Simulation, day: date) -> Array:  # noqa: D103
    kind = simulation.of("borrower_kind", day)
    return (kind >= 1) & (kind <= 3) & simulation.of("place", day)


@formula
def eligible(simulation: Simulation, day: date) -> Array:  # noqa: D103
    return simulation.of("eligible_person", day) | simulation.of("eligible_legal_person", day)


def _of_product(simulation: Simulation, day: date, name: str, without: float) -> Array:
    person = simulation.value(f"{PRIORITY}.{name}", day)
    legal = simulation.value(f"{LEGAL}.{name}", day)
    is_person = simulation.of("eligible_person", day)
    is_legal = simulation.of("eligible_legal_person", day)
    return np.select([is_person, is_legal], [person, legal], without)


@formula
def rate(simulation: Simulation, day: date) -> Array:  # noqa: D103
    return _of_product(simulation, day, "rate_per_year", np.nan)


@formula
def minimum(simulation: Simulation, day: date) -> Array:  # noqa: D103
    return _of_product(simulation, day, "minimum_amount", -1.0)


@formula
def maximum(simulation: Simulation, day: date) -> Array:  # noqa: D103
    return _of_product(simulation, day, "maximum_amount", -1.0)


@formula
def longest_term(simulation: Simulation, day: date) -> Array:  # noqa: D103
    return _of_product(simulation, day, "longest_term", -1.0)


@formula
def fits(simulation: Simulation, day: date) -> Array:  # noqa: D103
    wished = simulation.of("amount_wished_cents", day)
    running = simulation.of("outstanding_cents", day)
    is_amount = wished >= simulation.of("minimum", day)
    is_amount = is_amount & (wished + running <= simulation.of("maximum", day))
    is_amount = is_amount & (wished <= simulation.of("works_cost_cents", day))
    before = simulation.value(f"{PRIORITY}.repaid_first_if_granted_before", day)
    is_newer = simulation.of("outstanding_granted_on", day) >= before
    is_amount = is_amount & ((running == 0) | is_newer)
    is_term = simulation.of("term_wished_months", day) <= simulation.of("longest_term", day)
    return simulation.of("eligible", day) & is_amount & is_term

"""All formulas, by the programme that keeps the records."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from energiehuis.key_figures.budget_in_zicht import measure_budget_in_zicht
from energiehuis.key_figures.crisis_network import measure_crisis_network
from energiehuis.key_figures.energy_desk import measure_energy_desk
from energiehuis.key_figures.energy_loans import measure_energy_loans
from energiehuis.key_figures.food_act import measure_food_act
from energiehuis.key_figures.konekti import measure_konekti
from energiehuis.key_figures.kracht_wonen import measure_kracht_wonen
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.key_figures.social_economy import measure_social_economy
from energiehuis.key_figures.wijk_werken import measure_wijk_werken
from energiehuis.key_figures.woonclub import measure_woonclub
from energiehuis.key_figures.work import measure_work

Formulas = Callable[[Session, Area, Period], dict[str, Measured]]
SOURCES: tuple[Formulas, ...] = (
    measure_energy_loans,
    measure_woonclub,
    measure_budget_in_zicht,
    measure_crisis_network,
    measure_energy_desk,
    measure_food_act,
    measure_konekti,
    measure_kracht_wonen,
    measure_social_economy,
    measure_wijk_werken,
    measure_work,
)


def measure_all(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count everything and give each figure by id."""
    found: dict[str, Measured] = {}
    for measure in SOURCES:
        found |= measure(session, area, period)
    return found

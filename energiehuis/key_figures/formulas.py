"""All formulas, by the programme that keeps the records."""

import inspect
import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from energiehuis.key_figures.as_of import as_known
from energiehuis.key_figures.budget_in_zicht import measure_budget_in_zicht
from energiehuis.key_figures.crisis_network import measure_crisis_network
from energiehuis.key_figures.energy_desk import measure_energy_desk
from energiehuis.key_figures.energy_loans import measure_energy_loans
from energiehuis.key_figures.energy_saving import measure_energy_saving
from energiehuis.key_figures.food_act import measure_food_act
from energiehuis.key_figures.governance import measure_governance
from energiehuis.key_figures.joined_up import measure_joined_up
from energiehuis.key_figures.konekti import measure_konekti
from energiehuis.key_figures.kracht_wonen import measure_kracht_wonen
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.key_figures.social_economy import measure_social_economy
from energiehuis.key_figures.wijk_werken import measure_wijk_werken
from energiehuis.key_figures.woonclub import measure_woonclub
from energiehuis.key_figures.work import measure_work

_LOG = logging.getLogger(__name__)
PREFIXES = ("biz", "eh", "fa", "gov", "ko", "kw", "mdc", "rck", "se", "wc", "wk", "ww", "x")
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
    measure_governance,
    measure_energy_saving,
    measure_joined_up,
)


def measure_all(
    session: Session, area: Area, period: Period, *, known_at: datetime | None = None
) -> dict[str, Measured]:
    """Count everything and give each figure by id; a programme that fails leaves its ids out.

    Parameters
    ----------
    session : Session
        Of the unit of work. [-]
    area : Area
        Whose records. [-]
    period : Period
        Which days. [-]
    known_at : datetime or None
        Only what was written down before this instant; None is now. [UTC]
    """
    found: dict[str, Measured] = {}
    for measure in SOURCES:
        found |= _measured(session, area, period, measure=measure, known_at=known_at)
    return found


def measure_all_areas(
    session: Session,
    areas: Mapping[str, Area],
    period: Period,
    *,
    known_at: datetime | None = None,
) -> dict[str, dict[str, Measured]]:
    """Count everything for many areas, each under its name."""
    return {
        name: measure_all(session, area, period, known_at=known_at) for name, area in areas.items()
    }


def _measured(
    session: Session,
    area: Area,
    period: Period,
    *,
    measure: Formulas,
    known_at: datetime | None,
) -> dict[str, Measured]:
    """Run one programme's formulas; what goes wrong in it takes no other figure along."""
    try:
        # A failed question would end the transaction on PostgreSQL; the savepoint saves the rest.
        with session.begin_nested(), as_known(session, known_at) as undated:
            found = measure(session, area, period)
    except (ArithmeticError, LookupError, TypeError, ValueError, SQLAlchemyError):
        _LOG.exception("key figures failed: %s", measure.__name__)
        return {}
    if not undated:
        return found
    tables = tuple(sorted(undated))
    return {figure: replace(measured, undated=tables) for figure, measured in found.items()}


def formula_digest(figure_id: str) -> str:
    """Give the SHA-256 of the code that computes a figure, so that a change of it shows.

    The code of a programme is one file; its figures share the digest.
    """
    return _digests().get(figure_id.partition(".")[0], "")


@cache
def _digests() -> dict[str, str]:
    found: dict[str, str] = {}
    for measure in SOURCES:
        module = sys.modules[measure.__module__]
        text = inspect.getsource(module)
        for prefix in PREFIXES:
            if f'"{prefix}.' in text:
                found[prefix] = sha256((found.get(prefix, "") + text).encode()).hexdigest()
    return found

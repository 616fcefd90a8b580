"""The formulas of the social economy: places and grants, a question each."""

from datetime import timedelta
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.programmes.social_economy.models import GrantLine, Places
from energiehuis.programmes.social_economy.vocabulary import GrantSource

_HARELBEKE = "34013"


def measure_social_economy(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count the records and give each figure by id; none of them is about people."""
    places = Fraction(_fte_hundredths(session, area, period), 100)
    return {
        "se.lde_places": Measured(round(places)),
        "se.flemish_money_har": Measured(_flemish_cents(session, area, period)),
    }


def _fte_hundredths(session: Session, area: Area, period: Period) -> int:
    last_day = period.to_on - timedelta(days=1)
    found = session.scalar(
        select(func.coalesce(func.sum(Places.fte_hundredths), 0)).where(
            Places.organisation_id == area.organisation_id,
            Places.nis_code.in_(area.nis_codes),
            Places.year == last_day.year,
        )
    )
    return int(found or 0)


def _flemish_cents(session: Session, area: Area, period: Period) -> int:
    """Give the money of the lines that begin in the period, so that periods add up."""
    first = period.from_on.year if period.from_on.timetuple().tm_yday == 1 else _next_year(period)
    last = (period.to_on - timedelta(days=1)).year
    found = session.scalar(
        select(func.coalesce(func.sum(GrantLine.amount_cents), 0)).where(
            GrantLine.organisation_id == area.organisation_id,
            GrantLine.nis_code.in_([code for code in area.nis_codes if code == _HARELBEKE]),
            GrantLine.source == GrantSource.FLANDERS.value,
            GrantLine.from_year.between(first, last),
        )
    )
    return int(found or 0)


def _next_year(period: Period) -> int:
    # The first day of its first year lies before the period.
    return period.from_on.year + 1

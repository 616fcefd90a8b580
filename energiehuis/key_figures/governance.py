"""The formulas of the governance: mandates on a day, a year's income, and what members pay."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.programmes.governance.models import BudgetLine, Mandate
from energiehuis.programmes.governance.vocabulary import Body, Side
from energiehuis.reference_data.membership import (
    REGION,
    find_contribution_cents,
    find_inhabitants,
    founders,
)

INCOME_YEAR = 2019
_NOBODY_KNOWS = Measured(0, 0, unknown=1)


def measure_governance(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count mandates, add up the income, and work out what members pay."""
    last_day = period.to_on - timedelta(days=1)
    assembly, voting, expert = count_mandates(session, area, last_day)
    rate = find_contribution_cents(last_day)
    return {
        "gov.income_2019": _income(session, area, period),
        "gov.contribution_rate": _NOBODY_KNOWS if rate is None else Measured(rate, 100),
        "gov.contribution_total": contribution(area, period.from_on.year),
        "gov.av_members": Measured(assembly),
        "gov.rvb_voting": Measured(voting),
        "gov.rvb_expert": Measured(expert),
    }


def count_mandates(session: Session, area: Area, day: date) -> tuple[int, int, int]:
    """Count who sits on a day in the assembly, in the board with a vote, and there without."""
    in_board = Mandate.body == Body.BOARD.value
    query = select(
        _how_many(Mandate.body == Body.GENERAL_ASSEMBLY.value),
        _how_many(and_(in_board, Mandate.is_voting.is_(True))),
        _how_many(and_(in_board, Mandate.is_voting.is_(False))),
    ).where(
        Mandate.organisation_id == area.organisation_id,
        Mandate.nis_code.in_(area.nis_codes),
        Mandate.from_on <= day,
        or_(Mandate.until_on.is_(None), Mandate.until_on > day),
    )
    assembly, voting, expert = session.execute(query).one()
    return int(assembly), int(voting), int(expert)


def contribution(area: Area, year: int) -> Measured:
    """Work out what the members of an area pay in a year, both readings for the whole region.

    Examples
    --------
    >>> from uuid import UUID
    >>> contribution(Area(UUID(int=0), ("34013",)), 2019).numerator
    1407200
    """
    rate = find_contribution_cents(date(year, 1, 1))
    if rate is None:
        return _NOBODY_KNOWS
    inhabitants = {code: find_inhabitants(code, year) for code in area.nis_codes}
    unknown = sum(count is None for count in inhabitants.values())
    later = set(area.nis_codes) - founders()
    is_region = founders() < set(area.nis_codes)
    total = find_inhabitants(REGION, year) if is_region else None
    if total is None and not unknown:
        total = sum(count for count in inhabitants.values() if count is not None)
    if total is None:
        return Measured(0, 0, unknown=unknown)
    joined = [inhabitants[code] for code in later]
    if not is_region or None in joined:
        return Measured(total * rate, unknown=unknown)
    of_founders = total - sum(count for count in joined if count is not None)
    readings = (("members_13", of_founders * rate), ("members_14", total * rate))
    return Measured(total * rate, unknown=unknown, parts=readings)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _income(session: Session, area: Area, period: Period) -> Measured:
    covers = period.from_on <= date(INCOME_YEAR, 12, 31) and period.to_on > date(INCOME_YEAR, 1, 1)
    if not covers or not founders() < set(area.nis_codes):
        return Measured(0, 0)
    lines, cents = session.execute(
        select(func.count(), func.coalesce(func.sum(BudgetLine.amount_cents), 0)).where(
            BudgetLine.organisation_id == area.organisation_id,
            BudgetLine.year == INCOME_YEAR,
            BudgetLine.side == Side.INCOME.value,
        )
    ).one()
    return Measured(int(cents)) if lines else Measured(0, 0)

"""The figures over all programmes: reach without double counting, referrals, ways out of crisis.

A household counts once, by number; whoever was merged is one. Nobody leaves here by name.
"""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from energiehuis.cases.models import Case, CaseSnapshot
from energiehuis.key_figures.lasting import measure_lasting
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.key_figures.reach import Help, list_help, programmes_by_subject, subject_of
from energiehuis.key_figures.referral_counts import (
    count_landing,
    count_lost_households,
    count_matrix,
)
from energiehuis.loans.models import Loan
from energiehuis.reference_data.membership import find_inhabitants

# Source: the catalogue of key figures looks back over 24 months.
MONTHS_BACK = 24


def measure_joined_up(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count over the records of all programmes and give each figure by id."""
    found = list_help(session, area, period.to_on)
    reach = len(programmes_by_subject(found, period.from_on, period.to_on))
    return {
        "x.programmes_per_household": _programmes(found, period),
        "x.deduplicated_reach": Measured(reach, cells=(reach,)),
        "x.coverage": _coverage(area, period, reach),
        "x.questions_before_help": _asked(session, area, period),
        "x.loan_and_budget": _loans(session, area, period),
        **_referrals(session, area, period),
        **measure_lasting(session, area, period),
    }


def _referrals(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    matrix = count_matrix(session, area, period)
    landing = count_landing(session, area, period)
    lost = count_lost_households(session, area, period)
    pairs = tuple((f"{c.from_programme}>{c.to_programme}", c.sent) for c in matrix)
    due = landing.in_time + landing.late
    return {
        "x.referral_matrix": Measured(sum(count for _, count in pairs), parts=pairs),
        "x.referral_landed": Measured(
            landing.in_time,
            due,
            unknown=landing.not_due,
            cells=(landing.in_time, landing.late, landing.not_due),
        ),
        "x.lost_in_between": Measured(lost, cells=(lost,)),
    }


def _programmes(found: tuple[Help, ...], period: Period) -> Measured:
    """Count households by how many programmes helped them in the 24 months up to the end."""
    start = _months_before(period.to_on, MONTHS_BACK)
    counts = [len(names) for names in programmes_by_subject(found, start, period.to_on).values()]
    parts = tuple((str(n), counts.count(n)) for n in sorted(set(counts)))
    return Measured(len(counts), parts=parts)


def _months_before(day: date, months: int) -> date:
    """Give the day as many months earlier, the last of that month where it has no such day.

    Examples
    --------
    >>> _months_before(date(2024, 2, 29), 24)
    datetime.date(2022, 2, 28)
    """
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = date(years, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


def _coverage(area: Area, period: Period, reach: int) -> Measured:
    """Divide by the inhabitants on 1 January of the last year; unknown when one lacks."""
    year = (period.to_on - timedelta(days=1)).year
    inhabitants = [find_inhabitants(code, year) for code in area.nis_codes]
    unknown = sum(count is None for count in inhabitants)
    if unknown:
        return Measured(reach, 0, unknown=unknown, cells=(reach,))
    return Measured(reach, sum(count or 0 for count in inhabitants), cells=(reach,))


def _asked(session: Session, area: Area, period: Period) -> Measured:
    """Count how often a household was asked who lives there and on what, at intakes of a period."""
    intakes, households = session.execute(
        select(func.count(CaseSnapshot.case_id), func.count(subject_of().distinct()))
        .select_from(Case)
        .join(CaseSnapshot, CaseSnapshot.case_id == Case.id)
        .where(
            Case.organisation_id == area.organisation_id,
            Case.nis_code.in_(area.nis_codes),
            Case.received_on >= period.from_on,
            Case.received_on < period.to_on,
        )
    ).one()
    return Measured(intakes, households, cells=(households, intakes - households))


def _loans(session: Session, area: Area, period: Period) -> Measured:
    """Say that nobody can tell: loans and budget guidance share no number of a household.

    To join them by name would need a purpose that the client agreed to and a ruling on secrecy
    (catalogue of key figures, W13); until then each loan counts as unknown.
    """
    loans = session.scalar(
        select(func.count(Loan.id)).where(
            Loan.organisation_id == area.organisation_id,
            Loan.nis_code.in_(area.nis_codes),
            Loan.granted_on < period.to_on,
        )
    )
    return Measured(0, 0, unknown=int(loans or 0))

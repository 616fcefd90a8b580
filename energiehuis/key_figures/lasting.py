"""From crisis to a lasting home, and on to the energy desk: days between records of programmes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median_high, median_low
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.cases.models import Case
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.key_figures.reach import home_of, subject_of
from energiehuis.key_figures.survival import median_days
from energiehuis.programmes.crisis_network.models import Admission, Guest
from energiehuis.programmes.energy_desk.models import EnergyScan
from energiehuis.programmes.kracht_wonen.models import Stay, StayEnding
from energiehuis.programmes.kracht_wonen.vocabulary import LASTING
from energiehuis.programmes.woonclub.models import Housing

Days = dict[UUID, list[date]]
YEAR = timedelta(days=365)


def measure_lasting(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count from the records of housing, crisis and energy, in four questions."""
    homes = lasting_homes(session, area, period.to_on)
    crises = admissions(session, area, period.to_on)
    return {
        "x.months_housing_to_energy": _housing_to_energy(session, area, period, homes=homes),
        "x.crisis_to_lasting": _crisis_to_lasting(crises, homes, period.to_on),
        "x.return_to_crisis": _return_to_crisis(crises, homes, period),
    }


def lasting_homes(session: Session, area: Area, until: date) -> Days:
    """Give the days on which each household found a lasting home, before a day.

    Housed by the Woonclub, or on from a stay of Kracht.Wonen to a home of its own.
    """
    housed = (
        select(subject_of(), Case.outcome_on)
        .join(Housing, Housing.case_id == Case.id)
        .where(
            Case.organisation_id == area.organisation_id,
            Case.nis_code.in_(area.nis_codes),
            Case.outcome_on < until,
        )
    )
    moved_on = (
        select(Stay.household_id, StayEnding.ended_on)
        .join(Stay, Stay.id == StayEnding.stay_id)
        .join(Case, Case.id == Stay.case_id)
        .where(
            Case.organisation_id == area.organisation_id,
            Case.nis_code.in_(area.nis_codes),
            StayEnding.end_reason.in_([reason.value for reason in LASTING]),
            StayEnding.ended_on < until,
        )
    )
    return _sorted([*session.execute(housed), *session.execute(moved_on)])


def admissions(session: Session, area: Area, until: date) -> Days:
    """Give the days on which each household came to the crisis network, before a day."""
    query = (
        select(home_of(Guest.person_id), Admission.start_on)
        .join(Admission, Admission.id == Guest.admission_id)
        .where(
            Admission.organisation_id == area.organisation_id,
            Admission.nis_code.in_(area.nis_codes),
            Admission.start_on < until,
        )
    )
    return _sorted(session.execute(query))


def _sorted(rows: Iterable[Any]) -> Days:
    days: Days = defaultdict(list)
    for subject, day in rows:
        days[subject].append(day)
    return {subject: sorted(found) for subject, found in days.items()}


def _housing_to_energy(session: Session, area: Area, period: Period, *, homes: Days) -> Measured:
    """Measure from a home that was found to the first scan in it, for the scans of a period."""
    scans: Iterable[Any] = session.execute(
        select(EnergyScan.household_id, EnergyScan.done_on)
        .where(
            EnergyScan.organisation_id == area.organisation_id,
            EnergyScan.nis_code.in_(area.nis_codes),
            EnergyScan.done_on < period.to_on,
        )
        .order_by(EnergyScan.done_on)
    )
    waits: dict[tuple[UUID, date], date] = {}
    for household_id, done_on in scans:
        before = [day for day in homes.get(household_id, ()) if day <= done_on]
        if before:
            waits.setdefault((household_id, before[-1]), done_on)
    days = [(done - home).days for (_who, home), done in waits.items() if done >= period.from_on]
    return _median(days)


def _median(days: list[int]) -> Measured:
    """Give the middle of two as a fraction, so that it stays exact."""
    if not days:
        return Measured(0, 0)
    return Measured(median_low(days) + median_high(days), 2, cells=(len(days),))


def _crisis_to_lasting(crises: Days, homes: Days, until: date) -> Measured:
    """Measure from the first admission to a lasting home; who has none yet counts until now."""
    days, has_ended = [], []
    for subject, starts in crises.items():
        home = next((day for day in homes.get(subject, ()) if day >= starts[0]), None)
        days.append(((home or until - timedelta(days=1)) - starts[0]).days)
        has_ended.append(home is not None)
    ended = sum(has_ended)
    cells = (len(days), ended, len(days) - ended)
    middle = median_days(np.array(days, np.int64), np.array(has_ended, np.bool_))
    if middle is None:
        return Measured(0, 0, unknown=len(days) - ended, cells=cells)
    return Measured(middle, 1, unknown=len(days) - ended, cells=cells)


def _return_to_crisis(crises: Days, homes: Days, period: Period) -> Measured:
    """Measure who came back within a year of a lasting home, for the years that ended by now."""
    housed = [
        (subject, day)
        for subject, days in homes.items()
        for day in days
        if period.from_on <= day + YEAR < period.to_on
    ]
    back = sum(
        any(home < day <= home + YEAR for day in crises.get(subject, ()))
        for subject, home in housed
    )
    return Measured(back, len(housed), cells=(back, len(housed) - back))

"""The formulas of Food Act 13: pickups, distributions and placements in three questions."""

from datetime import timedelta
from fractions import Fraction

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.people.queries import kept_person
from energiehuis.programmes.food_act.models import Donor, PickupLineRow, PickupRow, StockEvent
from energiehuis.programmes.food_act.vocabulary import StockEventKind
from energiehuis.programmes.work.models import Placement
from energiehuis.programmes.work.vocabulary import WorkProgramme

_GRAMS_A_KG = 1000


def measure_food_act(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count the records and give each figure by id; weights are whole grams inside."""
    collected, days, donors = _pickups(session, area, period)
    distributed = _distributed(session, area, period)
    workers = _workers(session, area, period)
    return {
        "fa.kg_per_day": Measured(collected, days * _GRAMS_A_KG),
        "fa.kg_collected": Measured(round(Fraction(collected, _GRAMS_A_KG))),
        "fa.kg_distributed_share": Measured(distributed, collected),
        # Shops and bakers, not people: nothing to hide.
        "fa.donors": Measured(donors, beside=_donors_by_chain(session, area, period)),
        "fa.target_group_workers": Measured(workers, cells=(workers,)),
    }


def _pickups(session: Session, area: Area, period: Period) -> tuple[int, int, int]:
    """Give the grams that were collected, the days on which, and from how many donors."""
    row = session.execute(
        select(
            func.coalesce(func.sum(PickupLineRow.grams), 0),
            func.count(PickupRow.picked_up_on.distinct()),
            func.count(PickupRow.donor_id.distinct()),
        )
        .join(PickupRow, PickupRow.id == PickupLineRow.pickup_id)
        .where(
            PickupRow.organisation_id == area.organisation_id,
            PickupRow.nis_code.in_(area.nis_codes),
            PickupRow.picked_up_on >= period.from_on,
            PickupRow.picked_up_on < period.to_on,
        )
    ).one()
    return int(row[0]), int(row[1]), int(row[2])


def _donors_by_chain(session: Session, area: Area, period: Period) -> tuple[tuple[str, int], ...]:
    """Count the donors with a pickup by their chain, as W13's deck prints them."""
    rows = session.execute(
        select(Donor.chain, func.count(PickupRow.donor_id.distinct()))
        .join(Donor, Donor.id == PickupRow.donor_id)
        .where(
            PickupRow.organisation_id == area.organisation_id,
            PickupRow.nis_code.in_(area.nis_codes),
            PickupRow.picked_up_on >= period.from_on,
            PickupRow.picked_up_on < period.to_on,
        )
        .group_by(Donor.chain)
        .order_by(Donor.chain)
    )
    return tuple((chain, int(count)) for chain, count in rows)


def _distributed(session: Session, area: Area, period: Period) -> int:
    grams = session.scalar(
        select(func.coalesce(func.sum(StockEvent.grams), 0)).where(
            StockEvent.organisation_id == area.organisation_id,
            StockEvent.nis_code.in_(area.nis_codes),
            StockEvent.kind == StockEventKind.DISTRIBUTION.value,
            StockEvent.day >= period.from_on,
            StockEvent.day < period.to_on,
        )
    )
    return -int(grams or 0)


def _workers(session: Session, area: Area, period: Period) -> int:
    last_day = period.to_on - timedelta(days=1)
    runs: ColumnElement[bool] = and_(
        Placement.start_on <= last_day,
        or_(Placement.ended_on.is_(None), Placement.ended_on > last_day),
    )
    found = session.scalar(
        select(func.count(kept_person(Placement.person_id).distinct())).where(
            Placement.organisation_id == area.organisation_id,
            Placement.nis_code.in_(area.nis_codes),
            Placement.for_programme == WorkProgramme.FOOD_ACT.value,
            runs,
        )
    )
    return int(found or 0)

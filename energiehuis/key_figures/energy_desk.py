"""The formulas of the energy desk beside the loan: questions asked and scans done."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from energiehuis.cases.models import Contact
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.programmes.energy_desk.models import EnergyScanStep
from energiehuis.programmes.energy_desk.vocabulary import PROGRAMME, ScanStatus


def measure_energy_desk(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count the records of the energy desk and give each of its figures by id."""
    questions = session.scalars(_questions_query(area, period)).one()
    scans = session.scalars(_scans_query(area, period)).one()
    return {
        # A question names nobody, but a few in a small place may be known to the neighbours.
        "eh.advice_contacts": Measured(questions, cells=(questions,)),
        "eh.scans": Measured(scans, cells=(scans,)),
    }


def _questions_query(area: Area, period: Period) -> Select[int]:
    return select(func.count(Contact.id)).where(
        Contact.organisation_id == area.organisation_id,
        Contact.programme == PROGRAMME,
        Contact.nis_code.in_(area.nis_codes),
        Contact.took_place_on >= period.from_on,
        Contact.took_place_on < period.to_on,
    )


def _scans_query(area: Area, period: Period) -> Select[int]:
    # The steps only grow, so the figure of a year can be found again as it stood on a day.
    return select(func.count(EnergyScanStep.id)).where(
        EnergyScanStep.organisation_id == area.organisation_id,
        EnergyScanStep.nis_code.in_(area.nis_codes),
        EnergyScanStep.status == ScanStatus.DONE.value,
        EnergyScanStep.day >= period.from_on,
        EnergyScanStep.day < period.to_on,
    )

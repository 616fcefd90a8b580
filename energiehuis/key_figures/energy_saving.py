"""What the loans of a period save a year: calculated by the model, counted as W13 printed it."""

from uuid import UUID

from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.queries import served_municipalities
from energiehuis.key_figures.as_of import KNOWN_AT
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.simulation.portfolio import PortfolioFile, read_portfolio
from energiehuis.simulation.yearly_saving import CalculatedSaving, calculated_savings

_FILES, _SAVINGS = "portfolio_files", "calculated_savings"


def measure_energy_saving(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Give the kWh and the CO2 of the loans whose applications came in in the period."""
    by_place = _savings(session, area.organisation_id, period)
    savings = [by_place[code] for code in area.nis_codes if code in by_place]
    loans = sum(saving.loans for saving in savings)
    unknown = sum(saving.unknown for saving in savings)
    kwh = round(sum(saving.kwh for saving in savings))
    co2_kg = round(sum(saving.co2_kg for saving in savings))
    return {
        "eh.kwh_saved": Measured(kwh, unknown=unknown, cells=(loans,)),
        "eh.co2_saved": Measured(co2_kg, 1000, unknown=unknown, cells=(loans,)),
    }


def _savings(
    session: Session, organisation_id: UUID, period: Period
) -> dict[str, CalculatedSaving]:
    """Work out the saving of all municipalities of a period once a transaction."""
    kept = session.info.setdefault(_SAVINGS, {})
    key = (organisation_id, session.info.get(KNOWN_AT), period)
    if key not in kept:
        files = _files(session, organisation_id)
        inside = [file for file in files if period.from_on <= file.applied_on < period.to_on]
        kept[key] = calculated_savings(inside, tuple(sorted({f.nis_code for f in files})))
    found: dict[str, CalculatedSaving] = kept[key]
    return found


def _files(session: Session, organisation_id: UUID) -> tuple[PortfolioFile, ...]:
    """Read the files of the organisation; the portfolio has no names in it."""
    kept = session.info.setdefault(_FILES, {})
    key = (organisation_id, session.info.get(KNOWN_AT))
    if key not in kept:
        reader = Actor(
            "system",
            organisation_id=organisation_id,
            municipalities=served_municipalities(session, organisation_id, clock.today()),
            is_system=True,
        )
        kept[key] = read_portfolio(session, reader)
    found: tuple[PortfolioFile, ...] = kept[key]
    return found

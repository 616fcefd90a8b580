"""Records of the social economy in the demo: invented, one by one, from a fixed seed.

Counting them gives the deck of spring 2019: 109 places kept in each year of 2014-2018, and 20,020
euro of Flanders for Harelbeke over those five years.
"""

from datetime import date
from decimal import Decimal

import numpy as np
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.programmes.social_economy.commands import (
    HeldMeeting,
    NewEnterprise,
    NewGrant,
    YearPlaces,
)
from energiehuis.programmes.social_economy.service import (
    record_enterprise,
    record_grant,
    record_meeting,
    record_places,
)
from energiehuis.programmes.social_economy.vocabulary import GrantSource
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.seeds.invented import address_of, incoming_of, kbo_number_of
from energiehuis.seeds.tables import read_table

SEED = 20140101
# Behind the numbers of the donors of food.
_FIRST_NUMBER = 500
_LAST_MEETING_YEAR = 2019
_CHAIR = "34022"
_USUALLY_THERE = 0.7


def add_social_economy(session: Session, actor: Actor) -> None:
    """Write the records down through the services of the programme."""
    rng = np.random.Generator(np.random.Philox(SEED))
    table = read_table("social_economy")
    for number, row in enumerate(table["enterprises"]):
        address = address_of(rng, number + 1)
        said = NewEnterprise(row["name"], kbo_number_of(_FIRST_NUMBER + number), address)
        first = date(table["years"][0], 1, 6)
        made = record_enterprise(session, actor, incoming_of(first, row["nis"], said))
        for year in table["years"]:
            for nis_code, fte in row["places"].items():
                places = YearPlaces(made.id, nis_code, year, Decimal(str(fte)))
                record_places(session, actor, incoming_of(date(year, 2, 3), nis_code, places))
    for year in table["years"]:
        _add_grants(session, actor, year)
    for year in range(table["years"][0], _LAST_MEETING_YEAR + 1):
        _add_meetings(session, actor, rng, year=year)


def _add_grants(session: Session, actor: Actor, year: int) -> None:
    for row in read_table("social_economy")["grants"]:
        said = NewGrant(
            source=GrantSource(row["source"]),
            nis=row["nis"],
            amount_cents=row["euro"] * 100,
            from_year=year,
            to_year=year,
            purpose=row["purpose"],
        )
        record_grant(session, actor, incoming_of(date(year, 3, 3), row["nis"], said))


def _add_meetings(session: Session, actor: Actor, rng: np.random.Generator, *, year: int) -> None:
    themes = read_table("social_economy")["themes"]
    for quarter, theme in enumerate(themes):
        day = date(year, 3 * quarter + 2, 10 + int(rng.integers(15)))
        served = [place.nis_code for place in list_municipalities() if place.is_served_on(day)]
        there = [nis for nis in served if nis == _CHAIR or rng.random() < _USUALLY_THERE]
        said = HeldMeeting(day, theme, tuple(there))
        record_meeting(session, actor, incoming_of(day, _CHAIR, said))

"""What this programme is to the shared core; it keeps no cases."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.kinds import IntakeKind, NoSubject, Recorded
from energiehuis.cases.programmes import Programme
from energiehuis.cases.records import Records
from energiehuis.programmes.social_economy.commands import (
    HeldMeeting,
    NewEnterprise,
    NewGrant,
    YearPlaces,
)
from energiehuis.programmes.social_economy.service import (
    ENTERPRISES,
    GRANTS,
    MEETINGS,
    PLACES,
    record_enterprise,
    record_grant,
    record_meeting,
    record_places,
)
from energiehuis.programmes.social_economy.vocabulary import PROGRAMME as CODE


def _kind(
    name: str,
    payload: type[Any],
    record: Callable[[Session, Actor, Any], Recorded],
    *,
    records: Records,
) -> IntakeKind:
    return IntakeKind(
        programme=CODE,
        name=name,
        subject=NoSubject,
        payload=payload,
        record=record,
        load=records.load,
        list_recent=records.list_recent,
        data_class=DataClass.COUNT,
    )


PROGRAMME = Programme(
    code=CODE,
    kinds=(
        _kind("enterprises", NewEnterprise, record_enterprise, records=ENTERPRISES),
        _kind("places", YearPlaces, record_places, records=PLACES),
        _kind("network-meetings", HeldMeeting, record_meeting, records=MEETINGS),
        _kind("grants", NewGrant, record_grant, records=GRANTS),
    ),
)

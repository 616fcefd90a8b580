"""What the crisis network is to the shared core; it keeps admissions, not cases."""

from collections.abc import Callable
from typing import Any

from energiehuis.access.field_classes import DataClass
from energiehuis.cases.kinds import IntakeKind, NoSubject, Recorded
from energiehuis.cases.partnerships import partners_kind
from energiehuis.cases.programmes import Programme
from energiehuis.cases.records import Records
from energiehuis.programmes.crisis_network import commands, conferences, queries, service
from energiehuis.programmes.crisis_network.vocabulary import PROGRAMME as CODE


def _kind(
    name: str,
    payload: type[Any],
    *,
    record: Callable[..., Recorded],
    records: Records,
    data_class: DataClass = DataClass.COUNT,
) -> IntakeKind:
    return IntakeKind(
        programme=CODE,
        name=name,
        subject=NoSubject,
        payload=payload,
        record=record,
        load=records.load,
        list_recent=records.list_recent,
        data_class=data_class,
        # A bed is asked for by telephone, so that somebody on duty hears it.
        for_partners=False,
    )


PROGRAMME = Programme(
    code=CODE,
    kinds=(
        _kind(
            "admissions",
            commands.Admit,
            record=service.record_admission,
            records=queries.ADMISSIONS,
            data_class=DataClass.SENSITIVE,
        ),
        _kind(
            "handovers",
            commands.HandOver,
            record=service.record_handover,
            records=queries.HANDOVERS,
            data_class=DataClass.SENSITIVE,
        ),
        _kind(
            "refusals",
            commands.Refuse,
            record=service.record_refusal,
            records=queries.REFUSALS,
        ),
        _kind("beds", commands.AddBed, record=service.record_bed, records=queries.BEDS),
        _kind(
            "conferences",
            commands.HoldConference,
            record=conferences.record_conference,
            records=queries.CONFERENCES,
            data_class=DataClass.SENSITIVE,
        ),
        partners_kind(CODE),
    ),
)

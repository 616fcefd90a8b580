"""What Konekti is to the shared core."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from energiehuis.access.field_classes import DataClass
from energiehuis.access.permissions import Role
from energiehuis.cases.kinds import (
    HouseholdSubject,
    IntakeKind,
    NoSubject,
    PersonSubject,
    Recorded,
)
from energiehuis.cases.partnerships import partners_kind
from energiehuis.cases.programmes import Programme
from energiehuis.cases.records import Records
from energiehuis.programmes.konekti import commands, queries, service, team
from energiehuis.programmes.konekti.models import PsychologistCase
from energiehuis.programmes.konekti.vocabulary import PROGRAMME as CODE
from energiehuis.programmes.konekti.vocabulary import Outcome


def notes_kept_to(session: Session, case_id: UUID) -> Role | None:
    """Give who alone may write and read notes on a case: those of a psychologist are its own."""
    return Role.PSYCHOLOGIST if session.get(PsychologistCase, case_id) is not None else None


def _kind(  # noqa: PLR0913  a kind has as many parts
    name: str,
    payload: type[Any],
    *,
    record: Callable[..., Recorded],
    records: Records,
    subject: type[Any] = NoSubject,
    data_class: DataClass = DataClass.COUNT,
    for_partners: bool = False,
) -> IntakeKind:
    return IntakeKind(
        programme=CODE,
        name=name,
        subject=subject,
        payload=payload,
        record=record,
        load=records.load,
        list_recent=records.list_recent,
        data_class=data_class,
        for_partners=for_partners,
    )


PROGRAMME = Programme(
    code=CODE,
    kinds=(
        _kind(
            "families",
            commands.ReferFamily,
            record=service.record_family,
            records=queries.FAMILIES,
            subject=HouseholdSubject,
            data_class=DataClass.SENSITIVE,
            for_partners=True,
        ),
        _kind(
            "first-contacts",
            commands.MadeContact,
            record=service.record_first_contact,
            records=queries.FIRST_CONTACTS,
            data_class=DataClass.IDENTITY,
        ),
        _kind(
            "verbinders",
            commands.AssignVerbinder,
            record=team.record_assignment,
            records=queries.ASSIGNMENTS,
            data_class=DataClass.IDENTITY,
        ),
        _kind(
            "plans",
            commands.AgreePlan,
            record=service.record_plan,
            records=queries.PLANS,
            data_class=DataClass.SENSITIVE,
        ),
        _kind(
            "elp",
            commands.AskPsychologist,
            record=service.record_question,
            records=queries.PSYCHOLOGIST,
            subject=PersonSubject,
            data_class=DataClass.SENSITIVE,
        ),
        partners_kind(CODE),
        _kind(
            "mandates",
            commands.GiveMandate,
            record=team.record_mandate,
            records=queries.MANDATES,
        ),
        _kind(
            "secondments",
            commands.SecondWorker,
            record=team.record_secondment,
            records=queries.SECONDMENTS,
        ),
        _kind("targets", commands.SetTarget, record=team.record_target, records=queries.TARGETS),
    ),
    outcomes=tuple(outcome.value for outcome in Outcome),
    details=queries.details,
    notes_kept_to=notes_kept_to,
)

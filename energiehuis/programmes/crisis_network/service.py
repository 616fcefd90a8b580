"""Beds of the crisis network, admissions to them, and how those end."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.cases.intakes import begin, person_of, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.cases.records import written_columns
from energiehuis.clock import day_of
from energiehuis.errors import Conflict, FieldError
from energiehuis.people.commands import Alias, Identity
from energiehuis.programmes.crisis_network.commands import AddBed, Admit, HandOver, Refuse, Sleeper
from energiehuis.programmes.crisis_network.models import (
    Admission,
    Bed,
    BedNight,
    Guest,
    Handover,
    PersonNight,
    Refusal,
)
from energiehuis.programmes.crisis_network.queries import ADMISSIONS, BEDS, HANDOVERS, REFUSALS
from energiehuis.programmes.crisis_network.rules import (
    BedFacts,
    admission_errors,
    bed_errors,
    handover_errors,
    nights_of,
)
from energiehuis.programmes.crisis_network.vocabulary import PROGRAMME, BedKind


def record_bed(session: Session, actor: Actor, incoming: Incoming[NoSubject, AddBed]) -> Recorded:
    """Write a bed down that the network may use. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` finds.
    """
    envelope, said = incoming.envelope, incoming.payload
    errors = list(bed_errors(said))
    owner_id = begin(session, actor, envelope, programme=PROGRAMME, kind="beds", errors=errors)
    row = {
        **written_columns(envelope, owner_id),
        "name": said.name,
        "kind": said.kind.value,
        "sleeps": said.sleeps,
        "valid_from": said.from_,
        "valid_until": said.to,
    }
    session.execute(insert(Bed).values(row))
    bed_id = UUID(str(row["id"]))
    say(session, actor, "crisis_bed.added", BEDS.name, bed_id)
    return BEDS.written(session, actor, bed_id)


def record_admission(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, Admit]
) -> Recorded:
    """Give people a bed for some nights. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` finds, `person.unknown`.
    Conflict
        `crisis.bed_taken`, `crisis.person_sleeps_elsewhere`; the database keeps both, whoever
        writes.
    """
    envelope, said = incoming.envelope, incoming.payload
    # Whoever asks for the same bed waits here, on PostgreSQL; SQLite lets one write at a time.
    session.execute(select(Bed.id).where(Bed.id == said.bed_id).with_for_update())
    bed = bed_facts(BEDS.find(session, actor, said.bed_id))
    errors = list(admission_errors(envelope, said, bed=bed, now=clock.now()))
    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="admissions", errors=errors
    )
    row = admission_row(incoming, owner_id)
    session.execute(insert(Admission).values(row))
    admission_id = UUID(str(row["id"]))
    people = [
        person_of(session, owner_id, identity_of(sleeper), f"payload.persons.{index}.person")
        for index, sleeper in enumerate(said.persons)
    ]
    _write_guests(session, admission_id, said, people)
    _write_nights(session, admission_id, said, people)
    say(session, actor, "crisis_admission.made", ADMISSIONS.name, admission_id)
    return ADMISSIONS.written(session, actor, admission_id)


def record_handover(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, HandOver]
) -> Recorded:
    """Write down that an admission ended; later nights are free again. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `crisis.admission_unknown`, `crisis.end_out_of_time`.
    Conflict
        `crisis.ended_already`.
    """
    envelope, said = incoming.envelope, incoming.payload
    found = ADMISSIONS.find(session, actor, said.admission_id)
    if found is None:
        errors = [FieldError("payload.admission_id", "crisis.admission_unknown")]
    else:
        told = envelope.received_on
        errors = list(
            handover_errors(said, start_on=found.start_on, nights=found.nights, told_on=told)
        )
    owner_id = begin(session, actor, envelope, programme=PROGRAMME, kind="handovers", errors=errors)
    row = {
        **written_columns(envelope, owner_id),
        "admission_id": said.admission_id,
        "ended_on": said.date,
        "handed_to": said.handed_to.value,
    }
    try:
        session.execute(insert(Handover).values(row))
    except IntegrityError as error:
        raise Conflict("crisis.ended_already", field="payload.admission_id") from error
    _free_nights(session, found, said.date)
    say(session, actor, "crisis_admission.ended", ADMISSIONS.name, said.admission_id)
    return HANDOVERS.written(session, actor, UUID(str(row["id"])))


def record_refusal(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, Refuse]
) -> Recorded:
    """Count that somebody was not admitted. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `crisis.refusal_in_future`.
    """
    envelope, said = incoming.envelope, incoming.payload
    errors = []
    if said.date > envelope.received_on:
        errors.append(FieldError("payload.date", "crisis.refusal_in_future"))
    owner_id = begin(session, actor, envelope, programme=PROGRAMME, kind="refusals", errors=errors)
    row = {
        **written_columns(envelope, owner_id),
        "refused_on": said.date,
        "reason": said.reason.value,
        "persons": said.persons,
    }
    session.execute(insert(Refusal).values(row))
    refusal_id = UUID(str(row["id"]))
    say(session, actor, "crisis_refusal.counted", REFUSALS.name, refusal_id)
    return REFUSALS.written(session, actor, refusal_id)


def bed_facts(row: Bed | None) -> BedFacts | None:
    """Give what the rules have to know of a bed."""
    if row is None:
        return None
    return BedFacts(BedKind(row.kind), row.sleeps, row.valid_from, row.valid_until)


def identity_of(sleeper: Sleeper) -> Identity:
    """Give who is meant: an alias of the network is nobody else's, and holds the year of birth."""
    person = sleeper.person
    if isinstance(person, Alias):
        # Other programmes know other aliases; one word in two of them is not one person.
        return Alias(f"rck {sleeper.birth_year} {person.alias}"[:80])
    return person


def admission_row(incoming: Incoming[NoSubject, Admit], owner_id: UUID) -> dict[str, object]:
    """Give the row of an admission."""
    said = incoming.payload
    return {
        **written_columns(incoming.envelope, owner_id),
        "version": 1,
        "bed_id": said.bed_id,
        "starts_at": said.start,
        "start_on": day_of(said.start),
        "nights": said.nights,
        "referring_helper": said.referring_helper,
        "safety_remark": said.safety_remark,
        "reason": said.reason,
    }


def guest_rows(admission_id: UUID, said: Admit, people: list[UUID]) -> list[dict[str, object]]:
    """Give the rows of who is admitted."""
    return [
        {"admission_id": admission_id, "person_id": person_id, "birth_year": sleeper.birth_year}
        for person_id, sleeper in zip(people, said.persons, strict=True)
    ]


def bed_night_rows(admission_id: UUID, said: Admit) -> list[dict[str, object]]:
    """Give the nights of the bed, in their order."""
    return [
        {"bed_id": said.bed_id, "night": night, "admission_id": admission_id}
        for night in nights_of(said)
    ]


def person_night_rows(
    admission_id: UUID, said: Admit, people: list[UUID]
) -> list[dict[str, object]]:
    """Give the nights of the people, in one order for all, so that none wait for each other."""
    return [
        {"person_id": person_id, "night": night, "admission_id": admission_id}
        for person_id in sorted(people)
        for night in nights_of(said)
    ]


def _write_guests(session: Session, admission_id: UUID, said: Admit, people: list[UUID]) -> None:
    try:
        session.execute(insert(Guest), guest_rows(admission_id, said, people))
    except IntegrityError as error:
        raise Conflict("crisis.person_sleeps_elsewhere", field="payload.persons") from error


def _write_nights(session: Session, admission_id: UUID, said: Admit, people: list[UUID]) -> None:
    try:
        session.execute(insert(BedNight), bed_night_rows(admission_id, said))
    except IntegrityError as error:
        raise Conflict("crisis.bed_taken", field="payload.bed_id") from error
    try:
        session.execute(insert(PersonNight), person_night_rows(admission_id, said, people))
    except IntegrityError as error:
        raise Conflict("crisis.person_sleeps_elsewhere", field="payload.persons") from error


def _free_nights(session: Session, found: Admission | None, ended_on: date) -> None:
    if found is None:
        raise TypeError("an admission that is not there was not refused")
    for rows in (BedNight, PersonNight):
        session.execute(
            delete(rows)
            .where(rows.admission_id == found.id, rows.night >= ended_on)
            .execution_options(synchronize_session=False)
        )
    session.execute(
        update(Admission)
        .where(Admission.id == found.id)
        .values(nights=(ended_on - found.start_on).days, version=Admission.version + 1)
        .execution_options(synchronize_session=False)
    )

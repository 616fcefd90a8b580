"""Past admissions, many at once: the same rules, with the day on which each came in as today."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.bulk_intakes import begin_all, entry_path
from energiehuis.cases.intakes import person_of, say
from energiehuis.cases.kinds import Incoming, NoSubject
from energiehuis.errors import Conflict, FieldError
from energiehuis.people.commands import Identity
from energiehuis.programmes.crisis_network.commands import Admit
from energiehuis.programmes.crisis_network.models import (
    Admission,
    Bed,
    BedNight,
    Guest,
    PersonNight,
)
from energiehuis.programmes.crisis_network.queries import ADMISSIONS
from energiehuis.programmes.crisis_network.rules import BedFacts, admission_errors
from energiehuis.programmes.crisis_network.service import (
    admission_row,
    bed_facts,
    bed_night_rows,
    guest_rows,
    identity_of,
    person_night_rows,
)
from energiehuis.programmes.crisis_network.vocabulary import PROGRAMME

Rows = list[dict[str, object]]


def register_past_admissions(
    session: Session, actor: Actor, incoming: Sequence[Incoming[NoSubject, Admit]]
) -> tuple[UUID, ...]:
    """Write past admissions down, all or none. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` finds in any of them, each on the moment it was received.
    Conflict
        `crisis.bed_or_person_taken`.
    """
    beds = _beds(session, actor)
    errors = [
        FieldError(f"{entry_path(index, len(incoming))}{error.field}", error.code, error.params)
        for index, each in enumerate(incoming)
        for error in admission_errors(
            each.envelope,
            each.payload,
            bed=beds.get(each.payload.bed_id),
            now=each.envelope.received_at,
        )
    ]
    owner_id = begin_all(
        session,
        actor,
        [each.envelope for each in incoming],
        programme=PROGRAMME,
        kind="admissions",
        errors=errors,
    )
    admissions, guests, bed_nights, person_nights = _rows(session, owner_id, incoming)
    session.execute(insert(Admission), admissions)
    session.execute(insert(Guest), guests)
    try:
        session.execute(insert(BedNight), bed_nights)
        session.execute(insert(PersonNight), person_nights)
    except IntegrityError as error:
        raise Conflict("crisis.bed_or_person_taken", field="bed_id") from error
    made = tuple(UUID(str(row["id"])) for row in admissions)
    for admission_id in made:
        say(session, actor, "crisis_admission.made", ADMISSIONS.name, admission_id)
    return made


def _beds(session: Session, actor: Actor) -> dict[UUID, BedFacts]:
    beds = session.scalars(select(Bed).where(Bed.organisation_id == actor.organisation_id))
    return {bed.id: facts for bed in beds if (facts := bed_facts(bed)) is not None}


def _rows(
    session: Session, owner_id: UUID, incoming: Sequence[Incoming[NoSubject, Admit]]
) -> tuple[Rows, Rows, Rows, Rows]:
    known: dict[Identity, UUID] = {}
    admissions: Rows = []
    guests: Rows = []
    bed_nights: Rows = []
    person_nights: Rows = []
    for each in incoming:
        said, row = each.payload, admission_row(each, owner_id)
        admission_id = UUID(str(row["id"]))
        wanted = [identity_of(sleeper) for sleeper in said.persons]
        for identity in wanted:
            if identity not in known:
                known[identity] = person_of(session, owner_id, identity, "persons")
        people = [known[identity] for identity in wanted]
        admissions.append(row)
        guests += guest_rows(admission_id, said, people)
        bed_nights += bed_night_rows(admission_id, said)
        person_nights += person_night_rows(admission_id, said, people)
    return admissions, guests, bed_nights, person_nights

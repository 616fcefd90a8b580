"""Writing questions of the desk down."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.cases.bulk_intakes import begin_all
from energiehuis.cases.intakes import say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.cases.models import Contact
from energiehuis.cases.records import MOST_LISTED
from energiehuis.errors import NotFound
from energiehuis.identifiers import new_id
from energiehuis.programmes.energy_desk.commands import AskedQuestion
from energiehuis.programmes.energy_desk.vocabulary import PROGRAMME


def record_question(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, AskedQuestion]
) -> Recorded:
    """Write a question down; it counts, and says nothing of who asked. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What the envelope has wrong.
    Conflict
        `intake.id_taken`.
    """
    return record_questions(session, actor, [incoming])[0]


def record_questions(
    session: Session, actor: Actor, incoming: Sequence[Incoming[NoSubject, AskedQuestion]]
) -> list[Recorded]:
    """Write one or more questions down, by the same rules. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What the envelopes have wrong.
    Conflict
        `intake.id_taken`.
    """
    envelopes = [each.envelope for each in incoming]
    organisation_id = begin_all(session, actor, envelopes, programme=PROGRAMME, kind="questions")
    rows = [_row(actor, organisation_id, each) for each in incoming]
    session.execute(insert(Contact), rows)
    for row in rows:
        say(session, actor, "energy_question.recorded", "contact", row["id"])
    return [
        _recorded(row["id"], row["theme"], row["outcome"], row["took_place_on"]) for row in rows
    ]


def load_question(session: Session, actor: Actor, contact_id: UUID) -> Recorded:
    """Give a question within the scope of the actor; nobody is in it, so no line is written.

    Needs `programme:read`.

    Raises
    ------
    NotFound
        When there is none, or when the actor may not know that there is.
    """
    require(actor, Permission.PROGRAMME_READ)
    row = session.execute(
        select(Contact.id, Contact.theme, Contact.outcome, Contact.took_place_on).where(
            Contact.id == contact_id,
            Contact.programme == PROGRAMME,
            Contact.organisation_id == actor.organisation_id,
            Contact.nis_code.in_(actor.municipalities),
        )
    ).first()
    if row is None or not actor.works_for(PROGRAMME):
        raise NotFound("request.not_found")
    return _recorded(*row)


def list_questions(session: Session, actor: Actor) -> list[Recorded]:
    """List the newest questions. Needs `programme:read`."""
    require(actor, Permission.PROGRAMME_READ)
    if not actor.works_for(PROGRAMME):
        return []
    rows = session.execute(
        select(Contact.id, Contact.theme, Contact.outcome, Contact.took_place_on)
        .where(
            Contact.programme == PROGRAMME,
            Contact.organisation_id == actor.organisation_id,
            Contact.nis_code.in_(actor.municipalities),
        )
        .order_by(Contact.id.desc())
        .limit(MOST_LISTED)
    )
    return [_recorded(*row) for row in rows]


def _row(
    actor: Actor, organisation_id: UUID, incoming: Incoming[NoSubject, AskedQuestion]
) -> dict[str, Any]:
    envelope, asked = incoming.envelope, incoming.payload
    return {
        "id": new_id(),
        "programme": PROGRAMME,
        "organisation_id": organisation_id,
        "nis_code": envelope.nis_code,
        "intake_id": envelope.intake_id,
        "took_place_on": envelope.received_on,
        "channel": envelope.channel.value,
        "theme": asked.theme.value,
        "outcome": asked.answer.value,
        "minutes": asked.minutes,
        "recorded_by": actor.name,
    }


def _recorded(contact_id: UUID, theme: str, answer: str | None, day: date) -> Recorded:
    return Recorded(contact_id, body={"theme": theme, "answer": answer, "date": day.isoformat()})

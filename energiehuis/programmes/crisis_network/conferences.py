"""Conferences about a case or a situation, of services that keep secrecy."""

from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.intakes import begin, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.cases.models import Case
from energiehuis.cases.partnerships import partners_on
from energiehuis.cases.queries import scope_of
from energiehuis.cases.records import written_columns
from energiehuis.errors import FieldError
from energiehuis.programmes.crisis_network.commands import HoldConference
from energiehuis.programmes.crisis_network.models import Conference, PresentOrganisation
from energiehuis.programmes.crisis_network.queries import CONFERENCES
from energiehuis.programmes.crisis_network.rules import conference_errors
from energiehuis.programmes.crisis_network.vocabulary import PROGRAMME


def record_conference(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, HoldConference]
) -> Recorded:
    """Write down that services spoke about a case; not what was said. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` finds, `crisis.case_unknown`.
    """
    envelope, said = incoming.envelope, incoming.payload
    secrecy = partners_on(session, actor, PROGRAMME, among=said.present_orgs, day=said.date)
    errors = list(conference_errors(envelope, said, secrecy=secrecy))
    is_about_case = said.case_id is not None and said.situation is None
    if is_about_case and not _may_see(session, actor, said.case_id):
        errors.append(FieldError("payload.case_id", "crisis.case_unknown"))
    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="conferences", errors=errors
    )
    row = {
        **written_columns(envelope, owner_id),
        "case_id": said.case_id,
        "situation": said.situation and said.situation.casefold(),
        "held_on": said.date,
        "rule_id": said.rule,
    }
    session.execute(insert(Conference).values(row))
    conference_id = UUID(str(row["id"]))
    present = [
        {"conference_id": conference_id, "partner_id": partner} for partner in said.present_orgs
    ]
    session.execute(insert(PresentOrganisation), present)
    say(session, actor, "crisis_conference.held", CONFERENCES.name, conference_id)
    return CONFERENCES.written(session, actor, conference_id)


def _may_see(session: Session, actor: Actor, case_id: UUID | None) -> bool:
    programme = session.scalar(
        select(Case.programme).where(Case.id == case_id, scope_of(actor, Case))
    )
    return programme is not None and actor.works_for(programme)

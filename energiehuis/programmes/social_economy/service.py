"""Enterprises, their places, meetings of the network and grants: written down."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.access.kbo import clean_kbo_number
from energiehuis.access.queries import find_serving_organisation_id
from energiehuis.access.registered import NewOrganisation, register_organisation
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.cases.intakes import begin, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.cases.programmes import Detail
from energiehuis.cases.records import Records, written_columns
from energiehuis.errors import Conflict
from energiehuis.programmes.social_economy.commands import (
    HeldMeeting,
    NewEnterprise,
    NewGrant,
    YearPlaces,
)
from energiehuis.programmes.social_economy.models import (
    GrantLine,
    MeetingAttendance,
    NetworkMeeting,
    Places,
    SocialEnterprise,
)
from energiehuis.programmes.social_economy.rules import (
    enterprise_errors,
    grant_errors,
    meeting_errors,
    places_errors,
)
from energiehuis.programmes.social_economy.vocabulary import PROGRAMME


def record_enterprise(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, NewEnterprise]
) -> Recorded:
    """Write an enterprise down. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `field.enterprise_number`, what the envelope has wrong.
    Conflict
        `social_economy.enterprise_known`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    errors = enterprise_errors(said)
    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="enterprises", errors=errors
    )
    kbo_number = clean_kbo_number(said.kbo)
    made = NewOrganisation(
        OrganisationKind.ENTERPRISE, said.name, envelope.nis_code, said.address, kbo_number
    )
    enterprise_id = register_organisation(session, owner_id, made)
    row = {
        **written_columns(envelope, owner_id),
        "id": enterprise_id,
        "kbo_number": kbo_number,
    }
    try:
        session.execute(insert(SocialEnterprise).values(row))
    except IntegrityError as error:
        raise Conflict("social_economy.enterprise_known", field="payload.kbo") from error
    say(session, actor, "social_enterprise.added", "social_enterprise", enterprise_id)
    return ENTERPRISES.written(session, actor, enterprise_id)


def record_places(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, YearPlaces]
) -> Recorded:
    """Write down how many places an enterprise has in a year. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `social_economy.enterprise_unknown`, `social_economy.other_municipality`,
        `social_economy.year_ahead`, `social_economy.places_below_zero`.
    Conflict
        `social_economy.places_known`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    # An enterprise may have places in more municipalities than that of its seat.
    known = session.scalar(
        select(SocialEnterprise.id).where(
            SocialEnterprise.id == said.enterprise,
            SocialEnterprise.organisation_id == actor.organisation_id,
        )
    )
    errors = places_errors(said, envelope, is_known=known is not None)
    owner_id = begin(session, actor, envelope, programme=PROGRAMME, kind="places", errors=errors)
    row: dict[str, Any] = {
        **written_columns(envelope, owner_id),
        "enterprise_id": said.enterprise,
        "year": said.year,
        "fte_hundredths": int(said.places_fte * 100),
    }
    try:
        session.execute(insert(Places).values(row))
    except IntegrityError as error:
        raise Conflict("social_economy.places_known", field="payload.year") from error
    say(session, actor, "social_economy_places.recorded", "social_economy_places", row["id"])
    return PLACES.written(session, actor, row["id"])


def record_meeting(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, HeldMeeting]
) -> Recorded:
    """Write a meeting of the network down, with the OCMWs that were there. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `social_economy.meeting_in_future`, `social_economy.no_member`, `field.twice`.
    Conflict
        `social_economy.meeting_known`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    served = frozenset(
        nis_code
        for nis_code in said.present
        if find_serving_organisation_id(session, PROGRAMME, nis_code, said.date)
        == actor.organisation_id
    )
    errors = meeting_errors(said, envelope, served=served)
    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="network-meetings", errors=errors
    )
    row: dict[str, Any] = {
        **written_columns(envelope, owner_id),
        "held_on": said.date,
        "theme": said.theme,
    }
    try:
        session.execute(insert(NetworkMeeting).values(row))
    except IntegrityError as error:
        raise Conflict("social_economy.meeting_known", field="payload.theme") from error
    present = [{"meeting_id": row["id"], "nis_code": nis_code} for nis_code in said.present]
    session.execute(insert(MeetingAttendance), present)
    say(session, actor, "social_economy_meeting.recorded", "social_economy_meeting", row["id"])
    return MEETINGS.written(session, actor, row["id"])


def record_grant(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, NewGrant]
) -> Recorded:
    """Write a grant line down. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `social_economy.other_municipality`, `social_economy.years_turned_round`,
        `social_economy.year_ahead`.
    Conflict
        `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    errors = grant_errors(said, envelope)
    owner_id = begin(session, actor, envelope, programme=PROGRAMME, kind="grants", errors=errors)
    row: dict[str, Any] = {
        **written_columns(envelope, owner_id),
        "source": said.source.value,
        "amount_cents": said.amount_cents,
        "from_year": said.from_year,
        "to_year": said.to_year,
        "purpose": said.purpose,
    }
    session.execute(insert(GrantLine).values(row))
    say(session, actor, "social_economy_grant.recorded", "social_economy_grant", row["id"])
    return GRANTS.written(session, actor, row["id"])


def _enterprise_said(row: SocialEnterprise) -> Iterator[Detail]:
    yield Detail("name", row.organisation.name, DataClass.COUNT)
    yield Detail("kbo", row.kbo_number, DataClass.COUNT)
    yield Detail("address", row.organisation.address, DataClass.COUNT)


def _places_said(row: Places) -> Iterator[Detail]:
    whole, rest = divmod(row.fte_hundredths, 100)
    yield Detail("enterprise", str(row.enterprise_id), DataClass.COUNT)
    yield Detail("nis", row.nis_code, DataClass.COUNT)
    yield Detail("year", str(row.year), DataClass.COUNT)
    yield Detail("places_fte", f"{whole}.{rest:02d}", DataClass.COUNT)


def _meeting_said(row: NetworkMeeting) -> Iterator[Detail]:
    yield Detail("date", row.held_on.isoformat(), DataClass.COUNT)
    yield Detail("theme", row.theme, DataClass.COUNT)


def _meeting_parts(session: Session, row: NetworkMeeting) -> Iterator[Detail]:
    present = session.scalars(
        select(MeetingAttendance.nis_code)
        .where(MeetingAttendance.meeting_id == row.id)
        .order_by(MeetingAttendance.nis_code)
    )
    yield Detail("present", tuple(present), DataClass.COUNT)


def _grant_said(row: GrantLine) -> Iterator[Detail]:
    yield Detail("source", row.source, DataClass.COUNT)
    yield Detail("nis", row.nis_code, DataClass.COUNT)
    yield Detail("amount_cents", row.amount_cents, DataClass.COUNT)
    # Years as text: a page would write 2,018 for a number.
    yield Detail("from_year", str(row.from_year), DataClass.COUNT)
    yield Detail("to_year", str(row.to_year), DataClass.COUNT)
    yield Detail("purpose", row.purpose, DataClass.COUNT)


ENTERPRISES = Records(
    programme=PROGRAMME,
    name="social_enterprise",
    rows=SocialEnterprise,
    said=_enterprise_said,
    is_about_people=False,
)
PLACES = Records(
    programme=PROGRAMME,
    name="social_economy_places",
    rows=Places,
    said=_places_said,
    is_about_people=False,
)
MEETINGS = Records(
    programme=PROGRAMME,
    name="social_economy_meeting",
    rows=NetworkMeeting,
    said=_meeting_said,
    parts=_meeting_parts,
    is_about_people=False,
)
GRANTS = Records(
    programme=PROGRAMME,
    name="social_economy_grant",
    rows=GrantLine,
    said=_grant_said,
    is_about_people=False,
)

"""Group purchases: a campaign with its lots, and the households that join it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.field_classes import DataClass
from energiehuis.access.permissions import Permission
from energiehuis.cases.intakes import begin, household_of, say
from energiehuis.cases.kinds import HouseholdSubject, Incoming, NoSubject, Recorded
from energiehuis.cases.programmes import Detail
from energiehuis.cases.records import MOST_LISTED, Records, written_columns
from energiehuis.errors import Conflict, FieldError, NotFound
from energiehuis.programmes.energy_desk import dwellings, rules
from energiehuis.programmes.energy_desk.commands import OpenedCampaign, Subscription
from energiehuis.programmes.energy_desk.models import (
    EnergyCampaign,
    EnergyCampaignLot,
    EnergySubscription,
    EnergySubscriptionLot,
)
from energiehuis.programmes.energy_desk.vocabulary import PROGRAMME


def record_campaign(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, OpenedCampaign]
) -> Recorded:
    """Open a group purchase for the whole region. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `energy.closes_before_opens`, `field.twice`, and what the envelope has wrong.
    Conflict
        `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="campaigns",
        errors=rules.campaign_errors(said),
    )
    campaign = EnergyCampaign(
        **written_columns(envelope, organisation_id),
        name=said.name,
        opens_on=said.opens_on,
        closes_on=said.closes_on,
    )
    session.add(campaign)
    session.flush()
    lots = [{"campaign_id": campaign.id, "lot": lot.value} for lot in said.lots]
    session.execute(insert(EnergyCampaignLot), lots)
    say(session, actor, "energy_campaign.opened", "energy_campaign", campaign.id)
    return _campaign(session, campaign)


def load_campaign(session: Session, actor: Actor, campaign_id: UUID) -> Recorded:
    """Give a group purchase; every municipality joins it and it names nobody.

    Needs `programme:read`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    require(actor, Permission.PROGRAMME_READ)
    found = _find_campaign(session, actor, campaign_id)
    if found is None or not actor.works_for(PROGRAMME):
        raise NotFound("request.not_found")
    return _campaign(session, found)


def list_campaigns(session: Session, actor: Actor) -> list[Recorded]:
    """List the newest group purchases. Needs `programme:read`."""
    require(actor, Permission.PROGRAMME_READ)
    if not actor.works_for(PROGRAMME):
        return []
    rows = session.scalars(
        select(EnergyCampaign)
        .where(EnergyCampaign.organisation_id == actor.organisation_id)
        .order_by(EnergyCampaign.id.desc())
        .limit(MOST_LISTED)
    )
    return [_campaign(session, row) for row in rows]


def record_subscription(
    session: Session, actor: Actor, incoming: Incoming[HouseholdSubject, Subscription]
) -> Recorded:
    """Let a household join a group purchase, once an address. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `energy.campaign_unknown`, `energy.campaign_not_open`, `energy.lot_not_offered`,
        `field.twice`, `household.unknown`, `person.unknown`, and what the envelope has wrong.
    Conflict
        `energy.address_joined_already`, `person.in_other_household`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="group-purchases",
        errors=_subscription_errors(session, actor, said, envelope.received_on),
    )
    row = {
        **written_columns(envelope, organisation_id),
        "campaign_id": said.campaign_id,
        "household_id": household_of(session, organisation_id, envelope, incoming.subject),
        "dwelling_id": dwellings.take_dwelling(
            session, organisation_id, envelope.nis_code, said.address
        ),
        "subscribed_on": envelope.received_on,
    }
    try:
        session.execute(insert(EnergySubscription).values(row))
    except IntegrityError as error:
        raise Conflict("energy.address_joined_already", field="payload.address") from error
    subscription_id: UUID = row["id"]  # type: ignore[assignment]
    lots = [{"subscription_id": subscription_id, "lot": lot.value} for lot in said.lots]
    session.execute(insert(EnergySubscriptionLot), lots)
    say(session, actor, "energy_subscription.recorded", "energy_subscription", subscription_id)
    return SUBSCRIPTIONS.written(session, actor, subscription_id)


def _subscription_errors(
    session: Session, actor: Actor, said: Subscription, day: date
) -> Iterator[FieldError]:
    campaign = _find_campaign(session, actor, said.campaign_id)
    if campaign is None:
        yield FieldError("payload.campaign_id", "energy.campaign_unknown")
        return
    yield from rules.subscription_errors(
        said,
        offered=_lots(session, campaign.id),
        is_open=campaign.opens_on <= day <= campaign.closes_on,
    )


def _find_campaign(session: Session, actor: Actor, campaign_id: UUID) -> EnergyCampaign | None:
    return session.scalar(
        select(EnergyCampaign).where(
            EnergyCampaign.id == campaign_id,
            EnergyCampaign.organisation_id == actor.organisation_id,
        )
    )


def _lots(session: Session, campaign_id: UUID) -> list[str]:
    query = select(EnergyCampaignLot.lot).where(EnergyCampaignLot.campaign_id == campaign_id)
    return list(session.scalars(query.order_by(EnergyCampaignLot.lot)))


def _campaign(session: Session, row: EnergyCampaign) -> Recorded:
    body = {
        "name": row.name,
        "opens_on": row.opens_on.isoformat(),
        "closes_on": row.closes_on.isoformat(),
        "lots": _lots(session, row.id),
    }
    return Recorded(row.id, body=body)


def _subscription_said(row: EnergySubscription) -> Iterator[Detail]:
    yield Detail("campaign_id", str(row.campaign_id), DataClass.IDENTITY)
    yield Detail("subscribed_on", row.subscribed_on.isoformat(), DataClass.IDENTITY)


def _subscription_parts(session: Session, row: EnergySubscription) -> Iterator[Detail]:
    lots = session.scalars(
        select(EnergySubscriptionLot.lot)
        .where(EnergySubscriptionLot.subscription_id == row.id)
        .order_by(EnergySubscriptionLot.lot)
    )
    yield Detail("lots", tuple(lots), DataClass.IDENTITY)
    yield Detail("address", dwellings.address_of(session, row.dwelling_id), DataClass.IDENTITY)
    yield Detail("household_id", str(row.household_id), DataClass.COMPOSITION)


SUBSCRIPTIONS = Records(
    programme=PROGRAMME,
    name="energy_subscription",
    rows=EnergySubscription,
    said=_subscription_said,
    parts=_subscription_parts,
)

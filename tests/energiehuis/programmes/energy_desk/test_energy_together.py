"""What happens when many ask the energy desk for the same dwelling at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.cases.kinds import HouseholdSubject, Incoming, NoSubject
from energiehuis.errors import Conflict
from energiehuis.programmes.energy_desk import purchases, scans
from energiehuis.programmes.energy_desk.commands import AskedScan, OpenedCampaign, Subscription
from energiehuis.programmes.energy_desk.models import (
    EnergyDwelling,
    EnergyScan,
    EnergySubscription,
)
from energiehuis.programmes.energy_desk.vocabulary import Ground, RenovationWish, Tenure
from tests.intakes import envelope

MANY = 100
THREADS = 8
DAY = date(2019, 6, 5)


@pytest.fixture
def worker(actor_with):
    return actor_with(Role.PROGRAMME_WORKER)


@pytest.fixture
def at_once(database, worker):
    """Let many write the same at the same moment; give the codes of refusals."""

    def run(record, payload):
        start = Barrier(THREADS)

        def one(number):
            if number < THREADS:
                start.wait()
            incoming = Incoming(envelope(DAY), HouseholdSubject(), payload)
            try:
                with database.unit_of_work() as session:
                    record(session, worker, incoming)
            except Conflict as error:
                return error.code
            return None

        with ThreadPoolExecutor(THREADS) as pool:
            return [code for code in pool.map(one, range(MANY)) if code]

    return run


def count(database, kind):
    with database.unit_of_work() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(kind))


def test_a_dwelling_gets_one_basic_scan_however_many_ask(at_once, database):
    asked = AskedScan("Dakpannenlaan 12", Tenure.OWNER, Ground.PROTECTED_CUSTOMER, "056 00 00 12")
    codes = at_once(scans.record_scan, asked)
    assert codes == ["energy.basic_scan_in_term"] * (MANY - 1)
    assert (count(database, EnergyScan), count(database, EnergyDwelling)) == (1, 1)


def test_an_address_joins_a_group_purchase_once_however_many_ask(at_once, database, worker):
    lots = (RenovationWish.ROOF,)
    with database.unit_of_work() as session:
        campaign = OpenedCampaign("Samen", lots, DAY, DAY)
        opened = purchases.record_campaign(
            session, worker, Incoming(envelope(DAY), NoSubject(), campaign)
        )
    codes = at_once(purchases.record_subscription, Subscription(opened.id, "Ketelhof 4", lots))
    assert codes == ["energy.address_joined_already"] * (MANY - 1)
    assert (count(database, EnergySubscription), count(database, EnergyDwelling)) == (1, 1)

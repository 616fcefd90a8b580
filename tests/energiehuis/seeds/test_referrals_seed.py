"""The demo refers clients on agreements; some land, some are refused, and some get lost."""

from datetime import date

import pytest
import sqlalchemy as sa

from energiehuis.access.actor import SYSTEM
from energiehuis.access.service import system_actor_for
from energiehuis.key_figures.joined_up import measure_joined_up
from energiehuis.key_figures.measures import Area, Period
from energiehuis.referrals.models import Consent, Referral
from energiehuis.referrals.states import ReferralState
from energiehuis.seeds.programme_referrals import PATHS, add_referrals
from energiehuis.seeds.programme_woonclub import add_woonclub
from energiehuis.seeds.region import add_region, organisation_code


@pytest.fixture
def engine_name():
    return "sqlite"


def test_the_demo_refers_along_the_paths_and_loses_some(database):
    with database.unit_of_work() as session:
        add_region(session, SYSTEM)
        session.flush()
        actor = system_actor_for(session, organisation_code())
        add_woonclub(session, actor)
        add_referrals(session, actor)
    with database.unit_of_work() as session:
        states = set(session.scalars(sa.select(Referral.state)))
        pairs = set(session.execute(sa.select(Referral.from_programme, Referral.to_programme)))
        too_much = session.scalar(
            sa.select(sa.func.count())
            .select_from(Referral)
            .join(Consent, Consent.id == Referral.consent_id)
            .where(sa.or_(Referral.classes != Consent.classes, Referral.classes.contains("D")))
        )
        area = Area(actor.organisation_id, tuple(sorted(actor.municipalities)))
        # Two years and a half later, so that whoever still waits is lost.
        found = measure_joined_up(session, area, Period(date(2018, 1, 1), date(2020, 7, 1)))
        waiting = session.scalar(
            sa.select(sa.func.count(Referral.from_case_id.distinct())).where(
                Referral.state == ReferralState.SENT.value
            )
        )
    assert states == {state.value for state in ReferralState}
    assert pairs == {(path[0], path[1]) for path in PATHS if path[0] == "woonclub"}
    assert too_much == 0
    assert found["x.lost_in_between"].numerator == waiting > 0
    assert found["x.months_housing_to_energy"].numerator > 0

"""The plain rules of BudgetInZicht, without a database."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from energiehuis.cases.commands import GivenAgreement, Referrer
from energiehuis.cases.states import CASE_MOVES
from energiehuis.cases.vocabulary import Proof
from energiehuis.errors import Conflict
from energiehuis.people.commands import Alias, KnownPerson, Named
from energiehuis.programmes.budget_in_zicht import rules, states
from energiehuis.programmes.budget_in_zicht.commands import KitLoan, Participation, PlannedEvent
from energiehuis.programmes.budget_in_zicht.vocabulary import EventStatus, EventType, Kit, Mode
from tests.intakes import envelope

DAY = date(2019, 6, 5)
NAMED = Named("Kaat", "Dakpanne")


def faults(errors):
    return {error.field: error.code for error in errors}


def came(mode, **said):
    return Participation(uuid4(), mode, **said)


@pytest.mark.parametrize("person", [NAMED, Alias("Vos"), KnownPerson(uuid4())])
def test_a_headcount_with_a_name_is_refused(person):
    said = came(Mode.HEADCOUNT, headcount=20, person=person)
    found = faults(rules.participation_errors(said, envelope(DAY), EventType.WAKOSTA))
    assert found == {"payload.person": "biz.headcount_names_nobody"}


@pytest.mark.parametrize("kind", [k for k in EventType if k is not EventType.GROUP_WORK])
@pytest.mark.parametrize("mode", [Mode.PERSON, Mode.ALIAS])
def test_nobody_is_named_outside_group_work(kind, mode):
    person = NAMED if mode is Mode.PERSON else Alias("Vos")
    found = faults(rules.participation_errors(came(mode, person=person), envelope(DAY), kind))
    assert found["payload.mode"] == "biz.mode_not_for_event"


def test_group_work_by_person_with_an_agreement_and_a_referrer_is_fine():
    said = came(Mode.PERSON, person=NAMED, held_on=DAY)
    sent = envelope(
        DAY,
        agreement=GivenAgreement(("biz:group_work",), Proof.SIGNED, DAY),
        referrer=Referrer(uuid4()),
    )
    assert faults(rules.participation_errors(said, sent, EventType.GROUP_WORK)) == {}
    found = faults(rules.participation_errors(said, envelope(DAY), EventType.GROUP_WORK))
    assert found == {
        "agreement": "biz.agreement_needed",
        "referrer.org": "biz.referring_ocmw_needed",
    }


def test_an_alias_needs_no_agreement():
    said = came(Mode.ALIAS, person=Alias("Vos"), held_on=DAY)
    assert faults(rules.participation_errors(said, envelope(DAY), EventType.GROUP_WORK)) == {}


def test_a_series_begins_with_its_first_session():
    days = (DAY + timedelta(days=7), DAY)
    said = PlannedEvent(EventType.GROUP_WORK, "Reeks", "Zaal", DAY, 12, days)
    assert faults(rules.event_errors(said)) == {}


def test_a_kit_may_go_out_again_on_the_day_it_is_due():
    loan = KitLoan(Kit.TOOLBOX_LAGER, uuid4(), DAY, DAY + timedelta(days=3))
    assert rules.days_of(loan) == [DAY + timedelta(days=n) for n in range(3)]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (0, {"payload.due_date": "biz.due_before_out"}),
        (1, {}),
        (rules.LONGEST_LOAN.days, {}),
        (rules.LONGEST_LOAN.days + 1, {"payload.due_date": "biz.loan_too_long"}),
    ],
)
def test_a_loan_lasts_some_days(days, found):
    loan = KitLoan(Kit.TOOLBOX_LAGER, uuid4(), DAY, DAY + timedelta(days=days))
    assert faults(rules.loan_errors(loan)) == found


def test_a_duo_adds_no_move_and_names_each_state():
    assert all(ends <= CASE_MOVES[start] for start, ends in states.DUO_MOVES.items())
    assert set(states.STATUS_NAMES) == set(states.DUO_MOVES)
    assert [states.status_name(status) for status in states.DUO_MOVES] == [
        "asked",
        "met",
        "matched",
        "running",
        "closed",
    ]


def test_what_was_reported_stays_reported():
    for end in EventStatus:
        with pytest.raises(Conflict):
            states.require_event_move(EventStatus.REPORTED, end)

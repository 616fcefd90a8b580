"""One bed for one admission a night, and one bed a night for somebody, however many ask at once."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.cases.vocabulary import Channel
from energiehuis.errors import Conflict, InvalidInput
from energiehuis.people.commands import Alias
from energiehuis.programmes.crisis_network import service
from energiehuis.programmes.crisis_network.bulk import register_past_admissions
from energiehuis.programmes.crisis_network.commands import AddBed, Admit, Sleeper
from energiehuis.programmes.crisis_network.models import (
    Admission,
    BedNight,
    Guest,
    PersonNight,
)
from energiehuis.programmes.crisis_network.vocabulary import BedKind
from energiehuis.seeds.past_intakes import HARELBEKE, at_noon, past
from tests.at_once import run_at_once

WORKERS = 100
DAY = date(2019, 3, 1)


@pytest.fixture
def duty(actor_with):
    return actor_with(Role.CRISIS_DUTY)


@pytest.fixture
def beds(database, duty):
    """Give a function that writes beds down."""

    def make(count):
        said = AddBed("Kamer", BedKind.REGULAR, 1, date(2018, 1, 1))
        with database.unit_of_work() as session:
            return [
                service.record_bed(session, duty, past(DAY, HARELBEKE, said)).id
                for _ in range(count)
            ]

    return make


def asked(bed_id, alias, *, night=DAY, nights=1):
    said = Admit(
        bed_id=bed_id,
        start=at_noon(night),
        nights=nights,
        referring_helper="Wachtdienst",
        safety_remark="Geen",
        persons=(Sleeper(Alias(alias), 1980),),
        reason="Achteraf genoteerd.",
    )
    return past(night, HARELBEKE, said, channel=Channel.CRISIS_LINE)


@pytest.fixture
def admit_at_once(database, duty):
    def run(commands):
        def work(session, incoming):
            service.record_admission(session, duty, incoming)

        return run_at_once(database, work, commands)

    return run


def count(database, *rows):
    with database.unit_of_work() as session:
        return [session.scalar(sa.select(sa.func.count()).select_from(each)) for each in rows]


def test_of_100_who_ask_for_one_bed_one_gets_it(admit_at_once, beds, database):
    (bed,) = beds(1)
    # Some ask for two nights, from the night before or from the same: all touch the first of March.
    commands = [
        asked(bed, f"gast {number}", night=DAY - timedelta(days=number % 2), nights=2)
        for number in range(WORKERS)
    ]
    assert admit_at_once(commands) == ["crisis.bed_taken"] * (WORKERS - 1)
    assert count(database, Admission, BedNight, PersonNight, Guest) == [1, 2, 2, 1]


def test_one_person_gets_one_bed_however_many_are_free(admit_at_once, beds, database):
    commands = [asked(bed, "rode fiets") for bed in beds(20)]
    assert admit_at_once(commands) == ["crisis.person_sleeps_elsewhere"] * 19
    assert count(database, Admission, BedNight, PersonNight) == [1, 1, 1]


def test_the_database_keeps_a_night_whoever_writes(database, duty, beds):
    (bed,) = beds(1)
    with database.unit_of_work() as session:
        made = service.record_admission(session, duty, asked(bed, "rode fiets"))
    row = {"bed_id": bed, "night": DAY, "admission_id": made.id}
    with pytest.raises(sa.exc.IntegrityError), database.unit_of_work() as session:
        session.execute(sa.insert(BedNight).values(row))


def test_past_admissions_follow_the_rules_of_one(database, duty, beds):
    (bed,) = beds(1)
    overlap = [asked(bed, "a", nights=2), asked(bed, "b", night=DAY + timedelta(days=1))]
    with pytest.raises(Conflict) as refused, database.unit_of_work() as session:
        register_past_admissions(session, duty, overlap)
    assert refused.value.code == "crisis.bed_or_person_taken"
    phoned = past(DAY, HARELBEKE, overlap[0].payload, channel=Channel.PHONE)
    with pytest.raises(InvalidInput) as wrong, database.unit_of_work() as session:
        register_past_admissions(session, duty, [overlap[1], phoned])
    assert [(e.field, e.code) for e in wrong.value.errors] == [
        ("entries.1.channel", "crisis.only_crisis_line")
    ]
    assert count(database, Admission, BedNight) == [0, 0]
    with database.unit_of_work() as session:
        register_past_admissions(
            session, duty, [overlap[0], asked(bed, "b", night=date(2019, 3, 3))]
        )
    assert count(database, Admission, BedNight) == [2, 3]

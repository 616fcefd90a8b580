"""Work placements in the demo: invented, one by one, from a fixed seed.

Counting them gives the deck of spring 2019: 14 target-group workers of Food Act 13, and 3 before
it grew in December 2018. The press counts the flow (28 in 2022), the deck who is there: here some
leave for a job or a training in 2019, and somebody else starts on that very day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.kinds import Incoming, PersonSubject
from energiehuis.programmes.work.commands import EndedPlacement, NewPlacement
from energiehuis.programmes.work.service import record_end, record_placement
from energiehuis.programmes.work.vocabulary import (
    EndReason,
    Statute,
    WorkProgramme,
    WorkReferrer,
)
from energiehuis.seeds.invented import envelope_of, incoming_of, person_of
from energiehuis.seeds.tables import read_table

SEED = 20181204
WORKERS_BEFORE, WORKERS_SINCE = 3, 14
FIRST, GREW = date(2018, 1, 8), date(2018, 12, 3)
ELSEWHERE = 20
_A_YEAR = timedelta(days=365)
_ENDS = (EndReason.JOB, EndReason.TRAINING, EndReason.JOB, EndReason.STOPPED)
# The jobs that Food Act 13 offers, and how people come there: TWE by the OCMWs, WES, volunteers.
_FUNCTIONS = ("magazijn", "chauffeur en magazijn", "bijrijder en magazijn", "administratie")
_STATUTES = (Statute.TWE, Statute.WES, Statute.VOLUNTEER, Statute.TWE, Statute.ART60)
_REFERRERS = (WorkReferrer.OCMW, WorkReferrer.VDAB, WorkReferrer.GTB)


@dataclass(frozen=True, slots=True)
class Post:
    """A place of work that is filled, from a day, until somebody leaves it or further."""

    number: int
    works_in: WorkProgramme
    start: date
    ended: date | None
    reason: EndReason | None


def add_work(session: Session, actor: Actor) -> None:
    """Write the records down through the services of the programme."""
    rng = np.random.Generator(np.random.Philox(SEED))
    for post in (*_food_act_posts(), *_other_posts(rng)):
        _add(session, actor, rng, post=post)


def _food_act_posts() -> list[Post]:
    works_in = WorkProgramme.FOOD_ACT
    posts = []
    for number in range(WORKERS_SINCE):
        start = FIRST if number < WORKERS_BEFORE else GREW
        # Each second one leaves in 2019, a fortnight apart, and hands over on that day.
        left = date(2019, 4, 15) + timedelta(days=14 * number) if number % 2 else None
        reason = _ENDS[number % len(_ENDS)] if left else None
        posts.append(Post(number, works_in, start, left, reason))
        if left:
            posts.append(Post(number + WORKERS_SINCE, works_in, left, None, None))
    return posts


def _other_posts(rng: np.random.Generator) -> list[Post]:
    posts = []
    for number in range(ELSEWHERE):
        start = date(2018, 2, 1) + timedelta(days=int(rng.integers(500)))
        left = start + timedelta(days=int(rng.integers(60, 300))) if number % 3 else None
        reason = _ENDS[number % len(_ENDS)] if left else None
        posts.append(Post(number, WorkProgramme.SOCIAL_ECONOMY, start, left, reason))
    return posts


def _add(session: Session, actor: Actor, rng: np.random.Generator, *, post: Post) -> None:
    towns = sorted({row["nis"] for row in read_table("food_act")["donors"]})
    nis_code = towns[int(rng.integers(len(towns)))]
    number = post.number
    said = NewPlacement(
        statute=_STATUTES[number % len(_STATUTES)],
        referrer=_REFERRERS[number % len(_REFERRERS)],
        start=post.start,
        planned_end=post.start + _A_YEAR,
        function=_FUNCTIONS[number % len(_FUNCTIONS)],
        works_in=post.works_in,
    )
    subject = PersonSubject(person_of(rng))
    told = envelope_of(post.start - timedelta(days=7), nis_code)
    made = record_placement(session, actor, Incoming(told, subject, said))
    if post.ended and post.reason:
        end = EndedPlacement(made.id, post.ended, post.reason)
        record_end(session, actor, incoming_of(post.ended, nis_code, end))

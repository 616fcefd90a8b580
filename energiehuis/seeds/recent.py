"""Applications of the last weeks, still open, so that the worklist of the demo is alive.

They fall under the own offer of today: some for certain, some with facts missing, some not, and
two of legal persons.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from energiehuis import clock
from energiehuis.eligibility.facts import HouseholdFacts
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.bulk_entries import BulkEntry, PastMove
from energiehuis.loans.commands import LegalPerson, SubmitApplication
from energiehuis.loans.states import Move
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.seeds.applications import draw_applications, list_commands
from energiehuis.seeds.outcomes import instants
from energiehuis.seeds.tables import distribution, read_table
from energiehuis.seeds.volume import Days, Intake

# The portfolio of the past has lower house numbers.
_FIRST_NUMBER = 1001
_PATHS: tuple[tuple[Move, ...], ...] = ((), (Move.TAKE_UP,), (Move.TAKE_UP, Move.ASK_APPLICANT))
_NOTES = {Move.TAKE_UP: "taken_up", Move.ASK_APPLICANT: "asked"}


def recent_entries(seed: int) -> list[BulkEntry]:
    """Make the open applications of the last weeks, up to yesterday.

    Parameters
    ----------
    seed : int
        Seed of the generator; days are counted back from today. [-]
    """
    rng = default_rng(seed)
    wanted = distribution("recent_count")
    kinds = np.repeat(list(wanted), list(wanted.values()))
    rng.shuffle(kinds)
    intake = _intake(len(kinds), clock.today(), rng)
    drawn = draw_applications(intake, kinds == "eligible", rng, first_number=_FIRST_NUMBER)
    commands = _with_kinds(list_commands(drawn), kinds.tolist())
    received = instants(intake.days, rng)
    rows = enumerate(zip(commands, received, kinds.tolist(), strict=True))
    return [
        BulkEntry(command, at, _moves(command, at, row, kind)) for row, (command, at, kind) in rows
    ]


def _intake(count: int, today: date, rng: np.random.Generator) -> Intake:
    first = np.datetime64(today) - distribution("recent_days")
    grid: Days = np.arange(first, np.datetime64(today), dtype="datetime64[D]")
    days = np.sort(rng.choice(grid[np.is_busday(grid)], size=count))
    places = [place for place in list_municipalities() if place.is_served_on(today)]
    inhabitants: NDArray[np.float64] = np.array([p.population_2020 for p in places], dtype=float)
    codes = rng.choice(
        [place.nis_code for place in places], size=count, p=inhabitants / inhabitants.sum()
    )
    return Intake(days, codes)


def _with_kinds(
    commands: Sequence[SubmitApplication], kinds: Sequence[str]
) -> list[SubmitApplication]:
    """Make unknown what is to be unknown, and legal persons of those that are to be."""
    borrowers = iter(read_table("words")["legal_persons"])
    made = []
    for command, kind in zip(commands, kinds, strict=True):
        if kind == "undetermined":
            made.append(replace(command, facts=_without_incomes(command.facts)))
        elif kind == "legal_persons":
            made.append(_of_legal_person(command, next(borrowers)))
        else:
            made.append(command)
    return made


def _without_incomes(facts: HouseholdFacts) -> HouseholdFacts:
    return replace(
        facts,
        latest_assessment_income_cents=None,
        latest_assessment_income_year=None,
        joint_taxable_income_cents=None,
        joint_taxable_income_year=None,
    )


def _of_legal_person(command: SubmitApplication, words: dict[str, str]) -> SubmitApplication:
    kind = BorrowerKind(words["kind"])
    facts = HouseholdFacts(
        borrower_kind=kind,
        amount_wished_cents=command.amount_cents,
        term_wished_months=command.term_months,
        works_cost_cents=command.works_cost_cents,
        outstanding_cents=0,
        owners_association_units=6 if kind is BorrowerKind.OWNERS_ASSOCIATION else None,
    )
    person = LegalPerson(words["name"], words["enterprise_number"])
    return replace(command, co_applicant=None, legal_person=person, facts=facts)


def _moves(
    command: SubmitApplication, received_at: datetime, row: int, kind: str
) -> tuple[PastMove, ...]:
    """Let it wait, be taken up, or wait for the applicant; what lacks facts is asked for them."""
    path = _PATHS[2] if kind == "undetermined" and row % 2 else _PATHS[row % 2]
    notes = read_table("words")["notes"][command.language]
    hours = timedelta(hours=2)
    return tuple(
        PastMove(move, received_at + hours * (step + 1), notes[_NOTES[move]])
        for step, move in enumerate(path)
    )

"""A draft rehearsed on the live files: what each would get on its first day, with and without it.

A file keeps the law of its own application day, so a draft never changes what was decided. The
question is another: if these same households came in on the first day of the draft, whom would it
help and whom not. Both answers are given by the same rules for that one day, so that nothing but
the draft makes the difference. An income is taken to be of the year that the ceiling asks for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.eligibility.documents import read_facts
from energiehuis.eligibility.facts import Facts, HouseholdFacts
from energiehuis.eligibility.outcome import Eligibility
from energiehuis.eligibility.rules import evaluate
from energiehuis.eligibility.truth import Truth
from energiehuis.law_changes.draft_files import DraftFile
from energiehuis.loans.commands import Channel
from energiehuis.loans.models import Loan, LoanApplication
from energiehuis.loans.queries import scope_of
from energiehuis.loans.states import OPEN_STATUSES

BoolArray = NDArray[np.bool_]
EFFECTS = ("gains", "loses", "opens", "closes", "changes")


@dataclass(frozen=True, slots=True)
class Effects:
    """How many files a draft touches, and how.

    `gains` and `loses` are certain answers: a loan that was not certain becomes so, or the other
    way round. `opens` goes from no to "cannot be told", `closes` from there to no. `changes`
    keeps its loan under other terms.
    """

    files: int
    gains: int
    loses: int
    opens: int
    closes: int
    changes: int

    @property
    def touched(self) -> int:
        """Number of files for which anything changes."""
        return self.gains + self.loses + self.opens + self.closes + self.changes


@dataclass(frozen=True, slots=True)
class AreaImpact:
    """The effects in a municipality."""

    nis_code: str
    effects: Effects


@dataclass(frozen=True, slots=True)
class GroundImpact:
    """For how many files a ground begins to hold with the draft, or no longer does."""

    ground: str
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class FileToLookAt:
    """An open file whose household would be answered otherwise."""

    id: UUID
    reference: str
    nis_code: str
    applied_on: date
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Impact:
    """What a draft would do with the files that the actor may see."""

    name: str
    title: str
    valid_from: date
    total: Effects
    open_files: Effects
    past_files: Effects
    demo_files: Effects
    areas: tuple[AreaImpact, ...]
    grounds: tuple[GroundImpact, ...]
    to_look_at: tuple[FileToLookAt, ...]
    imported_without_facts: int


def measure_impact(session: Session, actor: Actor, draft: DraftFile) -> Impact:
    """Run a draft over all open and past files that the actor may see. Needs `law:confirm`.

    Open files are named only to who may read files.
    """
    require(actor, Permission.LAW_CONFIRM)
    rows = session.execute(_FILES.where(scope_of(actor, LoanApplication))).all()
    imported = session.scalar(
        select(func.count())
        .select_from(Loan)
        .where(Loan.application_id.is_(None), scope_of(actor, Loan))
    )
    may_read = actor.may(Permission.APPLICATION_READ)
    return weigh_impact(rows, draft, may_name_files=may_read, imported=imported or 0)


def weigh_impact(
    rows: Sequence[Any], draft: DraftFile, *, may_name_files: bool, imported: int
) -> Impact:
    """Answer every file twice, in two batches, and count what differs."""
    day = draft.valid_from
    facts = Facts.from_records([_on_first_day(read_facts(row.facts)) for row in rows])
    compared = _Compared(
        evaluate(facts, draft.law_without.on(day)),
        evaluate(facts, draft.law.on(day)),
    )
    flags = compared.flags()
    places = np.array([row.nis_code for row in rows], dtype="U5")
    is_open = np.array([row.status in OPEN_STATUSES for row in rows], dtype=np.bool_)
    is_demo = np.array([row.channel == Channel.DEMO for row in rows], dtype=np.bool_)
    everyone = np.ones(len(rows), dtype=np.bool_)
    return Impact(
        name=draft.overlay.name,
        title=draft.overlay.title,
        valid_from=day,
        total=_count(flags, everyone),
        open_files=_count(flags, is_open),
        past_files=_count(flags, ~is_open),
        demo_files=_count(flags, is_demo),
        areas=tuple(
            AreaImpact(str(code), _count(flags, places == code)) for code in np.unique(places)
        ),
        grounds=compared.grounds(),
        to_look_at=compared.files(rows, flags, is_open) if may_name_files else (),
        imported_without_facts=imported,
    )


@dataclass(frozen=True, slots=True)
class _Compared:
    before: Eligibility
    after: Eligibility

    def flags(self) -> dict[str, BoolArray]:
        """Say of each file what changes; each of shape (files,)."""
        old, new = self.before.overall, self.after.overall
        same_answer = (old == Truth.YES) & (new == Truth.YES)
        return {
            "gains": (old != Truth.YES) & (new == Truth.YES),
            "loses": (old == Truth.YES) & (new != Truth.YES),
            "opens": (old == Truth.NO) & (new == Truth.UNKNOWN),
            "closes": (old == Truth.UNKNOWN) & (new == Truth.NO),
            "changes": same_answer & self._has_other_terms(),
        }

    def grounds(self) -> tuple[GroundImpact, ...]:
        held, holds = self.before.grounds == Truth.YES, self.after.grounds == Truth.YES
        begins, ends = (holds & ~held).sum(axis=0), (held & ~holds).sum(axis=0)
        return tuple(
            GroundImpact(name, int(begins[place]), int(ends[place]))
            for place, name in enumerate(self.after.ground_ids)
            if begins[place] or ends[place]
        )

    def files(
        self, rows: Sequence[Any], flags: dict[str, BoolArray], is_open: BoolArray
    ) -> tuple[FileToLookAt, ...]:
        touched = is_open & np.logical_or.reduce([flags[name] for name in EFFECTS])
        found = [
            FileToLookAt(
                rows[place].id,
                rows[place].reference,
                rows[place].nis_code,
                rows[place].applied_on,
                self.before.outcome(place),
                self.after.outcome(place),
            )
            for place in np.flatnonzero(touched).tolist()
        ]
        return tuple(sorted(found, key=lambda file: (file.applied_on, file.reference)))

    def _has_other_terms(self) -> BoolArray:
        old, new = self.before, self.after
        other: BoolArray = old.product_indexes != new.product_indexes
        for name in ("rates_per_year", "minimums_cents", "maximums_cents", "longest_terms_months"):
            before, after = getattr(old, name), getattr(new, name)
            # Without a product there is no rate, and no rate is like no rate.
            other |= (before != after) & ~(np.isnan(before) & np.isnan(after))
        return other


_A = LoanApplication
_FILES = select(
    _A.id, _A.reference, _A.nis_code, _A.applied_on, _A.status, _A.channel, _A.facts
).order_by(_A.id)


def _on_first_day(facts: HouseholdFacts) -> HouseholdFacts:
    return replace(facts, joint_taxable_income_year=None, latest_assessment_income_year=None)


def _count(flags: dict[str, BoolArray], among: BoolArray) -> Effects:
    counts = {name: int((flags[name] & among).sum()) for name in EFFECTS}
    return Effects(files=int(among.sum()), **counts)

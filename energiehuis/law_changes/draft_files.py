"""A draft as one file: the values that change, and the cases that say what they are to do."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import yaml

from energiehuis.law.errors import LawFileError
from energiehuis.law.law import Law
from energiehuis.law.overlay import Overlay, lay_over, read_overlay
from energiehuis.law_changes.cases import CaseFailure, CaseSet, package_cases, run_cases
from energiehuis.law_changes.coverage import days_without_case

MOST_SIGNS = 100_000
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A draft that could be read: its overlay, the law with it, and its own cases."""

    overlay: Overlay
    law: Law
    cases: CaseSet

    @property
    def valid_from(self) -> date:
        """First day of the draft."""
        return self.overlay.valid_from


@dataclass(frozen=True, slots=True)
class CaseRun:
    """What the cases say of a draft: how many ran, which fail, and which days lack one."""

    case_count: int
    failures: tuple[CaseFailure, ...]
    without_case: tuple[tuple[str, date], ...]

    @property
    def is_green(self) -> bool:
        """Say whether every case holds and every change has its cases."""
        return not (self.failures or self.without_case)


def read_draft(file: str, text: str, law: Law) -> DraftFile:
    """Read a draft and lay it over a law.

    Raises
    ------
    LawFileError
        For what is wrong in the file, with its line; `bad_case` for a case that names what does
        not exist.
    """
    overlay = read_overlay(file, text)
    cases = _read_cases(overlay)
    drafted = lay_over(law, [overlay])
    _check_cases(overlay, cases, drafted)
    return DraftFile(overlay, drafted, cases)


def run_draft_cases(draft: DraftFile) -> CaseRun:
    """Run the cases of the draft, and those of the package that lie before its first day.

    Those on later days are the law that the draft changes; the draft brings its own for them.
    """
    package, own = package_cases(), draft.cases
    kept = CaseSet(
        own.personas,
        _before(package.products, draft.valid_from) + own.products,
        _before(package.ceilings, draft.valid_from) + own.ceilings,
        _before(package.works, draft.valid_from),
    )
    lacking = (*_own_days(draft), *_package_gaps(draft))
    return CaseRun(len(kept), run_cases(kept, draft.law), lacking)


def _before(cases: tuple[Any, ...], day: date) -> tuple[Any, ...]:
    return tuple(case for case in cases if case["day"] < day)


def _own_days(draft: DraftFile) -> tuple[tuple[str, date], ...]:
    """Ask of each rule that changes a case on the first day and on the day before."""
    block, day = draft.overlay.block, draft.valid_from
    ceilings = {(row["ground"], row["day"]) for row in draft.cases.ceilings}
    days = {case["day"] for case in draft.cases.products}
    wanted = [
        (name, each) for name in _names(block, "parameters") for each in (day - _ONE_DAY, day)
    ]
    lacking = [pair for pair in wanted if pair not in ceilings]
    if block.has("products"):
        lacking += [("product", each) for each in (day - _ONE_DAY, day) if each not in days]
    return tuple(lacking)


def _package_gaps(draft: DraftFile) -> tuple[tuple[str, date], ...]:
    package = package_cases()
    both = replace(
        package,
        products=package.products + draft.cases.products,
        ceilings=package.ceilings + draft.cases.ceilings,
    )
    own = {draft.valid_from, draft.valid_from - _ONE_DAY}
    return tuple(pair for pair in days_without_case(draft.law, both) if pair[1] not in own)


def _names(block: Any, key: str) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(block.block(key).nodes) if block.has(key) else ()


def _read_cases(overlay: Overlay) -> CaseSet:
    # The reader has refused numbers with a point and double keys before.
    content = yaml.safe_load(overlay.text)
    products = _mappings(overlay, "cases", content)
    ceilings = _mappings(overlay, "ceilings", content)
    return CaseSet(package_cases().personas, products, ceilings)


def _mappings(overlay: Overlay, key: str, content: dict[str, Any]) -> tuple[Any, ...]:
    # Walking the blocks refuses what is no list of mappings, with its line.
    return tuple(content[key]) if list(overlay.block.blocks(key)) else ()


def _check_cases(overlay: Overlay, cases: CaseSet, law: Law) -> None:
    for key, rows in (("cases", cases.products), ("ceilings", cases.ceilings)):
        for row, block in zip(rows, overlay.block.blocks(key), strict=True):
            parts = ((), (row,)) if key == "ceilings" else ((row,), ())
            one = CaseSet(cases.personas, *parts)
            try:
                run_cases(one, law)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise LawFileError("bad_case", block.place, why=str(error)) from error

"""A draft as one file: the values that change, and the cases that say what they are to do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import yaml

from energiehuis.eligibility.facts import Facts
from energiehuis.eligibility.rules import evaluate
from energiehuis.errors import DomainError
from energiehuis.law.errors import LawFileError, Place
from energiehuis.law.law import Law
from energiehuis.law.overlay import Overlay, lay_over, read_overlay
from energiehuis.law_changes.cases import (
    CaseFailure,
    CaseSet,
    household_of,
    package_cases,
    run_cases,
)
from energiehuis.law_changes.coverage import days_without_case

MOST_SIGNS = 100_000
MOST_LEVELS = 10
_ONE_DAY = timedelta(days=1)
_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What the rules raise for a case that names what does not exist or counts too far.
_BAD_CASE = (ArithmeticError, AttributeError, DomainError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A draft that could be read: its overlay, the law with and without it, and its own cases."""

    overlay: Overlay
    law: Law
    law_without: Law
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


def read_draft(file: str, text: str, law: Law, *, others: Sequence[Overlay] = ()) -> DraftFile:
    """Read a draft and lay it over a law, together with the others in the order of their days.

    Raises
    ------
    LawFileError
        For what is wrong in the file, with its line; `bad_case` for a case that names what does
        not exist. What another draft no longer changes is named in the file of that one.
    """
    _refuse_odd_yaml(file, text)
    overlay = read_overlay(file, text)
    drafted = lay_over(law, [*others, overlay])
    _check_weighing(overlay, drafted)
    cases = _read_cases(overlay)
    _check_cases(overlay, cases, drafted)
    return DraftFile(overlay, drafted, lay_over(law, others), cases)


def run_draft_cases(draft: DraftFile) -> CaseRun:
    """Run the cases of the draft, and those of the package that lie before any draft begins.

    Those on later days are the law that drafts change; a draft brings its own for them.
    """
    package, own = package_cases(), draft.cases
    first = min(overlaid.valid_from for overlaid in draft.law.overlays)
    kept = CaseSet(
        own.personas,
        _before(package.products, first) + own.products,
        _before(package.ceilings, first) + own.ceilings,
        _before(package.works, first),
    )
    lacking = (*_own_days(draft), *_package_gaps(draft))
    return CaseRun(len(kept), run_cases(kept, draft.law), lacking)


def _refuse_odd_yaml(file: str, text: str) -> None:
    """Refuse what no draft needs, before the parser builds it.

    A parser in C goes down one call a level and dies of too many; an alias lets a short text
    stand for an endless one.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)
            line = event.start_mark.line + 1 if event.start_mark else 1
            place = Place(file, line, "")
            if depth > MOST_LEVELS:
                raise LawFileError("too_deep", place, most=MOST_LEVELS)
            if isinstance(event, yaml.AliasEvent):
                raise LawFileError("alias", place)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else text[: getattr(error, "position", 0)].count("\n") + 1
        raise LawFileError("not_yaml", Place(file, line, "")) from error


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
    # What other drafts change has its cases in their files.
    others = set(days_without_case(draft.law_without, both))
    return tuple(
        pair
        for pair in days_without_case(draft.law, both)
        if pair[1] not in own and pair not in others
    )


def _names(block: Any, key: str) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(block.block(key).nodes) if block.has(key) else ()


def _read_cases(overlay: Overlay) -> CaseSet:
    try:
        # The reader has refused numbers with a point and double keys before.
        content = yaml.load(overlay.text, Loader=_Loader)  # noqa: S506  a safe loader in C
    except (yaml.YAMLError, ValueError, TypeError) as error:
        # A tag of its own, or a day that does not exist, somewhere in a case.
        mark = getattr(error, "problem_mark", None)
        place = Place(overlay.block.place.file, mark.line + 1 if mark else 1, "cases")
        raise LawFileError("bad_case", place, why=str(error).split("\n")[0]) from error
    products = _mappings(overlay, "cases", content)
    ceilings = _mappings(overlay, "ceilings", content)
    return CaseSet(package_cases().personas, products, ceilings)


def _mappings(overlay: Overlay, key: str, content: dict[str, Any]) -> tuple[Any, ...]:
    # Walking the blocks refuses what is no list of mappings, with its line.
    return tuple(content[key]) if list(overlay.block.blocks(key)) else ()


def _check_weighing(overlay: Overlay, law: Law) -> None:
    """Refuse values that no array of whole cents or months can hold."""
    household = household_of(package_cases().personas["gezin"])
    try:
        evaluate(Facts.from_records([household]), law.on(overlay.valid_from))
    except _BAD_CASE as error:
        place = overlay.block.place
        raise LawFileError("cannot_weigh", place, why=str(error)[:200]) from error


def _check_cases(overlay: Overlay, cases: CaseSet, law: Law) -> None:
    for row, block in zip(cases.products, overlay.block.blocks("cases"), strict=True):
        block.only({"zin", "day", "start", "expect"}, {"with"})
        block.text("zin"), block.day("day"), block.block("expect")
        _try_case(CaseSet(cases.personas, (row,)), law, block.place)
    for row, block in zip(cases.ceilings, overlay.block.blocks("ceilings"), strict=True):
        block.only({"day", "ground", "dependents", "holds_at", "fails_at"}, set())
        block.text("ground"), block.day("day"), block.whole("dependents")
        _try_case(CaseSet(cases.personas, (), (row,)), law, block.place)


def _try_case(case: CaseSet, law: Law, place: Place) -> None:
    try:
        run_cases(case, law)
    except _BAD_CASE as error:
        raise LawFileError("bad_case", place, why=str(error)[:200]) from error

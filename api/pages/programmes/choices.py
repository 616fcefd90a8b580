"""What can be chosen where a field asks for a row: organisations, cases, records of a kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.pages.context import first_capital
from api.pages.programmes import words
from api.pages.programmes.inputs import Input, inputs_of, parts_of
from api.pages.programmes.kinds import find_kind_of_rows
from api.pages.programmes.summaries import short_name
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.cases.kinds import IntakeKind
from energiehuis.db.session import Session
from energiehuis.programmes.case_service import list_cases
from energiehuis.programmes.overview import list_organisations
from energiehuis.reference_data.municipalities import list_municipalities

MOST_RADIOS = 6
# More than this is a list that nobody reads through; then the number is asked.
_MOST_CHOICES = 300
_NOT_NAMED = ("", "nis", "own_nis", "case", "household", "person")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen."""

    value: str
    text: str


Choices = dict[str, tuple[Choice, ...]]


def names_for(session: Session, actor: Actor, kind: IntakeKind) -> dict[str, str]:
    """Name the rows that records of a kind point at; cases have a page, people are not named."""
    asked = inputs_of(parts_of(kind.payload, "payload", {}))
    sources = {one.source for one in asked if one.source not in _NOT_NAMED}
    return {
        choice.value: choice.text
        for source in sorted(sources)
        for choice in _of_source(session, actor, kind.programme, source)
    }


def choices_for(session: Session, actor: Actor, programme: str, asked: Iterable[Input]) -> Choices:
    """Give what can be chosen for each input that names a row, by its path."""
    found: dict[str, tuple[Choice, ...]] = {}
    by_path: Choices = {}
    for one in asked:
        if one.source and one.source not in found:
            found[one.source] = _of_source(session, actor, programme, one.source)
        if one.source:
            many = len(found[one.source]) > _MOST_CHOICES
            by_path[one.path] = () if many else found[one.source]
        elif one.choices:
            by_path[one.path] = tuple(
                Choice(value, first_capital(words.value_word(programme, one.words, value)))
                for value in one.choices
            )
    return by_path


def _of_source(session: Session, actor: Actor, programme: str, source: str) -> tuple[Choice, ...]:
    if source in ("own_nis", "nis"):
        served = [place.nis_code for place in list_municipalities()]
        return _places([code for code in served if source == "nis" or code in actor.municipalities])
    if source.endswith("case"):
        return _cases(session, actor, programme)
    kind = find_kind_of_rows(programme, source)
    if kind is not None and kind.list_recent and actor.may(Permission.PROGRAMME_READ):
        rows = list(kind.list_recent(session, actor))
        return tuple(Choice(str(row.id), short_name(kind, row)) for row in rows)
    return _organisations(session, actor, source)


def _organisations(session: Session, actor: Actor, source: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(one.id), one.name)
        for one in list_organisations(session, actor)
        if source in ("organisation", one.kind)
    )


def _places(codes: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(code, words.place_name(code)) for code in codes)


def _cases(session: Session, actor: Actor, programme: str) -> tuple[Choice, ...]:
    if not actor.may(Permission.CASE_READ):
        return ()
    lines = list_cases(session, actor, programme, is_open=True)
    return tuple(
        Choice(
            str(line.id),
            f"{words.short_day(line.received_on.isoformat())}, {words.place_name(line.nis_code)}, "
            f"{words.status_word(programme, line.status)} ({str(line.id)[-6:]})",
        )
        for line in lines
    )

"""Publishing key figures: frozen on a day, for all municipalities and their total at once.

A publication never changes. When the records say otherwise later, a figure of it is restated: a
new revision with a reason, beside the old one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.errors import Conflict, FieldError, InvalidInput, NotFound, RuleViolation
from energiehuis.identifiers import new_id
from energiehuis.key_figures.definitions import definitions
from energiehuis.key_figures.formulas import formula_digest
from energiehuis.key_figures.measures import Measured, Period, is_small, value_text
from energiehuis.key_figures.models import Publication, PublishedFigure
from energiehuis.key_figures.public_tables import areas_of, measure_table, public_year
from energiehuis.key_figures.service import (
    FAILED,
    SUPPRESSED,
    KeyFigure,
    end_of,
    hidden,
    shown,
)
from energiehuis.key_figures.table_protection import REGION, Adding, Table, group_of, protect_tables

NEW = "new"


@dataclass(frozen=True, slots=True)
class PublishKeyFigures:
    """A period that is over; with `known_on` the records as they stood at the end of that day."""

    period: Period
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class RestateKeyFigure:
    """A figure of a publication that the records count otherwise now; `nis_code` None: total."""

    publication_id: UUID
    figure_id: str
    reason: str
    nis_code: str | None = None


@dataclass(frozen=True, slots=True)
class PublicationHead:
    """What a publication is about, who froze it and when."""

    id: UUID
    period: Period
    known_on: date | None
    published_at: datetime
    published_by: str


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A figure as it was published or restated; an empty `nis_code` is the total."""

    nis_code: str
    figure_id: str
    revision: int
    definition_version: int
    formula_digest: str
    value: str | None
    numerator: int | None
    denominator: int | None
    unknown_count: int | None
    parts: tuple[tuple[str, int], ...]
    undated: tuple[str, ...]
    reason: str | None
    restated_because: str | None
    recorded_at: datetime
    recorded_by: str


def publish(session: Session, actor: Actor, command: PublishKeyFigures) -> UUID:
    """Freeze the figures of a period. Needs `key_figures:publish`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `key_figures.period_empty`, `key_figures.period_not_over`.
    Conflict
        `key_figures.already_published`.
    RuleViolation
        `key_figures.gives_small_counts_away`, with what was published before.
    """
    organisation_id = _organisation(actor)
    period = command.period
    if period.from_on >= period.to_on:
        raise InvalidInput([FieldError("to_on", "key_figures.period_empty")])
    if period.to_on > clock.today():
        raise InvalidInput([FieldError("to_on", "key_figures.period_not_over")])
    publication_id = new_id()
    row = {
        "id": publication_id,
        "organisation_id": organisation_id,
        "from_on": period.from_on,
        "to_on": period.to_on,
        "known_on": command.known_on,
        "published_at": clock.now(),
        "published_by": actor.name,
    }
    table, groups = _protected(session, organisation_id, command)
    try:
        session.execute(insert(Publication), [row])
    except IntegrityError as error:
        raise Conflict("key_figures.already_published", field="from_on") from error
    figures = _public_figures(table, groups)
    rows = [_row(publication_id, actor, area, figure=figure) for area, figure in figures]
    session.execute(insert(PublishedFigure), rows)
    _say(session, actor, "key_figures.published", publication_id, {"figures": len(rows)})
    return publication_id


def restate(session: Session, actor: Actor, command: RestateKeyFigure) -> PublishedRow:
    """Add what the records count now to a published figure. Needs `key_figures:publish`.

    Raises
    ------
    PermissionDenied
    NotFound
        `key_figures.publication_not_found`, `key_figures.figure_not_published`.
    Conflict
        `key_figures.nothing_to_restate`.
    RuleViolation
        `key_figures.change_points_at_people`.
    """
    organisation_id = _organisation(actor)
    if not command.reason.strip():
        raise InvalidInput([FieldError("reason", "field.required")])
    head = get_publication(session, actor, command.publication_id)
    area = command.nis_code or REGION
    before = _newest(published_rows(session, head.id, nis_code=area)).get(command.figure_id)
    if before is None:
        raise NotFound("key_figures.figure_not_published", field="figure_id")
    place = areas_of(session, organisation_id)[area]
    measured = measure_table(session, {area: place}, head.period)[area].get(command.figure_id)
    figure = _restated(command.figure_id, before, measured)
    row = _row(head.id, actor, area, figure=figure)
    row |= {"revision": before.revision + 1, "restated_because": command.reason.strip()}
    try:
        session.execute(insert(PublishedFigure), [row])
    except IntegrityError as error:
        raise Conflict("version.stale", field="figure_id") from error
    said: dict[str, object] = {"figure": command.figure_id, "revision": before.revision + 1}
    _say(session, actor, "key_figures.restated", head.id, said)
    return _newest(published_rows(session, head.id, nis_code=area))[command.figure_id]


def list_publications(session: Session, actor: Actor) -> tuple[PublicationHead, ...]:
    """List the publications of the organisation, newest period first. Needs `key_figures:read`."""
    require(actor, Permission.KEY_FIGURES_READ)
    query = select(Publication).where(Publication.organisation_id == actor.organisation_id)
    found = session.scalars(query.order_by(Publication.to_on.desc(), Publication.from_on.desc()))
    return tuple(_head(row) for row in found)


def get_publication(session: Session, actor: Actor, publication_id: UUID) -> PublicationHead:
    """Give one publication. Needs `key_figures:read`; what is published is for all of them.

    Raises
    ------
    NotFound
        `key_figures.publication_not_found`.
    """
    require(actor, Permission.KEY_FIGURES_READ)
    row = session.get(Publication, publication_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("key_figures.publication_not_found")
    return _head(row)


def published_rows(
    session: Session, publication_id: UUID, *, nis_code: str | None = None
) -> tuple[PublishedRow, ...]:
    """Give the figures of a publication with all their revisions, oldest first."""
    query = select(PublishedFigure).where(PublishedFigure.publication_id == publication_id)
    if nis_code is not None:
        query = query.where(PublishedFigure.nis_code == nis_code)
    places = {figure_id: place for place, figure_id in enumerate(definitions())}
    rows = [_published(row) for row in session.scalars(query)]
    return tuple(
        sorted(
            rows,
            key=lambda row: (row.nis_code, places.get(row.figure_id, len(places)), row.revision),
        )
    )


def _protected(
    session: Session, organisation_id: UUID, command: PublishKeyFigures
) -> tuple[Table, frozenset[str]]:
    """Measure the new table and hide in it what would give a small count away, beside all others.

    Beside it stand the publications whose days overlap and the calendar years that outsiders see.
    Between the ends of all of these lie stretches that add up to each of them.
    """
    areas, known_at = areas_of(session, organisation_id), end_of(command.known_on)
    period = command.period
    table = measure_table(session, areas, period, known_at=known_at)
    periods: dict[str, Period] = {NEW: period}
    out: set[str] = set()
    gone: set[str] = set()
    tables: dict[str, Table] = {NEW: table}
    for head in _overlapping(session, organisation_id, period):
        label = str(head.id)
        periods[label] = head.period
        tables[label] = measure_table(session, areas, head.period)
        for row in published_rows(session, head.id):
            group = group_of(label, row.nis_code, row.figure_id)
            (gone if row.reason == SUPPRESSED else out).add(group)
    for year in range(period.from_on.year, period.to_on.year + 1):
        whole = Period(date(year, 1, 1), date(year + 1, 1, 1))
        if not _overlap(whole, period):
            continue
        label = str(year)
        periods[label] = whole
        tables[label], hidden_groups = public_year(session, organisation_id, year)
        gone |= hidden_groups
        out |= {
            group
            for area, figures in tables[label].items()
            for figure_id in figures
            if (group := group_of(label, area, figure_id)) not in hidden_groups
        }
    stretches = _stretches(periods.values())
    names = {stretch: f"~{stretch.from_on}" for stretch in stretches}
    for stretch, name in names.items():
        known = next((label for label, other in periods.items() if other == stretch), None)
        tables[name] = tables[known] if known else measure_table(session, areas, stretch)
    adding = [
        Adding(label, tuple(names[s] for s in stretches if _overlap(s, whole)))
        for label, whole in periods.items()
    ]
    found = protect_tables(
        tables,
        adding,
        out=frozenset(out),
        already_hidden=frozenset(gone),
        never_shown=frozenset(names.values()),
    )
    if found.exposed:
        raise RuleViolation("key_figures.gives_small_counts_away", count=len(found.exposed))
    return table, found.hidden


def _stretches(periods: Iterable[Period]) -> list[Period]:
    ends = sorted({day for period in periods for day in (period.from_on, period.to_on)})
    return [Period(start, end) for start, end in pairwise(ends)]


def _overlap(one: Period, other: Period) -> bool:
    return one.from_on < other.to_on and other.from_on < one.to_on


def _overlapping(
    session: Session, organisation_id: UUID, period: Period
) -> tuple[PublicationHead, ...]:
    """Give the publications that share a day, or share one with one that does."""
    query = select(Publication).where(Publication.organisation_id == organisation_id)
    rest = [_head(row) for row in session.scalars(query)]
    found: list[PublicationHead] = []
    edge = [period]
    while edge:
        near = [head for head in rest if any(_overlap(head.period, other) for other in edge)]
        rest = [head for head in rest if head not in near]
        found += near
        edge = [head.period for head in near]
    return tuple(found)


def _public_figures(table: Table, groups: frozenset[str]) -> Iterator[tuple[str, KeyFigure]]:
    for area, measured in table.items():
        for figure_id, definition in definitions().items():
            if group_of(NEW, area, figure_id) in groups:
                yield area, hidden(definition, SUPPRESSED)
            else:
                yield area, shown(definition, measured.get(figure_id), is_public=True)


def _restated(figure_id: str, before: PublishedRow, measured: Measured | None) -> KeyFigure:
    definition = definitions()[figure_id]
    if measured is None:
        return hidden(definition, FAILED)
    if before.reason == SUPPRESSED:
        # What was hidden stays hidden: the figures around it were shown because it is.
        raise RuleViolation("key_figures.change_points_at_people")
    if value_text(definition.kind, measured) == before.value:
        raise Conflict("key_figures.nothing_to_restate", field="figure_id")
    changes = (
        abs(measured.numerator - (before.numerator or 0)),
        abs((measured.denominator or 0) - (before.denominator or 0)),
    )
    # A figure with cells counts people: a change of a few points at them, and so do few left.
    if any(map(is_small, (*measured.cells, *(changes if measured.cells else ())))):
        raise RuleViolation("key_figures.change_points_at_people")
    return shown(definition, measured, is_public=True)


def _row(publication_id: UUID, actor: Actor, area: str, *, figure: KeyFigure) -> dict[str, object]:
    return {
        "publication_id": publication_id,
        "nis_code": area,
        "figure_id": figure.definition.id,
        "revision": 0,
        "definition_version": figure.definition.version,
        "formula_digest": formula_digest(figure.definition.id),
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "unknown_count": figure.unknown_count,
        "parts": [list(part) for part in figure.parts],
        "undated": list(figure.undated),
        "reason": figure.reason,
        "restated_because": None,
        "recorded_at": clock.now(),
        "recorded_by": actor.name,
    }


def _published(row: PublishedFigure) -> PublishedRow:
    return PublishedRow(
        nis_code=row.nis_code,
        figure_id=row.figure_id,
        revision=row.revision,
        definition_version=row.definition_version,
        formula_digest=row.formula_digest,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        unknown_count=row.unknown_count,
        parts=tuple((str(name), int(count)) for name, count in row.parts),
        undated=tuple(row.undated),
        reason=row.reason,
        restated_because=row.restated_because,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
    )


def _newest(rows: Iterable[PublishedRow]) -> Mapping[str, PublishedRow]:
    return {row.figure_id: row for row in rows}


def _head(row: Publication) -> PublicationHead:
    period = Period(row.from_on, row.to_on)
    return PublicationHead(row.id, period, row.known_on, row.published_at, row.published_by)


def _organisation(actor: Actor) -> UUID:
    require(actor, Permission.KEY_FIGURES_PUBLISH)
    if actor.organisation_id is None:
        raise NotFound("key_figures.publication_not_found")
    return actor.organisation_id


def _say(
    session: Session,
    actor: Actor,
    action: str,
    publication_id: UUID,
    details: dict[str, object],
) -> None:
    entry = Entry(actor.name, actor.role_name, action, "publication", str(publication_id), details)
    append(session, entry)

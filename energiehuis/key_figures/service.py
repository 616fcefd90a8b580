"""Computing all key figures of an area and a period, for whoever may see them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.errors import FieldError, InvalidInput, PermissionDenied
from energiehuis.key_figures.definitions import Definition, definitions
from energiehuis.key_figures.formulas import measure_all
from energiehuis.key_figures.measures import (
    Area,
    Measured,
    Period,
    is_small,
    value_text,
)
from energiehuis.key_figures.public_tables import public_figures

NO_RECORDS = "no_records"
SUPPRESSED = "suppressed"
FAILED = "failed"
NOT_PUBLIC = "not_public"
REASONS = (NO_RECORDS, SUPPRESSED, FAILED, NOT_PUBLIC)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure with what it was counted from; None where nobody can or may say.

    `reason` says why there is no value: `no_records` to divide by; `suppressed`, because the count
    is so small that it points at people or would give such a count away; `failed`, and the log
    says how; `not_public`, because only whole calendar years leave the house.
    `parts` are the counts of a distribution; `undated` the tables that could only be read as they
    are now when the records of an earlier day were asked for.
    """

    definition: Definition
    value: str | None
    numerator: int | None
    denominator: int | None
    unknown_count: int | None
    reason: str | None = None
    parts: tuple[tuple[str, int], ...] = ()
    undated: tuple[str, ...] = ()

    @property
    def is_suppressed(self) -> bool:
        """Say whether there is a value that may not be seen."""
        return self.reason == SUPPRESSED


def compute_key_figures(
    session: Session,
    actor: Actor,
    period: Period,
    *,
    nis_code: str | None = None,
    known_on: date | None = None,
) -> tuple[KeyFigure, ...]:
    """Compute all figures from the records, in the order of the registry.

    Needs `key_figures:read`. Without `nis_code` all municipalities of the actor count together.
    `known_on` counts the records as they stood at the end of that day. Who may not read files
    (`programme:read`) sees neither small counts nor what gives one away.

    Raises
    ------
    PermissionDenied
        Also for a municipality outside those of the actor.
    InvalidInput
        `key_figures.period_empty`.
    """
    require(actor, Permission.KEY_FIGURES_READ)
    if period.from_on >= period.to_on:
        raise InvalidInput([FieldError("to", "key_figures.period_empty")])
    area = _area(actor, nis_code)
    if actor.may(Permission.PROGRAMME_READ):
        measured = measure_all(session, area, period, known_at=end_of(known_on))
        return tuple(shown(figure, measured.get(figure.id)) for figure in definitions().values())
    public = public_figures(session, area, period, known_at=end_of(known_on))
    return tuple(
        hidden(definition, NOT_PUBLIC)
        if definition.id in public.withheld
        else hidden(definition, SUPPRESSED)
        if definition.id in public.suppressed
        else shown(definition, public.measured.get(definition.id), is_public=True)
        for definition in definitions().values()
    )


def end_of(day: date | None) -> datetime | None:
    """Give the instant at which a day has ended in Brussels; None stays None."""
    return None if day is None else Period(day, day + timedelta(days=1)).to_at


def shown(
    definition: Definition, measured: Measured | None, *, is_public: bool = False
) -> KeyFigure:
    """Write what was measured as a figure; nothing measured has failed."""
    if measured is None:
        return hidden(definition, FAILED)
    few_unknown = is_public and is_small(measured.unknown)
    return KeyFigure(
        definition,
        value_text(definition.kind, measured),
        measured.numerator,
        measured.denominator,
        None if few_unknown else measured.unknown,
        None if measured.has_records else NO_RECORDS,
        measured.parts,
        measured.undated,
    )


def hidden(definition: Definition, reason: str) -> KeyFigure:
    """Give a figure without anything that it was counted from."""
    return KeyFigure(definition, None, None, None, None, reason)


def _area(actor: Actor, nis_code: str | None) -> Area:
    if actor.organisation_id is None or (nis_code and nis_code not in actor.municipalities):
        raise PermissionDenied("key_figures.outside_area", field="nis")
    nis_codes = (nis_code,) if nis_code else tuple(sorted(actor.municipalities))
    return Area(actor.organisation_id, nis_codes)

"""Computing all key figures of an area and a period, for whoever may see them."""

from dataclasses import dataclass

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
    must_be_suppressed,
    value_text,
)

NO_RECORDS = "no_records"
SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure with what it was counted from; None where nobody can or may say.

    `reason` says why there is no value: `no_records` to divide by, or `suppressed`, because the
    count is so small that it points at people.
    """

    definition: Definition
    value: str | None
    numerator: int | None
    denominator: int | None
    unknown_count: int | None
    reason: str | None = None

    @property
    def is_suppressed(self) -> bool:
        """Say whether there is a value that may not be seen."""
        return self.reason == SUPPRESSED


def compute_key_figures(
    session: Session, actor: Actor, period: Period, *, nis_code: str | None = None
) -> tuple[KeyFigure, ...]:
    """Compute all figures from the records, in the order of the registry.

    Needs `key_figures:read`. Without `nis_code` all municipalities of the actor count together.
    Who may not read files (`programme:read`) does not see small counts either.

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
    measured = measure_all(session, area, period)
    sees_small = actor.may(Permission.PROGRAMME_READ)
    return tuple(
        _shown(definition, measured[figure_id], sees_small=sees_small)
        for figure_id, definition in definitions().items()
    )


def _area(actor: Actor, nis_code: str | None) -> Area:
    if actor.organisation_id is None or (nis_code and nis_code not in actor.municipalities):
        raise PermissionDenied("key_figures.outside_area", field="nis")
    nis_codes = (nis_code,) if nis_code else tuple(sorted(actor.municipalities))
    return Area(actor.organisation_id, nis_codes)


def _shown(definition: Definition, measured: Measured, *, sees_small: bool) -> KeyFigure:
    unknown = None if is_small(measured.unknown) and not sees_small else measured.unknown
    if not sees_small and must_be_suppressed(measured):
        return KeyFigure(definition, None, None, None, None, SUPPRESSED)
    return KeyFigure(
        definition,
        value_text(definition.kind, measured),
        measured.numerator,
        measured.denominator,
        unknown,
        None if measured.has_records else NO_RECORDS,
    )

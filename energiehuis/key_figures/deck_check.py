"""Every figure of W13's deck of 2019 beside what the records count; nothing is scaled to fit."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.errors import PermissionDenied
from energiehuis.key_figures.definitions import Kind, Unit, definitions
from energiehuis.key_figures.formulas import measure_all
from energiehuis.key_figures.measures import Area, Measured, Period, value_text
from energiehuis.key_figures.public_tables import areas_of
from energiehuis.key_figures.table_protection import REGION
from energiehuis.reference_data.deck import REGION as WHOLE_REGION
from energiehuis.reference_data.deck import DeckFigure, deck_figures

# What is odd about these leaves more than one reading, so a difference proves nothing.
AMBIGUOUS = frozenset({12, 13, 14, 16, 20, 24, 27})


class Verdict(StrEnum):
    """How a printed figure and the records stand to each other."""

    EQUAL = "equal"
    WITHIN = "within"
    AMBIGUOUS = "ambiguous"
    NOT_ANSWERED = "not_answered"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Compared:
    """A printed figure, what the records count, and the verdict."""

    deck: DeckFigure
    counted: Decimal | None
    verdict: Verdict

    @property
    def is_unexplained(self) -> bool:
        """Say whether an exact figure differs and nothing says why."""
        return self.verdict is Verdict.DIFFERS and self.deck.is_exact


def check_deck(session: Session, actor: Actor) -> tuple[Compared, ...]:
    """Compute each printed figure from the records. Needs `key_figures:read` and the files.

    Raises
    ------
    PermissionDenied
    """
    require(actor, Permission.KEY_FIGURES_READ)
    require(actor, Permission.PROGRAMME_READ)
    if actor.organisation_id is None:
        raise PermissionDenied("key_figures.outside_area")
    counted = _Counted(session, actor.organisation_id)
    return tuple(_compared(figure, counted.find(figure)) for figure in deck_figures())


class _Counted:
    """What the records count, once for each area and period that the deck names."""

    def __init__(self, session: Session, organisation_id: UUID) -> None:
        self._session = session
        self._areas = areas_of(session, organisation_id)
        self._kept: dict[tuple[str, Period], dict[str, Measured]] = {}

    def find(self, figure: DeckFigure) -> Decimal | None:
        """Give the value in the unit of the deck; None where no record answers it."""
        scope = REGION if figure.scope == WHOLE_REGION else figure.scope
        area = self._areas.get(scope)
        definition = definitions().get(figure.figure_id)
        if area is None or definition is None:
            return None
        measured = self._measured(scope, area, Period(figure.from_on, figure.to_on)).get(
            figure.figure_id
        )
        if measured is None:
            return None
        if figure.group:
            return _of_group(figure.group, measured)
        text = value_text(definition.kind, measured)
        if text is None:
            return None
        is_share = definition.kind is Kind.RATIO and definition.unit is Unit.SHARE
        return Decimal(text) * (100 if is_share else 1)

    def _measured(self, scope: str, area: Area, period: Period) -> dict[str, Measured]:
        if (scope, period) not in self._kept:
            self._kept[scope, period] = measure_all(self._session, area, period)
        return self._kept[scope, period]


def _of_group(group: str, measured: Measured) -> Decimal | None:
    """Give a part of a figure; "Colruyt before" is Colruyt in the period of its row."""
    for name, count in (*measured.parts, *measured.beside):
        if group == name or group.startswith(f"{name} "):
            return Decimal(count)
    return None


def _compared(figure: DeckFigure, counted: Decimal | None) -> Compared:
    if counted is None:
        return Compared(figure, None, Verdict.NOT_ANSWERED)
    if counted == figure.lowest == figure.highest:
        return Compared(figure, counted, Verdict.EQUAL)
    if not figure.is_exact and figure.lowest <= counted <= figure.highest:
        return Compared(figure, counted, Verdict.WITHIN)
    # No records at all are no other reading.
    if figure.oddity in AMBIGUOUS and counted != 0:
        return Compared(figure, counted, Verdict.AMBIGUOUS)
    return Compared(figure, counted, Verdict.DIFFERS)

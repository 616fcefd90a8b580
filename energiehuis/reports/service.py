"""Putting the report of a municipality together from key figures, for whoever may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission, Role
from energiehuis.errors import FieldError, InvalidInput
from energiehuis.i18n import translate
from energiehuis.key_figures.measures import Period
from energiehuis.key_figures.service import KeyFigure, compute_key_figures
from energiehuis.reference_data.municipalities import get_municipality
from energiehuis.reports.content import Line, MunicipalityReport, Section
from energiehuis.reports.pictures import bars
from energiehuis.reports.values import number_of, shown

FIRST_YEAR = 2009
COUNTED_SINCE = date(2009, 10, 1)
# What W13's deck counts since its first loans.
SINCE_FIRST = ("eh.applications", "eh.priority_share", "eh.approved_amount")
GOVERNANCE = "gov."
# The order of W13's own deck for a municipal council.
SECTIONS = (
    ("energy_loans", "eh."),
    ("woonclub", "wc."),
    ("konekti", "ko."),
    ("kracht_wonen", "kw."),
    ("crisis_network", "rck."),
    ("case_conferences", "mdc."),
    ("wijk_werken", "ww."),
    ("budget_in_zicht", "biz."),
    ("food_act", "fa."),
    ("social_economy", "se."),
    ("joined_up", "x."),
    ("governance", "gov."),
)
_HEADINGS = ("figure", "value", "before", "region", "definition", "unit")


@dataclass(frozen=True, slots=True)
class AskReport:
    """Which municipality and year; `is_internal` also shows the small counts."""

    nis_code: str
    year: int
    language: str = "nl"
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class _Figures:
    here: Mapping[str, KeyFigure]
    before: Mapping[str, KeyFigure]
    region: Mapping[str, KeyFigure]
    since: Mapping[str, KeyFigure]


def make_report(session: Session, actor: Actor, asked: AskReport) -> MunicipalityReport:
    """Make the report of a municipality over a calendar year. Needs `key_figures:read`.

    Small counts are suppressed for everybody, unless an internal report is asked by who may see
    them (`programme:read`).

    Raises
    ------
    PermissionDenied
    InvalidInput
        `report.year_out_of_range`.
    NotFound
        `reference_data.unknown_municipality`.
    """
    require(actor, Permission.KEY_FIGURES_READ)
    if asked.is_internal:
        require(actor, Permission.PROGRAMME_READ)
    last = clock.today().year
    if not FIRST_YEAR <= asked.year <= last:
        limits: dict[str, object] = {"first": FIRST_YEAR, "last": last}
        raise InvalidInput([FieldError("year", "report.year_out_of_range", limits)])
    place = get_municipality(asked.nis_code)
    reader = actor if asked.is_internal else as_council_member(actor)
    found = _figures(session, reader, asked)
    # A council is shown a year that is over, and the budget and the bodies of the year that runs.
    running = _running(session, reader, asked, found)
    words = {"place": place.name, "year": asked.year}
    say = _Words(asked.language)
    return MunicipalityReport(
        nis_code=place.nis_code,
        place=place.name,
        year=asked.year,
        language=asked.language,
        title=say("report.title", **words),
        introduction=say("report.introduction", **words),
        sections=tuple(_sections(found, running, asked, say)),
        notes=tuple(_notes(say)),
        headings={name: say(f"report.column.{name}", **words) for name in _HEADINGS},
        made_on=clock.today(),
        is_internal=asked.is_internal,
    )


def as_council_member(actor: Actor) -> Actor:
    """Give the actor as somebody who sees counts only, for what leaves the house."""
    return replace(actor, role=Role.COUNCIL_MEMBER, is_system=False)


class _Words:
    """Words in the language of the report."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **params: object) -> str:
        return translate(key, self.language, **params)


def _figures(session: Session, reader: Actor, asked: AskReport) -> _Figures:
    this, last, nis = _year(asked.year), _year(asked.year - 1), asked.nis_code
    return _Figures(
        here=_by_id(session, reader, this, nis),
        before=_by_id(session, reader, last, nis),
        region=_by_id(session, reader, this, None),
        since=_by_id(session, reader, Period(COUNTED_SINCE, this.to_on), nis),
    )


def _running(session: Session, reader: Actor, asked: AskReport, found: _Figures) -> _Figures:
    """Give the figures of the year after the one that is shown, with that one before them."""
    after = _year(asked.year + 1)
    here = _by_id(session, reader, after, asked.nis_code)
    region = _by_id(session, reader, after, None)
    return replace(found, here=here, before=found.here, region=region)


def _by_id(
    session: Session, reader: Actor, period: Period, nis_code: str | None
) -> dict[str, KeyFigure]:
    found = compute_key_figures(session, reader, period, nis_code=nis_code)
    return {figure.definition.id: figure for figure in found}


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def _sections(
    found: _Figures, running: _Figures, asked: AskReport, say: _Words
) -> Iterable[Section]:
    for section_id, prefix in SECTIONS:
        is_governance = prefix == GOVERNANCE
        figures = running if is_governance else found
        ids = [figure_id for figure_id in figures.here if figure_id.startswith(prefix)]
        if not ids:
            continue
        lines = [_line(figures, figure_id, say) for figure_id in ids]
        lines += [_since_line(found, name, say) for name in SINCE_FIRST if name in ids]
        year = asked.year + 1 if is_governance else asked.year
        yield _section(section_id, tuple(lines), year, say)


def _section(section_id: str, lines: tuple[Line, ...], year: int, say: _Words) -> Section:
    title = say(f"report.section.{section_id}", year=year)
    words = say("report.picture", section=title)
    drawn = bars(lines, year, say.language)
    return Section(
        id=section_id,
        title=title,
        sentence=_sentence(lines, say),
        lines=lines,
        picture=drawn,
        picture_words=words if drawn else "",
    )


def _sentence(lines: tuple[Line, ...], say: _Words) -> str:
    """Say the first figure of a section that is known, in words."""
    known = next((line for line in lines if line.number is not None), None)
    if known is None:
        return say("report.nothing")
    return say("report.main_figure", figure=known.name, value=known.value, region=known.region)


def _line(found: _Figures, figure_id: str, say: _Words) -> Line:
    figure = found.here[figure_id]
    before, region = found.before.get(figure_id), found.region.get(figure_id)
    definition = figure.definition
    return Line(
        figure_id=figure_id,
        version=definition.version,
        name=say(definition.name_key),
        unit=say(f"key_figure.unit.{definition.unit.value}"),
        value=shown(figure, say.language),
        before=shown(before, say.language),
        region=shown(region, say.language),
        definition=say(definition.definition_key),
        number=number_of(figure),
        number_before=number_of(before),
    )


def _since_line(found: _Figures, figure_id: str, say: _Words) -> Line:
    """Give the same figure counted since the first loans, as W13's deck does."""
    figure = found.since[figure_id]
    plain = _line(found, figure_id, say)
    name = say("report.since", figure=plain.name, day=COUNTED_SINCE.strftime("%d/%m/%Y"))
    nothing = "–"
    return replace(
        plain,
        name=name,
        value=shown(figure, say.language),
        before=nothing,
        region=nothing,
        number=None,
        number_before=None,
    )


def _notes(say: _Words) -> Iterable[str]:
    for name in ("counted", "suppressed", "period", "loans", "misprints"):
        yield say(f"report.note.{name}")

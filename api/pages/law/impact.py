"""What a draft would do, for people: sentences first, then the rows of the tables, and a chart."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from api.pages.charts import Bar, Words, bar_with_interval
from energiehuis.i18n import translate
from energiehuis.law_changes.impact import EFFECTS, FileToLookAt, Impact
from energiehuis.law_changes.publication import Cells, publish
from energiehuis.money import format_number
from energiehuis.reference_data.municipalities import get_municipality

_GROUPS = ("total", "open_files", "past_files", "demo_files")
_MOST_SERIES = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; a count that is None is hidden."""

    name: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ImpactView:
    """An impact as a page shows it; `effects` are the columns in which anything happens."""

    is_public: bool
    first: str
    sentences: tuple[str, ...]
    effects: tuple[str, ...]
    groups: tuple[Row, ...]
    areas: tuple[Row, ...]
    grounds: tuple[Row, ...]
    chart: Markup | None
    files: tuple[FileToLookAt, ...]
    has_hidden: bool


def view_impact(impact: Impact, language: str, *, is_public: bool) -> ImpactView:
    """Tell an impact in a language; for the public without small counts and without files."""
    shared = publish(impact)
    areas = shared.areas if is_public else _areas(impact)
    groups = shared.groups if is_public else _groups(impact)
    grounds = shared.grounds if is_public else _grounds(impact)
    effects = tuple(name for name in EFFECTS if groups["total", name] != 0)
    total = {name: groups["total", name] for name in ("files", *effects)}
    names = {area.nis_code: get_municipality(area.nis_code).name for area in impact.areas}
    in_order = dict(sorted(names.items(), key=lambda pair: pair[1]))
    return ImpactView(
        is_public=is_public,
        first=_first_sentence(total, language),
        sentences=_more_sentences(impact, language, is_public=is_public),
        effects=effects,
        groups=tuple(_row(groups, key, _group_name(key, language), effects) for key in _GROUPS),
        areas=tuple(_row(areas, code, name, effects) for code, name in in_order.items()),
        grounds=tuple(
            Row(
                translate(f"eligibility.ground.{ground.ground}", language),
                (grounds[ground.ground, "begins"], grounds[ground.ground, "ends"]),
            )
            for ground in impact.grounds
        ),
        chart=_chart(areas, in_order, effects, language),
        files=() if is_public else impact.to_look_at,
        has_hidden=is_public and shared.has_hidden,
    )


def place_of(file: FileToLookAt) -> str:
    """Name the municipality of a file."""
    return get_municipality(file.nis_code).name


def _first_sentence(total: Mapping[str, int | None], language: str) -> str:
    files = _count(total["files"], language)
    parts = [
        translate(
            f"law_page.says.{name}{'.one' if total[name] == 1 else ''}",
            language,
            count=_count(total[name], language),
        )
        for name in EFFECTS
        if name in total
    ]
    if not parts:
        return translate("law_page.says.nothing", language, files=files)
    return translate("law_page.says.total", language, files=files, parts=_listed(parts, language))


def _more_sentences(impact: Impact, language: str, *, is_public: bool) -> tuple[str, ...]:
    found = []
    if impact.to_look_at and not is_public:
        key = "law_page.says.look_again" + (".one" if len(impact.to_look_at) == 1 else "")
        found.append(translate(key, language, count=_count(len(impact.to_look_at), language)))
    found.append(translate("law_page.says.kept", language))
    if impact.imported_without_facts:
        count = format_number(impact.imported_without_facts, language)
        found.append(translate("law_changes.impact.imported", language, count=count))
    return tuple(found)


def _chart(
    areas: Cells, names: Mapping[str, str], effects: tuple[str, ...], language: str
) -> Markup | None:
    """Draw what happens most by municipality; None when nothing can be drawn."""
    sums = {name: sum(areas[code, name] or 0 for code in names) for name in effects}
    # Two colours can be told apart in any light; the table holds all columns.
    largest = sorted((name for name in effects if sums[name]), key=lambda name: -sums[name])
    series = [name for name in EFFECTS if name in largest[:_MOST_SERIES]]
    words = {name: translate(f"law_changes.impact.{name}", language) for name in series}
    bars = [
        Bar(place, count, series=words[name])
        for code, place in names.items()
        for name in series
        if (count := areas[code, name]) is not None
    ]
    if not bars:
        return None
    what = ", ".join(words.values())
    return bar_with_interval(
        bars,
        Words(
            description=translate("law_page.chart.text", language, what=what.lower()),
            value_title=f"{what} ({translate('law_page.chart.files', language)})",
            language=language,
        ),
    )


def _row(cells: Cells, key: str, name: str, effects: tuple[str, ...]) -> Row:
    return Row(name, tuple(cells[key, column] for column in ("files", *effects)))


def _areas(impact: Impact) -> Cells:
    return {
        (area.nis_code, name): getattr(area.effects, name)
        for area in impact.areas
        for name in ("files", *EFFECTS)
    }


def _groups(impact: Impact) -> Cells:
    return {
        (key, name): getattr(getattr(impact, key), name)
        for key in _GROUPS
        for name in ("files", *EFFECTS)
    }


def _grounds(impact: Impact) -> Cells:
    return {
        (ground.ground, name): getattr(ground, name)
        for ground in impact.grounds
        for name in ("begins", "ends")
    }


def _group_name(key: str, language: str) -> str:
    return translate(f"law_changes.impact.{key}", language)


def _count(count: int | None, language: str) -> str:
    if count is None:
        return translate("law_page.says.hidden", language)
    return format_number(count, language)


def _listed(parts: list[str], language: str) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} {translate('policy.and', language)} {parts[-1]}"

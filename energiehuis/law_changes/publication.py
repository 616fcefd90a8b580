"""What of an impact may leave the house: counts of one to four are hidden, and no file is named.

A hidden count must not follow from what is shown. Zeros are shown, so a hidden count is at least
one; the total is shown, so what is hidden together is known; and a file is touched in one way at
most, so the counts of a municipality are no more than its files. Others are therefore hidden with
the small ones until each hidden count could as well be one of five; where that cannot be reached
the total of that column is hidden too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from energiehuis.law_changes.impact import EFFECTS, Effects, Impact

FEW = 5
Cells = dict[tuple[str, str], int | None]
_PARTS = ("open_files", "past_files")
_DEMO = ("demo_files", "other_files")


@dataclass(frozen=True, slots=True)
class PublicImpact:
    """Counts by (municipality, group or ground) and effect; None is hidden."""

    groups: Cells
    areas: Cells
    grounds: Cells

    @property
    def has_hidden(self) -> bool:
        """Say whether anything is hidden."""
        cells = (self.groups, self.areas, self.grounds)
        return any(count is None for part in cells for count in part.values())


def publish(impact: Impact) -> PublicImpact:
    """Give the counts of an impact that may be shared."""
    rows = _rows(impact)
    columns = {name: _publish_column(name, rows) for name in EFFECTS}
    columns["files"] = _publish_column("files", rows, tight=_tight(rows, columns))
    cells = {
        (key, name): count for name, column in columns.items() for key, count in column.items()
    }
    codes = {area.nis_code for area in impact.areas}
    return PublicImpact(
        groups={pair: n for pair, n in cells.items() if pair[0] not in codes | {"other_files"}},
        areas={pair: n for pair, n in cells.items() if pair[0] in codes},
        grounds={
            (ground.ground, name): _unless_few(getattr(ground, name))
            for ground in impact.grounds
            for name in ("begins", "ends")
        },
    )


def without_files(impact: Impact) -> Impact:
    """Give an impact that names no file."""
    return replace(impact, to_look_at=())


def hide_few(column: Mapping[str, int]) -> tuple[dict[str, int | None], bool]:
    """Hide small counts of a column, and as many others as it takes while its total is shown.

    Returns
    -------
    tuple of dict and bool
        The counts, None where hidden; and whether the total may be shown beside them.

    Examples
    --------
    >>> hide_few({"a": 2, "b": 9, "c": 30, "d": 0})
    ({'a': None, 'b': None, 'c': 30, 'd': 0}, True)
    >>> hide_few({"a": 1, "b": 1, "c": 2})
    ({'a': None, 'b': None, 'c': None}, False)
    """
    return _hide(column, frozenset(), dict.fromkeys(column, FEW))


def _hide(
    column: Mapping[str, int], tight: Collection[str], spare: Mapping[str, int]
) -> tuple[dict[str, int | None], bool]:
    ordered = sorted((count, key) for key, count in column.items() if count)
    hidden = [key for count, key in ordered if count < FEW or key in tight]
    rest = [key for _, key in ordered if key not in hidden]
    while rest and not _is_safe(hidden, column, spare):
        hidden.append(rest.pop(0))
    shown = {key: None if key in hidden else count for key, count in column.items()}
    return shown, _is_safe(hidden, column, spare)


def _is_safe(hidden: list[str], column: Mapping[str, int], spare: Mapping[str, int]) -> bool:
    """Say whether each hidden count could be one to five, when their sum is known."""
    spread = sum(column[key] for key in hidden) - len(hidden)
    room = min(spread, sum(spare[key] for key in hidden))
    return not hidden or (len(hidden) > 1 and room >= FEW - 1)


def _publish_column(
    name: str, rows: dict[str, dict[str, Effects]], tight: Collection[str] = ()
) -> dict[str, int | None]:
    """Give one column of all rows; each of the three tables adds up to the same total."""
    tables = {table: part for table, part in rows.items() if table != "total"}
    total = int(getattr(rows["total"]["total"], name))
    found: dict[str, int | None] = {}
    is_shown = not 0 < total < FEW and "total" not in tight
    for part in tables.values():
        column = {key: int(getattr(effects, name)) for key, effects in part.items()}
        spare = {
            key: effects.files - effects.touched if tight else FEW for key, effects in part.items()
        }
        shown, is_safe = _hide(column, tight, spare)
        found |= shown
        is_shown = is_shown and is_safe
    if is_shown:
        return {**found, "total": total}
    # Without its total, every part of it that counts is hidden.
    return {key: 0 if count == 0 else None for key, count in found.items()} | {
        "total": None if total else 0
    }


def _tight(
    rows: dict[str, dict[str, Effects]], columns: dict[str, dict[str, int | None]]
) -> frozenset[str]:
    """Name the rows in which the number of files would give a hidden count away."""
    return frozenset(
        key
        for part in rows.values()
        for key, effects in part.items()
        if effects.files - effects.touched < FEW
        and any(columns[name][key] is None for name in EFFECTS)
    )


def _rows(impact: Impact) -> dict[str, dict[str, Effects]]:
    other = {
        name: getattr(impact.total, name) - getattr(impact.demo_files, name)
        for name in ("files", *EFFECTS)
    }
    return {
        "total": {"total": impact.total},
        "areas": {area.nis_code: area.effects for area in impact.areas},
        "states": {name: getattr(impact, name) for name in _PARTS},
        "origins": dict(zip(_DEMO, (impact.demo_files, Effects(**other)), strict=True)),
    }


def _unless_few(count: int) -> int | None:
    return None if 0 < count < FEW else count

"""What of an impact may leave the house: counts of one to four are hidden, and no file is named.

A hidden count must not follow from the total and its neighbours: when what is hidden together in
a column is fewer than five, or is one cell alone, the next smallest count goes with it.
"""

from collections.abc import Mapping
from dataclasses import replace

from energiehuis.law_changes.impact import EFFECTS, Impact

FEW = 5
Cells = dict[tuple[str, str], int | None]


def public_areas(impact: Impact) -> Cells:
    """Give the counts by (municipality, effect); None is hidden."""
    cells: Cells = {}
    for name in ("files", *EFFECTS):
        column = {area.nis_code: getattr(area.effects, name) for area in impact.areas}
        cells |= {(code, name): count for code, count in hide_few(column).items()}
    return cells


def public_grounds(impact: Impact) -> Cells:
    """Give the counts by (ground, begins or ends); None is hidden."""
    cells: Cells = {}
    for name in ("begins", "ends"):
        column = {ground.ground: getattr(ground, name) for ground in impact.grounds}
        cells |= {(key, name): count for key, count in hide_few(column).items()}
    return cells


def public_groups(impact: Impact) -> Cells:
    """Give the counts by (group, effect); open and past files together are the total."""
    cells: Cells = {}
    for name in ("files", *EFFECTS):
        parts = {key: getattr(getattr(impact, key), name) for key in ("open_files", "past_files")}
        total, demo = getattr(impact.total, name), getattr(impact.demo_files, name)
        cells |= {(key, name): count for key, count in hide_few(parts).items()}
        cells["total", name] = _unless_few(total)
        cells["demo_files", name] = None if 0 < total - demo < FEW else _unless_few(demo)
    return cells


def _unless_few(count: int) -> int | None:
    return None if 0 < count < FEW else count


def without_files(impact: Impact) -> Impact:
    """Give an impact that names no file."""
    return replace(impact, to_look_at=())


def hide_few(column: Mapping[str, int]) -> dict[str, int | None]:
    """Hide small counts of a column, and as many others as it takes.

    Examples
    --------
    >>> hide_few({"a": 2, "b": 9, "c": 30, "d": 0})
    {'a': None, 'b': None, 'c': 30, 'd': 0}
    """
    ordered = sorted((count, key) for key, count in column.items() if count)
    hidden = [pair for pair in ordered if pair[0] < FEW]
    rest = ordered[len(hidden) :]
    while hidden and rest and (len(hidden) < 2 or sum(count for count, _ in hidden) < FEW):
        hidden.append(rest.pop(0))
    names = {key for _, key in hidden}
    return {key: None if key in names else count for key, count in column.items()}

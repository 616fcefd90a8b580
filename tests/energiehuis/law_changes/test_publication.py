"""What is hidden stays hidden: no suppressed count follows from the table that is shared."""

from datetime import date
from itertools import product
from operator import add, le, sub

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energiehuis.law_changes.impact import EFFECTS, AreaImpact, Effects, GroundImpact, Impact
from energiehuis.law_changes.publication import FEW, hide_few, publish, without_files

NAMES = ("files", "gains", "changes")
# What a reader tries in each column; no count of the examples is as large.
MOST = (44, 16, 16)


def effects(files: int, gains: int = 0, changes: int = 0) -> Effects:
    return Effects(files, gains=gains, loses=0, opens=0, closes=0, changes=changes)


def added(parts) -> Effects:
    columns = ("files", *EFFECTS)
    return Effects(*(sum(getattr(part, name) for part in parts) for name in columns))


def impact_of(areas, *, open_files=None, demo=None, grounds=()) -> Impact:
    total = added(areas.values())
    open_files = open_files or effects(0)
    past = {name: getattr(total, name) - getattr(open_files, name) for name in ("files", *EFFECTS)}
    return Impact(
        name="proef",
        title="Proef",
        valid_from=date(2027, 1, 1),
        total=total,
        open_files=open_files,
        past_files=Effects(**past),
        demo_files=demo or effects(0),
        areas=tuple(AreaImpact(code, area) for code, area in areas.items()),
        grounds=grounds,
        to_look_at=(),
        imported_without_facts=0,
    )


def rows_that_fit(shown):
    """Give every row that a reader can think of: what is shown, and at least one where it is not.

    A file is touched once at most, so what is touched is no more than there are files.
    """
    choices = [
        range(1, most + 1) if count is None else (count,)
        for count, most in zip(shown, MOST, strict=True)
    ]
    return [row for row in product(*choices) if row[1] + row[2] <= row[0]]


def known(row, totals):
    return tuple(count for count, total in zip(row, totals, strict=True) if total is not None)


def sums_of(tables, totals):
    """Give what rows of several municipalities may add up to, in the columns with a total."""
    most = known(totals, totals)
    found = {tuple(0 for _ in most)}
    for rows in tables:
        steps = {known(row, totals) for row in rows}
        pairs = (tuple(map(add, s, step)) for s in found for step in steps)
        found = {s for s in pairs if all(map(le, s, most))}
    return found


def still_possible(table, totals):
    """Give for each hidden cell of a table the counts that agree with all that is shown."""
    fits = {key: rows_that_fit(shown) for key, shown in table.items()}
    left = {}
    for key, shown in table.items():
        others = sums_of([rows for other, rows in fits.items() if other != key], totals)
        most = known(totals, totals)
        possible = [row for row in fits[key] if tuple(map(sub, most, known(row, totals))) in others]
        for place, count in enumerate(shown):
            if count is None:
                left[key, NAMES[place]] = {row[place] for row in possible}
    return left


def table_of(cells, keys):
    return {key: tuple(cells[key, name] for name in NAMES) for key in keys}


def assert_nothing_follows(impact):
    shared = publish(impact)
    totals = tuple(shared.groups["total", name] for name in NAMES)
    codes = [area.nis_code for area in impact.areas]
    states = ("open_files", "past_files")
    for table in (table_of(shared.areas, codes), table_of(shared.groups, states)):
        left = still_possible(table, totals)
        assert all(len(values) > 1 for values in left.values()), (table, totals, left)
    demo = table_of(shared.groups, ["demo_files"])
    if None not in totals:
        # What is not invented stands nowhere, and is no small number that a subtraction gives.
        for shown, total in zip(demo["demo_files"], totals, strict=True):
            assert shown is None or total - shown == 0 or total - shown >= FEW


# Files that nothing touches, that gain, and that change.
a_row = st.tuples(st.integers(0, 4), st.integers(0, 5), st.integers(0, 5)).map(
    lambda drawn: effects(sum(drawn), drawn[1], drawn[2])
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(rows=st.lists(a_row, min_size=1, max_size=3), opened=st.integers(0, 3))
def test_no_hidden_count_can_be_worked_out(rows, opened):
    areas = {f"3401{place}": row for place, row in enumerate(rows)}
    # The open files are those of one municipality, or none.
    open_files = rows[opened] if opened < len(rows) else effects(0)
    assert_nothing_follows(impact_of(areas, open_files=open_files))


@pytest.mark.parametrize(
    "rows",
    [
        [(9, 1), (9, 1), (9, 1)],
        [(9, 3)],
        [(6, 1, 5), (6, 6, 0)],
        [(5, 1, 4), (9, 0, 9), (12, 2, 0)],
        [(4, 4), (4, 4), (4, 4)],
    ],
)
def test_tables_that_gave_themselves_away(rows):
    areas = {f"3401{place}": effects(*row) for place, row in enumerate(rows)}
    assert_nothing_follows(impact_of(areas))


def test_the_reader_of_this_test_finds_what_a_naive_table_gives_away():
    # One hidden cell beside its total: the subtraction that everybody tries first.
    naive = {"a": (9, None, 0), "b": (9, 7, 0)}
    assert still_possible(naive, (18, 9, 0))["a", "gains"] == {2}
    # Three hidden ones of at least one, and three together.
    ones = dict.fromkeys("abc", (9, None, 0))
    assert still_possible(ones, (27, 3, 0)) == {(key, "gains"): {1} for key in "abc"}


def test_counts_of_five_and_more_and_zeros_are_shown():
    areas = {"34013": effects(40, 12), "34022": effects(60, 25), "34027": effects(9)}
    shared = publish(impact_of(areas))
    assert not shared.has_hidden
    assert shared.areas["34013", "gains"] == 12
    assert shared.areas["34027", "gains"] == 0


def test_a_small_count_takes_the_next_smallest_with_it():
    areas = {"34013": effects(40, 2), "34022": effects(60, 25), "34027": effects(90, 30)}
    shared = publish(impact_of(areas))
    found = {code: shared.areas[code, "gains"] for code in areas}
    assert found == {"34013": None, "34022": None, "34027": 30}
    assert shared.groups["total", "gains"] == 57


def test_no_ground_with_few_files_is_told():
    grounds = (GroundImpact("income_ceiling_b", 4, 0), GroundImpact("debt_mediation", 5, 0))
    shared = publish(impact_of({"34013": effects(40, 9)}, grounds=grounds))
    assert shared.grounds["income_ceiling_b", "begins"] is None
    assert shared.grounds["debt_mediation", "begins"] == 5
    assert shared.grounds["debt_mediation", "ends"] == 0


def test_few_real_files_among_invented_ones_do_not_follow_from_both():
    areas = {"34013": effects(40, 12)}
    shared = publish(impact_of(areas, demo=effects(38, 10)))
    assert shared.groups["demo_files", "files"] is None
    assert shared.groups["demo_files", "gains"] is None
    assert shared.groups["total", "gains"] == 12


def test_an_empty_column_needs_nothing_hidden():
    assert hide_few({}) == ({}, True)
    assert hide_few({"a": 0, "b": 0}) == ({"a": 0, "b": 0}, True)


def test_what_is_shared_names_no_file():
    assert without_files(impact_of({"34013": effects(40, 9)})).to_look_at == ()

"""The cases that a counsellor can read, held against the rules."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

import pytest

from energiehuis import clock
from energiehuis.eligibility.truth import Truth
from energiehuis.law.errors import LawFileError
from energiehuis.law.loader import RuleFile, load_law, read_law, rule_files
from energiehuis.law.vocabulary import IncomeNotion
from energiehuis.law_changes.cases import (
    ceiling_answers,
    package_cases,
    product_case,
    run_cases,
    works_answers,
)
from energiehuis.law_changes.checking import (
    STOPPED_AFTER_DAYS,
    WARNED_AFTER_DAYS,
    aged_rules,
    check_law,
)
from energiehuis.law_changes.coverage import days_without_case

LAW, CASES = load_law(), package_cases()
RULES = rule_files(files("energiehuis.law").joinpath("data"))
NEW_DAY = date(2026, 6, 1)
WEIGHED = ("rate_per_year", "minimum_", "maximum_", "longest_", "limit", "per_dependent", "extra_")


@pytest.mark.parametrize("case", CASES.products, ids=lambda case: f"{case['day']} {case['zin']}")
def test_a_case_gets_the_answer_that_the_counsellor_expects(case):
    found = product_case(case, CASES.personas, LAW)
    assert {name: found[name] for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize(
    "row", CASES.ceilings, ids=lambda row: f"{row['day']} {row['ground']} {row['dependents']}"
)
def test_the_ceiling_itself_is_allowed_and_one_cent_more_is_not(row):
    # Both amounts were typed from the pages that the rule file names, apart from the rule file.
    assert ceiling_answers(row, CASES.personas, LAW) == (Truth.YES, Truth.NO)


@pytest.mark.parametrize("case", CASES.works, ids=lambda case: f"{case['day']} {case['zin']}")
def test_a_work_is_financed_or_not_as_the_counsellor_expects(case):
    assert works_answers(case, LAW) == case["expect"]


@pytest.mark.parametrize(
    "file", [file for file in RULES if "{value: " in file.text], ids=lambda file: file.name
)
def test_a_value_without_a_source_is_not_read(file):
    bare, count = re.subn(r"(\{value: [^}]*), sources: \[[^]]*\]", r"\1", file.text, count=1)
    assert count == 1
    changed = [RuleFile(file.name, bare) if other is file else other for other in RULES]
    with pytest.raises(LawFileError) as caught:
        read_law(changed)
    assert (caught.value.code, caught.value.place.file) == ("law.file.no_source", file.name)


def test_every_change_of_the_law_has_a_case_on_both_sides():
    assert days_without_case(LAW, CASES) == ()


@pytest.mark.parametrize("kind", ["products", "ceilings", "works"])
def test_a_change_without_a_case_on_one_side_is_named(kind):
    first = {"products": date(2017, 10, 1), "ceilings": date(2021, 1, 1), "works": date(2018, 1, 1)}
    for day in (first[kind], first[kind] - timedelta(days=1)):
        fewer = tuple(case for case in getattr(CASES, kind) if case["day"] != day)
        assert day in {
            found for _, found in days_without_case(LAW, replace(CASES, **{kind: fewer}))
        }


def amount_of(row):
    return next((name for name in ("limit", "maximum_amount") if row.values.has(name)), None)


def moved(row):
    """Let a row end, and follow it up with another amount."""
    name = amount_of(row)
    changed = with_value(row, name, row.values.whole(name) + 1)
    ended = replace(row, period=replace(row.period, valid_until=NEW_DAY))
    period = replace(row.period, valid_from=NEW_DAY, valid_until=row.period.valid_until)
    return ended, replace(changed, period=period)


def with_value(row, name, content):
    value = replace(row.values.by_name[name], content=content)
    by_name = {**row.values.by_name, name: value}
    return replace(row, values=replace(row.values, by_name=by_name))


def with_rows(kind, row, *rows):
    """Give the law with other rows in the place of one."""
    kept = tuple(old for old in getattr(LAW, kind) if old is not row)
    return replace(LAW, **{kind: (*kept, *rows)}, _stretches={})


@pytest.mark.parametrize("kind", ["products", "thresholds"])
def test_a_value_that_changes_without_a_case_on_both_sides_fails(kind):
    rows = [row for row in getattr(LAW, kind) if row.period.holds_on(NEW_DAY)]
    row = next(row for row in rows if amount_of(row))
    law = with_rows(kind, row, *moved(row))
    name = "product" if kind == "products" else row.parameter
    both = {(name, NEW_DAY - timedelta(days=1)), (name, NEW_DAY)}
    report = check_law(law, CASES, date(2026, 11, 23))
    assert set(report.without_case) == both
    assert not report.is_sound
    # One case on one side does not do.
    case = {"ground": name, "day": NEW_DAY}
    kind_of_case = "products" if kind == "products" else "ceilings"
    more = replace(CASES, **{kind_of_case: (*getattr(CASES, kind_of_case), case)})
    assert days_without_case(law, more) == ((name, NEW_DAY - timedelta(days=1)),)


def weighed_values():
    """Give the values of loans and ceilings that an answer depends on."""
    for kind in ("products", "thresholds"):
        for row in getattr(LAW, kind):
            if kind == "products" and not row.can_be_chosen:
                continue
            for name, value in row.values.by_name.items():
                by_label = name == "maximum_amount" and row.values.has("maximum_house_a")
                is_weighed = name.startswith(WEIGHED) and not by_label
                if is_weighed and value.content is not None:
                    yield kind, row, name


@pytest.mark.parametrize(
    ("kind", "row", "name"),
    list(weighed_values()),
    ids=lambda part: part if isinstance(part, str) else part.values.row_id,
)
def test_a_value_that_is_off_by_the_least_fails_a_case(kind, row, name):
    content = row.values.by_name[name].content
    step = 1 if isinstance(content, int) else Decimal("0.0001")
    law = with_rows(kind, row, with_value(row, name, content + step))
    meant = {
        part: tuple(case for case in getattr(CASES, part) if row.period.holds_on(case["day"]))
        for part in ("products", "ceilings")
    }
    assert run_cases(replace(CASES, works=(), **meant), law)


def test_a_case_that_expects_something_else_is_named_with_what_was_found():
    case = {**CASES.ceilings[0], "holds_at": "99999.99"}
    (failure,) = run_cases(replace(CASES, products=(), works=(), ceilings=(case,)), LAW)
    assert failure.found == ["does_not_hold", "does_not_hold"]
    assert failure.day == case["day"]


def test_no_rule_was_last_checked_longer_ago_than_the_term():
    # Fails by itself when the term has passed: then somebody must read the sources again.
    report = check_law(LAW, CASES, clock.today())
    assert report.stopped == ()
    assert report.is_sound


def test_an_old_check_warns_first_and_stops_later():
    last = max(row.basis.checked_on for row in LAW.products)
    on_time = last + timedelta(days=WARNED_AFTER_DAYS)
    assert aged_rules(LAW, on_time) == ()
    for day in (on_time + timedelta(days=1), last + timedelta(days=STOPPED_AFTER_DAYS)):
        warned = check_law(LAW, CASES, day)
        assert warned.warned
        assert warned.stopped == ()
        assert warned.is_sound
    stopped = check_law(LAW, CASES, last + timedelta(days=STOPPED_AFTER_DAYS + 1))
    assert stopped.stopped
    assert not stopped.is_sound


def test_ceiling_b_looks_at_the_third_year_before_the_application():
    # S09: 2016 for 2019; S13: 2017 for 2020; S18: 2019 for 2022.
    years = {2019: 2016, 2020: 2017, 2022: 2019}
    for year, income_year in years.items():
        law = LAW.on(date(year, 6, 1))
        assert law.thresholds["income_ceiling_b"].notion is IncomeNotion.JOINT_TAXABLE
        assert law.income_year("income_ceiling_b") == income_year

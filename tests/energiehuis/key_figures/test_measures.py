from datetime import UTC, date, datetime

import pytest

from energiehuis.i18n import LANGUAGES, translate
from energiehuis.key_figures.definitions import Kind, Unit, definitions
from energiehuis.key_figures.measures import (
    Measured,
    Period,
    is_small,
    must_be_suppressed,
    value_text,
)
from energiehuis.key_figures.woonclub import (
    FILE_FORMULAS,
    VISIT_FORMULAS,
    FileCounts,
    VisitCounts,
)

# What W13's deck for the council of Harelbeke (spring 2019) prints of the Woonclub in 2018; the
# one household with others that has children is also the only one with others (43 + 17 + 1 = 61).
DECK_FILES = FileCounts(
    files=61,
    households=61,
    persons=165,
    housed=33,
    single=43,
    single_children=22,
    couple=17,
    couple_children=16,
    with_others_children=1,
    replacement_income=32,
    unknown_income=0,
)
DECK_VISITS = VisitCounts(sessions=47, visits=223, visitors=88, unnamed=0)


def shown(figure_id, counts):
    formula = (FILE_FORMULAS | VISIT_FORMULAS)[figure_id]
    return value_text(definitions()[figure_id].kind, formula(counts))


@pytest.mark.parametrize("figure_id", list(definitions()))
def test_each_definition_says_its_unit_owner_version_and_day(figure_id):
    definition = definitions()[figure_id]
    assert definition.owner
    assert definition.version >= 1
    assert definition.counted_by


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_figure_and_unit_has_a_name_in_each_language(language):
    names = {translate(d.name_key, language) for d in definitions().values()}
    assert len(names) == len(definitions())
    assert all(translate(d.definition_key, language) for d in definitions().values())
    assert all(translate(f"key_figure.unit.{unit.value}", language) for unit in Unit)


@pytest.mark.parametrize(
    ("figure_id", "counts", "printed"),
    [
        ("wc.new_files", DECK_FILES, "61"),
        ("wc.persons", DECK_FILES, "165"),
        ("wc.housed_share", DECK_FILES, "0.5410"),
        ("wc.single", DECK_FILES, "43"),
        ("wc.with_others_children", DECK_FILES, "1"),
        ("wc.unique_visitors", DECK_VISITS, "88"),
        ("wc.visits_per_session", DECK_VISITS, "4.74"),
    ],
)
def test_the_formulas_give_what_the_deck_prints_of_its_counts(figure_id, counts, printed):
    # Deck: 33 of 61 = 54.10 %, 223 visits in 47 sessions = 4.74.
    assert shown(figure_id, counts) == printed


def test_nothing_to_divide_by_is_no_value_not_zero():
    none = VisitCounts(sessions=0, visits=0, visitors=0, unnamed=0)
    assert shown("wc.visits_per_session", none) is None
    assert shown("wc.visits", none) == "0"
    assert value_text(Kind.RATIO, Measured(0, 0)) is None
    assert value_text(Kind.RATIO, Measured(0, 8)) == "0.0000"


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [(1, 8, "0.12"), (3, 8, "0.38"), (2, 3, "0.67"), (199, 200, "1.00"), (12, 1, "12.00")],
)
def test_means_are_rounded_half_to_even_on_the_exact_fraction(numerator, denominator, text):
    assert value_text(Kind.MEAN, Measured(numerator, denominator)) == text


def test_money_is_written_from_whole_cents():
    # Deck: 1,869,752 EUR approved for Harelbeke.
    assert value_text(Kind.MONEY, Measured(1_869_752_00)) == "1869752.00"
    assert value_text(Kind.MONEY, Measured(5)) == "0.05"


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (4, True), (5, False)])
def test_one_to_four_point_at_people(count, small):
    assert is_small(count) is small


def suppressed(counts, formulas):
    return {figure for figure, formula in formulas.items() if must_be_suppressed(formula(counts))}


def test_of_the_deck_the_cells_that_point_at_people_may_not_be_published():
    # One household with others: itself, what gives it away by subtracting (the couples), and the
    # one couple without children.
    assert suppressed(DECK_FILES, FILE_FORMULAS) == {
        "wc.couple",
        "wc.couple_children",
        "wc.with_others_children",
    }
    assert suppressed(DECK_VISITS, VISIT_FORMULAS) == set()


def test_a_share_is_suppressed_when_a_few_are_in_it_or_a_few_are_left_out():
    few_in = Measured(4, 61, cells=(4, 57))
    few_out = Measured(57, 61, cells=(57, 4))
    assert must_be_suppressed(few_in)
    assert must_be_suppressed(few_out)


def test_sessions_are_no_people():
    one = VisitCounts(sessions=1, visits=6, visitors=6, unnamed=0)
    assert suppressed(one, VISIT_FORMULAS) == set()


def test_many_visits_of_a_few_people_point_at_them():
    few = VisitCounts(sessions=12, visits=30, visitors=3, unnamed=0)
    assert suppressed(few, VISIT_FORMULAS) == {
        "wc.unique_visitors",
        "wc.visits",
        "wc.visits_per_session",
    }


def test_a_year_begins_at_midnight_in_brussels():
    year = Period(date(2018, 1, 1), date(2019, 7, 1))
    assert year.from_at.astimezone(UTC) == datetime(2017, 12, 31, 23, tzinfo=UTC)
    assert year.to_at.astimezone(UTC) == datetime(2019, 6, 30, 22, tzinfo=UTC)

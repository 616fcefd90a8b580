"""A rule file with something wrong is refused, with file, line, key and remedy."""

from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from energiehuis.i18n import LANGUAGES, translate
from energiehuis.law.errors import LawFileError, ValueNotPublishedError
from energiehuis.law.loader import RuleFile, load_law, read_law, rule_files

RULES = rule_files(files("energiehuis.law").joinpath("data"))
CEILING, OFFER = "parameters/income_ceiling_b.yaml", "products/own_offer.yaml"
LOAN_2017 = "products/energy_loan_2017.yaml"
LIMIT = 'limit: {value: "30060.00", unit: EUR, sources: [S01, S08]}'
MAXIMUM = '      maximum_amount: {value: "15000.00", unit: EUR, sources: [COMMISSION]}\n'
CHOSEN_END = "valid_until: 2021-01-01, sources: [S25]"


def refused(name, old, new):
    """Change one text in one rule file and give the error that follows."""
    changed = []
    for file in RULES:
        text = file.text
        if file.name == name:
            assert old in text, "the text that this test changes is gone"
            text = text.replace(old, new, 1)
        changed.append(RuleFile(file.name, text))
    with pytest.raises(LawFileError) as caught:
        read_law(changed)
    return caught.value


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        (CEILING, '"30060.00", unit: EUR,', '"30060.00",', "no_unit"),
        (CEILING, "unit: EUR, sources: [S01, S08]}", "unit: EUR}", "no_source"),
        (CEILING, "sources: [S01, S08]}", "sources: []}", "no_source"),
        (CEILING, "sources: [S01, S08]}", "sources: S01}", "not_a_list"),
        (CEILING, "sources: [S01, S08]}", "sources: [S01, S99]}", "unlisted_source"),
        (CEILING, "  - valid_from: 2018-01-01\n    valid_until", "  - valid_until", "no_date"),
        (CEILING, "checked_on: 2026-11-23\n", "", "no_checked_on"),
        (CEILING, '"30060.00"', "30060.00", "bare_float"),
        (CEILING, '"30060.00"', "30060", "not_str"),
        (CEILING, '"30060.00"', '"30.060,00"', "not_an_amount"),
        (CEILING, '"30060.00"', '"-1.00"', "not_an_amount"),
        (CEILING, "gaps: refused", "gaps: refused\ngaps: refused", "duplicate_key"),
        (CEILING, "gaps: refused", "gaps: refused\ncolour: red", "unknown_key"),
        (CEILING, "notion: joint_taxable", "notion: net", "unknown_word"),
        (CEILING, "valid_until: 2018-01-01", "valid_until: 2018-01-02", "overlap"),
        (CEILING, "valid_until: 2018-01-01", "valid_until: 2017-12-31", "gap"),
        (CEILING, "valid_until: 2018-01-01", "valid_until: 2017-10-01", "ends_before_start"),
        (CEILING, "valid_until: 2018-01-01", "valid_until: null", "overlap"),
        (CEILING, "- valid_from: 2018-01-01", "- valid_from: 2017-10-01", "same_day"),
        (CEILING, "valid_from: 2018-01-01", "valid_from: 2018-02-30", "not_a_date"),
        (CEILING, "valid_from: 2018-01-01", 'valid_from: "2018-01-01"', "not_timestamp"),
        (CEILING, LIMIT, "limit: 3", "not_a_mapping"),
        (CEILING, "rows:", "rows: [", "not_yaml"),
        (CEILING, "  - valid_from: 2017-10-01", "  - 7", "not_yaml"),
        (OFFER, 'value: "0.01"', 'value: "1"', "rate_is_percentage"),
        (OFFER, 'value: "0.01"', 'value: "one"', "not_a_number"),
        (OFFER, 'value: "0.01"', 'value: "0.01", expected: true', "value_or_expected"),
        (OFFER, "value: 120", 'value: "120"', "not_int"),
        (OFFER, "needs_priority: true", 'needs_priority: "yes"', "not_bool"),
        (OFFER, "value: down", "value: sideways", "unknown_word"),
        (OFFER, "id: own_offer_legal_person", "id: own_offer_priority", "same_id"),
        (OFFER, "new_build]", "new_bild]", "unknown_condition"),
        (OFFER, "[natural_person]", "[natural_persoon]", "unknown_word"),
        (OFFER, MAXIMUM, "", "missing_key"),
        (OFFER, "value: 2017-10-01", 'value: "2017-10-01"', "not_timestamp"),
        (OFFER, "value: 2017-10-01", "value: 2017-13-01", "not_a_date"),
        ("grounds.yaml", "chosen: true", "chosen: false", "one_reading_chosen"),
        ("grounds.yaml", "[increased_allowance]", "[health_fund]", "unknown_fact"),
        ("grounds.yaml", "threshold: income_ceiling_a", "threshold: other", "no_threshold"),
        ("sources.yaml", "    url: null", "    link: null", "unknown_key"),
        (LOAN_2017, CHOSEN_END, CHOSEN_END.replace("2021", "2022"), "one_reading_chosen"),
        ("works.yaml", "comparison: at_least", "comparison: about", "unknown_word"),
    ],
)  # fmt: skip
def test_a_wrong_rule_file_is_refused_with_its_remedy(name, old, new, code):
    error = refused(name, old, new)
    assert error.code == f"law.file.{code}"
    assert error.place.file == name
    assert error.place.line >= 1
    for language in LANGUAGES:
        assert name in translate(error.code, language, **error.params)


def test_the_error_names_the_line_and_the_key():
    text = next(file.text for file in RULES if file.name == CEILING)
    line = next(i for i, row in enumerate(text.splitlines(), 1) if "30060.00" in row)
    error = refused(CEILING, '"30060.00"', "30060.00")
    assert (error.place.line, error.place.key) == (line, "rows.0.values.limit.value")
    assert str(error) == f"{CEILING}:{line}: rows.0.values.limit.value: law.file.bare_float"


def test_a_ground_that_starts_before_its_ceiling_is_refused():
    error = refused(CEILING, "valid_from: 2017-10-01", "valid_from: 2017-11-01")
    assert (error.code, error.place.file) == ("law.file.no_threshold", "grounds.yaml")


def test_the_law_is_read_once():
    assert load_law() is load_law()


def test_days_without_a_change_between_them_share_one_object():
    law = load_law()
    assert law.on(date(2021, 1, 1)) is law.on(date(2021, 12, 31))
    assert law.on(date(2021, 12, 31)) is not law.on(date(2022, 1, 1))
    assert law.on(date(2030, 5, 1)) is not law.on(date(2031, 5, 1))


def test_each_stretch_ends_where_the_next_one_begins():
    law, day = load_law(), date(2005, 1, 1)
    while day < date(2034, 1, 1):
        stretch = law.on(day)
        assert stretch.first_day == day
        day = stretch.next_change_on


def test_the_version_changes_with_the_rules_and_only_then():
    law = load_law()
    assert law.on(date(2023, 3, 1)).version == law.on(date(2023, 12, 31)).version
    assert law.on(date(2022, 8, 31)).version != law.on(date(2022, 9, 1)).version
    later = [RuleFile(f.name, f.text.replace('"4501.81"', '"4501.82"')) for f in RULES]
    changed = read_law(later)
    assert changed.files_version != law.files_version
    assert changed.on(date(2022, 8, 31)).version == law.on(date(2022, 8, 31)).version
    assert changed.on(date(2024, 5, 1)).version != law.on(date(2024, 5, 1)).version


def test_using_a_rate_that_is_announced_but_unknown_is_an_error():
    product = load_law().on(date(2026, 11, 23)).product("mijn_verbouwlening_2026")
    with pytest.raises(ValueNotPublishedError) as caught:
        _ = product.rate_per_year
    assert caught.value.params == {"row": "mijn_verbouwlening_2026", "name": "rate_per_year"}


def test_every_value_has_a_source_a_unit_and_a_day_of_its_last_check():
    law = load_law()
    rows = [row.values for row in (*law.products, *law.thresholds)]
    values = [value for row in rows for value in row.by_name.values()]
    assert len(values) > 150
    for value in values:
        assert value.basis.source_ids
        assert set(value.basis.source_ids) <= set(law.sources)
        assert value.basis.checked_on <= date(2026, 11, 23)
        assert isinstance(value.content, int | Decimal | str | date | None)


def test_every_source_that_is_listed_is_used():
    law = load_law()
    text = "".join(file.text for file in RULES if file.name != "sources.yaml")
    assert [source for source in law.sources if source not in text] == []


def test_every_product_ground_condition_and_work_has_words_in_three_languages():
    law = load_law()
    keys = [f"product.{row.id}" for row in law.products]
    keys += [f"ground.{row.id}" for row in law.grounds]
    keys += [f"document.{paper.id}" for row in law.grounds for paper in row.documents]
    keys += [f"condition.{name}" for name in law.conditions]
    keys += [f"work.{row.code}" for row in law.works]
    needs = [need for row in law.works for need in row.requirements]
    keys += [f"work_reason.{need.quantity}_not_met" for need in needs]
    for key in keys:
        assert all(translate(f"eligibility.{key}", language) for language in LANGUAGES)
    readings = [reading.id for row in law.grounds for reading in row.readings]
    for reading in readings:
        assert all(translate(f"law.reading.{reading}", language) for language in LANGUAGES)


def test_the_disputed_end_of_the_loan_at_one_percent_keeps_both_readings():
    rows = [row for row in load_law().products if row.id == "energy_loan_2017_legal_person"]
    readings = {reading.id: reading for reading in rows[0].end_readings}
    assert readings["end_of_2019"].valid_until == date(2020, 1, 1)
    assert readings["end_of_2019"].source_ids == ("S01", "S02", "S08", "S09")
    assert readings["end_of_2020"].is_chosen
    assert readings["end_of_2020"].source_ids == ("S25",)

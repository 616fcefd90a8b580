"""Every label, every value of an enum and every name that the pages of a programme show has words.

A form is made from the dataclasses of a kind, so a new field asks for a new word: this test fails
and lists each key that no catalogue holds. The programme writes them in its own catalogue,
`energiehuis/locale/programme_<x>.yaml`; what no programme owns stands in `programme_pages.yaml`.
"""

import pytest

from api.pages.programmes.envelope import envelope_parts, optional_parts
from api.pages.programmes.forms import form_of
from api.pages.programmes.inputs import Group, Input, Rows
from api.pages.programmes.kinds import all_kinds
from api.pages.programmes.words import label_keys, value_keys
from energiehuis import clock
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.states import CaseStatus
from energiehuis.i18n import has_text
from energiehuis.programmes.registry import PROGRAMMES


def nodes_of(nodes):
    for node in nodes:
        yield node
        if isinstance(node, Group):
            yield from nodes_of(node.parts)
        elif isinstance(node, Rows):
            # A line has a number for a title; its fields have labels.
            yield from nodes_of(part for row in node.rows for part in row_parts(row))


def row_parts(row):
    return row.parts if isinstance(row, Group) else (row,)


def missing_of(kind, nodes):
    """Give the first key of each label and word that is found nowhere."""
    missing = set()
    for node in nodes_of(nodes):
        keys = list(label_keys(kind, node.name))
        if not any(has_text(key) for key in keys):
            missing.add(keys[0])
        if isinstance(node, Input) and node.words not in ("", "purpose"):
            programme = kind.programme if kind else ""
            for value in node.choices:
                keys = list(value_keys(programme, node.words, value))
                if not any(has_text(key) for key in keys):
                    missing.add(keys[0])
    return missing


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.code)
def test_every_field_and_value_of_a_kind_has_words(kind):
    missing = missing_of(kind, form_of(kind, {}).nodes)
    missing |= {key for key in (f"intake.{kind.code}.title",) if not has_text(key)}
    assert sorted(missing) == []


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme.code)
def test_every_programme_has_its_name_its_sentence_and_its_outcomes(programme):
    keys = [
        f"programme.{programme.code}",
        f"programme_page.about.{programme.code}",
        *(f"word.{programme.code}.outcome.{outcome}" for outcome in programme.outcomes),
    ]
    assert [key for key in keys if not has_text(key)] == []


def test_what_everybody_is_asked_and_every_state_and_hidden_class_has_words():
    nodes = (*envelope_parts(clock.today()), *optional_parts(("food_act",)))
    keys = [
        *(f"word.case_status.{status}" for status in CaseStatus),
        *(f"programme_page.move.{status}" for status in CaseStatus),
        *(f"programme_page.hidden.{c.value}" for c in DataClass if c is not DataClass.COUNT),
    ]
    assert missing_of(None, nodes) == set()
    assert [key for key in keys if not has_text(key)] == []

"""Every list, field, outcome and figure of wijk-werken has its words in three languages."""

import re
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import get_args, get_type_hints

import pytest

from energiehuis.i18n import has_text
from energiehuis.key_figures.definitions import definitions
from energiehuis.programmes.wijk_werken import vocabulary
from energiehuis.programmes.wijk_werken.kinds import PROGRAMME

ENUMS = [
    each
    for each in vars(vocabulary).values()
    if isinstance(each, type) and issubclass(each, StrEnum) and each is not StrEnum
]


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_every_word_of_a_list_has_its_sentence(kind):
    names = [f"word.wijk_werken.{snake(kind.__name__)}.{member.value}" for member in kind]
    assert [name for name in names if not has_text(name)] == []


def labels(prefix, payload):
    for part in fields(payload):
        yield f"{prefix}.{part.name}"
        hint = get_type_hints(payload)[part.name]
        for inner in (hint, *get_args(hint)):
            if is_dataclass(inner) and inner.__module__.endswith("wijk_werken.commands"):
                yield from labels(prefix, inner)


@pytest.mark.parametrize("kind", PROGRAMME.kinds, ids=lambda kind: kind.name)
def test_every_kind_and_field_has_its_label(kind):
    prefix = f"intake.wijk_werken.{kind.name.replace('-', '_')}"
    names = [f"{prefix}.title", *labels(prefix, kind.payload)]
    assert [name for name in names if not has_text(name)] == []


def test_the_programme_and_its_figures_have_names():
    figures = [f"key_figure.{figure}" for figure in definitions() if figure.startswith("ww.")]
    assert len(figures) == 5
    assert all(map(has_text, ["programme.wijk_werken", *figures]))

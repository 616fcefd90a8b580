"""Every numeric argument of the core says its unit; every array says its shape."""

import importlib
import inspect
import pkgutil
import re

import pytest

import savings_model


def public_functions():
    for info in pkgutil.walk_packages(savings_model.__path__, "savings_model."):
        module = importlib.import_module(info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == info.name and not name.startswith("_"):
                yield pytest.param(function, id=f"{info.name}.{name}")


SECTION = re.compile(r"^(Parameters|Returns)\n-+\n(.*?)(?=^\w[\w ]*\n-+\n|\Z)", re.M | re.S)
ENTRY = re.compile(r"^(\S.*)\n((?:[ \t]+\S.*\n?|\n)+)", re.M)


@pytest.mark.parametrize("function", list(public_functions()))
def test_units_and_shapes_are_written_down(function):
    text = inspect.getdoc(function) or ""
    entries = [entry for _, body in SECTION.findall(text) for entry in ENTRY.findall(body)]
    assert entries, "needs Parameters and Returns"
    for head, body in entries:
        if re.search(r"ndarray|float|int\b", head):
            assert re.search(r"\[[^\]]+\]\s*$", body.strip()), f"no [unit] for {head!r}"
        if "ndarray" in head:
            assert "shape (" in head, f"no shape for {head!r}"

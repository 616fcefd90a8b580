"""The numeric core may import nothing but numpy, numpy-financial, itself and a little stdlib."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALLOWED = {
    "__future__",
    "collections",
    "dataclasses",
    "enum",
    "functools",
    "itertools",
    "math",
    "numpy",
    "numpy_financial",
    "savings_model",
    "typing",
}


def imported_roots(source: str) -> set[str]:
    roots = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots.add((node.module or "savings_model").split(".")[0])
    return roots


def test_the_numeric_core_imports_only_numbers():
    strangers = {
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / "savings_model").rglob("*.py")
        for name in imported_roots(path.read_text()) - ALLOWED
    }
    assert strangers == set()


def test_every_subject_with_rows_is_mapped():
    mapping = (ROOT / "energiehuis" / "mapping.py").read_text()
    missing = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "energiehuis").rglob("models.py")
        if f"from {'.'.join(path.relative_to(ROOT).parent.parts)} import models" not in mapping
    ]
    assert missing == []

"""The rules on which an intake may rest, with the days on which they hold."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A rule by its id; `valid_until` is the first day on which it no longer holds."""

    id: str
    reference: str
    confidence: str
    valid_from: date
    valid_until: date | None

    def holds_on(self, day: date) -> bool:
        """Say whether an intake of a day may rest on it."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@cache
def legal_bases() -> dict[str, LegalBasis]:
    """Read the table, by id.

    Raises
    ------
    ValueError
        When a row lacks its reference or its id stands there twice.
    """
    path = files("energiehuis.cases").joinpath("data", "legal_bases.yaml")
    bases: dict[str, LegalBasis] = {}
    for row in yaml.safe_load(path.read_text("utf-8"))["legal_bases"]:
        basis = LegalBasis(**row)
        if basis.id in bases or not basis.reference:
            raise ValueError(f"legal basis {basis.id!r} stands there twice or has no reference")
        bases[basis.id] = basis
    return bases


def find_legal_basis(basis_id: str, day: date) -> LegalBasis | None:
    """Give a rule that holds on a day, or None."""
    basis = legal_bases().get(basis_id)
    return basis if basis is not None and basis.holds_on(day) else None

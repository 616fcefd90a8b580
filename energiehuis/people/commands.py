"""How somebody is named: in full, under an alias, or as a person whom we already know."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by name; writing the same name again makes another person."""

    given_name: str
    family_name: str
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """Somebody who gives no name; the same alias means the same person."""

    alias: str

    @property
    def key(self) -> str:
        """Give the alias without the accidents of capitals and spaces."""
        return " ".join(self.alias.casefold().split())


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who was written down before."""

    person_id: UUID


# Nobody named is None: promised anonymity is kept, and unknown is not somebody.
Identity = Named | Alias | KnownPerson

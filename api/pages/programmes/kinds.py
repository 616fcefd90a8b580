"""The kinds of intake that have pages: those of the registry, and the older Woonclub."""

from api.pages.programmes.woonclub import WOONCLUB_KINDS
from energiehuis.cases.kinds import IntakeKind
from energiehuis.cases.programmes import Programme
from energiehuis.errors import NotFound
from energiehuis.programmes.registry import BY_CODE, PROGRAMMES


def slug_of(programme: str) -> str:
    """Write the code of a programme as in an address."""
    return programme.replace("_", "-")


def get_programme(slug: str) -> Programme:
    """Give a programme by its part of the address.

    Raises
    ------
    NotFound
    """
    code = slug.replace("-", "_")
    if code not in BY_CODE or "_" in slug:
        raise NotFound("request.not_found")
    return BY_CODE[code]


def kinds_of(programme: Programme) -> tuple[IntakeKind, ...]:
    """Give the kinds of a programme."""
    if programme.code == "woonclub" and not programme.kinds:
        return WOONCLUB_KINDS
    return programme.kinds


def get_kind(programme: Programme, name: str) -> IntakeKind:
    """Give a kind of a programme by its name.

    Raises
    ------
    NotFound
    """
    found = next((kind for kind in kinds_of(programme) if kind.name == name), None)
    if found is None:
        raise NotFound("request.not_found")
    return found


def all_kinds() -> tuple[IntakeKind, ...]:
    """Give all kinds that have pages."""
    return tuple(kind for programme in PROGRAMMES for kind in kinds_of(programme))


def find_kind_of_rows(programme: str, source: str) -> IntakeKind | None:
    """Give the kind whose records a field names: `donor` stands for the records of `donors`."""
    one = source.removeprefix(f"{programme}_").replace("_", "-")
    plurals = {one, f"{one}s", f"{one}es", f"{one.removesuffix('y')}ies"}
    kinds = kinds_of(BY_CODE[programme])
    exact = next((kind for kind in kinds if kind.name in plurals), None)
    return exact or next((kind for kind in kinds if kind.name.startswith(f"{one}-")), None)

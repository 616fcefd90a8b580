"""The registry of key figures: what each one is, as data with a version."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from energiehuis.i18n import has_text


class Kind(StrEnum):
    """What is done with the records."""

    COUNT = "count"
    SUM = "sum"
    MONEY = "money"
    MEAN = "mean"
    RATIO = "ratio"
    MEDIAN = "median"
    TARGET = "target"
    DISTRIBUTION = "distribution"
    MATRIX = "matrix"
    STOCK = "stock"


class Timing(StrEnum):
    """Whether a figure counts what happened in a period or what stands on a day."""

    FLOW = "flow"
    STOCK = "stock"


class Unit(StrEnum):
    """What is counted; shares lie between 0 and 1."""

    ADMISSIONS = "admissions"
    APPLICATIONS = "applications"
    COACHES = "coaches"
    CONTACTS = "contacts"
    CONTRACTS = "contracts"
    DAYS = "days"
    DONORS = "donors"
    DWELLINGS = "dwellings"
    DUOS = "duos"
    EMPLOYERS = "employers"
    EUR = "eur"
    EUR_PER_INHABITANT = "eur_per_inhabitant"
    FAMILIES = "families"
    FILES = "files"
    FTE = "fte"
    HOURS = "hours"
    HOUSEHOLDS = "households"
    INTAKES = "intakes"
    KG = "kg"
    KG_PER_DAY = "kg_per_day"
    KWH = "kwh"
    LOANS = "loans"
    MEETINGS = "meetings"
    NIGHTS = "nights"
    ORGANISATIONS = "organisations"
    PARTICIPANTS = "participants"
    PARTNERS = "partners"
    PER_1000_INHABITANTS = "per_1000_inhabitants"
    PERSONS = "persons"
    PLACES = "places"
    PUPILS = "pupils"
    REFERRALS = "referrals"
    SCANS = "scans"
    SESSIONS = "sessions"
    SHARE = "share"
    SITUATIONS = "situations"
    STAYS = "stays"
    T_CO2 = "t_co2"
    TRAJECTORIES = "trajectories"
    VISITORS = "visitors"
    VISITS = "visits"
    VISITS_PER_SESSION = "visits_per_session"
    WORKERS = "workers"


# As W13 prints them: 4.74 visits a session, 54.10 % housed.
DECIMALS = {
    Kind.COUNT: 0,
    Kind.SUM: 0,
    Kind.MONEY: 2,
    Kind.MEAN: 2,
    Kind.RATIO: 4,
    Kind.MEDIAN: 1,
    Kind.TARGET: 2,
    Kind.DISTRIBUTION: 0,
    Kind.MATRIX: 0,
    Kind.STOCK: 0,
}


@dataclass(frozen=True, slots=True)
class Definition:
    """What a key figure is. A change of meaning is a new version."""

    id: str
    version: int
    kind: Kind
    unit: Unit
    timing: Timing
    counted_by: str
    owner: str

    @property
    def name_key(self) -> str:
        """Give the key of its name in the catalogue."""
        return f"key_figure.{self.id}"

    @property
    def definition_key(self) -> str:
        """Give the key of what it counts, in the catalogue."""
        return f"{self.name_key}.definition"


@cache
def definitions() -> dict[str, Definition]:
    """Read the registry, by id, in the order of the files.

    Raises
    ------
    ValueError
        When an id stands there twice, or nothing says what it counts.
    """
    found: dict[str, Definition] = {}
    folder = files("energiehuis.key_figures").joinpath("data")
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        table = yaml.safe_load(path.read_text("utf-8"))
        for row in table.get("figures", ()):
            definition = _definition(row, table["owner"])
            if definition.id in found or not has_text(definition.definition_key):
                raise ValueError(f"{definition.id} stands there twice or has no definition")
            found[definition.id] = definition
    return found


def _definition(row: dict[str, object], owner: str) -> Definition:
    return Definition(
        id=str(row["id"]),
        version=int(str(row["version"])),
        kind=Kind(str(row["kind"])),
        unit=Unit(str(row["unit"])),
        timing=Timing(str(row["timing"])),
        counted_by=str(row["counted_by"]),
        owner=owner,
    )

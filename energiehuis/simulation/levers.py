"""What a policymaker may turn, checked and hashed; everything not turned stays as it is."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal

from energiehuis.errors import FieldError, InvalidInput
from energiehuis.identifiers import digest
from energiehuis.law.scenario import LawOverrides
from energiehuis.money import format_plain
from savings_model.emissions import EMISSION_FACTORS
from savings_model.energy_prices import ENERGY_PRICES
from savings_model.scenarios import BASELINE, Attribution, Scenario

EMISSION_VERSIONS = tuple(EMISSION_FACTORS)
PRICE_VERSIONS = tuple(ENERGY_PRICES)
EMISSION_YEARS = {code: version.year for code, version in EMISSION_FACTORS.items()}
PRICE_YEARS = {code: version.year for code, version in ENERGY_PRICES.items()}
BASELINE_EMISSIONS = BASELINE.emission_factors
BASELINE_PRICES = BASELINE.energy_prices
DEFAULT_DRAWS = 200
DEFAULT_SEED = 1
LONGEST_NAME = 80

# Wide enough for any policy that was ever proposed, narrow enough to catch a slip of the pen.
RATE_BASIS_POINTS = (0, 1_000)
CEILING_CENTS = (1_000_00, 100_000_00)
TERM_MONTHS = (6, 360)
INCOME_LIMIT_PERCENT = (50, 300)
# A thousand narrow the ends of an interval to a few percent of themselves; more only take longer.
DRAWS = (0, 1_000)
SEEDS = (0, 2**31 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Levers:
    """One setting; None and the defaults change nothing.

    Attributes
    ----------
    priority_rate_basis_points, legal_person_rate_basis_points, general_rate_basis_points : int
        Rates of the priority group, of legal persons and of everybody else, in hundredths of a
        percent a year; None keeps the rate of each contract.
    ceiling_cents : int or None
        Highest amount of a loan.
    longest_term_months : int or None
        Longest term.
    income_limit_percent : int
        Income ceilings of the law, as a percentage of what they were on the day.
    emission_factors, energy_prices : str
        Versions of the tonnes and of the euro.
    """

    priority_rate_basis_points: int | None = None
    legal_person_rate_basis_points: int | None = None
    general_rate_basis_points: int | None = None
    ceiling_cents: int | None = None
    longest_term_months: int | None = None
    income_limit_percent: int = 100
    emission_factors: str = BASELINE_EMISSIONS
    energy_prices: str = BASELINE_PRICES

    @property
    def is_neutral(self) -> bool:
        """Whether nothing is turned."""
        return self == Levers()

    @property
    def hash(self) -> str:
        """Digest of the setting; the same levers have the same one, whatever they are called."""
        return digest(asdict(self))

    @property
    def turned(self) -> tuple[str, ...]:
        """Names of what is turned."""
        untouched = asdict(Levers())
        return tuple(name for name, value in asdict(self).items() if value != untouched[name])

    def law_overrides(self) -> LawOverrides | None:
        """Give the changes of law that decide on who may borrow; None when there are none."""
        if self.income_limit_percent == 100:
            return None
        return LawOverrides(income_limit_factor=Decimal(self.income_limit_percent) / 100)

    def model_scenario(self, code: str) -> Scenario:
        """Give the levers as the numeric core takes them."""
        rates = (
            self.priority_rate_basis_points,
            self.legal_person_rate_basis_points,
            self.general_rate_basis_points,
        )
        first, second, third = (None if rate is None else rate / 10_000 for rate in rates)
        return Scenario(
            code=code,
            rate_per_year=(first, second, third),
            ceiling_cents=self.ceiling_cents,
            longest_term_months=self.longest_term_months,
            emission_factors=self.emission_factors,
            energy_prices=self.energy_prices,
        )


# W13 counted the whole saving of the works, however small the loan; so does what stands beside it.
COUNTED_AS_PRINTED = Scenario(code="as_printed", attribution=Attribution.WHOLE_WORKS)


@dataclass(frozen=True, slots=True)
class RunScenarios:
    """A question: a name, the levers, and how often and from where is drawn."""

    name: str
    levers: Levers
    draws: int = DEFAULT_DRAWS
    seed: int = DEFAULT_SEED


def check_command(command: RunScenarios) -> None:
    """Refuse a lever out of its range, all of them at once.

    Raises
    ------
    InvalidInput
        Naming each field, and its limits.
    """
    errors = list(_errors(command))
    if errors:
        raise InvalidInput(errors)


def _errors(command: RunScenarios) -> Iterator[FieldError]:
    levers = command.levers
    if not 1 <= len(command.name.strip()) <= LONGEST_NAME:
        yield FieldError("name", "scenario.name_length", {"most": LONGEST_NAME})
    for group in ("priority", "legal_person", "general"):
        rate = getattr(levers, f"{group}_rate_basis_points")
        if rate is not None and not _within(rate, RATE_BASIS_POINTS):
            low, high = RATE_BASIS_POINTS
            limits: dict[str, object] = {"minimum": low // 100, "maximum": high // 100}
            yield FieldError(f"levers.{group}_rate_percent", "scenario.rate_out_of_range", limits)
    if levers.ceiling_cents is not None and not _within(levers.ceiling_cents, CEILING_CENTS):
        low, high = CEILING_CENTS
        amounts: dict[str, object] = {"minimum": format_plain(low), "maximum": format_plain(high)}
        yield FieldError("levers.ceiling", "field.amount_out_of_range", amounts)
    if levers.longest_term_months is not None:
        yield from _number("levers.longest_term_months", levers.longest_term_months, TERM_MONTHS)
    yield from _number(
        "levers.income_limit_percent", levers.income_limit_percent, INCOME_LIMIT_PERCENT
    )
    yield from _choice("levers.emission_factors", levers.emission_factors, EMISSION_VERSIONS)
    yield from _choice("levers.energy_prices", levers.energy_prices, PRICE_VERSIONS)
    yield from _number("draws", command.draws, DRAWS)
    yield from _number("seed", command.seed, SEEDS)


def _within(value: int, limits: tuple[int, int]) -> bool:
    return limits[0] <= value <= limits[1]


def _number(field: str, value: int, limits: tuple[int, int]) -> Iterator[FieldError]:
    if not _within(value, limits):
        params: dict[str, object] = {"minimum": limits[0], "maximum": limits[1]}
        yield FieldError(field, "field.number_out_of_range", params)


def _choice(field: str, value: str, known: tuple[str, ...]) -> Iterator[FieldError]:
    if value not in known:
        yield FieldError(field, "field.choice", {"choices": ", ".join(known)})

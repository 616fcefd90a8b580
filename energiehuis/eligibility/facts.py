"""What is known about households, for the rules: one household with gaps, or arrays of them.

Unknown is never zero and never no. The facts hold no health fund, origin, opinion or union
membership: of the increased allowance only the status.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from energiehuis.eligibility.truth import BoolArray, Truth, TruthArray
from energiehuis.law.vocabulary import TRUTH_FACTS, BorrowerKind

IntArray = NDArray[np.int64]
TRUTH_POSITIONS = {name: position for position, name in enumerate(TRUTH_FACTS)}
AMOUNT_FACTS = (
    "latest_assessment_income_cents",
    "joint_taxable_income_cents",
    "extra_cadastral_income_cents",
    "dependents",
    "owners_association_units",
    "amount_wished_cents",
    "term_wished_months",
    "works_cost_cents",
    "outstanding_cents",
)
# Stands for "could be any amount"; three times it still fits in 64 bits.
UNBOUNDED = 2**60
LARGEST_AMOUNT = 10**11
# Stands for "could be any number of persons": times an amount for each, above any income.
MANY = 10**7


class DwellingRole(StrEnum):
    """What the applicant is to the dwelling."""

    OWNER_OCCUPIER = "owner_occupier"
    TENANT = "tenant"
    LANDLORD = "landlord"


class DwellingKind(StrEnum):
    """House or apartment, for the Energielening+."""

    HOUSE = "house"
    APARTMENT = "apartment"


DWELLING_KIND_CODES = {kind: code for code, kind in enumerate(DwellingKind)}
TARGET_LABELS = ("A", "B", "C")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFacts:
    """One application as far as it is known; None is unknown.

    Amounts are whole cents a year (income) or whole cents (loan). `joint_taxable_income_year` is
    the income year of that amount; without it the amount is taken to be of the year asked for.
    `asks_energy_loan_plus` is a wish of the applicant and so is no unless said.
    `outstanding_cents` is what still runs in energy loans on the same dwelling, and
    `outstanding_granted_on` the day on which the oldest of them was granted.
    `only_owner_roof_works` says that the works are roof or attic-floor insulation by the owner and
    nothing else, `only_appliances` that they are appliances and nothing else.
    """

    borrower_kind: BorrowerKind
    dwelling_in_served_municipality: bool | None = None
    dwelling_in_flemish_region: bool | None = None
    main_residence: bool | None = None
    new_build: bool | None = None
    new_build_e_level_at_most_30: bool | None = None
    new_build_before_final_epb_declaration: bool | None = None
    increased_allowance: bool | None = None
    increased_allowance_all_adults: bool | None = None
    protected_customer: bool | None = None
    exclusive_night_tariff: bool | None = None
    lets_through_social_rental_agency: bool | None = None
    ocmw_energy_guidance: bool | None = None
    debt_mediation: bool | None = None
    heating_bill_unpaid: bool | None = None
    heating_allowance: bool | None = None
    asks_energy_loan_plus: bool | None = False
    acquired_by_inheritance_or_gift: bool | None = None
    full_ownership: bool | None = None
    label_path_promised: bool | None = None
    only_owner_roof_works: bool | None = None
    only_appliances: bool | None = None
    latest_assessment_income_cents: int | None = None
    latest_assessment_income_year: int | None = None
    joint_taxable_income_cents: int | None = None
    joint_taxable_income_year: int | None = None
    extra_cadastral_income_cents: int | None = None
    dependents: int | None = None
    persons: int | None = None
    owners_association_units: int | None = None
    dwelling_role: DwellingRole | None = None
    applicant_lives_there: bool | None = None
    dwelling_kind: DwellingKind | None = None
    target_epc_label: str | None = None
    amount_wished_cents: int | None = None
    term_wished_months: int | None = None
    works_cost_cents: int | None = None
    outstanding_cents: int | None = None
    outstanding_granted_on: date | None = None

    def truth(self, name: str) -> Truth:
        """Give a yes-or-no fact by its name."""
        return Truth.of(getattr(self, name))


@dataclass(frozen=True, slots=True)
class Amounts:
    """Whole numbers per household with a mask of what is known; unknown ones count as zero here.

    Use `low` and `high` for comparisons: an unknown amount lies between zero and unbounded.
    `is_complete` says that all are known, so that nobody has to look again.
    """

    values: IntArray
    known: BoolArray
    is_complete: bool = False

    @classmethod
    def of(cls, values: IntArray, known: BoolArray | None = None) -> "Amounts":
        """Take amounts of shape (households,), all known unless a mask says otherwise.

        Raises
        ------
        ValueError
            For a negative or absurd amount.
        """
        whole = np.asarray(values, dtype=np.int64)
        mask = np.ones(whole.shape, dtype=np.bool_) if known is None else known
        whole = whole if known is None else np.where(mask, whole, 0)
        if whole.size and (whole.min() < 0 or whole.max() > LARGEST_AMOUNT):
            raise ValueError(f"amounts must lie between 0 and {LARGEST_AMOUNT}")
        return cls(whole, mask, bool(mask.all()))

    @classmethod
    def unknown(cls, count: int) -> "Amounts":
        """Give amounts of which none is known."""
        return cls(np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_))

    @property
    def low(self) -> IntArray:
        """Lowest value each may have."""
        return self.values

    @property
    def high(self) -> IntArray:
        """Highest value each may have; the same array as `low` when all are known."""
        return self._capped(UNBOUNDED)

    @property
    def high_count(self) -> IntArray:
        """Highest number of persons or units each may have."""
        return self._capped(MANY)

    def _capped(self, unbounded: int) -> IntArray:
        return self.values if self.is_complete else np.where(self.known, self.values, unbounded)

    def take(self, rows: IntArray) -> "Amounts":
        """Give the amounts of some households."""
        return Amounts(self.values[rows], self.known[rows], self.is_complete)


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of many households; every array has one entry a household.

    Parameters
    ----------
    borrower_kinds : ndarray of int8, shape (households,)
        Codes of `BorrowerKind`.
    truths : ndarray of int8, shape (facts, households)
        -1 unknown, 0 no, 1 yes; rows in the order of `TRUTH_FACTS`.
    amounts : mapping of str to Amounts
        By the names of `AMOUNT_FACTS`; money in cents, terms in months.
    joint_taxable_income_years : ndarray of int16, shape (households,)
        Income year of the joint taxable income; 0 is "the year asked for".
    dwelling_kinds, target_labels : ndarray of int8, shape (households,)
        Codes, -1 unknown.
    outstanding_granted_on : ndarray of datetime64[D], shape (households,)
        Day on which the oldest running loan was granted; NaT is unknown.
    """

    borrower_kinds: NDArray[np.int8]
    truths: TruthArray
    amounts: Mapping[str, Amounts]
    joint_taxable_income_years: NDArray[np.int16]
    dwelling_kinds: NDArray[np.int8]
    target_labels: NDArray[np.int8]
    outstanding_granted_on: NDArray[np.datetime64]

    @classmethod
    def from_records(cls, households: Sequence[HouseholdFacts]) -> "Facts":
        """Make arrays of households one by one; a single one is a list of length one."""
        truths = [[_code(getattr(h, name)) for h in households] for name in TRUTH_FACTS]
        return cls(
            borrower_kinds=np.array([h.borrower_kind.code for h in households], dtype=np.int8),
            truths=np.array(truths, dtype=np.int8),
            amounts=_amounts(households),
            joint_taxable_income_years=np.array(
                [h.joint_taxable_income_year or 0 for h in households], dtype=np.int16
            ),
            dwelling_kinds=np.array([_kind(h.dwelling_kind) for h in households], dtype=np.int8),
            target_labels=np.array([_label(h.target_epc_label) for h in households], dtype=np.int8),
            outstanding_granted_on=np.array(
                [h.outstanding_granted_on for h in households], dtype="datetime64[D]"
            ),
        )

    @classmethod
    def from_arrays(
        cls,
        borrower_kinds: NDArray[np.int8],
        *,
        truths: Mapping[str, TruthArray],
        amounts: Mapping[str, Amounts],
    ) -> "Facts":
        """Make facts of arrays by name; what is not given is unknown.

        Raises
        ------
        KeyError
            For a fact that does not exist.
        """
        count = len(borrower_kinds)
        rows = np.full((len(TRUTH_FACTS), count), Truth.UNKNOWN, dtype=np.int8)
        rows[TRUTH_POSITIONS["asks_energy_loan_plus"]] = Truth.NO
        for name, codes in truths.items():
            rows[TRUTH_POSITIONS[name]] = codes
        if strangers := set(amounts) - set(AMOUNT_FACTS):
            raise KeyError(f"no such facts: {sorted(strangers)}")
        unknown = Amounts.unknown(count)
        return cls(
            borrower_kinds=borrower_kinds,
            truths=rows,
            amounts={name: amounts.get(name, unknown) for name in AMOUNT_FACTS},
            joint_taxable_income_years=np.zeros(count, dtype=np.int16),
            dwelling_kinds=np.full(count, -1, dtype=np.int8),
            target_labels=np.full(count, -1, dtype=np.int8),
            outstanding_granted_on=np.full(count, "NaT", dtype="datetime64[D]"),
        )

    def __len__(self) -> int:
        return len(self.borrower_kinds)

    def truth(self, name: str) -> TruthArray:
        """Give the codes of a yes-or-no fact, shape (households,)."""
        codes: TruthArray = self.truths[TRUTH_POSITIONS[name]]
        return codes

    def take(self, rows: IntArray) -> "Facts":
        """Give the facts of some households, in the order asked."""
        return Facts(
            borrower_kinds=self.borrower_kinds[rows],
            truths=self.truths[:, rows],
            amounts={name: amounts.take(rows) for name, amounts in self.amounts.items()},
            joint_taxable_income_years=self.joint_taxable_income_years[rows],
            dwelling_kinds=self.dwelling_kinds[rows],
            target_labels=self.target_labels[rows],
            outstanding_granted_on=self.outstanding_granted_on[rows],
        )


FACT_NAMES = tuple(part.name for part in fields(HouseholdFacts))


def _code(answer: bool | None) -> int:  # noqa: FBT001
    return -1 if answer is None else int(answer)


def _kind(kind: DwellingKind | None) -> int:
    return -1 if kind is None else DWELLING_KIND_CODES[kind]


def _label(label: str | None) -> int:
    return TARGET_LABELS.index(label) if label in TARGET_LABELS else -1


def _amounts(households: Sequence[HouseholdFacts]) -> dict[str, Amounts]:
    given = [[getattr(household, name) for household in households] for name in AMOUNT_FACTS]
    known = np.array([[value is not None for value in row] for row in given], dtype=np.bool_)
    values = np.array([[value or 0 for value in row] for row in given], dtype=np.int64)
    together = Amounts.of(values, known)
    rows = zip(AMOUNT_FACTS, together.values, together.known, strict=True)
    return {name: Amounts(value, mask, bool(mask.all())) for name, value, mask in rows}

"""Which works of an application may be financed on a day, and why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from energiehuis.eligibility.facts import HouseholdFacts
from energiehuis.eligibility.truth import Truth, all_hold
from energiehuis.law.model import LawOfDay, Requirement, Work

OWNER_WORK = "roof_attic_floor_insulation"
APPLIANCES = "efficient_appliances"


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """One work as far as it is known.

    `quantities` holds what the quote states, by the names of the rule files:
    `thermal_resistance` and `roof_thermal_resistance` [m2K/W], `thermal_transmittance`
    [W/m2K], `single_glazed_windows` [count].
    """

    code: str
    cost_cents: int
    is_by_contractor: bool | None = None
    scan_shows_need: bool | None = None
    quantities: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkFinding:
    """What the rules say of one work; reasons and open points are codes.

    `has_unpublished_values` says that no technical value is known for that day, so that the
    technical check of the Energiehuis decides.
    """

    code: str
    cost_cents: int
    truth: Truth
    reasons: tuple[str, ...]
    open_points: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    has_unpublished_values: bool
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorksCheck:
    """All works of an application, and what may be financed of them in cents."""

    findings: tuple[WorkFinding, ...]

    @property
    def financeable_cents(self) -> int:
        """Cost of the works that certainly may be financed."""
        return sum(found.cost_cents for found in self.findings if found.truth is Truth.YES)

    @property
    def possible_cents(self) -> int:
        """Cost of the works that may be financed, with those that cannot be told yet."""
        return sum(found.cost_cents for found in self.findings if found.truth is not Truth.NO)

    def codes(self, truth: Truth) -> tuple[str, ...]:
        """Name the works with a truth, each once."""
        named = (found.code for found in self.findings if found.truth is truth)
        return tuple(dict.fromkeys(named))


def with_works(facts: HouseholdFacts, works: Sequence[tuple[str, bool | None]]) -> HouseholdFacts:
    """Give the facts with what follows from the works as a whole, for the minimum of a loan.

    Parameters
    ----------
    works : sequence of (str, bool or None)
        Code of each work, and whether a contractor does it (None: not decided).
    """
    if not works:
        return facts
    codes = {code for code, _ in works}
    by_owner = [Truth.of(None if by is None else not by) for _, by in works]
    owner = Truth.NO if codes != {OWNER_WORK} else all_hold(by_owner)
    return replace(
        facts,
        only_owner_roof_works=None if owner is Truth.UNKNOWN else bool(owner),
        only_appliances=codes == {APPLIANCES},
    )


def check_works(works: Sequence[WorkFacts], law: LawOfDay, *, priority: Truth) -> WorksCheck:
    """Weigh each work under the rules of a day; some count only beside another work."""
    rules = {work.code: work for work in law.works}
    alone = [_weigh_alone(work, rules.get(work.code), law, priority=priority) for work in works]
    main = [
        _all_of(points)
        for work, points in zip(works, alone, strict=True)
        if not _needs_company(rules.get(work.code))
    ]
    company = max(main, key=_strength, default=Truth.NO)
    return WorksCheck(
        tuple(
            _finding(work, _rule_on(rules.get(work.code), law), points, company=company)
            for work, points in zip(works, alone, strict=True)
        )
    )


def _weigh_alone(
    work: WorkFacts, rule: Work | None, law: LawOfDay, *, priority: Truth
) -> list[tuple[str, Truth]]:
    if rule is None:
        # Before 2015 no list is known: then it cannot be told.
        return [("not_on_the_list", Truth.NO if law.works else Truth.UNKNOWN)]
    points = [(f"{need.quantity}_not_met", _meets(work, need)) for need in _in_force(rule, law)]
    if not rule.may_be_done_by_owner:
        points.append(("contractor_needed", Truth.of(work.is_by_contractor)))
    if rule.priority_only:
        points.append(("priority_only", priority))
    if rule.needs_energy_scan:
        points.append(("energy_scan_needed", Truth.of(work.scan_shows_need)))
    return points


def _finding(
    work: WorkFacts, rule: Work | None, points: list[tuple[str, Truth]], *, company: Truth
) -> WorkFinding:
    if _needs_company(rule):
        points = [*points, ("only_with_other_work", company)]
    return WorkFinding(
        code=work.code,
        cost_cents=work.cost_cents,
        truth=_all_of(points),
        reasons=tuple(code for code, truth in points if truth is Truth.NO),
        open_points=tuple(code for code, truth in points if truth is Truth.UNKNOWN),
        requirements=() if rule is None else rule.requirements,
        has_unpublished_values=rule is not None and not rule.requirements,
        source_ids=() if rule is None else rule.basis.source_ids,
    )


def _rule_on(rule: Work | None, law: LawOfDay) -> Work | None:
    return None if rule is None else replace(rule, requirements=_in_force(rule, law))


def _in_force(rule: Work, law: LawOfDay) -> tuple[Requirement, ...]:
    return tuple(need for need in rule.requirements if need.period.holds_on(law.first_day))


def _meets(work: WorkFacts, need: Requirement) -> Truth:
    stated = work.quantities.get(need.quantity)
    if stated is None:
        return Truth.UNKNOWN
    if need.comparison == "at_least":
        return Truth.of(stated >= need.threshold)
    return Truth.of(stated <= need.threshold)


def _needs_company(rule: Work | None) -> bool:
    return rule is not None and rule.only_with_other_work


def _all_of(points: list[tuple[str, Truth]]) -> Truth:
    return all_hold(truth for _, truth in points)


def _strength(truth: Truth) -> int:
    return {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}[truth]

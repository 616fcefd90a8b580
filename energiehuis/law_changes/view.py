"""The whole law of a day in lines for people, for the screen of a terminal and for the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from energiehuis.i18n import translate
from energiehuis.law.model import Basis, Ground, LawOfDay, Period, Product, Source, Threshold, Work
from energiehuis.law.vocabulary import IncomeNotion
from energiehuis.money import format_euro, format_number

_FLAGS = ("only_with_other_work", "priority_only", "needs_energy_scan")
_SIGNS = {"at_least": "≥", "at_most": "≤"}


@dataclass(frozen=True, slots=True)
class LawLine:
    """One rule in words; `valid_from` is None for a condition, which has no days of its own."""

    what: str
    value: str
    valid_from: date | None
    basis: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LawSection:
    """Rules of one kind."""

    id: str
    lines: tuple[LawLine, ...]


@dataclass(frozen=True, slots=True)
class LawView:
    """The law of a day: sections of lines, and the sources that they name."""

    day: date
    law: LawOfDay
    sections: tuple[LawSection, ...]
    sources: tuple[Source, ...]


def view_law(law: LawOfDay, day: date, language: str) -> LawView:
    """Tell all rules in force on a day, in a language."""
    teller = _Teller(law, language)
    sections = (
        LawSection("products", tuple(teller.product(row) for row in law.products)),
        LawSection("ceilings", tuple(teller.ceiling(row) for row in law.thresholds.values())),
        LawSection("grounds", tuple(teller.ground(row) for row in law.grounds)),
        LawSection("conditions", tuple(teller.conditions())),
        LawSection("works", tuple(teller.work(row) for row in law.works)),
    )
    named = {name for part in sections for line in part.lines for name in line.source_ids}
    sources = tuple(source for name, source in sorted(law.sources.items()) if name in named)
    return LawView(day, law, sections, sources)


@dataclass(frozen=True, slots=True)
class _Teller:
    law: LawOfDay
    language: str

    def product(self, row: Product) -> LawLine:
        values = row.values
        maximum = values.whole("maximum_amount") if values.has("maximum_amount") else None
        months = values.whole("longest_term") if values.has("longest_term") else None
        value = self._say(
            "at.product",
            rate=self._rate(
                values.decimal("rate_per_year") if values.has("rate_per_year") else None
            ),
            minimum=self._euro(row.minimum_cents),
            maximum=self._euro(maximum),
            months=self._unknown() if months is None else months,
            standing=self._say(f"standing.{row.standing.value}"),
        )
        what = translate(f"eligibility.product.{row.id}", self.language)
        return self._line(what, value, row.period, row.basis)

    def ceiling(self, row: Threshold) -> LawLine:
        is_latest = row.notion is IncomeNotion.LATEST_ASSESSMENT
        year = self.law.income_year(row.parameter)
        notion = (
            self._say("notion.latest_assessment", factor=row.cadastral_factor)
            if is_latest
            else self._say("notion.joint_taxable", year=year)
        )
        value = self._say(
            "at.ceiling",
            limit=self._euro(row.limit_cents),
            addition=self._euro(row.per_dependent_cents),
            notion=notion,
        )
        return self._line(self._say(f"ceiling.{row.parameter}"), value, row.period, row.basis)

    def ground(self, row: Ground) -> LawLine:
        reading = next(reading.id for reading in row.readings if reading.is_chosen)
        papers = (translate(f"eligibility.document.{d.id}", self.language) for d in row.documents)
        words = translate(f"law.reading.{reading}", self.language)
        value = self._say("at.reading", reading=words, documents=", ".join(papers))
        what = translate(f"eligibility.ground.{row.id}", self.language)
        return self._line(what, value, row.period, row.basis)

    def conditions(self) -> Iterator[LawLine]:
        named = {name for row in self.law.products for name in row.conditions}
        for row in self.law.conditions.values():
            if row.id in named:
                what = translate(f"eligibility.condition.{row.id}", self.language)
                yield LawLine(what, "", None, row.basis.reference, row.basis.source_ids)

    def work(self, row: Work) -> LawLine:
        parts = [self._say("work.owner" if row.may_be_done_by_owner else "work.contractor")]
        parts += [self._say(f"work.{flag}") for flag in _FLAGS if getattr(row, flag)]
        source_ids = dict.fromkeys(row.basis.source_ids)
        for need in row.requirements:
            if need.period.holds_on(self.law.first_day):
                sign = _SIGNS[need.comparison]
                value = str(need.threshold).replace(".", "," if self.language != "en" else ".")
                parts.append(self._say(f"quantity.{need.quantity}", sign=sign, value=value))
                source_ids |= dict.fromkeys(need.source_ids)
        what = translate(f"eligibility.work.{row.code}", self.language)
        line = self._line(what, "; ".join(parts), row.period, row.basis)
        return LawLine(line.what, line.value, line.valid_from, line.basis, tuple(source_ids))

    def _line(self, what: str, value: str, period: Period, basis: Basis) -> LawLine:
        if period.is_stale_on(self.law.first_day) and period.last_confirmed_on is not None:
            confirmed = f"{period.last_confirmed_on:%d/%m/%Y}"
            value = f"{value}; {self._say('at.last_confirmed', day=confirmed)}"
        return LawLine(what, value, period.valid_from, basis.reference, basis.source_ids)

    def _say(self, key: str, **params: object) -> str:
        return translate(f"law_changes.{key}", self.language, **params)

    def _unknown(self) -> str:
        return self._say("unknown")

    def _euro(self, amount_cents: int | None) -> str:
        if amount_cents is None:
            return self._unknown()
        return format_euro(amount_cents, self.language)

    def _rate(self, rate_per_year: Decimal | None) -> str:
        if rate_per_year is None:
            return self._unknown()
        percentage = rate_per_year * 100
        decimals = 0 if percentage == percentage.to_integral_value() else 2
        return f"{format_number(float(percentage), self.language, decimals=decimals)} %"

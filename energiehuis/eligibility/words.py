"""Turn a trace into sentences, in the language that is asked; all words are in the catalogue.

This is the full text; `energiehuis.eligibility.brief` puts the same sentences in a short answer.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from energiehuis.eligibility.lines import (
    Comparison,
    ConditionLine,
    FactLine,
    GroundLine,
    ProductLine,
    SourceLine,
    Trace,
)
from energiehuis.eligibility.truth import Truth
from energiehuis.i18n import translate
from energiehuis.law.model import Source
from energiehuis.money import format_euro, format_number

_AREA = "eligibility"


def render_full(trace: Trace, language: str) -> tuple[str, ...]:
    """Give the whole trace as sentences, the outcome first, each with its sources.

    Parameters
    ----------
    trace : Trace
        What `explain` told.
    language : str
        `nl`, `fr` or `en`.
    """
    return tuple(_sentences(trace, language))


def render_outcome(trace: Trace, language: str) -> str:
    """Say whether the applicant can borrow on the day."""
    return say(f"line.outcome_{trace.outcome}", language, day=_day(trace.day))


def render_remarks(trace: Trace, language: str) -> Iterator[str]:
    """Say what certainly fails, and what cannot be told yet."""
    for code in trace.reasons:
        yield say(f"reason.{code}", language)
    for code in trace.open_points:
        yield say("line.open_point", language, point=say(f"point.{code}", language))


def render_product(line: ProductLine, language: str) -> str:
    """Give one product with its figures."""
    is_known = line.rate_per_year is not None
    form = "known" if is_known else "expected"
    return say(
        f"line.product_{form}",
        language,
        product=say(f"product.{line.id}", language),
        rate=_percentage(line.rate_per_year, language),
        minimum=_euro(line.minimum_cents, language),
        maximum=_euro(line.maximum_cents, language),
        months=_number(line.longest_term_months, language),
    )


def render_assured(line: ProductLine, language: str) -> str:
    """Give the product that applies whatever the unknown facts turn out to be."""
    return say("line.assured", language, product=render_product(line, language))


def render_ground(line: GroundLine, language: str) -> tuple[str, ...]:
    """Give one ground: whether it holds, what was compared, and what would prove it."""
    return tuple(_ground(line, language))


def render_verdict(key: str, truth: Truth, language: str) -> str:
    """Say whether a ground or a condition holds, by the key of its name."""
    verdict = say(f"verdict.{truth.name.lower()}", language)
    return say("line.verdict", language, what=say(key, language), verdict=verdict)


def render_condition(line: ConditionLine, language: str) -> str:
    """Give one condition and whether it holds."""
    return render_verdict(f"condition.{line.id}", line.truth, language)


def render_comparison(line: Comparison, language: str) -> str:
    """Give an income beside its ceiling, with the first day of the ceiling."""
    year = line.income_year
    notion = "latest_assessment" if year is None else "joint_taxable"
    return say(
        f"line.comparison_{notion}",
        language,
        year="" if year is None else str(year),
        factor=line.cadastral_factor,
        income=_euro(line.income_cents, language),
        ceiling=_euro(line.ceiling_cents, language),
        limit=_euro(line.limit_cents, language),
        addition=_euro(line.per_dependent_cents, language),
        dependents=_number(line.dependents, language),
        day=_day(line.valid_from),
    )


def _sentences(trace: Trace, language: str) -> Iterator[str]:
    yield render_outcome(trace, language)
    if trace.product is not None:
        yield render_product(trace.product, language)
        yield _say_sources(trace.product.sources, language)
    elif trace.assured_product is not None:
        yield render_assured(trace.assured_product, language)
    yield from render_remarks(trace, language)
    for condition in trace.conditions:
        yield render_condition(condition, language)
    for ground in trace.grounds:
        yield from _ground(ground, language)
    yield from render_steps(trace, language)
    for line in trace.elsewhere:
        yield render_elsewhere(line, language)


def _ground(line: GroundLine, language: str) -> Iterator[str]:
    yield render_verdict(f"ground.{line.id}", line.truth, language)
    if line.comparison is not None:
        yield render_comparison(line.comparison, language)
        yield from render_marks(line.comparison, language)
    else:
        yield say("line.facts", language, facts=list_facts(line.facts, language))
    for document in line.documents:
        yield say("line.document", language, document=say(f"document.{document.id}", language))
    sources = line.sources if line.comparison is None else line.comparison.sources
    yield _say_sources(sources, language)


def render_marks(line: Comparison, language: str) -> Iterator[str]:
    """Say of a ceiling what its sources leave open: whether it still holds, and since when."""
    if line.is_stale and line.last_confirmed_on is not None:
        yield say("line.last_confirmed", language, day=_day(line.last_confirmed_on))
    if line.is_start_chosen:
        yield say("line.start_chosen", language, day=_day(line.valid_from))


def render_steps(trace: Trace, language: str) -> Iterator[str]:
    """Say what would settle or change the answer."""
    if trace.missing:
        names = ", ".join(say(f"fact.{name}", language) for name in trace.missing)
        yield say("line.missing", language, facts=names)
    if trace.next_question is not None:
        yield say("line.next", language, fact=say(f"fact.{trace.next_question}", language))
    for way in trace.way_in:
        ground = say(f"ground.{way.ground}", language)
        amount = format_euro(way.excess_cents, language)
        yield say("line.way_in", language, ground=ground, amount=amount)


def render_elsewhere(line: ProductLine, language: str) -> str:
    """Name a product that another lender has."""
    return say("line.elsewhere", language, product=render_product(line, language))


def say(key: str, language: str, **params: object) -> str:
    """Give a text of the answers."""
    return translate(f"{_AREA}.{key}", language, **params)


def _say_sources(sources: tuple[SourceLine, ...], language: str) -> str:
    return say("line.sources", language, sources="; ".join(map(write_source, sources)))


def list_facts(facts: tuple[FactLine, ...], language: str) -> str:
    """Name facts with their answers."""
    return ", ".join(
        say(
            "line.fact",
            language,
            fact=say(f"fact.{line.name}", language),
            answer=say(f"answer.{_answer(line)}", language),
        )
        for line in facts
    )


def _answer(line: FactLine) -> str:
    return "unknown" if line.value is None else ("yes" if line.value else "no")


def write_source(line: SourceLine | Source) -> str:
    """Name a source: who, when, and where it stood."""
    return ", ".join(part for part in (line.who, line.dated, line.url) if part)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _euro(amount_cents: int | None, language: str) -> str:
    return (
        say("answer.unknown", language)
        if amount_cents is None
        else format_euro(amount_cents, language)
    )


def _number(number: int | None, language: str) -> str:
    return say("answer.unknown", language) if number is None else str(number)


def _percentage(rate: Decimal | None, language: str) -> str:
    if rate is None:
        return say("answer.unknown", language)
    percentage = rate * 100
    decimals = 0 if percentage == percentage.to_integral_value() else 2
    return f"{format_number(float(percentage), language, decimals=decimals)} %"

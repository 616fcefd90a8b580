"""Turn a trace into sentences, in the language that is asked; all words are in the catalogue."""

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
from energiehuis.money import format_euro, format_number

_AREA = "eligibility"


def render(trace: Trace, language: str) -> tuple[str, ...]:
    """Give the trace as sentences, the outcome first.

    Parameters
    ----------
    trace : Trace
        What `explain` told.
    language : str
        `nl`, `fr` or `en`.
    """
    return tuple(_sentences(trace, language))


def render_product(line: ProductLine, language: str) -> str:
    """Give one product with its figures."""
    is_known = line.rate_per_year is not None
    form = "known" if is_known else "expected"
    return _say(
        f"line.product_{form}",
        language,
        product=_say(f"product.{line.id}", language),
        rate=_percentage(line.rate_per_year, language),
        minimum=_euro(line.minimum_cents, language),
        maximum=_euro(line.maximum_cents, language),
        months=_number(line.longest_term_months, language),
    )


def render_ground(line: GroundLine, language: str) -> tuple[str, ...]:
    """Give one ground: whether it holds, what was compared, and what would prove it."""
    return tuple(_ground(line, language))


def render_condition(line: ConditionLine, language: str) -> str:
    """Give one condition and whether it holds."""
    return _say(
        "line.verdict",
        language,
        what=_say(f"condition.{line.id}", language),
        verdict=_verdict(line.truth, language),
    )


def render_comparison(line: Comparison, language: str) -> str:
    """Give an income beside its ceiling, with the first day of the ceiling."""
    year = line.income_year
    notion = "latest_assessment" if year is None else "joint_taxable"
    return _say(
        f"line.comparison_{notion}",
        language,
        year="" if year is None else str(year),
        income=_euro(line.income_cents, language),
        ceiling=_euro(line.ceiling_cents, language),
        limit=_euro(line.limit_cents, language),
        addition=_euro(line.per_dependent_cents, language),
        dependents=_number(line.dependents, language),
        day=_day(line.valid_from),
    )


def _sentences(trace: Trace, language: str) -> Iterator[str]:
    yield _say(f"line.outcome_{trace.outcome}", language, day=_day(trace.day))
    if trace.product is not None:
        yield render_product(trace.product, language)
        yield _say_sources(trace.product.sources, language)
    elif trace.assured_product is not None:
        product = render_product(trace.assured_product, language)
        yield _say("line.assured", language, product=product)
    for code in trace.reasons:
        yield _say(f"reason.{code}", language)
    for code in trace.open_points:
        yield _say("line.open_point", language, point=_say(f"point.{code}", language))
    for condition in trace.conditions:
        yield render_condition(condition, language)
    for ground in trace.grounds:
        yield from _ground(ground, language)
    yield from _advice(trace, language)


def _ground(line: GroundLine, language: str) -> Iterator[str]:
    what = _say(f"ground.{line.id}", language)
    yield _say("line.verdict", language, what=what, verdict=_verdict(line.truth, language))
    if line.comparison is not None:
        yield render_comparison(line.comparison, language)
        yield from _marks(line.comparison, language)
    else:
        yield _say("line.facts", language, facts=_facts(line.facts, language))
    for document in line.documents:
        yield _say("line.document", language, document=_say(f"document.{document.id}", language))
    sources = line.sources if line.comparison is None else line.comparison.sources
    yield _say_sources(sources, language)


def _marks(line: Comparison, language: str) -> Iterator[str]:
    if line.is_stale and line.last_confirmed_on is not None:
        yield _say("line.last_confirmed", language, day=_day(line.last_confirmed_on))
    if line.is_start_chosen:
        yield _say("line.start_chosen", language, day=_day(line.valid_from))


def _advice(trace: Trace, language: str) -> Iterator[str]:
    if trace.missing:
        names = ", ".join(_say(f"fact.{name}", language) for name in trace.missing)
        yield _say("line.missing", language, facts=names)
    if trace.next_question is not None:
        yield _say("line.next", language, fact=_say(f"fact.{trace.next_question}", language))
    for way in trace.way_in:
        ground = _say(f"ground.{way.ground}", language)
        amount = format_euro(way.excess_cents, language)
        yield _say("line.way_in", language, ground=ground, amount=amount)
    for line in trace.elsewhere:
        yield _say("line.elsewhere", language, product=render_product(line, language))


def _say(key: str, language: str, **params: object) -> str:
    return translate(f"{_AREA}.{key}", language, **params)


def _say_sources(sources: tuple[SourceLine, ...], language: str) -> str:
    return _say("line.sources", language, sources="; ".join(map(_source, sources)))


def _verdict(truth: Truth, language: str) -> str:
    return _say(f"verdict.{truth.name.lower()}", language)


def _facts(facts: tuple[FactLine, ...], language: str) -> str:
    return ", ".join(
        _say(
            "line.fact",
            language,
            fact=_say(f"fact.{line.name}", language),
            answer=_say(f"answer.{_answer(line)}", language),
        )
        for line in facts
    )


def _answer(line: FactLine) -> str:
    return "unknown" if line.value is None else ("yes" if line.value else "no")


def _source(line: SourceLine) -> str:
    return (
        f"{line.who}, {line.dated}" if line.url is None else f"{line.who}, {line.dated}, {line.url}"
    )


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _euro(amount_cents: int | None, language: str) -> str:
    return (
        _say("answer.unknown", language)
        if amount_cents is None
        else format_euro(amount_cents, language)
    )


def _number(number: int | None, language: str) -> str:
    return _say("answer.unknown", language) if number is None else str(number)


def _percentage(rate: Decimal | None, language: str) -> str:
    if rate is None:
        return _say("answer.unknown", language)
    percentage = rate * 100
    decimals = 0 if percentage == percentage.to_integral_value() else 2
    return f"{format_number(float(percentage), language, decimals=decimals)} %"

"""A trace as a short answer: what, why, and what would change it, each with the ids of its sources.

The sentences are those of `energiehuis.eligibility.words`. What does not decide is named in one
line, and the sources stand once, at the end.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from energiehuis.eligibility.lines import (
    ConditionLine,
    GroundLine,
    ProductLine,
    SourceLine,
    Trace,
)
from energiehuis.eligibility.truth import Truth
from energiehuis.eligibility.words import (
    list_facts,
    render_assured,
    render_comparison,
    render_condition,
    render_elsewhere,
    render_marks,
    render_outcome,
    render_product,
    render_remarks,
    render_steps,
    render_verdict,
    say,
    write_source,
)

POINT = "- "


def render(trace: Trace, language: str) -> tuple[str, ...]:
    """Give a short answer, and after it the sources that it names.

    Parameters
    ----------
    trace : Trace
        What `explain` told.
    language : str
        `nl`, `fr` or `en`.
    """
    return (*render_answer(trace, language), *render_sources((trace,), language))


def render_answer(trace: Trace, language: str) -> tuple[str, ...]:
    """Give a short answer; the reasons are points of a list."""
    return tuple(_lines(trace, language))


def render_sources(traces: Iterable[Trace], language: str) -> tuple[str, ...]:
    """Give what the ids in short answers stand for, each once."""
    named = {line.id: line for trace in traces for line in _named(trace)}
    entries = (f"[{name}] {write_source(line)}" for name, line in sorted(named.items()))
    return (say("brief.sources", language), *entries)


def write_ids(ids: Iterable[str]) -> str:
    """Name sources by their ids."""
    return f"[{' '.join(ids)}]"


def _lines(trace: Trace, language: str) -> Iterator[str]:
    yield _answer(trace, language)
    # Whoever may borrow is told first what does not fit in the wish; others why they may not.
    remarks = tuple(render_remarks(trace, language))
    is_eligible = trace.outcome == "eligible"
    if is_eligible:
        yield from remarks
    yield say("brief.why", language)
    points = [*(() if is_eligible else remarks), *_grounds(trace, language)]
    for point in (*points, *_conditions(trace.conditions, language)):
        yield POINT + point
    yield from render_steps(trace, language)
    for line in trace.elsewhere:
        yield f"{render_elsewhere(line, language)} {_ids(line.sources)}"


def _answer(trace: Trace, language: str) -> str:
    outcome, product = render_outcome(trace, language), _best(trace)
    if product is None:
        return outcome
    is_certain = trace.product is not None
    told = (render_product if is_certain else render_assured)(product, language)
    return f"{outcome} {told} {_ids(product.sources)}"


def _best(trace: Trace) -> ProductLine | None:
    return trace.product or trace.assured_product


def _grounds(trace: Trace, language: str) -> Iterator[str]:
    """Give the grounds that decide in full: those that hold, else those near to it."""
    if not trace.priority_counts:
        return
    holding = [line for line in trace.grounds if line.truth is Truth.YES]
    shown = holding or [line for line in trace.grounds if _is_near(line)]
    yield from (_ground(line, language) for line in shown)
    for truth in (Truth.UNKNOWN, Truth.NO):
        rest = [line for line in trace.grounds if line.truth is truth and line not in shown]
        if rest:
            names = _names("ground", rest, language)
            yield say(f"brief.grounds_{truth.name.lower()}", language, names=names)


def _is_near(line: GroundLine) -> bool:
    return line.truth is Truth.UNKNOWN or line.comparison is not None


def _ground(line: GroundLine, language: str) -> str:
    parts = [render_verdict(f"ground.{line.id}", line.truth, language)]
    if line.comparison is None:
        parts.append(say("line.facts", language, facts=list_facts(line.facts, language)))
    else:
        parts.append(render_comparison(line.comparison, language))
        parts += render_marks(line.comparison, language)
    if line.documents and line.truth is not Truth.NO:
        papers = ", ".join(say(f"document.{paper.id}", language) for paper in line.documents)
        parts.append(say("line.document", language, document=papers))
    return " ".join([*parts, _ids(_sources(line))])


def _conditions(lines: tuple[ConditionLine, ...], language: str) -> Iterator[str]:
    for line in lines:
        if line.truth is not Truth.YES:
            facts = say("line.facts", language, facts=list_facts(line.facts, language))
            yield f"{render_condition(line, language)} {facts} {_ids(line.sources)}"
    holding = [line for line in lines if line.truth is Truth.YES]
    if holding:
        names = _names("condition", holding, language)
        yield say("brief.conditions_yes", language, names=names)


def _names(area: str, lines: Iterable[GroundLine | ConditionLine], language: str) -> str:
    """Name lines in one sentence; neighbours with the same sources share their ids."""
    parts = []
    for sources, group in groupby(lines, key=_sources):
        names = "; ".join(say(f"{area}.{line.id}", language) for line in group)
        parts.append(f"{names} {_ids(sources)}")
    return "; ".join(parts)


def _sources(line: GroundLine | ConditionLine) -> tuple[SourceLine, ...]:
    """Give the sources of a line; an income is held beside the amount of its ceiling."""
    comparison = line.comparison if isinstance(line, GroundLine) else None
    return line.sources if comparison is None else comparison.sources


def _ids(sources: tuple[SourceLine, ...]) -> str:
    return write_ids(source.id for source in sources)


def _named(trace: Trace) -> Iterator[SourceLine]:
    product = _best(trace)
    told = [] if product is None else [product.sources]
    if trace.priority_counts:
        told += [_sources(line) for line in trace.grounds]
    told += [line.sources for line in trace.conditions]
    told += [line.sources for line in trace.elsewhere]
    return chain.from_iterable(told)

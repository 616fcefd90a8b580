"""The answer in plain sentences, before any table."""

from collections.abc import Iterator
from math import floor, log10

from api.pages.context import percent
from energiehuis.i18n import translate
from energiehuis.money import format_number
from energiehuis.simulation.levers import Levers
from energiehuis.simulation.results import Answer, Outcome


def summary(answer: Answer, language: str) -> tuple[str, ...]:
    """Give the answer as sentences, the most important first."""
    return tuple(_sentences(answer, language))


def turned_words(levers: Levers, language: str) -> str:
    """Say what is turned, as a part of a sentence."""
    phrases = [
        translate(f"policy.phrase.{name}", language, value=_value(levers, name, language))
        for name in levers.turned
    ]
    if len(phrases) < 2:
        return "".join(phrases)
    return f"{', '.join(phrases[:-1])} {translate('policy.and', language)} {phrases[-1]}"


def _sentences(answer: Answer, language: str) -> Iterator[str]:
    now, then = answer.total.baseline, answer.total.scenario
    if answer.levers.is_neutral:
        yield translate("policy.says.baseline", language, **_money(now, language))
        yield _energy(now, "policy.says.energy.now", language)
    else:
        levers = turned_words(answer.levers, language)
        yield translate("policy.says.scenario", language, levers=levers, **_money(then, language))
        yield _difference(then.lent_cents - now.lent_cents, now, language)
        yield translate(
            "policy.says.interest",
            language,
            interest=euros(then.interest_cents, language),
            now=euros(now.interest_cents, language),
        )
        yield _energy(then, "policy.says.energy.then", language)
    yield from _decided_again(answer, language)
    yield from _beside(answer, language)


def _money(outcome: Outcome, language: str) -> dict[str, str]:
    return {
        "loans": format_number(outcome.loans, language),
        "lent": euros(outcome.lent_cents, language),
        "interest": euros(outcome.interest_cents, language),
    }


def _difference(cents: int, now: Outcome, language: str) -> str:
    if cents == 0:
        return translate("policy.says.same", language)
    key = "policy.says.more" if cents > 0 else "policy.says.less"
    return translate(key, language, amount=euros(abs(cents), language), **_money(now, language))


def euros(cents: int, language: str) -> str:
    """Write a large sum in whole euros: `16.655.000 euro`; the cents stand in the files."""
    amount = format_number(round(cents / 100), language)
    return translate("policy.euros", language, amount=amount)


def rounded(value: float) -> float:
    """Round to three figures: nobody knows a saving more precisely, and a sentence reads better."""
    if abs(value) < 1000:
        return value
    return round(value, 2 - floor(log10(abs(value))))


def _energy(outcome: Outcome, key: str, language: str) -> str:
    kwh, tonnes = outcome.kwh, outcome.co2_tonnes
    figures = {
        "kwh": kwh.calculated.point,
        "co2": tonnes.calculated.point,
        "kwh_realised": kwh.realised.point,
        "low": kwh.realised.p05,
        "high": kwh.realised.p95,
        "co2_realised": tonnes.realised.point,
    }
    words = {name: format_number(rounded(value), language) for name, value in figures.items()}
    return translate(key, language, **words)


def _decided_again(answer: Answer, language: str) -> Iterator[str]:
    if answer.levers.income_limit_percent == 100:
        return
    found = answer.redecided
    counts = {"gained": found.gained, "lost": found.lost, "moved": found.moved}
    if not any(counts.values()):
        yield translate("policy.says.undecided", language)
    yield from _counted({**counts, "unjudged": found.without_facts}, language)


def _beside(answer: Answer, language: str) -> Iterator[str]:
    counts = answer.total.scenario.counts
    beside = {
        "unknown": counts.unknown_works,
        "unmodelled": counts.unmodelled_works,
        "open": answer.total.open_files,
    }
    yield from _counted(beside, language)


def _counted(counts: dict[str, int], language: str) -> Iterator[str]:
    for name, count in counts.items():
        if count:
            yield translate(f"policy.says.{name}", language, count=format_number(count, language))


def _value(levers: Levers, name: str, language: str) -> str:
    value = getattr(levers, name)
    if name.endswith("_basis_points"):
        return percent(value / 10_000, language)
    written = {
        "ceiling_cents": lambda: euros(value, language),
        "income_limit_percent": lambda: f"{value} %",
        "emission_factors": lambda: translate(f"policy.emissions.{value}", language),
        "energy_prices": lambda: translate(f"policy.prices.{value}", language),
    }
    return written[name]() if name in written else str(value)

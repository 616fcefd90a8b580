"""The answer in plain sentences, before any table."""

from collections.abc import Iterator

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
        difference = _difference(then.lent_cents - now.lent_cents, language)
        yield translate("policy.says.now", language, difference=difference, **_money(now, language))
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


def _difference(cents: int, language: str) -> str:
    if cents == 0:
        return translate("policy.says.same", language)
    key = "policy.says.more" if cents > 0 else "policy.says.less"
    return translate(key, language, amount=euros(abs(cents), language))


def euros(cents: int, language: str) -> str:
    """Write a large sum in whole euros: `16.655.000 euro`; the cents stand in the files."""
    amount = format_number(round(cents / 100), language)
    return translate("policy.euros", language, amount=amount)


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
    words = {name: format_number(value, language) for name, value in figures.items()}
    return translate(key, language, **words)


def _decided_again(answer: Answer, language: str) -> Iterator[str]:
    if answer.levers.income_limit_percent == 100:
        return
    found = answer.redecided
    if found.gained or found.lost or found.moved:
        counts = {"gained": found.gained, "lost": found.lost, "moved": found.moved}
        words = {name: format_number(count, language) for name, count in counts.items()}
        yield translate("policy.says.redecided", language, **words)
    else:
        yield translate("policy.says.undecided", language)
    if found.without_facts:
        count = format_number(found.without_facts, language)
        yield translate("policy.says.unjudged", language, count=count)


def _beside(answer: Answer, language: str) -> Iterator[str]:
    counts = answer.total.scenario.counts
    if counts.unknown_works or counts.unmodelled_works:
        yield translate(
            "policy.says.beside",
            language,
            unknown=format_number(counts.unknown_works, language),
            unmodelled=format_number(counts.unmodelled_works, language),
        )
    if answer.total.open_files:
        count = format_number(answer.total.open_files, language)
        yield translate("policy.says.open", language, count=count)


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

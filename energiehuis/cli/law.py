"""`energiehuis law`: check the rules, show those of a day, and rehearse a draft.

`check`, `at` and `answers` read the rule files alone; `impact` needs the database for its files.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from shutil import get_terminal_size
from textwrap import TextWrapper
from time import perf_counter
from typing import Any

import click
import yaml
from rich.console import Console

from energiehuis import clock
from energiehuis.eligibility.brief import POINT, render_answer, render_sources, write_ids
from energiehuis.eligibility.facts import Facts, HouseholdFacts
from energiehuis.eligibility.lines import Trace
from energiehuis.eligibility.rules import evaluate
from energiehuis.eligibility.trace import explain
from energiehuis.eligibility.words import render_full, write_source
from energiehuis.i18n import LANGUAGES, translate
from energiehuis.law.errors import LawFileError
from energiehuis.law.loader import law_of_files, load_law
from energiehuis.law_changes.cases import household_of, package_cases
from energiehuis.law_changes.checking import AgedRule, LawReport, check_law
from energiehuis.law_changes.view import LawLine, LawView, view_law

_DAY = click.DateTime(["%Y-%m-%d"])
_LANGUAGE = click.option(
    "--language", type=click.Choice(LANGUAGES), default="nl", show_default=True
)
_WIDTH = 160
_TEXT_WIDTH = 100
# The days around every turn of the law since 2017.
TURNS = (
    date(2017, 9, 30),
    date(2017, 10, 1),
    date(2018, 12, 31),
    date(2019, 1, 1),
    date(2021, 12, 31),
    date(2022, 1, 1),
    date(2022, 8, 31),
    date(2022, 9, 1),
)
# An invented household: a couple with two children that is a little above ceiling A.
DEMO: Mapping[str, Any] = {
    "borrower_kind": "natural_person",
    "dwelling_in_served_municipality": True,
    "dwelling_in_flemish_region": True,
    "main_residence": True,
    "new_build": False,
    "increased_allowance": False,
    "protected_customer": False,
    "exclusive_night_tariff": False,
    "lets_through_social_rental_agency": False,
    "ocmw_energy_guidance": False,
    "debt_mediation": False,
    "latest_assessment_income": "33500.00",
    "joint_taxable_income": "33000.00",
    "extra_cadastral_income": "0.00",
    "dependents": 2,
    "amount_wished": "12000.00",
    "term_wished_months": 96,
    "works_cost": "14000.00",
    "outstanding": "0.00",
}


@click.group()
def law() -> None:
    """Check, show and rehearse the law."""


@law.command()
@click.option("--day", type=_DAY, help="Day on which the age of checks is judged; today if left.")
@_LANGUAGE
def check(*, day: datetime | None, language: str) -> None:
    """Check all rule files and cases; ends with 1 when something stops."""
    judged_on = day.date() if day else clock.today()
    try:
        report = check_law(load_law(), package_cases(), judged_on)
    except LawFileError as error:
        raise click.ClickException(translate(error.code, language, **error.params)) from error
    counts = {
        "values": report.value_count,
        "sources": report.source_count,
        "cases": report.case_count,
    }
    click.echo(translate("law_changes.check.counts", language, **counts))
    for line in _problems(report, language):
        click.echo(line, err=True)
    if not report.is_sound:
        raise click.exceptions.Exit(1)
    click.echo(translate("law_changes.check.green", language))


@law.command()
@click.argument("day", type=_DAY)
@_LANGUAGE
def at(*, day: datetime, language: str) -> None:
    """Show the whole law of DAY, with its sources."""
    on = day.date()
    _print_view(view_law(load_law().on(on), on, language), language)


@law.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--demo", is_flag=True, help="An invented household instead of a file.")
@click.option("--day", "days", type=_DAY, multiple=True, help="Day to answer for; may be repeated.")
@click.option("--full", is_flag=True, help="Every ground and condition with its whole sources.")
@_LANGUAGE
def answers(
    *, file: Path | None, demo: bool, days: Sequence[datetime], full: bool, language: str
) -> None:
    """Answer one household of FILE (YAML, as in the cases) on the days around every turn."""
    if (file is None) != demo:
        raise click.UsageError("Give a file, or --demo.")
    household = _household(file)
    on = [day.date() for day in days] or list(TURNS)
    click.echo(translate("law_changes.answers.title", language, count=len(on)))
    traces = [answer_on(household, day) for day in on]
    for trace in traces:
        click.echo("")
        if full:
            click.echo("\n".join(render_full(trace, language)))
        else:
            _echo_folded(render_answer(trace, language))
    if not full:
        click.echo("")
        _echo_folded(render_sources(traces, language))


def answer_on(household: HouseholdFacts, day: date) -> Trace:
    """Give the answer of a day, with why."""
    of_day = load_law().on(day)
    outcome = evaluate(Facts.from_records([household]), of_day)
    return explain(household, of_day, outcome, day=day)


@law.command()
@click.argument("draft", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", default="", help="Code of the organisation; the only one if left.")
@click.option("--public", "is_public", is_flag=True, help="Hide small counts and all references.")
@_LANGUAGE
def impact(*, draft: Path, organisation: str, is_public: bool, language: str) -> None:
    """Run DRAFT over all open and past files of the database: who gains, who loses, and where."""
    from energiehuis.access.queries import get_only_organisation_code  # noqa: PLC0415
    from energiehuis.access.service import system_actor_for  # noqa: PLC0415
    from energiehuis.cli.installation import open_database  # noqa: PLC0415
    from energiehuis.cli.law_impact import print_impact  # noqa: PLC0415
    from energiehuis.db.engine import TransactionKind  # noqa: PLC0415  only this one needs rows
    from energiehuis.law_changes.draft_files import read_draft, run_draft_cases  # noqa: PLC0415
    from energiehuis.law_changes.impact import measure_impact  # noqa: PLC0415
    from energiehuis.law_changes.in_force import overlays_beside  # noqa: PLC0415

    started = perf_counter()
    with open_database() as database, database.unit_of_work(TransactionKind.READ) as session:
        code = organisation or get_only_organisation_code(session)
        text = draft.read_text("utf-8")
        others = overlays_beside(session, text)
        try:
            found = read_draft(draft.name, text, law_of_files(), others=others)
        except LawFileError as error:
            raise click.ClickException(translate(error.code, language, **error.params)) from error
        impact = measure_impact(session, system_actor_for(session, code), found)
    run = run_draft_cases(found)
    print_impact(Console(width=_WIDTH), impact, run, language, is_public=is_public)
    seconds = perf_counter() - started
    click.echo(translate("law_changes.impact.seconds", language, seconds=f"{seconds:.1f}"))


def _echo_folded(lines: Iterable[str]) -> None:
    """Print lines folded to the screen; items of a list hang, and an address stays whole."""
    width = min(get_terminal_size((_TEXT_WIDTH, 24)).columns, _TEXT_WIDTH)
    words = TextWrapper(width, break_long_words=False, break_on_hyphens=False)
    for line in lines:
        words.subsequent_indent = "" if line[:1].isalnum() else "  "
        click.echo(words.fill(line))


def _problems(report: LawReport, language: str) -> list[str]:
    lines = [
        translate(
            "law_changes.check.failure",
            language,
            day=failure.day.isoformat(),
            sentence=failure.sentence,
            expected=failure.expected,
            found=failure.found,
        )
        for failure in report.failures
    ]
    lines += [
        translate("law_changes.check.without_case", language, kind=kind, day=day.isoformat())
        for kind, day in report.without_case
    ]
    lines += [_aged("stopped", rule, language) for rule in report.stopped]
    return lines + [_aged("warned", rule, language) for rule in report.warned]


def _aged(kind: str, rule: AgedRule, language: str) -> str:
    return translate(
        f"law_changes.check.{kind}",
        language,
        rule=rule.id,
        day=rule.checked_on.isoformat(),
        days=rule.age_days,
    )


def _print_view(view: LawView, language: str) -> None:
    def say(key: str, **params: object) -> str:
        return translate(f"law_changes.{key}", language, **params)

    last = date.fromordinal(view.law.next_change_on.toordinal() - 1)
    stretch = say("at.stretch", first=view.law.first_day, last=last, version=view.law.version[:12])
    _echo_folded([say("at.title", day=view.day.isoformat()), stretch])
    for section in view.sections:
        click.echo(f"\n{say(f'section.{section.id}')}")
        _echo_folded(POINT + _rule(line, say) for line in section.lines)
        if not section.lines and section.id == "works":
            click.echo(say("at.no_list"))
    click.echo(f"\n{say('at.sources')}")
    _echo_folded(f"[{source.id}] {write_source(source)}" for source in view.sources)


def _rule(line: LawLine, say: Callable[..., str]) -> str:
    form = "condition" if line.valid_from is None else "rule"
    told = say(
        f"at.{form}", what=line.what, value=line.value, first=line.valid_from, basis=line.basis
    )
    return f"{told} {write_ids(line.source_ids)}"


def _household(file: Path | None) -> HouseholdFacts:
    if file is None:
        return household_of(DEMO)
    try:
        return household_of(yaml.safe_load(file.read_text("utf-8")))
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise click.ClickException(f"{file.name} is no household of a case: {error}.") from error

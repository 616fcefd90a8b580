"""`energiehuis schedule`: the repayment of one loan, as a table or as JSON."""

from datetime import date, datetime
from decimal import Decimal

import click
import orjson
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from energiehuis.cli.loan_options import basis_points, cents_above_zero
from energiehuis.i18n import LANGUAGES, translate
from energiehuis.loans.schedule import ROUNDINGS, RepaymentPlan, add_months
from energiehuis.money import format_euro, format_number, format_plain
from energiehuis.simulation.contract_plan import (
    CONVENTIONS,
    REPAYMENTS,
    ContractTerms,
    month_rate_of,
    plan_contract,
    rate_by_day,
    unrounded_instalment_cents,
)
from savings_model.apr import regular_annual_percentage_rate

_AMOUNTS = ("instalment", "interest", "principal", "balance")
_DAY = click.DateTime(["%Y-%m-%d"])
_MONTHS_OF_FIRST_PERIOD = 12


@click.command()
@click.option(
    "--principal", required=True, callback=cents_above_zero, help="Euros: 15000 or 15.000,00."
)
@click.option("--rate", required=True, callback=basis_points, help="Percent a year: 0, 1 or 1,25.")
@click.option("--months", required=True, type=click.IntRange(1, 1200), help="Number of months.")
@click.option("--rounding", type=click.Choice(sorted(ROUNDINGS)), default="down", show_default=True)
@click.option(
    "--repayment",
    type=click.Choice(sorted(REPAYMENTS)),
    default="constant",
    show_default=True,
    help="What stays equal: the instalment or the principal in it.",
)
@click.option("--grace", type=click.IntRange(0, 1199), default=0, help="Months without payment.")
@click.option(
    "--interest-only",
    type=click.IntRange(0, 1199),
    default=0,
    help="Months with interest only, after the grace.",
)
@click.option(
    "--convention",
    type=click.Choice(sorted(CONVENTIONS)),
    default="actuarial",
    show_default=True,
    help="Rate of a month: (1 + rate)^(1/12) - 1, or rate / 12.",
)
@click.option("--first-due", type=_DAY, help="Day of the first instalment.")
@click.option("--drawn-on", type=_DAY, help="Day of the payout: adds the JKP to the day.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, amounts as text.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
def schedule(
    *,
    first_due: datetime | None,
    drawn_on: datetime | None,
    as_json: bool,
    language: str,
    **asked: int | str,
) -> None:
    """Show the repayment of one loan, to the cent.

    Options, fields and what stands behind them: docs/how-to/schedule.md.
    """
    terms = _terms(asked)
    due = first_due.date() if first_due else None
    drawn = _drawn(drawn_on.date(), due) if drawn_on else None
    try:
        plan = plan_contract(terms, due)
    except OverflowError as error:
        raise click.BadParameter(f"gives {error}", param_hint="'--first-due'") from error
    if as_json:
        document = as_document(terms, plan, drawn)
        click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    else:
        _print(terms, plan, drawn, language=language)


def as_document(
    terms: ContractTerms, plan: RepaymentPlan, drawn_on: date | None = None
) -> dict[str, object]:
    """Give a plan as JSON holds it: amounts in euros as text, rates in percent as numbers.

    The fields in cents are whole numbers, for programs. What does not exist is null.
    """
    equal_cents = plan.instalment_cents * plan.term_months
    exact_cents = unrounded_instalment_cents(terms)
    return {
        "principal": format_plain(plan.principal_cents),
        "rate_percent": f"{Decimal(plan.rate_basis_points) / 100:f}",
        "month_rate_percent": round(month_rate_of(terms) * 100, 6),
        "term_months": plan.term_months,
        "rounding": plan.rounding,
        "repayment": terms.repayment,
        "grace_months": terms.grace_months,
        "interest_only_months": terms.interest_only_months,
        "convention": terms.convention,
        "instalment": format_plain(plan.instalment_cents),
        "instalment_unrounded": None if exact_cents is None else f"{exact_cents / 100:.6f}",
        "last_instalment": format_plain(plan.last_instalment_cents),
        "total": format_plain(plan.total_cents),
        "total_of_equal_instalments": format_plain(equal_cents) if terms.repays_alike else None,
        "total_interest": format_plain(plan.total_interest_cents),
        "principal_cents": plan.principal_cents,
        "instalment_cents": plan.instalment_cents,
        "last_instalment_cents": plan.last_instalment_cents,
        "total_cents": plan.total_cents,
        "total_interest_cents": plan.total_interest_cents,
        "annual_percentage_rate_percent": _percent(plan.annual_percentage_rate),
        "annual_percentage_rate_of_equal_instalments_percent": _percent(rate_of_equal(terms, plan)),
        "drawn_on": drawn_on,
        "annual_percentage_rate_by_day_percent": _percent(_by_day(plan, drawn_on)),
        "rows": [
            {
                "number": row.number,
                "due_on": row.due_on,
                "instalment": format_plain(row.instalment_cents),
                "interest": format_plain(row.interest_cents),
                "principal": format_plain(row.principal_cents),
                "balance": format_plain(row.balance_cents),
            }
            for row in plan.rows
        ],
    }


def rate_of_equal(terms: ContractTerms, plan: RepaymentPlan) -> float | None:
    """Give the JKP as lenders publish it: of n instalments that are all like the first.

    None where instalments are not alike, or where so many do not even repay the principal.
    """
    repaid_cents = plan.instalment_cents * plan.term_months
    if not terms.repays_alike or repaid_cents < plan.principal_cents:
        return None
    found = regular_annual_percentage_rate(
        [plan.principal_cents], [plan.instalment_cents], [plan.term_months]
    )
    return float(found[0])


def _terms(asked: dict[str, int | str]) -> ContractTerms:
    months, grace = int(asked["months"]), int(asked["grace"])
    interest_only = int(asked["interest_only"])
    for hint, start in (("--grace", grace), ("--interest-only", grace + interest_only)):
        if start >= months:
            limit = f"leaves no month to repay in: {start} of {months} months"
            raise click.BadParameter(limit, param_hint=f"'{hint}'")
    return ContractTerms(
        int(asked["principal"]),
        int(asked["rate"]),
        months,
        rounding=str(asked["rounding"]),
        repayment=str(asked["repayment"]),
        grace_months=grace,
        interest_only_months=interest_only,
        convention=str(asked["convention"]),
    )


def _drawn(drawn_on: date, first_due: date | None) -> date:
    if first_due is None:
        raise click.BadParameter("needs --first-due as well", param_hint="'--drawn-on'")
    if not drawn_on < first_due <= add_months(drawn_on, _MONTHS_OF_FIRST_PERIOD):
        limit = f"must lie before the first instalment, {_MONTHS_OF_FIRST_PERIOD} months at most"
        raise click.BadParameter(limit, param_hint="'--drawn-on'")
    return drawn_on


def _by_day(plan: RepaymentPlan, drawn_on: date | None) -> float | None:
    return rate_by_day(plan, drawn_on) if drawn_on else None


def _percent(share: float | None) -> float | None:
    # Adding zero turns a negative zero, which no one wants to read, into zero.
    return None if share is None else round(share * 100, 4) + 0.0


def _print(
    terms: ContractTerms, plan: RepaymentPlan, drawn_on: date | None, *, language: str
) -> None:
    console = Console()
    console.print(_table(plan, language))
    rates = {
        "rate": plan.annual_percentage_rate,
        "equal": rate_of_equal(terms, plan),
        "by_day": _by_day(plan, drawn_on),
    }
    total, interest = plan.total_cents, plan.total_interest_cents
    amounts = {"total": format_euro(total, language), "interest": format_euro(interest, language)}
    console.print(translate("cli.schedule.total", language, **amounts))
    for name, share in rates.items():
        percent = _percent(share)
        if percent is not None:
            shown = format_number(percent, language, decimals=4)
            console.print(translate(f"cli.schedule.{name}", language, percent=shown))


def _table(plan: RepaymentPlan, language: str) -> Table:
    has_days = plan.rows[0].due_on is not None
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("number", "due_on", *_AMOUNTS) if has_days else ("number", *_AMOUNTS):
        heading = translate(f"cli.schedule.{name}", language)
        table.add_column(heading, justify="right", no_wrap=True)
    for row in plan.rows:
        amounts = (row.instalment_cents, row.interest_cents, row.principal_cents, row.balance_cents)
        days = [f"{row.due_on:%d/%m/%Y}"] if row.due_on else []
        cells = (format_euro(cents, language) for cents in amounts)
        table.add_row(str(row.number), *days, *cells)
    return table

"""`energiehuis schedule`: the repayment of one loan, as a table or as JSON."""

import math
from datetime import date, datetime
from decimal import Decimal

import click
import orjson
from rich.console import Console
from rich.table import Table

from energiehuis.i18n import LANGUAGES, translate
from energiehuis.loans.schedule import ROUNDINGS, RepaymentPlan, plan_repayment
from energiehuis.money import format_euro, format_number, format_plain, parse_belgian_cents
from savings_model.apr import regular_annual_percentage_rate

_COLUMNS = ("number", "due_on", "instalment", "interest", "principal", "balance")


@click.command()
@click.option("--principal", required=True, help="Amount in euros: 15000 or 15.000,00.")
@click.option("--rate", required=True, help="Rate a year in percent: 0, 1 or 1,25.")
@click.option("--months", required=True, type=click.IntRange(1, 1200), help="Number of months.")
@click.option("--rounding", type=click.Choice(sorted(ROUNDINGS)), default="down", show_default=True)
@click.option("--first-due", type=click.DateTime(["%Y-%m-%d"]), help="Day of the first instalment.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, amounts as text.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
def schedule(
    *,
    principal: str,
    rate: str,
    months: int,
    rounding: str,
    first_due: datetime | None,
    **output: str | bool,
) -> None:
    """Show the repayment of one loan, to the cent."""
    try:
        plan = plan_repayment(
            _cents(principal),
            _basis_points(rate),
            term_months=months,
            rounding=rounding,
            first_due_on=first_due.date() if first_due else None,
        )
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if output["as_json"]:
        click.echo(orjson.dumps(as_document(plan), option=orjson.OPT_INDENT_2))
    else:
        _print(plan, str(output["language"]))


def as_document(plan: RepaymentPlan) -> dict[str, object]:
    """Give a plan as JSON holds it: amounts in euros as text, the rate in percent."""
    return {
        "principal": format_plain(plan.principal_cents),
        "rate_percent": f"{Decimal(plan.rate_basis_points) / 100:f}",
        "term_months": plan.term_months,
        "rounding": plan.rounding,
        "instalment": format_plain(plan.instalment_cents),
        "last_instalment": format_plain(plan.last_instalment_cents),
        "total": format_plain(plan.total_cents),
        "total_of_equal_instalments": format_plain(plan.instalment_cents * plan.term_months),
        "total_interest": format_plain(plan.total_interest_cents),
        "annual_percentage_rate_percent": round(plan.annual_percentage_rate * 100, 4),
        "annual_percentage_rate_of_equal_instalments_percent": round(rate_of_equal(plan) * 100, 4),
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


def rate_of_equal(plan: RepaymentPlan) -> float:
    """Give the JKP as lenders publish it: of n instalments that are all like the first.

    Not a number where rounding down makes them nothing.
    """
    if plan.instalment_cents == 0:
        return math.nan
    found = regular_annual_percentage_rate(
        [plan.principal_cents], [plan.instalment_cents], [plan.term_months]
    )
    return float(found[0])


def _print(plan: RepaymentPlan, language: str) -> None:
    table = Table(*(translate(f"cli.schedule.{name}", language) for name in _COLUMNS))
    for row in plan.rows:
        amounts = (row.instalment_cents, row.interest_cents, row.principal_cents, row.balance_cents)
        cells = (format_euro(cents, language) for cents in amounts)
        table.add_row(str(row.number), _day(row.due_on), *cells)
    console = Console()
    console.print(table)
    console.print(
        translate(
            "cli.schedule.total",
            language,
            total=format_euro(plan.total_cents, language),
            interest=format_euro(plan.total_interest_cents, language),
            rate=format_number(plan.annual_percentage_rate * 100, language, decimals=4),
            equal=format_number(rate_of_equal(plan) * 100, language, decimals=4),
        )
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else "-"


def _cents(text: str) -> int:
    try:
        return parse_belgian_cents(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--principal") from error


def _basis_points(text: str) -> int:
    try:
        hundredths = Decimal(text.replace(",", ".")) * 100
        if hundredths == int(hundredths) and 0 <= hundredths <= 10_000:
            return int(hundredths)
    except ArithmeticError as error:
        raise click.BadParameter(f"not a percentage: {text!r}", param_hint="--rate") from error
    raise click.BadParameter("between 0 and 100, two decimals at most", param_hint="--rate")

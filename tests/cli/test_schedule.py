"""The repayment of one loan by the command line: published loans to the cent, and the days."""

import json

import pytest
from click.testing import CliRunner

from energiehuis.__main__ import main
from energiehuis.loans.schedule import plan_repayment
from energiehuis.simulation.contract_plan import ContractTerms, plan_contract

LOAN = ("--principal", "15000", "--rate", "1", "--months", "120")
# Amount, rate, months, rounding; then instalment, last instalment, total of equal instalments,
# and their JKP to the digits that the source gives. T1: Duwolim (energy-loan pages S34, S35).
# D1, D2, D4: worked out by hand from the base equation, no published example was found.
LOANS = [
    (("10000", "2", "60"), "down", "175.19", None, "10511.40", 1.998),  # T1
    (("15000", "0", "120"), "down", "125.00", "125.00", "15000.00", 0.0),  # D1
    (("15000", "1", "120"), "down", "131.37", None, "15764.40", 0.9990),  # D2
    (("15000", "1", "120"), "half_up", "131.38", None, "15765.60", 1.0005),  # D2
    (("10000", "0", "60"), "half_up", "166.67", "166.47", "10000.20", None),  # D4
]


def _run(*arguments: str):
    return CliRunner().invoke(main, ["schedule", *arguments])


def _plan(*arguments: str) -> dict:
    result = _run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def _cents(text: str) -> int:
    euros, cents = text.split(".")
    assert len(cents) == 2
    return int(euros + cents)


@pytest.mark.parametrize(("asked", "rounding", "instalment", "last", "total", "rate"), LOANS)
def test_loans_come_out_as_published(asked, rounding, instalment, last, total, rate):
    principal, percent, months = asked
    options = ("--principal", principal, "--rate", percent, "--months", months)
    plan = _plan(*options, "--rounding", rounding)
    assert (plan["instalment"], plan["total_of_equal_instalments"]) == (instalment, total)
    if last is not None:
        assert plan["last_instalment"] == last
    found = plan["annual_percentage_rate_of_equal_instalments_percent"]
    if rate is not None:
        assert found == pytest.approx(rate, abs=0.5e-4 if rate != 1.998 else 0.5e-3)


def test_what_is_derived_for_one_percent_is_met_to_the_digit():
    plan = _plan(*LOAN)
    # D2: 131.376535 exact.
    assert plan["instalment_unrounded"] == "131.376535"
    # Rounding up passes the rate of the law, rounding down does not: 175.20 gives 2.0004 %.
    up = _plan("--principal", "10000", "--rate", "2", "--months", "60", "--rounding", "half_up")
    assert up["annual_percentage_rate_of_equal_instalments_percent"] == 2.0004


def test_the_month_rate_is_the_one_that_vlaams_woningfonds_prints():
    plan = _plan("--principal", "1000", "--rate", "2", "--months", "12")
    assert f"{plan['month_rate_percent']:.4f}" == "0.1652"


def test_a_dutch_loan_counts_by_another_convention():
    # N1: a Dutch lender prints 93.37 for rate / 12, which gives 93.363 before rounding. With
    # the Belgian month rate it would be another instalment.
    asked = ("--principal", "10000", "--rate", "2,3", "--months", "120")
    nominal = _plan(*asked, "--convention", "nominal")
    assert nominal["instalment_unrounded"].startswith("93.363")
    assert _plan(*asked)["instalment"] != nominal["instalment"]
    duwolim = ("--principal", "10000", "--rate", "2", "--months", "60", "--convention", "nominal")
    # The table of the same source: 175.2776 at rate / 12.
    assert _plan(*duwolim)["instalment_unrounded"].startswith("175.2776")


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--rounding", "half_up"),
        ("--convention", "nominal"),
        ("--repayment", "equal-principal"),
        ("--grace", "6"),
        ("--grace", "6", "--interest-only", "12"),
        ("--repayment", "equal-principal", "--interest-only", "12"),
    ],
)
def test_rows_add_up_to_what_stands_above_them(options):
    plan = _plan(*LOAN, *options)
    rows = [
        {name: _cents(row[name]) for name in ("instalment", "interest", "principal", "balance")}
        for row in plan["rows"]
    ]
    owed = plan["principal_cents"]
    for row in rows:
        assert row["instalment"] == row["interest"] + row["principal"]
        assert row["balance"] == owed - row["principal"]
        owed = row["balance"]
    assert owed == 0
    assert sum(row["instalment"] for row in rows) == plan["total_cents"] == _cents(plan["total"])
    assert sum(row["interest"] for row in rows) == plan["total_interest_cents"]
    assert rows[-1]["instalment"] == plan["last_instalment_cents"]
    start = plan["grace_months"] + plan["interest_only_months"]
    assert rows[start]["instalment"] == plan["instalment_cents"] == _cents(plan["instalment"])
    # The actuarial rate is the yearly rate itself; the nominal one is above it.
    expected = 1.0046 if "nominal" in options else 1.0
    assert plan["annual_percentage_rate_percent"] == pytest.approx(expected, abs=2e-4)


def test_a_slow_start_pays_nothing_and_then_interest():
    rows = _plan(*LOAN, "--grace", "2", "--interest-only", "2")["rows"]
    assert [row["instalment"] for row in rows[:2]] == ["0.00", "0.00"]
    # 15,000 at 0.0829538 % a month: 12.44, then 12.45 on 15,012.44.
    assert [row["balance"] for row in rows[:2]] == ["15012.44", "15024.89"]
    assert [(row["instalment"], row["principal"]) for row in rows[2:4]] == [("12.46", "0.00")] * 2


def test_equal_principal_falls_by_the_interest():
    rows = _plan(*LOAN, "--repayment", "equal-principal")["rows"]
    assert {row["principal"] for row in rows} == {"125.00"}
    assert (rows[0]["instalment"], rows[-1]["instalment"]) == ("137.44", "125.10")


@pytest.mark.parametrize("principal_cents", [1, 99, 1_000_000, 1_500_000, 10_000_000_000])
@pytest.mark.parametrize("rate_basis_points", [0, 100, 200, 10_000])
@pytest.mark.parametrize("term_months", [1, 7, 120, 1200])
def test_the_command_and_the_contract_show_the_same_loan(
    principal_cents, rate_basis_points, term_months
):
    terms = ContractTerms(principal_cents, rate_basis_points, term_months)
    plain = plan_repayment(principal_cents, rate_basis_points, term_months=term_months)
    assert plan_contract(terms) == plain


def test_days_fall_on_the_same_day_or_on_the_last_of_a_shorter_month():
    days = [row["due_on"] for row in _plan(*LOAN, "--first-due", "2019-01-31")["rows"]]
    assert days[:4] == ["2019-01-31", "2019-02-28", "2019-03-31", "2019-04-30"]
    assert (days[13], days[-1]) == ("2020-02-29", "2028-12-31")
    assert {row["due_on"] for row in _plan(*LOAN)["rows"]} == {None}


def test_the_rate_to_the_day_is_given_with_the_day_of_the_payout():
    first_due = ("--first-due", "2019-03-01")
    assert _plan(*LOAN, *first_due)["annual_percentage_rate_by_day_percent"] is None
    month = _plan(*LOAN, *first_due, "--drawn-on", "2019-02-01")
    quarter = _plan(*LOAN, *first_due, "--drawn-on", "2018-12-01")
    # No amount changes; money that is used two months longer is cheaper.
    assert month["rows"] == quarter["rows"]
    by_day = [p["annual_percentage_rate_by_day_percent"] for p in (month, quarter)]
    assert by_day[0] == pytest.approx(1.0, abs=0.003)
    assert by_day[1] == pytest.approx(1.0 * 60.5 / 62.5, abs=0.003)
    # 101 euro, 365 days after 100, is 1 % exactly: a month at 12.68 % rounds down to 101.00.
    once = ("--principal", "100", "--rate", "12,68", "--months", "1", "--first-due", "2019-02-01")
    one = _plan(*once, "--drawn-on", "2018-02-01")
    assert (one["total"], one["annual_percentage_rate_by_day_percent"]) == ("101.00", 1.0)


def test_what_does_not_exist_is_null_and_never_nan():
    tiny = _plan("--principal", "0.01", "--rate", "0", "--months", "3")
    assert tiny["annual_percentage_rate_of_equal_instalments_percent"] is None
    assert (tiny["annual_percentage_rate_percent"], tiny["last_instalment"]) == (0.0, "0.01")
    slow = _plan(*LOAN, "--grace", "1")
    assert (slow["instalment_unrounded"], slow["total_of_equal_instalments"]) == (None, None)
    assert "nan" not in _run("--principal", "0.01", "--rate", "0", "--months", "3").stdout.lower()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ("Vervaldag", "31/01/2019", "€ 131,37", "Totaal € 15.765,18", "JKP")),
        ("fr", ("Échéance", "31/01/2019", "131,37 €", "Total 15 765,18 €", "TAEG")),
        ("en", ("Due on", "31/01/2019", "131,37", "Total", "Annual percentage rate")),
    ],
)
def test_people_read_a_table_in_their_language(language, words):
    result = _run(*LOAN, "--first-due", "2019-01-31", "--language", language)
    assert result.exit_code == 0
    text = result.stdout.replace("\u00a0", " ").replace("\u202f", " ")
    assert [word for word in words if word not in text] == []
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("written", ["15000", "15.000,00", "15 000,00", "15000.00", "€ 15.000"])
@pytest.mark.parametrize("percent", ["1", "1,00", "1.0", "1%", "1 %"])
def test_amounts_and_rates_are_read_as_people_write_them(written, percent):
    plan = _plan("--principal", written, "--rate", percent, "--months", "120")
    assert (plan["principal"], plan["instalment"]) == ("15000.00", "131.37")


@pytest.mark.parametrize(
    ("option", "value", "limit"),
    [
        *(("--principal", v, "from 0.01 to 100000000.00 euro") for v in ("0", "-5", "abc", "")),
        *(("--principal", v, "from 0.01 to 100000000.00 euro") for v in ("1e30", "nan", "1,234")),
        ("--principal", "100000000.01", "from 0.01 to 100000000.00 euro"),
        *(("--rate", v, "from 0 to 100") for v in ("-1", "300", "nan", "inf", "een", "1.234", "")),
        *(("--months", v, "1<=x<=1200") for v in ("0", "1201", "-12")),
        ("--months", "12.5", "not a valid integer"),
        ("--rounding", "up", "not one of"),
        ("--repayment", "bullet", "not one of"),
        ("--grace", "120", "leaves no month to repay in: 120 of 120 months"),
        ("--interest-only", "120", "leaves no month to repay in: 120 of 120 months"),
        ("--grace", "-1", "0<=x<=1199"),
        ("--first-due", "31/01/2019", "does not match the format"),
        ("--first-due", "9999-12-31", "days after the year 9999"),
        ("--drawn-on", "2019-01-01", "needs --first-due as well"),
    ],
)
def test_an_option_outside_its_limits_is_named_and_nothing_is_written(option, value, limit):
    result = _run(*LOAN, option, value, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert isinstance(result.exception, SystemExit)
    message = " ".join(result.stderr.split())
    assert f"Invalid value for '{option}'" in message
    assert limit in message


@pytest.mark.parametrize("drawn_on", ["2019-03-01", "2019-04-01", "2018-02-28"])
def test_a_payout_lies_before_the_first_instalment_and_not_years_before(drawn_on):
    result = _run(*LOAN, "--first-due", "2019-03-01", "--drawn-on", drawn_on)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'--drawn-on': must lie before the first instalment, 12 months" in result.stderr

"""Full schedules of a whole book by pandas, polars, DuckDB and JAX, each as its users write it.

The frames have a row for each month of each loan and take the balance of the annuity formula,
rounded to the cent; what a month repays is the difference of two balances, the last instalment
takes what is left. JAX walks the months as the contract says, with all loans side by side.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import duckdb
import jax
import jax.numpy as jnp
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from benchmarks.peers.cells import Book, Cells

jax.config.update("jax_enable_x64", True)  # noqa: FBT003  its only form

Peer = Callable[[], object]


class Form(NamedTuple):
    """What is timed, and how to read its answer."""

    run: Peer
    read: Callable[[object], Cells]


def with_pandas(book: Book) -> Form:
    """Repeat the row of a loan for each of its months, then work on whole columns."""
    loans = pd.DataFrame(book.columns())

    def run() -> pd.DataFrame:
        rows = loans.loc[loans.index.repeat(loans["term"])]
        month = rows.groupby(level=0, sort=False).cumcount() + 1
        rate, due = rows["rate"], rows["instalment"]
        growth = (1 + rate) ** month
        owed = rows["principal"] * growth - due * (growth - 1) / rate
        owed = owed.where(rate > 0, rows["principal"] - due * month).round()
        is_last = month == rows["term"]
        balance = owed.mask(is_last, 0.0)
        before = balance.shift().where(month > 1, rows["principal"])
        repaid = before - balance
        interest = (due - repaid).where(~is_last, (before * rate).round())
        columns = {"loan": rows.index, "month": month, "instalment": interest + repaid}
        return pd.DataFrame(
            columns | {"interest": interest, "repaid": repaid, "balance": balance}, copy=False
        )

    return Form(run, lambda frame: Cells.of_frame(lambda name: frame[name].to_numpy()))


def with_polars(book: Book) -> Form:
    """Explode a list of months, in one lazy query."""
    loans = pl.DataFrame(book.columns()).with_row_index("loan")
    principal, rate, due, month = map(pl.col, ("principal", "rate", "instalment", "month"))
    is_last, growth = month == pl.col("term"), (1 + rate) ** month
    owed = pl.when(rate > 0).then(principal * growth - due * (growth - 1) / rate)
    owed = owed.otherwise(principal - due * month).round()
    before = pl.when(month == 1).then(principal).otherwise(pl.col("balance").shift(1))
    interest = pl.when(is_last).then((pl.col("before") * rate).round())
    query = (
        loans.lazy()
        .with_columns(month=pl.int_ranges(1, pl.col("term") + 1))
        .explode("month")
        .with_columns(balance=pl.when(is_last).then(0.0).otherwise(owed))
        .with_columns(before=before)
        .with_columns(repaid=pl.col("before") - pl.col("balance"))
        .with_columns(interest=interest.otherwise(due - pl.col("repaid")))
        .with_columns(instalment=pl.col("interest") + pl.col("repaid"))
        .select("loan", "month", "instalment", "interest", "repaid", "balance")
    )
    return Form(query.collect, lambda frame: Cells.of_frame(lambda name: frame[name].to_numpy()))


_SQL = """
WITH months AS (
    SELECT loan, principal, rate, instalment, term, unnest(range(1, term + 1)) AS month FROM loans
), walked AS (
    SELECT *, month = term AS is_last,
        round(CASE WHEN rate > 0
            THEN principal * pow(1 + rate, month) - instalment * (pow(1 + rate, month) - 1) / rate
            ELSE principal - instalment * month END) AS after,
        round(CASE WHEN rate > 0
            THEN principal * pow(1 + rate, month - 1)
                - instalment * (pow(1 + rate, month - 1) - 1) / rate
            ELSE principal - instalment * (month - 1) END) AS before
    FROM months
), paid AS (
    SELECT *, CASE WHEN is_last THEN 0 ELSE after END AS balance,
        CASE WHEN is_last THEN before ELSE before - after END AS repaid,
        CASE WHEN is_last THEN round(before * rate) ELSE instalment - before + after END AS interest
    FROM walked
)
SELECT loan, month, interest + repaid AS instalment, interest, repaid, balance FROM paid
"""


def with_duckdb(book: Book) -> Form:
    """Unnest the months in SQL and take the answer as an Arrow table."""
    connection = duckdb.connect()
    columns = book.columns() | {"loan": np.arange(book.principal.size)}
    connection.register("loans", pa.table(columns))

    def run() -> pa.Table:
        return connection.sql(_SQL).to_arrow_table()

    return Form(run, lambda table: Cells.of_frame(lambda name: table[name].to_numpy()))


@partial(jax.jit, static_argnames="months")
def _jax_walk(principal, rate, due, term, *, months):
    def month_of(balance, month):
        is_last = month == term
        interest = jnp.floor(balance * rate + 0.5)
        repaid = jnp.where(is_last, balance, jnp.where(month < term, due - interest, 0.0))
        after = balance - repaid
        return after, (interest + repaid, interest, repaid, after)

    return jax.lax.scan(month_of, principal, jnp.arange(1, months + 1))[1]


def with_jax(book: Book) -> Form:
    """Walk the months with all loans side by side, compiled beforehand."""
    arrays = [jnp.asarray(part) for part in (book.principal, book.rate, book.instalment, book.term)]
    months = int(book.term.max())

    def run() -> tuple[jax.Array, ...]:
        return jax.block_until_ready(_jax_walk(*arrays, months=months))

    return Form(run, lambda parts: Cells(*(np.asarray(part) for part in parts)))

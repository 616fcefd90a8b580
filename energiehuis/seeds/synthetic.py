"""Portfolios of any size from the documented distributions and a seed."""

from collections.abc import Iterator

from numpy.random import default_rng

from energiehuis.access.actor import SYSTEM
from energiehuis.db.unit_of_work import Database
from energiehuis.loans.bulk import register_applications
from energiehuis.loans.bulk_entries import BulkEntry
from energiehuis.seeds.applications import draw_applications, list_commands
from energiehuis.seeds.households import plan_priority
from energiehuis.seeds.outcomes import decided_entries
from energiehuis.seeds.progress import Report
from energiehuis.seeds.volume import plan_intake

BATCH = 5_000


def generate_portfolio(count: int, seed: int, *, first_number: int = 1) -> list[BulkEntry]:
    """Make decided applications, in the order in which they came in.

    The same count and seed give the same applications. Nothing is scaled to a printed result.

    Parameters
    ----------
    count : int
        Number of applications. [applications]
    seed : int
        Seed of the generator. [-]
    first_number : int
        Lowest house number, so that two portfolios need not share a dwelling. [-]

    Returns
    -------
    list of BulkEntry
        Ready for the bulk path. [-]
    """
    rng = default_rng(seed)
    intake = plan_intake(count, rng)
    drawn = draw_applications(intake, plan_priority(intake, rng), rng, first_number=first_number)
    return decided_entries(drawn, list_commands(drawn), rng)


def fill(
    database: Database, count: int, *, seed: int, report: Report, first_number: int = 1
) -> None:
    """Put a large portfolio into a database that holds the organisations; for benchmarks.

    Each batch is a transaction of its own.

    Parameters
    ----------
    database : Database
        With the newest schema and the region. [-]
    count : int
        Number of applications. [applications]
    seed : int
        Seed of the generator. [-]
    report : callable
        Told how far it is. [-]
    first_number : int
        Lowest house number: a loan on a dwelling that has one already may be refused. [-]
    """
    entries = generate_portfolio(count, seed, first_number=first_number)
    for start, batch in _batches(entries):
        with database.unit_of_work() as session:
            register_applications(session, SYSTEM, batch)
        report("applications", start + len(batch), count)


def _batches(entries: list[BulkEntry]) -> Iterator[tuple[int, list[BulkEntry]]]:
    for start in range(0, len(entries), BATCH):
        yield start, entries[start : start + BATCH]

"""Loading the demo region: once, whole or not at all, through the services."""

from sqlalchemy.orm import Session

from energiehuis.access.actor import SYSTEM
from energiehuis.access.organisations import has_organisation
from energiehuis.access.service import system_actor_for
from energiehuis.db.engine import TransactionKind
from energiehuis.db.unit_of_work import Database
from energiehuis.loans.bulk import register_applications
from energiehuis.loans.bulk_entries import BulkEntry
from energiehuis.seeds.programmes import PROGRAMMES
from energiehuis.seeds.progress import Report
from energiehuis.seeds.recent import recent_entries
from energiehuis.seeds.region import (
    add_demo_account,
    add_region,
    demo_sign_ins,
    organisation_code,
)
from energiehuis.seeds.synthetic import generate_portfolio
from energiehuis.seeds.tables import distribution

SEED = 20190331
_BATCH = 500


def load_demo_region(database: Database, *, report: Report) -> None:
    """Fill a migrated database with the demo region; a second time nothing happens.

    Only for a demo: it adds accounts whose password is published.

    Parameters
    ----------
    database : Database
        With the newest schema. [-]
    report : callable
        Told the step, what is done and what there is to do; `already_loaded` when there is
        nothing to do. [-]
    """
    if is_demo_loaded(database):
        report("already_loaded", 1, 1)
        return
    report("drawing", 0, 1)
    past = generate_portfolio(distribution("application_count"), SEED)
    recent = recent_entries(SEED)
    report("drawing", 1, 1)
    with database.unit_of_work() as session:
        add_region(session, SYSTEM)
        sign_ins = demo_sign_ins()
        for number, sign_in in enumerate(sign_ins, start=1):
            add_demo_account(session, SYSTEM, sign_in)
            report("accounts", number, len(sign_ins))
        _register(session, [*past, *recent], report)
        session.flush()
        worker = system_actor_for(session, organisation_code())
        for number, (_name, add_programme) in enumerate(PROGRAMMES, start=1):
            add_programme(session, worker)
            report("programmes", number, len(PROGRAMMES))
    report("committed", 1, 1)


def is_demo_loaded(database: Database) -> bool:
    """Say whether the demo region stands in a database."""
    with database.unit_of_work(TransactionKind.READ) as session:
        return has_organisation(session, organisation_code())


def _register(session: Session, entries: list[BulkEntry], report: Report) -> None:
    """Register in some steps of one transaction, to show how far it is."""
    for start in range(0, len(entries), _BATCH):
        report("applications", start, len(entries))
        register_applications(session, SYSTEM, entries[start : start + _BATCH])
    report("applications", len(entries), len(entries))

"""Loading the demo region: complete, once, and with a worklist that is alive."""

import shutil
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine, func, select

from energiehuis import clock
from energiehuis.access.actor import SYSTEM
from energiehuis.access.models import Account, Organisation
from energiehuis.access.permissions import Role
from energiehuis.access.service import check_password
from energiehuis.audit.verify import verify
from energiehuis.db.unit_of_work import Database
from energiehuis.loans.models import Loan, LoanApplication, LoanDecision
from energiehuis.loans.sealing import seal_of
from energiehuis.loans.states import OPEN_STATUSES
from energiehuis.seeds.demo import is_demo_loaded, load_demo_region
from energiehuis.seeds.region import add_region, demo_password, demo_sign_ins
from energiehuis.seeds.synthetic import fill
from energiehuis.seeds.tables import distribution, read_table

ROOT = Path(__file__).parents[3]
ENGINES = ("sqlite", "postgresql")
END = date(2019, 4, 1)


class Reports(list):
    """What a load said of its progress."""

    def __call__(self, *report: object) -> None:
        self.append(report)


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture(scope="module", params=ENGINES)
def loaded_with(request, tmp_path_factory):
    """One loaded database an engine, only read by the tests, with what the load said."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("demo") / "demo.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite:///{path}"
    else:
        admin = request.getfixturevalue("postgresql_admin_url")
        template = request.getfixturevalue("postgresql_template")
        url = admin.set(database=f"energiehuis_demo_{uuid4().hex}")
        engine = create_engine(admin, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {url.database} TEMPLATE {template}")
        url = url.render_as_string(hide_password=False)
    database = Database(url)
    said = Reports()
    load_demo_region(database, report=said)
    yield database, said
    database.dispose()


@pytest.fixture
def loaded(loaded_with):
    return loaded_with[0]


def test_the_demo_region_loads_whole_and_a_second_time_does_nothing(loaded_with, reports):
    loaded, said = loaded_with
    assert is_demo_loaded(loaded)
    assert ("applications", 2452, 2452) in said
    assert said[-1] == ("committed", 1, 1)
    with loaded.unit_of_work() as session:
        before = session.scalar(select(func.count()).select_from(LoanApplication))
        past = session.scalar(select(func.count()).where(LoanApplication.applied_on < END))
        harelbeke = session.scalar(
            select(func.count()).where(
                LoanApplication.nis_code == "34013", LoanApplication.applied_on < END
            )
        )
        assert verify(session).faults == ()
        for decision in session.scalars(select(LoanDecision).limit(50)):
            assert seal_of(decision.sealed) == decision.seal
    # W13 presentation, spring 2019: 2,412 applications, 275 in Harelbeke.
    assert (before, past, harelbeke) == (2452, 2412, 275)
    load_demo_region(loaded, report=reports)
    assert reports == [("already_loaded", 1, 1)]
    with loaded.unit_of_work() as session:
        assert session.scalar(select(func.count()).select_from(LoanApplication)) == before


def test_the_worklist_holds_open_applications_of_every_outcome(loaded):
    with loaded.unit_of_work() as session:
        rows = session.scalars(
            select(LoanApplication).where(LoanApplication.status.in_(OPEN_STATUSES))
        ).all()
    assert len(rows) == 40
    assert {row.status for row in rows} == set(OPEN_STATUSES)
    assert {row.outcome for row in rows} == {"eligible", "undetermined", "not_eligible"}
    assert all(0 < (clock.today() - row.applied_on).days <= 75 for row in rows)
    legal = [row for row in rows if row.borrower_kind != "natural_person"]
    # Legal persons borrow at 1 % in the own offer.
    assert [(row.product_code, row.rate_basis_points) for row in legal] == [
        ("own_offer_legal_person", 100)
    ] * 2


def test_loans_carry_the_rate_of_their_day(loaded):
    with loaded.unit_of_work() as session:
        rates = dict(
            session.execute(
                select(Loan.rate_basis_points, func.count()).group_by(Loan.rate_basis_points)
            ).all()
        )
    # 2 % for anybody until 2018, 0 % for the priority group; no 1 % loan was decided yet.
    assert set(rates) == {0, 200}


def test_every_role_can_sign_in_with_the_published_password(loaded):
    # A partner does not sign in: it sends with a key.
    assert {sign_in.role for sign_in in demo_sign_ins()} == set(Role) - {Role.PARTNER}
    restricted = [sign_in for sign_in in demo_sign_ins() if sign_in.only_nis_code]
    assert {sign_in.only_nis_code for sign_in in restricted} == {"34013"}
    with loaded.unit_of_work() as session:
        for sign_in in demo_sign_ins():
            assert check_password(session, sign_in.email, demo_password()) is not None
        assert session.scalar(select(func.count()).select_from(Account)) == len(demo_sign_ins())


def test_a_load_that_breaks_leaves_nothing(database, reports, monkeypatch):
    def break_down(session, actor):
        raise RuntimeError("a programme broke")

    monkeypatch.setattr("energiehuis.seeds.demo.PROGRAMMES", (("broken", break_down),))
    with pytest.raises(RuntimeError, match="a programme broke"):
        load_demo_region(database, report=reports)
    assert not is_demo_loaded(database)
    with database.unit_of_work() as session:
        assert session.scalar(select(func.count()).select_from(LoanApplication)) == 0
        assert session.scalar(select(func.count()).select_from(Organisation)) == 0


def test_a_programme_adds_its_own_rows_in_the_same_transaction(database, monkeypatch, reports):
    seen = []
    monkeypatch.setattr(
        "energiehuis.seeds.demo.PROGRAMMES",
        (("woonclub", lambda _session, actor: seen.append(actor.name)),),
    )
    load_demo_region(database, report=reports)
    assert seen == ["system"]
    assert reports.index(("programmes", 1, 1)) < reports.index(("committed", 1, 1))


def test_a_database_can_be_filled_in_batches_for_benchmarks(database, reports, monkeypatch):
    with database.unit_of_work() as session:
        add_region(session, SYSTEM)
    monkeypatch.setattr("energiehuis.seeds.synthetic.BATCH", 60)
    fill(database, 150, seed=3, report=reports)
    assert reports == [("applications", n, 150) for n in (60, 120, 150)]
    with database.unit_of_work() as session:
        assert session.scalar(select(func.count()).select_from(LoanApplication)) == 150
        assert verify(session).faults == ()


def test_every_distribution_has_a_source_and_stands_in_the_document():
    text = (ROOT / "docs" / "demo-region.md").read_text("utf-8")
    for name in read_table("distributions"):
        assert distribution(name) is not None
        assert f"`{name}`" in text

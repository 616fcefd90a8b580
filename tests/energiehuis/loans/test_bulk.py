"""The bulk path obeys the rules of a single application, and writes all or nothing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from energiehuis import clock
from energiehuis.access.actor import SYSTEM
from energiehuis.audit.models import AuditLine
from energiehuis.audit.verify import verify
from energiehuis.eligibility.facts import HouseholdFacts
from energiehuis.errors import InvalidInput, NotAuthenticated, PermissionDenied
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.bulk import register_applications
from energiehuis.loans.bulk_entries import Approval, BulkEntry, PastMove, Refusal
from energiehuis.loans.commands import (
    Applicant,
    Channel,
    Decide,
    Dwelling,
    SubmitApplication,
    Work,
)
from energiehuis.loans.decisions import decide
from energiehuis.loans.models import ApplicationEvent, Loan, LoanApplication, LoanDecision
from energiehuis.loans.queries import find_application_by_reference
from energiehuis.loans.sealing import seal_of
from energiehuis.loans.service import prepare_application, submit_application
from energiehuis.loans.states import Move

APPLIED_AT = datetime(2019, 2, 5, 9, 30, tzinfo=UTC)
DECIDED_AT = datetime(2019, 3, 12, 14, 0, tzinfo=UTC)


def household(**changes) -> HouseholdFacts:
    facts = HouseholdFacts(
        borrower_kind=BorrowerKind.NATURAL_PERSON,
        main_residence=True,
        new_build=False,
        increased_allowance=True,
        dependents=1,
        persons=2,
        outstanding_cents=0,
    )
    return replace(facts, **changes)


def command(house_number: str = "12", **changes) -> SubmitApplication:
    made = SubmitApplication(
        applicant=Applicant("Noor", "Voorbeeld", "noor@example.org", "056 00 00 00"),
        co_applicant=None,
        legal_person=None,
        dwelling=Dwelling("Verzonnenstraat", house_number, "", "8530", "34013", "terraced", 1955),
        facts=household(),
        works=(Work("roof_attic_floor_insulation", 900_000, by_contractor=True),),
        amount_cents=800_000,
        term_months=96,
        channel=Channel.DESK,
        language="nl",
    )
    return replace(made, **changes)


def approved(house_number: str = "12", **changes) -> BulkEntry:
    decision = Approval(750_000, 84, DECIDED_AT, "In orde.")
    return BulkEntry(command(house_number, **changes), APPLIED_AT, decision=decision)


def errors_of(database, *entries: BulkEntry) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught, database.unit_of_work() as session:
        register_applications(session, SYSTEM, entries)
    return [(error.field, error.code) for error in caught.value.errors]


def count(database, table) -> int:
    with database.unit_of_work() as session:
        return session.scalar(select(func.count()).select_from(table))


def one_by_one(database, entry: BulkEntry):
    """Submit and decide through the services of a single application, each at its own instant."""
    with clock.frozen(entry.received_at), database.unit_of_work() as session:
        submitted = submit_application(session, SYSTEM, prepare_application(entry.command))
    with database.unit_of_work() as session:
        row = session.scalar(
            select(LoanApplication).where(LoanApplication.id == submitted.application_id)
        )
        organisation = row.organisation_id
    actor = replace(
        SYSTEM, organisation_id=organisation, municipalities=frozenset({"34013", "34022"})
    )
    decision = entry.decision
    wanted = Decide(
        application_id=submitted.application_id,
        version=1,
        is_approved=True,
        amount_cents=decision.amount_cents,
        term_months=decision.term_months,
        reason_codes=(),
        explanation=decision.explanation,
    )
    with clock.frozen(decision.decided_at), database.unit_of_work() as session:
        decide(session, actor, wanted)
    return submitted.reference


def columns(row, *but: str) -> dict[str, object]:
    return {c.key: getattr(row, c.key) for c in row.__table__.columns if c.key not in but}


def test_an_entry_gets_the_same_rows_as_an_application_that_came_in_by_itself(
    database, organisation_id
):
    single = one_by_one(database, approved("1"))
    with database.unit_of_work() as session:
        # Another dwelling: on the same one the first loan would run beside the second.
        bulk = register_applications(session, SYSTEM, [approved("2")]).references[0]
    with database.unit_of_work() as session:
        rows = {
            reference: session.scalar(
                select(LoanApplication).where(LoanApplication.reference == reference)
            )
            for reference in (single, bulk)
        }
        decisions = [session.get(LoanDecision, rows[r].id) for r in (single, bulk)]
        loans = [
            session.scalar(select(Loan).where(Loan.application_id == rows[r].id))
            for r in (single, bulk)
        ]
        own = ("id", "reference", "dwelling_key", "form")
        assert columns(rows[bulk], *own) == columns(rows[single], *own)
        own = ("id", "number", "application_id")
        assert columns(loans[1], *own) == columns(loans[0], *own)
        own = ("application_id", "sealed", "seal")
        assert columns(decisions[1], *own) == columns(decisions[0], *own)
        sealed = [
            {**d.sealed, "application": {**d.sealed["application"], "id": "", "reference": ""}}
            for d in decisions
        ]
        assert sealed[1] == sealed[0]
        assert seal_of(decisions[1].sealed) == decisions[1].seal


def test_an_approval_makes_a_loan_under_the_law_of_the_application_day(database, organisation_id):
    with database.unit_of_work() as session:
        result = register_applications(session, SYSTEM, [approved()])
        assert (result.decision_count, result.loan_count) == (1, 1)
        file = find_application_by_reference(session, result.references[0])
        loan = session.scalar(select(Loan).where(Loan.application_id == file.id))
    # The increased allowance gives 0 % in 2019: sources S02, S09 of the rule files.
    assert (file.product_code, loan.rate_basis_points) == ("energy_loan_2019_priority", 0)
    assert (loan.principal_cents, loan.term_months) == (750_000, 84)
    assert (str(loan.granted_on), str(loan.first_due_on)) == ("2019-03-12", "2019-05-01")
    assert (file.received_at, file.status_since, file.version) == (APPLIED_AT, DECIDED_AT, 2)


def test_moves_become_events_with_their_own_instants(database, organisation_id):
    taken_up = PastMove(Move.TAKE_UP, datetime(2019, 2, 6, 8, 0, tzinfo=UTC), "Opgenomen.")
    asked = PastMove(Move.ASK_APPLICANT, datetime(2019, 2, 7, 8, 0, tzinfo=UTC), "Loonfiche?")
    with database.unit_of_work() as session:
        register_applications(
            session, SYSTEM, [BulkEntry(command(), APPLIED_AT, (taken_up, asked))]
        )
        row = session.scalars(select(LoanApplication)).one()
        events = session.scalars(select(ApplicationEvent).order_by(ApplicationEvent.id)).all()
    assert (row.status, row.version, row.status_since) == ("waiting_for_applicant", 3, asked.at)
    assert [(e.kind, e.at, e.details["note"]) for e in events] == [
        ("take_up", taken_up.at, "Opgenomen."),
        ("ask_applicant", asked.at, "Loonfiche?"),
    ]


def test_a_refusal_is_sealed_and_makes_no_loan(database, organisation_id):
    refusal = Refusal(("repayment_capacity",), "Past niet in het budget.", DECIDED_AT)
    with database.unit_of_work() as session:
        register_applications(session, SYSTEM, [BulkEntry(command(), APPLIED_AT, (), refusal)])
        decision = session.scalars(select(LoanDecision)).one()
    assert (decision.outcome, decision.reason_codes) == ("refused", ["repayment_capacity"])
    assert seal_of(decision.sealed) == decision.seal
    assert decision.sealed["schedule"] is None
    assert count(database, Loan) == 0


def test_every_application_leaves_one_line_in_the_audit_chain(database, organisation_id):
    with database.unit_of_work() as session:
        register_applications(session, SYSTEM, [approved(str(n)) for n in range(1, 8)])
    with database.unit_of_work() as session:
        lines = session.scalars(
            select(AuditLine.subject_id).where(AuditLine.action == "application.registered")
        ).all()
        ids = session.scalars(select(LoanApplication.id)).all()
        assert sorted(lines) == sorted(str(i) for i in ids)
        assert verify(session).faults == ()


def test_one_wrong_entry_keeps_all_out_and_is_named(database, organisation_id):
    too_much = approved("2", amount_cents=1_600_000)
    too_long = approved("3", term_months=240)
    # 15,000 euro and 120 months: sources S02, S03, S09 of the rule files.
    assert errors_of(database, approved("1"), too_much, too_long) == [
        ("entries.1.amount", "loan.amount_above_ceiling"),
        ("entries.1.amount", "loan.amount_above_works_cost"),
        ("entries.2.term_months", "loan.term_too_long"),
    ]
    assert count(database, LoanApplication) == 0
    assert count(database, Loan) == 0


def test_what_the_law_of_the_day_does_not_allow_is_not_approved(database, organisation_id):
    known = {
        "increased_allowance": False,
        "protected_customer": False,
        "exclusive_night_tariff": False,
        "lets_through_social_rental_agency": False,
        "ocmw_energy_guidance": False,
        "debt_mediation": False,
        "heating_bill_unpaid": False,
        "extra_cadastral_income_cents": 0,
        "latest_assessment_income_cents": 6_000_000,
        "joint_taxable_income_cents": 6_000_000,
    }
    above = approved("1", facts=household(**known))
    unknown = approved("2", facts=household(increased_allowance=None))
    assert errors_of(database, above, unknown) == [
        ("entries.0.decision", "decision.not_eligible"),
        ("entries.1.decision", "decision.undetermined"),
    ]


def test_a_decision_that_does_not_fit_is_named(database, organisation_id):
    more = replace(approved("1"), decision=Approval(850_000, 84, DECIDED_AT))
    without_reason = replace(approved("2"), decision=Refusal((), "", DECIDED_AT))
    again = replace(
        approved("3"),
        moves=(PastMove(Move.WITHDRAW, datetime(2019, 2, 6, 8, 0, tzinfo=UTC)),),
    )
    assert errors_of(database, more, without_reason, again) == [
        ("entries.0.decision.amount", "decision.amount_above_wish"),
        ("entries.1.decision.reason_codes", "decision.reasons_needed"),
        ("entries.1.decision.explanation", "decision.explanation_needed"),
        ("entries.2.moves", "application.move_not_allowed"),
    ]


def test_a_dwelling_has_one_open_application_at_a_time(database, organisation_id):
    still_open = BulkEntry(command("5"), APPLIED_AT)
    meanwhile = replace(approved("6"), received_at=datetime(2019, 3, 1, 9, 0, tzinfo=UTC))
    afterwards = replace(
        approved("6"),
        received_at=datetime(2019, 4, 1, 9, 0, tzinfo=UTC),
        decision=Approval(750_000, 84, datetime(2019, 5, 2, 9, 0, tzinfo=UTC)),
    )
    taken = "application.dwelling_has_open_application"
    assert errors_of(database, still_open, approved("5")) == [("entries.1.dwelling", taken)]
    assert errors_of(database, approved("6"), meanwhile) == [("entries.1.dwelling", taken)]
    with database.unit_of_work() as session:
        register_applications(session, SYSTEM, [still_open, approved("6"), afterwards])
    assert errors_of(database, BulkEntry(command("5"), DECIDED_AT)) == [
        ("entries.0.dwelling", taken)
    ]


def test_a_municipality_that_is_not_served_that_day_is_refused(database, organisation_id):
    # Wielsbeke was served from June 2017 until the end of 2023: sources S74, S75.
    wielsbeke = Dwelling("Verzonnenstraat", "1", "", "8710", "37017")
    before = BulkEntry(
        command(dwelling=wielsbeke, term_months=60), datetime(2017, 5, 31, 12, 0, tzinfo=UTC)
    )
    first_day = BulkEntry(
        command(dwelling=wielsbeke, term_months=60), datetime(2017, 6, 1, 12, 0, tzinfo=UTC)
    )
    assert errors_of(database, first_day, before) == [
        ("entries.1.dwelling.postcode", "application.municipality_not_served")
    ]


def test_instants_have_a_zone_lie_in_the_past_and_follow_each_other(database, organisation_id):
    naive = BulkEntry(command("1"), datetime(2019, 2, 5, 9, 30))  # noqa: DTZ001
    future = BulkEntry(command("2"), datetime(2999, 1, 1, tzinfo=UTC))
    backwards = replace(approved("3"), decision=Approval(750_000, 84, APPLIED_AT.replace(day=4)))
    assert errors_of(database, naive, future, backwards) == [
        ("entries.0.received_at", "bulk.instant_without_zone"),
        ("entries.1.received_at", "bulk.instant_in_future"),
        ("entries.2.received_at", "bulk.instants_out_of_order"),
    ]


def test_only_who_may_import_registers_and_only_in_the_own_area(
    database, organisation_id, actor_with
):
    with pytest.raises(PermissionDenied), database.unit_of_work() as session:
        register_applications(session, actor_with("counsellor"), [approved()])
    with pytest.raises(NotAuthenticated), database.unit_of_work() as session:
        register_applications(session, replace(SYSTEM, is_system=False), [approved()])
    kortrijk_only = actor_with("lead_counsellor", "34022")
    with pytest.raises(InvalidInput) as caught, database.unit_of_work() as session:
        register_applications(session, kortrijk_only, [approved()])
    assert caught.value.errors[0].code == "application.municipality_not_served"
    with database.unit_of_work() as session:
        register_applications(session, actor_with("lead_counsellor"), [approved()])
    assert count(database, LoanApplication) == 1


def test_no_entries_are_no_error(database, organisation_id):
    with database.unit_of_work() as session:
        result = register_applications(session, SYSTEM, [])
    assert result.application_ids == ()
    assert count(database, LoanApplication) == 0

"""Energy scans: asked for by a household on a ground, planned, and done."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.intakes import begin, household_of, say
from energiehuis.cases.kinds import HouseholdSubject, Incoming, NoSubject, Recorded
from energiehuis.cases.programmes import Detail
from energiehuis.cases.records import Records, written_columns
from energiehuis.errors import FieldError, StaleVersion
from energiehuis.programmes.energy_desk import dwellings, rules, states
from energiehuis.programmes.energy_desk.commands import AskedScan, ScanStep
from energiehuis.programmes.energy_desk.models import EnergyScan, EnergyScanStep
from energiehuis.programmes.energy_desk.vocabulary import PROGRAMME, ScanKind, ScanStatus


def record_scan(
    session: Session, actor: Actor, incoming: Incoming[HouseholdSubject, AskedScan]
) -> Recorded:
    """Write down that a household asks for a scan. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        All that `rules.scan_errors` finds, `energy.follow_up_needs_earlier_scan`,
        `household.unknown`, `person.unknown`, and what the envelope has wrong.
    Conflict
        `energy.basic_scan_in_term`, `person.in_other_household`, `intake.id_taken`.
    """
    envelope, asked = incoming.envelope, incoming.payload
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="scans",
        errors=_scan_errors(session, actor, incoming),
    )
    household_id = household_of(session, organisation_id, envelope, incoming.subject)
    dwelling_id = dwellings.take_dwelling(
        session, organisation_id, envelope.nis_code, asked.address
    )
    if asked.scan_kind is ScanKind.BASIC:
        dwellings.claim_basic_scan(session, dwelling_id, envelope.received_on)
    row = {
        **written_columns(envelope, organisation_id),
        "version": 1,
        "household_id": household_id,
        "dwelling_id": dwelling_id,
        "scan_kind": asked.scan_kind.value,
        "tenure": asked.tenure.value,
        "ground": asked.eligibility_ground.value,
        "proof": asked.proof.value if asked.proof else None,
        "phone": asked.phone,
        "rent_cents": asked.rent_cents,
        "income_cents": asked.income_cents,
        "dependents": asked.dependents,
        "is_amount_checked": rules.amount_was_checked(asked, envelope.received_on),
        "status": ScanStatus.ASKED.value,
        "asked_on": envelope.received_on,
    }
    session.execute(insert(EnergyScan).values(row))
    scan_id: UUID = row["id"]  # type: ignore[assignment]
    say(session, actor, "energy_scan.asked", "energy_scan", scan_id)
    return SCANS.written(session, actor, scan_id)


def record_scan_step(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, ScanStep]
) -> Recorded:
    """Plan a scan, note that it was done, or call it off. Needs `intake:write`.

    Raises
    ------
    PermissionDenied, StaleVersion
    InvalidInput
        `energy.scan_unknown`, what `rules.scan_step_errors` finds, and what the envelope has
        wrong.
    Conflict
        `energy.move_not_allowed`, `intake.id_taken`.
    """
    envelope, step = incoming.envelope, incoming.payload
    scan: EnergyScan | None = SCANS.find(session, actor, step.scan_id)
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="scan-steps",
        errors=_step_errors(scan, incoming),
    )
    if scan is None:
        raise TypeError("an unknown scan was not refused")
    states.require_move(states.SCAN_MOVES, ScanStatus(scan.status), step.status)
    _change(session, step)
    if step.status is ScanStatus.CANCELLED and scan.scan_kind == ScanKind.BASIC:
        dwellings.release_basic_scan(session, scan.dwelling_id)
    row = {
        **written_columns(envelope, organisation_id),
        "scan_id": scan.id,
        "status": step.status.value,
        "day": step.day,
    }
    session.execute(insert(EnergyScanStep).values(row))
    say(session, actor, f"energy_scan.{step.status.value}", "energy_scan", scan.id)
    return SCAN_STEPS.written(session, actor, row["id"])  # type: ignore[arg-type]


def _scan_errors(
    session: Session, actor: Actor, incoming: Incoming[HouseholdSubject, AskedScan]
) -> Iterator[FieldError]:
    envelope, asked = incoming.envelope, incoming.payload
    yield from rules.scan_errors(asked, envelope.received_on)
    if asked.scan_kind is ScanKind.BASIC:
        return
    dwelling_id = dwellings.find_dwelling(
        session, actor.organisation_id, envelope.nis_code, asked.address
    )
    if not dwellings.has_earlier_scan(session, dwelling_id, envelope.received_on):
        yield FieldError("payload.scan_kind", "energy.follow_up_needs_earlier_scan")


def _step_errors(
    scan: EnergyScan | None, incoming: Incoming[NoSubject, ScanStep]
) -> Iterator[FieldError]:
    if scan is None:
        yield FieldError("payload.scan_id", "energy.scan_unknown")
        return
    yield from rules.scan_step_errors(
        incoming.payload, scan.asked_on, incoming.envelope.received_on
    )


def _change(session: Session, step: ScanStep) -> None:
    values: dict[str, object] = {"version": step.version + 1, "status": step.status.value}
    if step.status is ScanStatus.PLANNED:
        values["planned_on"] = step.day
    if step.status is ScanStatus.DONE:
        values |= {"done_on": step.day, "saving_kwh": step.saving_kwh}
    statement = (
        update(EnergyScan)
        .where(EnergyScan.id == step.scan_id, EnergyScan.version == step.version)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    if session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise StaleVersion("version.stale")


def _scan_said(row: EnergyScan) -> Iterator[Detail]:
    days = {"asked_on": row.asked_on, "planned_on": row.planned_on, "done_on": row.done_on}
    yield Detail("scan_kind", row.scan_kind, DataClass.IDENTITY)
    yield Detail("status", row.status, DataClass.IDENTITY)
    yield Detail("tenure", row.tenure, DataClass.IDENTITY)
    for name, day in days.items():
        yield Detail(name, day.isoformat() if day else None, DataClass.IDENTITY)
    yield Detail("saving_kwh", row.saving_kwh, DataClass.IDENTITY)
    # The ground tells of income and debts, as the amounts do.
    yield Detail("eligibility_ground", row.ground, DataClass.MONEY)
    yield Detail("proof", row.proof, DataClass.MONEY)
    yield Detail("rent_cents", row.rent_cents, DataClass.MONEY)
    yield Detail("income_cents", row.income_cents, DataClass.MONEY)
    yield Detail("dependents", row.dependents, DataClass.COMPOSITION)
    yield Detail("is_amount_checked", row.is_amount_checked, DataClass.MONEY)


def _scan_parts(session: Session, row: EnergyScan) -> Iterator[Detail]:
    address = dwellings.address_of(session, row.dwelling_id)
    yield Detail("address", address, DataClass.IDENTITY)
    yield Detail("phone", row.phone, DataClass.IDENTITY)
    yield Detail("household_id", str(row.household_id), DataClass.COMPOSITION)


def _step_said(row: EnergyScanStep) -> Iterator[Detail]:
    yield Detail("scan_id", str(row.scan_id), DataClass.IDENTITY)
    yield Detail("status", row.status, DataClass.IDENTITY)
    yield Detail("day", row.day.isoformat(), DataClass.IDENTITY)


SCANS = Records(
    programme=PROGRAMME,
    name="energy_scan",
    rows=EnergyScan,
    said=_scan_said,
    parts=_scan_parts,
)
SCAN_STEPS = Records(
    programme=PROGRAMME,
    name="energy_scan_step",
    rows=EnergyScanStep,
    said=_step_said,
    is_about_people=False,
)

"""Rows of several programmes about the same households, for tests of what joins them."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from energiehuis.cases.models import Case, CaseSnapshot, Intake
from energiehuis.people.models import Household, HouseholdMember, Person
from energiehuis.programmes.crisis_network.models import Admission, Bed, Guest
from energiehuis.programmes.energy_desk.models import EnergyDwelling, EnergyScan
from energiehuis.programmes.energy_desk.vocabulary import Ground, ScanKind, Tenure
from energiehuis.programmes.woonclub.models import Housing, WoonclubFile
from energiehuis.referrals.models import Consent, Referral
from tests.programme_intakes import HARELBEKE


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


class Records:
    """Writes rows of one organisation in Harelbeke; gives their numbers."""

    def __init__(self, session: Any, organisation_id: UUID) -> None:
        self.session, self.organisation_id = session, organisation_id

    def add(self, rows: Any, /, **values: Any) -> UUID:
        row = {"id": uuid4(), **values}
        if "organisation_id" in rows.__table__.c:
            row.setdefault("organisation_id", self.organisation_id)
        if "nis_code" in rows.__table__.c:
            row.setdefault("nis_code", HARELBEKE)
        if "id" not in rows.__table__.c:
            del row["id"]
        self.session.execute(sa.insert(rows).values(row))
        return row.get("id")

    def household(self) -> UUID:
        return self.add(Household, created_at=at(date(2015, 1, 1)))

    def person(self, household_id: UUID | None = None) -> UUID:
        person_id = self.add(Person, alias=uuid4().hex, created_at=at(date(2015, 1, 1)))
        if household_id is not None:
            self.add(
                HouseholdMember,
                household_id=household_id,
                person_id=person_id,
                valid_from=date(2015, 1, 1),
            )
        return person_id

    def intake(self, programme: str, day: date) -> UUID:
        return self.add(
            Intake,
            programme=programme,
            kind="x",
            operator_organisation_id=self.organisation_id,
            channel="phone",
            received_at=at(day),
            recorded_at=at(day),
            recorded_by="test",
            legal_basis="public_task",
        )

    def case(
        self,
        programme: str,
        day: date,
        *,
        household: UUID | None = None,
        person: UUID | None = None,
        ended: date | None = None,
        **changes: Any,
    ) -> UUID:
        case_id = self.add(
            Case,
            version=1,
            programme=programme,
            household_id=household,
            person_id=person,
            intake_id=self.intake(programme, day),
            received_on=day,
            status="active" if ended is None else "closed",
            status_since=at(day),
            outcome=None if ended is None else "done",
            outcome_on=ended,
        )
        if changes.get("is_asked", True) and household is not None:
            said = {"adults": 1, "children": 0, "household_type": "single", "main_income": None}
            self.add(CaseSnapshot, case_id=case_id, **said)
        return case_id

    def housed(self, household: UUID, day: date, *, ended: date) -> UUID:
        case_id = self.case("woonclub", day, household=household, ended=ended)
        self.add(WoonclubFile, case_id=case_id, max_rent_cents=700_00, reason="notice")
        said = {"tenure": "private_rent", "nis_code": HARELBEKE, "rent_cents": None}
        self.add(Housing, case_id=case_id, **said)
        return case_id

    def admission(self, person: UUID, day: date) -> None:
        written = {"recorded_at": at(day), "recorded_by": "test"}
        bed_id = self.add(
            Bed,
            intake_id=self.intake("crisis", day),
            name=uuid4().hex,
            kind="regular",
            sleeps=1,
            valid_from=date(2015, 1, 1),
            **_of(Bed, written),
        )
        admission_id = self.add(
            Admission,
            intake_id=self.intake("crisis", day),
            version=1,
            bed_id=bed_id,
            starts_at=at(day),
            start_on=day,
            nights=1,
            referring_helper="OCMW",
            safety_remark="-",
            **_of(Admission, written),
        )
        self.add(Guest, admission_id=admission_id, person_id=person)

    def scan(self, household: UUID, asked: date, *, done: date | None) -> None:
        dwelling_id = self.add(EnergyDwelling, address="-", address_key=uuid4().hex)
        self.add(
            EnergyScan,
            version=1,
            intake_id=self.intake("energy", asked),
            household_id=household,
            dwelling_id=dwelling_id,
            scan_kind=ScanKind.BASIC.value,
            tenure=Tenure.PRIVATE_TENANT.value,
            ground=Ground.BUDGET_METER.value,
            phone="-",
            status="asked" if done is None else "done",
            asked_on=asked,
            planned_on=done,
            done_on=done,
        )

    def referral(self, case_id: UUID, household: UUID, to: str, **instants: Any) -> UUID:
        """Refer a case of the Woonclub on; state and instants as they are given."""
        sides = {
            "from_programme": "woonclub",
            "to_programme": to,
            "to_organisation_id": self.organisation_id,
        }
        consent_id = self.add(
            Consent,
            purpose="referral",
            household_id=household,
            from_organisation_id=self.organisation_id,
            classes="AB",
            given_on=date(2018, 1, 1),
            proof="signed",
            recorded_at=at(date(2018, 1, 1)),
            recorded_by="test",
            **sides,
        )
        return self.add(
            Referral,
            version=1,
            reference=uuid4().hex[:12],
            from_case_id=case_id,
            consent_id=consent_id,
            reason="other",
            classes="AB",
            **sides,
            **{name: _instant(value) for name, value in instants.items()},
        )


def _instant(value: Any) -> Any:
    return at(value) if isinstance(value, date) else value


def _of(kind: Any, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in kind.__table__.c}

"""What tests of wijk-werken share: a worker and a user, ready for hours; invented throughout."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from energiehuis.cases.commands import Envelope, MoveCase
from energiehuis.cases.kinds import Incoming, NoSubject, PersonSubject
from energiehuis.cases.states import CaseStatus
from energiehuis.cases.vocabulary import Channel
from energiehuis.people.commands import Identity, Named
from energiehuis.programmes.case_service import move_case
from energiehuis.programmes.wijk_werken.commands import (
    ConsentForm,
    PayFee,
    RecordPerformance,
    RegisterCandidate,
    RegisterUser,
)
from energiehuis.programmes.wijk_werken.performances import record_performance
from energiehuis.programmes.wijk_werken.service import (
    record_candidate,
    record_fee,
    record_user,
)
from energiehuis.programmes.wijk_werken.vocabulary import (
    Activity,
    ReferredBy,
    Regime,
    UserKind,
)

HARELBEKE, KORTRIJK = "34013", "34022"
FIRST_DAY = date(2018, 1, 2)


def envelope_of(day: date, nis_code: str = HARELBEKE) -> Envelope:
    """Give the envelope of an intake of a day."""
    basis = "public_task" if day >= date(2018, 5, 25) else "public_task_1992"
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Envelope(uuid4(), Channel.SITTING_DAY, at, nis_code, basis)


@dataclass
class Desk:
    """A worker of the programme at the desk."""

    database: Any
    actor: Any
    cheques: int = 0

    def run(self, what: Any, incoming: Any) -> Any:
        """Let a service do something in a transaction of its own."""
        with self.database.unit_of_work() as session:
            return what(session, self.actor, incoming)

    def candidate(
        self,
        person: Identity | None = None,
        regime: Regime = Regime.WIJK_WERK,
        *,
        day: date = FIRST_DAY,
        number: str | None = None,
        is_active: bool = True,
    ) -> UUID:
        """Register somebody who signed, and make him or her active; give the file."""
        said = RegisterCandidate(ReferredBy.VDAB, ConsentForm("map 12", day), regime, number)
        subject = PersonSubject(person or Named("Jo", f"Verzonnen{uuid4().hex[:6]}"))
        found = self.run(record_candidate, Incoming(envelope_of(day), subject, said))
        if is_active:
            self.run(move_case, MoveCase(found.id, 1, CaseStatus.ACTIVE))
        return found.id

    def user(
        self, *, day: date = FIRST_DAY, paid_on: date | None = FIRST_DAY, number: str | None = None
    ) -> UUID:
        """Register a private user who paid."""
        said = RegisterUser(
            UserKind.PRIVATE,
            (Activity.GARDEN_WORK,),
            person=Named("Gebruik", "Er"),
            fee_paid_on=paid_on,
            platform_number=number,
        )
        return self.run(record_user, Incoming(envelope_of(day), NoSubject(), said)).id

    def pay(self, user_id: UUID, paid_on: date) -> Any:
        """Write a fee down."""
        incoming = Incoming(envelope_of(paid_on), NoSubject(), PayFee(user_id, paid_on))
        return self.run(record_fee, incoming)

    def numbers(self, count: int) -> tuple[str, ...]:
        """Give cheques that nobody used."""
        start = self.cheques
        self.cheques += count
        return tuple(f"TEST{number:06d}" for number in range(start, self.cheques))

    def work(
        self,
        worker: UUID,
        user: UUID,
        day: date,
        hours: int = 4,
        cheques: tuple[str, ...] | None = None,
    ) -> Any:
        """Write hours down."""
        from decimal import Decimal

        numbers = self.numbers(hours) if cheques is None else cheques
        said = RecordPerformance(worker, user, day, Decimal(hours), numbers)
        received = max(day, FIRST_DAY) + timedelta(1)
        return self.run(record_performance, Incoming(envelope_of(received), NoSubject(), said))

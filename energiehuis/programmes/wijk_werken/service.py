"""Writing candidates, users, fees and coaches down, and reading them back."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.kbo import clean_kbo_number
from energiehuis.access.permissions import Permission
from energiehuis.access.registered import NewOrganisation, register_organisation
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.cases.intakes import begin, open_person_case, person_of, say
from energiehuis.cases.kinds import Incoming, NoSubject, PersonSubject, Recorded
from energiehuis.errors import Conflict, FieldError, InvalidInput
from energiehuis.identifiers import new_id
from energiehuis.people.service import take_person
from energiehuis.programmes.wijk_werken.commands import (
    AssignCoach,
    EndCoach,
    PayFee,
    RegisterCandidate,
    RegisterUser,
    UserOrganisation,
)
from energiehuis.programmes.wijk_werken.models import Coach, User, UserActivity, UserFee, Worker
from energiehuis.programmes.wijk_werken.queries import coach_scope, find_user
from energiehuis.programmes.wijk_werken.reading import (
    candidate_recorded,
    coach_recorded,
    fee_recorded,
    load_user,
)
from energiehuis.programmes.wijk_werken.rules import (
    add_months,
    candidate_errors,
    coach_errors,
    fee_errors,
    user_errors,
)
from energiehuis.programmes.wijk_werken.terms import fee_on
from energiehuis.programmes.wijk_werken.vocabulary import PROGRAMME

_NUMBER_TAKEN = "wijk_werken.number_taken"


def record_candidate(
    session: Session, actor: Actor, incoming: Incoming[PersonSubject, RegisterCandidate]
) -> Recorded:
    """Open the file of a candidate who agreed on paper. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` and the envelope find, `person.unknown`.
    Conflict
        `intake.id_taken`, `case.household_has_open_case`, `wijk_werken.number_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    errors = candidate_errors(said, envelope.received_on)
    organisation_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="candidates", errors=errors
    )
    person_id = person_of(session, organisation_id, incoming.subject.person)
    case_id = open_person_case(session, actor, envelope, programme=PROGRAMME, person_id=person_id)
    row = {
        "case_id": case_id,
        "organisation_id": organisation_id,
        "referred_by": said.referrer.value,
        "regime": said.regime.value,
        "consent_reference": said.consent_form.reference,
        "consented_on": said.consent_form.signed_on,
        "platform_number": said.platform_number or None,
    }
    try:
        session.execute(insert(Worker).values(row))
    except IntegrityError as error:
        raise Conflict(_NUMBER_TAKEN, field="payload.platform_number") from error
    say(session, actor, "wijk_werken_candidate.recorded", "case", case_id)
    return candidate_recorded(
        case_id,
        said.referrer.value,
        said.regime.value,
        consented_on=said.consent_form.signed_on,
        status="registered",
    )


def record_user(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, RegisterUser]
) -> Recorded:
    """Write a user down; active once the fee is paid. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` and the envelope find, `person.unknown`, `wijk_werken.kbo_number`.
    Conflict
        `intake.id_taken`, `wijk_werken.number_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    errors = [*user_errors(said, envelope.received_on), *_kbo_errors(said.organisation)]
    organisation_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="users", errors=errors
    )
    person_id = user_organisation_id = None
    if said.person is not None:
        person_id = take_person(
            session, organisation_id, said.person, field="payload.person.person_id"
        )
    elif said.organisation is not None:
        user_organisation_id = _organisation(
            session, organisation_id, envelope.nis_code, said.organisation
        )
    row = {
        "id": new_id(),
        "organisation_id": organisation_id,
        "nis_code": envelope.nis_code,
        "intake_id": envelope.intake_id,
        "kind": said.kind.value,
        "person_id": person_id,
        "user_organisation_id": user_organisation_id,
        "registered_on": envelope.received_on,
        "platform_number": said.platform_number or None,
    }
    try:
        session.execute(insert(User).values(row))
    except IntegrityError as error:
        raise Conflict(_NUMBER_TAKEN, field="payload.platform_number") from error
    user_id: UUID = row["id"]  # type: ignore[assignment]
    agreed = [{"user_id": user_id, "activity": activity.value} for activity in said.activities]
    session.execute(insert(UserActivity), agreed)
    if said.fee_paid_on is not None:
        _write_fee(session, user_id, envelope.intake_id, said.fee_paid_on)
    say(session, actor, "wijk_werken_user.recorded", "wijk_werken_user", user_id)
    return load_user(session, user_id)


def record_fee(session: Session, actor: Actor, incoming: Incoming[NoSubject, PayFee]) -> Recorded:
    """Write down that a user paid the yearly fee. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` and the envelope find, `wijk_werken.user_unknown`.
    Conflict
        `intake.id_taken`, `wijk_werken.fee_paid_already`.
    """
    require(actor, Permission.INTAKE_WRITE)
    envelope, said = incoming.envelope, incoming.payload
    errors = list(fee_errors(said.paid_on, envelope.received_on, "payload.paid_on"))
    if find_user(session, actor, said.user) is None:
        errors.append(FieldError("payload.user", "wijk_werken.user_unknown"))
    begin(session, actor, envelope, programme=PROGRAMME, kind="fees", errors=errors)
    fee_id, covers_until, cents = _write_fee(session, said.user, envelope.intake_id, said.paid_on)
    say(session, actor, "wijk_werken_fee.recorded", "wijk_werken_user", said.user)
    return fee_recorded(fee_id, said.user, said.paid_on, covers_until=covers_until, cents=cents)


def record_coach(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, AssignCoach]
) -> Recorded:
    """Write down that a coach takes a municipality on. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` and the envelope find.
    Conflict
        `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    organisation_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="coaches", errors=coach_errors(said)
    )
    row = {
        "id": new_id(),
        "organisation_id": organisation_id,
        "nis_code": envelope.nis_code,
        "intake_id": envelope.intake_id,
        "coach": said.coach,
        "valid_from": said.from_on,
        "valid_until": said.until_on,
    }
    session.execute(insert(Coach).values(row))
    coach_id: UUID = row["id"]  # type: ignore[assignment]
    say(session, actor, "wijk_werken_coach.recorded", "wijk_werken_coach", coach_id)
    return coach_recorded(
        coach_id, envelope.nis_code, said.coach, from_on=said.from_on, until_on=said.until_on
    )


def record_coach_end(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, EndCoach]
) -> Recorded:
    """Write down that a coach no longer has a municipality. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What the envelope has wrong, `wijk_werken.coach_unknown`,
        `wijk_werken.ends_before_it_begins`.
    Conflict
        `intake.id_taken`, `wijk_werken.ended_already`.
    """
    require(actor, Permission.INTAKE_WRITE)
    envelope, said = incoming.envelope, incoming.payload
    found = session.scalar(select(Coach).where(Coach.id == said.assignment, coach_scope(actor)))
    errors = []
    if found is None:
        errors.append(FieldError("payload.assignment", "wijk_werken.coach_unknown"))
    elif said.until_on <= found.valid_from:
        errors.append(FieldError("payload.until_on", "wijk_werken.ends_before_it_begins"))
    begin(session, actor, envelope, programme=PROGRAMME, kind="coach-ends", errors=errors)
    if found is None:
        raise TypeError("a coach who is unknown passed the rules")
    ended = (
        update(Coach)
        .where(Coach.id == found.id, Coach.valid_until.is_(None))
        .values(valid_until=said.until_on)
        .execution_options(synchronize_session=False)
    )
    if session.execute(ended).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("wijk_werken.ended_already", field="payload.assignment")
    say(session, actor, "wijk_werken_coach.ended", "wijk_werken_coach", found.id)
    return coach_recorded(
        found.id, found.nis_code, found.coach, from_on=found.valid_from, until_on=said.until_on
    )


def _write_fee(
    session: Session, user_id: UUID, intake_id: UUID, paid_on: date
) -> tuple[UUID, date, int]:
    """Write a fee down; `rules` saw to it that there is one on that day."""
    fee = fee_on(paid_on)
    if fee is None:
        raise InvalidInput([FieldError("payload.paid_on", "wijk_werken.not_begun")])
    row = {
        "id": new_id(),
        "user_id": user_id,
        "intake_id": intake_id,
        "paid_on": paid_on,
        "covers_until": add_months(paid_on, fee.months),
        "amount_cents": fee.amount_cents,
    }
    try:
        session.execute(insert(UserFee).values(row))
    except IntegrityError as error:
        raise Conflict("wijk_werken.fee_paid_already", field="payload.paid_on") from error
    return row["id"], row["covers_until"], fee.amount_cents  # type: ignore[return-value]


def _kbo_errors(said: UserOrganisation | None) -> Iterable[FieldError]:
    if said is not None and said.kbo and clean_kbo_number(said.kbo) is None:
        yield FieldError("payload.organisation.kbo", "wijk_werken.kbo_number")


def _organisation(session: Session, owner_id: UUID, nis_code: str, said: UserOrganisation) -> UUID:
    number = clean_kbo_number(said.kbo) if said.kbo else None
    new = NewOrganisation(OrganisationKind.USER, said.name, nis_code, said.address, number)
    return register_organisation(session, owner_id, new)

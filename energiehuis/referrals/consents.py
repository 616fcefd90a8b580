"""Agreements of clients to share between two programmes: given, asked for, taken back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import CITIZEN, Actor, require
from energiehuis.access.field_classes import DataClass
from energiehuis.access.models import Organisation
from energiehuis.access.permissions import Permission
from energiehuis.access.queries import find_serving_organisation_id
from energiehuis.audit.chain import Entry, append
from energiehuis.cases.models import Case
from energiehuis.cases.queries import scope_of
from energiehuis.cases.vocabulary import Proof
from energiehuis.errors import Conflict, FieldError, InvalidInput, NotFound
from energiehuis.identifiers import new_id
from energiehuis.outbox.service import enqueue
from energiehuis.referrals.models import Consent, ConsentWithdrawal, Referral, ReferralEvent
from energiehuis.referrals.states import WAITING, ReferralState
from energiehuis.referrals.vocabulary import Purpose


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """A client agrees that the programme of a case shares with another one.

    Without an organisation it is the one that runs that programme where the client lives.
    """

    case_id: UUID
    purpose: Purpose
    to_programme: str
    classes: frozenset[DataClass]
    given_on: date
    proof: Proof
    to_organisation_id: UUID | None = None
    proof_reference: str | None = None


@dataclass(frozen=True, slots=True)
class ConsentView:
    """An agreement as either programme may see it: no names."""

    id: UUID
    purpose: Purpose
    from_programme: str
    to_programme: str
    to_organisation_id: UUID
    classes: frozenset[DataClass]
    given_on: date
    proof: str
    withdrawn_at: datetime | None

    @property
    def version(self) -> int:
        """Give 1 while it stands, 2 once it was taken back."""
        return 1 if self.withdrawn_at is None else 2


def stands() -> ColumnElement[bool]:
    """Give the condition that nobody took an agreement back."""
    return ~exists().where(ConsentWithdrawal.consent_id == Consent.id)


def written(classes: Iterable[DataClass]) -> str:
    """Write classes as the letters of a column: `AB`."""
    return "".join(sorted(c.value for c in classes))


def read_classes(letters: str) -> frozenset[DataClass]:
    """Read the letters of a column."""
    return frozenset(DataClass(letter) for letter in letters)


def give_consent(session: Session, actor: Actor, command: GiveConsent) -> ConsentView:
    """Write down that a client agreed to share. Needs `referral:send` and work for the programme.

    Raises
    ------
    PermissionDenied, NotFound
    InvalidInput
        `consent.given_in_future`, `consent.same_programme`, `consent.sensitive_in_writing`,
        `consent.programme_not_served`, `organisation.unknown`.
    """
    require(actor, Permission.REFERRAL_SEND)
    case = own_case(session, actor, command.case_id)
    errors = list(_consent_errors(case.programme, command))
    if errors:
        raise InvalidInput(errors)
    row = {
        "id": new_id(),
        "purpose": command.purpose.value,
        "nis_code": case.nis_code,
        "household_id": case.household_id,
        "person_id": case.person_id,
        "from_organisation_id": case.organisation_id,
        "from_programme": case.programme,
        "to_organisation_id": _receiver(session, case, command),
        "to_programme": command.to_programme,
        "classes": written(command.classes),
        "given_on": command.given_on,
        "proof": command.proof.value,
        "proof_reference": command.proof_reference,
        "recorded_at": clock.now(),
        "recorded_by": actor.name,
    }
    session.execute(insert(Consent).values(row))
    consent = session.get_one(Consent, row["id"])
    _say(session, actor, "consent.given", consent)
    return _view(session, consent)


def get_consent(session: Session, actor: Actor, consent_id: UUID) -> ConsentView:
    """Give an agreement of a programme of the actor, on either side. Needs `referral:send`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    require(actor, Permission.REFERRAL_SEND)
    return _view(session, _load(session, actor, consent_id))


def list_consents(session: Session, case: Case) -> tuple[ConsentView, ...]:
    """List the agreements of the client of a case with its programme, newest first.

    Ask for the case first.
    """
    rows = session.execute(
        select(Consent, ConsentWithdrawal.recorded_at)
        .outerjoin(ConsentWithdrawal, ConsentWithdrawal.consent_id == Consent.id)
        .where(
            Consent.from_organisation_id == case.organisation_id,
            Consent.from_programme == case.programme,
            Consent.household_id.is_not_distinct_from(case.household_id),
            Consent.person_id.is_not_distinct_from(case.person_id),
        )
        .order_by(Consent.recorded_at.desc(), Consent.id.desc())
    )
    return tuple(_as_view(consent, withdrawn_at) for consent, withdrawn_at in rows)


def withdraw_consent(session: Session, actor: Actor, consent_id: UUID) -> ConsentView:
    """Write down at a desk that the client takes an agreement back. Needs `referral:send`.

    Either programme may, so that the client need not look for the right desk.

    Raises
    ------
    PermissionDenied, NotFound
    Conflict
        `consent.withdrawn_already`.
    """
    require(actor, Permission.REFERRAL_SEND)
    consent = _load(session, actor, consent_id)
    _withdraw(session, actor, consent)
    return _view(session, consent)


def withdraw_as_client(session: Session, reference: str, consent_id: UUID) -> None:
    """Take an agreement back as the client, whose reference and code the caller has checked.

    Raises
    ------
    NotFound
        When the agreement is none of the case of that reference.
    Conflict
        `consent.withdrawn_already`.
    """
    case_id = select(Referral.from_case_id).where(Referral.reference == reference)
    consent = session.scalar(
        select(Consent)
        .join(Referral, Referral.consent_id == Consent.id)
        .where(Consent.id == consent_id, Referral.from_case_id.in_(case_id))
        .limit(1)
    )
    if consent is None:
        raise NotFound("request.not_found")
    _withdraw(session, CITIZEN, consent)


def own_case(session: Session, actor: Actor, case_id: UUID) -> Case:
    """Give a case of a programme of the actor, to share from.

    Raises
    ------
    NotFound
        When there is none, or when the actor may not know that there is.
    """
    case = session.scalar(select(Case).where(Case.id == case_id, scope_of(actor, Case)))
    if case is None or not actor.works_for(case.programme):
        raise NotFound("request.not_found")
    return case


def _withdraw(session: Session, actor: Actor, consent: Consent) -> None:
    now = clock.now()
    # Whoever sends on this agreement at this moment waits, and then sees that it ended.
    session.scalar(select(Consent.id).where(Consent.id == consent.id).with_for_update())
    row = {"consent_id": consent.id, "recorded_at": now, "recorded_by": actor.name}
    try:
        with session.begin_nested():
            session.execute(insert(ConsentWithdrawal).values(row))
    except IntegrityError as error:
        raise Conflict("consent.withdrawn_already") from error
    _end_referrals(session, actor, consent, at=now)
    _say(session, actor, "consent.withdrawn", consent)
    payload: dict[str, object] = {"consent_id": str(consent.id)}
    for organisation_id in {consent.from_organisation_id, consent.to_organisation_id}:
        enqueue(session, organisation_id, "consent.withdrawn", payload)


def _end_referrals(session: Session, actor: Actor, consent: Consent, *, at: datetime) -> None:
    """End what waits for a first contact; one that had it goes on, without what was shared."""
    waiting = select(Referral.id, Referral.state).where(
        Referral.consent_id == consent.id, Referral.state.in_(WAITING)
    )
    for referral_id, state in session.execute(waiting).all():
        ended = (
            update(Referral)
            .where(Referral.id == referral_id, Referral.state == state)
            .values(
                version=Referral.version + 1,
                state=ReferralState.WITHDRAWN.value,
                withdrawn_at=at,
            )
            .execution_options(synchronize_session=False)
        )
        if session.execute(ended).rowcount != 1:  # type: ignore[attr-defined]
            # The first contact was noted in this very moment.
            continue
        event = {
            "referral_id": referral_id,
            "at": at,
            "actor": actor.name,
            "from_state": state,
            "to_state": ReferralState.WITHDRAWN.value,
            "reason": None,
        }
        session.execute(insert(ReferralEvent).values(event))


def _consent_errors(from_programme: str, command: GiveConsent) -> Iterator[FieldError]:
    if command.to_programme == from_programme:
        yield FieldError("to_programme", "consent.same_programme")
    if command.given_on > clock.today():
        yield FieldError("given_on", "consent.given_in_future")
    if DataClass.SENSITIVE in command.classes and command.proof is Proof.ORAL_NOTED:
        yield FieldError("classes", "consent.sensitive_in_writing")


def _receiver(session: Session, case: Case, command: GiveConsent) -> UUID:
    named = command.to_organisation_id
    if named is not None:
        if session.get(Organisation, named) is None:
            raise InvalidInput([FieldError("to_org", "organisation.unknown")])
        return named
    found = find_serving_organisation_id(
        session, command.to_programme, case.nis_code, clock.today()
    )
    if found is None:
        raise InvalidInput([FieldError("to_programme", "consent.programme_not_served")])
    return found


def _load(session: Session, actor: Actor, consent_id: UUID) -> Consent:
    consent = session.scalar(
        select(Consent).where(
            Consent.id == consent_id,
            Consent.nis_code.in_(actor.municipalities),
            or_(
                Consent.from_organisation_id == actor.organisation_id,
                Consent.to_organisation_id == actor.organisation_id,
            ),
        )
    )
    if consent is None or not _is_side(actor, consent):
        raise NotFound("request.not_found")
    return consent


def _is_side(actor: Actor, consent: Consent) -> bool:
    sides = (
        (consent.from_organisation_id, consent.from_programme),
        (consent.to_organisation_id, consent.to_programme),
    )
    return any(
        organisation_id == actor.organisation_id and actor.works_for(programme)
        for organisation_id, programme in sides
    )


def _view(session: Session, consent: Consent) -> ConsentView:
    withdrawn_at = session.scalar(
        select(ConsentWithdrawal.recorded_at).where(ConsentWithdrawal.consent_id == consent.id)
    )
    return _as_view(consent, withdrawn_at)


def _as_view(consent: Consent, withdrawn_at: datetime | None) -> ConsentView:
    return ConsentView(
        id=consent.id,
        purpose=Purpose(consent.purpose),
        from_programme=consent.from_programme,
        to_programme=consent.to_programme,
        to_organisation_id=consent.to_organisation_id,
        classes=read_classes(consent.classes),
        given_on=consent.given_on,
        proof=consent.proof,
        withdrawn_at=withdrawn_at,
    )


def _say(session: Session, actor: Actor, action: str, consent: Consent) -> None:
    said: dict[str, object] = {
        "purpose": f"{consent.purpose}:{consent.to_programme}",
        "classes": list(consent.classes),
    }
    append(session, Entry(actor.name, actor.role_name, action, "consent", str(consent.id), said))

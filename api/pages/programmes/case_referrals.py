"""From the page of a case: writing an agreement down, sending the client on, taking it back."""

from uuid import UUID

from flask import request, url_for
from werkzeug.wrappers import Response

from api.pages.programmes.agreements import AGREE, SEND, WITHDRAW, agreement_nodes
from api.pages.programmes.blueprint import blueprint
from api.pages.programmes.cases import CASE, Do, act
from api.pages.programmes.door import for_workers
from api.pages.programmes.reading import Answers, document_of
from api.schemas.fields import Choice, StrictSchema
from api.schemas.referrals import ConsentSchema, ReferralSchema, as_consent, as_referral
from energiehuis.access.actor import Actor
from energiehuis.db.session import Session
from energiehuis.referrals.consents import give_consent, withdraw_consent
from energiehuis.referrals.service import SendReferral, send_referral
from energiehuis.referrals.vocabulary import ReferralReason


class _AtOnceSchema(StrictSchema):
    """Why the client is sent on at once; nothing when that comes later."""

    reason = Choice(ReferralReason, allow_none=True)


@blueprint.post(f"{CASE}/toestemmingen")
@for_workers
def agree(case_id: UUID) -> Response | tuple[str, int]:
    """Write down that the client agrees to share, and send it on at once where a reason is said."""
    answers = Answers.of_form(request.form)

    def prepare() -> Do:
        document = document_of(agreement_nodes(), answers)
        reason = _AtOnceSchema().load({"reason": document.pop("reason", None)})["reason"]
        consent = as_consent(ConsentSchema().load({**document, "case_id": str(case_id)}))

        def do(session: Session, actor: Actor) -> UUID | None:
            given = give_consent(session, actor, consent)
            if reason is None:
                return None
            # What was agreed to in this form is what is shared, also in writing on health.
            share, to = consent.classes, consent.to_programme
            command = SendReferral(case_id, to, ReferralReason(reason), given.id, share)
            return send_referral(session, actor, command).id

        return do

    return act(case_id, answers, prepare, done=AGREE, then=_referral_url)


@blueprint.post(f"{CASE}/doorverwijzingen")
@for_workers
def send_on(case_id: UUID) -> Response | tuple[str, int]:
    """Send the client on, on an agreement that stands."""
    answers = Answers.of_form(request.form)

    def prepare() -> Do:
        document = {
            "from_case": str(case_id),
            "to_programme": answers.get("to"),
            "reason": answers.get("send_reason"),
            "agreement_id": answers.get("agreement_id"),
            "share": answers.list("share"),
        }
        command = as_referral(ReferralSchema().load(document))
        return lambda session, actor: send_referral(session, actor, command).id

    return act(case_id, answers, prepare, done=SEND, then=_referral_url)


@blueprint.post(f"{CASE}/toestemmingen/<uuid:consent_id>/intrekken")
@for_workers
def withdraw(case_id: UUID, consent_id: UUID) -> Response | tuple[str, int]:
    """Write down that the client takes an agreement back."""
    answers = Answers.of_form(request.form)

    def prepare() -> Do:
        return lambda session, actor: withdraw_consent(session, actor, consent_id)

    return act(case_id, answers, prepare, done=WITHDRAW)


def _referral_url(referral_id: str) -> str:
    return url_for("programmes.show_referral", referral_id=referral_id, klaar="verstuurd")

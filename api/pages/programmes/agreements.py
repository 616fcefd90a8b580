"""The part of a case page on agreements and referrals: what is asked, and what stands there."""

from dataclasses import dataclass, field
from typing import Any

from api.pages.context import first_capital, text
from api.pages.programmes import words
from api.pages.programmes.choices import Choice, Choices
from api.pages.programmes.inputs import Input, Node, Shape
from api.pages.programmes.reading import DAY_PARTS, Answers
from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass, visible_classes
from energiehuis.access.permissions import Permission
from energiehuis.cases.vocabulary import Proof
from energiehuis.db.session import Session
from energiehuis.programmes.case_service import CaseView
from energiehuis.programmes.registry import BY_CODE
from energiehuis.referrals.overview import CaseReferrals, Receiver, referrals_of_case
from energiehuis.referrals.queries import ReferralLine
from energiehuis.referrals.vocabulary import Purpose, ReferralReason

AGREE, SEND, WITHDRAW = "toestemming", "doorverwijzing", "ingetrokken"


@dataclass(frozen=True, slots=True)
class AgreementPart:
    """What stands on the page of a case, and what its form asks; no form for who may not send."""

    found: CaseReferrals
    nodes: tuple[Node, ...] = ()
    choices: Choices = field(default_factory=dict)


def agreement_part(session: Session, actor: Actor, case: CaseView) -> AgreementPart | None:
    """Read what the actor may see of it; None for who has nothing to do with referrals."""
    if not actor.may(Permission.REFERRAL_ANSWER):
        return None
    found = referrals_of_case(session, actor, case.id, BY_CODE)
    if found.agreements is None:
        return AgreementPart(found)
    classes = sorted(visible_classes(actor, case.programme) - {DataClass.COUNT})
    choices: Choices = {
        "to_programme": tuple(_receiver(one) for one in found.receivers),
        "purpose": _worded("purpose", Purpose),
        "classes": _worded("data_class", classes),
        "proof": tuple(Choice(one.value, text(f"word.proof.{one}")) for one in Proof),
        "reason": _worded("referral_reason", ReferralReason),
    }
    return AgreementPart(found, agreement_nodes(), choices)


def agreement_nodes() -> tuple[Node, ...]:
    """Give what is asked for an agreement, with or without sending the client on at once."""
    return (
        _input("to_programme", Shape.CHOICE, source="programme", is_required=True),
        _input("purpose", Shape.CHOICE, is_required=True),
        _input("classes", Shape.CHECKS, is_required=True),
        _input("given_on", Shape.DAY, is_required=True),
        _input("proof", Shape.CHOICE, is_required=True),
        _input("proof_reference", Shape.TEXT, most=80),
        _input("reason", Shape.CHOICE, source="reason"),
    )


def preset(answers: Answers) -> None:
    """Fill in what is mostly so: an agreement of today, to be sent on."""
    today = clock.today()
    for part in DAY_PARTS:
        answers.single.setdefault(f"given_on.{part}", str(getattr(today, part)))
    answers.single.setdefault("purpose", Purpose.REFERRAL.value)


def class_words(classes: Any) -> str:  # noqa: ANN401  an iterable of classes
    """Name classes of data in one line."""
    return ", ".join(text(f"word.referrals.data_class.{one}") for one in sorted(classes))


def state_word(line: ReferralLine) -> str:
    """Say for a worker where a referral stands."""
    return text(f"referral_page.state.{'late' if line.is_lost else line.state}")


def _input(name: str, shape: Shape, **about: Any) -> Input:  # noqa: ANN401  of an Input
    return Input(path=name, name=f"consent.{name}", shape=shape, **about)


def _receiver(one: Receiver) -> Choice:
    return Choice(one.programme, f"{words.programme_name(one.programme)} ({one.organisation})")


def _worded(enum: str, values: Any) -> tuple[Choice, ...]:  # noqa: ANN401  an iterable of words
    return tuple(
        Choice(str(one), first_capital(text(f"word.referrals.{enum}.{one}"))) for one in values
    )

"""What staff send: facts from a document, a move, a decision; and a citizen's question."""

from typing import Any

from api.schemas.applications import MONEY_FACTS, FactsSchema
from api.schemas.fields import Choice, Flag, Group, Many, Money, StrictSchema, Text, Whole
from energiehuis.loans.proofs import document_kinds
from energiehuis.loans.states import Move
from energiehuis.loans.vocabulary import RefusalReason

_MOVES = tuple(m.value for m in Move if m not in (Move.APPROVE, Move.REFUSE))


class ChangedFactsSchema(FactsSchema):
    """Some of the facts."""


class FactsChangeSchema(StrictSchema):
    """Facts that a document shows; only those that are named change, null makes unknown again."""

    facts = Group(ChangedFactsSchema(partial=True), required=True)
    evidence = Text(300, required=True)
    # The kind of document, where it proves a ground: never of which health fund it is.
    document = Choice(document_kinds(), allow_none=True, load_default=None)


class MoveSchema(StrictSchema):
    """A move that decides nothing."""

    move = Choice(_MOVES, required=True)
    note = Text(2000, load_default="")


class DecisionSchema(StrictSchema):
    """An approval with amount and term, or a refusal with reasons and a sentence."""

    outcome = Choice(("approved", "refused"), required=True)
    amount = Money(allow_none=True, load_default=None, minimum_cents=1_00)
    term_months = Whole(1, 1200, allow_none=True, load_default=None)
    reason_codes = Many(Choice(RefusalReason), 0, len(RefusalReason), load_default=list)
    explanation = Text(4000, load_default="")
    # What the system cannot tell was checked in the documents.
    confirms_open_points = Flag(load_default=False)


class StatusQuestionSchema(StrictSchema):
    """A citizen's question: which application, and the secret that came with it."""

    reference = Text(16, required=True)
    secret = Text(40, required=True)


def as_changes(data: dict[str, Any]) -> dict[str, object]:
    """Give the facts that change, by the names of the rules."""
    return {
        f"{name}_cents" if name in MONEY_FACTS else name: value
        for name, value in data["facts"].items()
    }

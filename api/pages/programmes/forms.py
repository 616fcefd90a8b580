"""A form for a kind of intake: shown, with lines added, sent, and shown again when it is wrong."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.pages.programmes import words
from api.pages.programmes.blueprint import blueprint
from api.pages.programmes.choices import MOST_RADIOS, Choices, choices_for
from api.pages.programmes.door import for_workers, let_in
from api.pages.programmes.envelope import (
    OWN_PURPOSE,
    envelope_parts,
    first_answers,
    optional_parts,
)
from api.pages.programmes.inputs import Group, Input, Node, Shape, inputs_of, parts_of
from api.pages.programmes.kinds import get_kind, get_programme, slug_of
from api.pages.programmes.reading import DAY_PARTS, Answers, document_of, group_is_touched
from api.pages.programmes.woonclub import WITHOUT_ENVELOPE
from api.pages.programmes.writing import Refused, sent_with_key, write_form, wrong_answers
from api.schemas.from_types import incoming_of, intake_schema_of
from api.unit_of_work import unit_of_work
from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.cases.kinds import IntakeKind
from energiehuis.cases.vocabulary import Channel
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.errors import FieldError
from energiehuis.identifiers import new_id
from energiehuis.programmes.registry import PROGRAMMES

# Most is written down on the day itself.
_TODAY = ("date", "day", "held_on")
_FORM = "/programmas/<programme>/<kind>/nieuw"


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind asks: the envelope, about whom, its own fields, and what may be said besides."""

    envelope: tuple[Node, ...]
    subject: tuple[Node, ...]
    payload: tuple[Node, ...]
    optional: tuple[Node, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Give all parts in the order of the page."""
        return (*self.subject, *self.payload, *self.envelope, *self.optional)


@blueprint.get(_FORM)
@for_workers
def ask(programme: str, kind: str) -> str:
    """Ask what an intake needs."""
    chosen = get_kind(get_programme(programme), kind)
    names = {one.path for one in inputs_of(form_of(chosen, {}).nodes)}
    named = {name: value[:200] for name, value in request.args.items() if name in names}
    answers = Answers({**first_answers(), "key": str(new_id()), **named})
    return _page(chosen, answers, is_new=True)


@blueprint.post(_FORM)
@for_workers
def send(programme: str, kind: str) -> Response | str | tuple[str, int]:
    """Write an intake down once, or show the form again with all that was typed."""
    chosen = get_kind(get_programme(programme), kind)
    answers = Answers.of_form(request.form)
    if path := answers.get("add"):
        rows = answers.get(f"{path}.rows")
        count = int(rows) + 1 if rows.isdecimal() and len(rows) < 4 else 2
        return _page(chosen, Answers({**answers.single, f"{path}.rows": str(count)}, answers.many))
    try:
        record_id = _write(chosen, answers)
    except Refused as refused:
        return _page(chosen, answers, refused.errors), refused.status
    return redirect(
        url_for(
            "programmes.show_record",
            programme=programme,
            kind=kind,
            record_id=record_id,
            klaar="ja",
        ),
        303,
    )


def form_of(kind: IntakeKind, typed: dict[str, str]) -> Form:
    """Make the form of a kind; what was typed says how many lines it has."""
    codes = tuple(programme.code for programme in PROGRAMMES if programme.code != kind.programme)
    envelope = envelope_parts(_received_on(typed))
    is_bare = kind.code in WITHOUT_ENVELOPE
    return Form(
        envelope=tuple(one for one in envelope if one.path == "nis") if is_bare else envelope,
        subject=parts_of(kind.subject, "subject", typed),
        payload=parts_of(kind.payload, "payload", typed),
        optional=() if is_bare else optional_parts(codes),
    )


def intake_document(kind: IntakeKind, answers: Answers) -> dict[str, Any]:
    """Give the intake that was typed, as the JSON interface takes it."""
    form = form_of(kind, answers.single)
    document = document_of((*form.envelope, *form.optional), answers)
    document["intake_id"] = answers.get("key")
    if kind.code in WITHOUT_ENVELOPE:
        document |= {
            "channel": Channel.SITTING_DAY.value,
            "received_at": clock.now().isoformat(),
            "legal_basis": first_answers()["legal_basis"],
        }
    if fields(kind.subject):
        document["subject"] = document_of(form.subject, answers)
    document["payload"] = document_of(form.payload, answers)
    if purposes := document.get("agreement", {}).get("purposes"):
        own = f"programme:{kind.programme}"
        document["agreement"]["purposes"] = [own if one == OWN_PURPOSE else one for one in purposes]
    return document


def _write(kind: IntakeKind, answers: Answers) -> UUID:
    document = intake_document(kind, answers)
    try:
        data, key = sent_with_key(
            lambda: intake_schema_of(kind)().load(document), answers.get("key")
        )
    except Refused:
        _check_actor(kind)
        raise

    def work(session: Session, actor: Actor) -> dict[str, object]:
        let_in(actor, kind.programme)
        return {"id": str(kind.record(session, actor, incoming_of(kind, data)).id)}

    said = {name: value for name, value in document.items() if name != "received_at"}
    body = write_form(f"page.{kind.code}", key, said, work)
    return UUID(str(body["id"]))


def _check_actor(kind: IntakeKind) -> None:
    """Refuse who may not write before saying what is wrong."""
    with unit_of_work(TransactionKind.READ) as (_session, actor):
        let_in(actor, kind.programme)
        require(actor, Permission.INTAKE_WRITE)


def _page(
    kind: IntakeKind, answers: Answers, errors: tuple[FieldError, ...] = (), *, is_new: bool = False
) -> str:
    form = form_of(kind, answers.single)
    with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
        let_in(actor, kind.programme)
        require(actor, Permission.INTAKE_WRITE)
        choices = choices_for(session, actor, kind.programme, inputs_of(form.nodes))
    if is_new:
        _preset(form, choices, answers)
    wrong = wrong_answers(form.nodes, errors, lambda node: words.label(kind, node.name))
    return render_template(
        "programmes/form.html",
        kind=kind,
        form=form,
        errors=wrong,
        by_path={one.path: one for one in wrong},
        opened=_opened(form, answers, tuple(wrong)),
        title_of=words.kind_title,
        name_of=words.programme_name,
        back_url=url_for("programmes.show_programme", programme=slug_of(kind.programme)),
        **drawing(kind, choices, answers),
    )


def drawing(kind: IntakeKind, choices: Choices, answers: Answers) -> dict[str, Any]:
    """Give what the macros of a form need to draw its inputs."""
    return {
        "label_of": lambda node: words.label(kind, node.name),
        "hint_of": lambda node: words.hint(kind, node.name),
        "choices": choices,
        "answers": answers,
        "most_radios": MOST_RADIOS,
        "shape_of": lambda node: type(node).__name__,
    }


def _preset(form: Form, choices: Choices, answers: Answers) -> None:
    """Fill in what is so unless something else is said."""
    for node in form.nodes:
        if not isinstance(node, Input):
            continue
        only = choices.get(node.path, ())
        if node.is_required and len(only) == 1:
            answers.single.setdefault(node.path, only[0].value)
        if node.default:
            answers.single.setdefault(node.path, node.default)
        if node.shape is Shape.DAY and node.is_required and node.name in _TODAY:
            today = clock.today()
            for part in DAY_PARTS:
                answers.single.setdefault(f"{node.path}.{part}", str(getattr(today, part)))


def _opened(form: Form, answers: Answers, errors: tuple[Any, ...]) -> bool:
    """Say whether what is optional stands open: something was typed there, or is wrong."""
    around = Group(path="", name="", parts=form.optional)
    paths = tuple(node.path for node in form.optional)
    is_wrong = any(error.path.startswith(paths) for error in errors) if paths else False
    return is_wrong or group_is_touched(around, answers)


def _received_on(typed: dict[str, str]) -> dt.date:
    try:
        return dt.date(*(int(typed[f"received_at.{part}"]) for part in ("year", "month", "day")))
    except (KeyError, ValueError):
        return clock.today()

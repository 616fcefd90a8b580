"""People who may be one: side by side, so that a worker can judge, merge them, and split again."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.pages.programmes import words
from api.pages.programmes.blueprint import blueprint
from api.pages.programmes.door import for_workers, let_in
from api.pages.programmes.writing import Refused, Work, Wrong, sentence, write_form
from api.unit_of_work import unit_of_work
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.cases.double_review import Pair, review_doubles
from energiehuis.cases.person_doubles import merge_people, undo_merge
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.errors import FieldError
from energiehuis.identifiers import new_id
from energiehuis.people.merging import MergePeople

_DOUBLES = "/programmas/dubbels"
_DONE = ("samengevoegd", "gesplitst")
# The longest number that a version may be written with.
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form of a pair sent: who the two are, and which of them stays."""

    first_id: UUID
    second_id: UUID
    kept_id: UUID

    @property
    def merge(self) -> MergePeople:
        """Say it as the domain does."""
        other = self.second_id if self.kept_id == self.first_id else self.first_id
        return MergePeople(self.kept_id, other)


@blueprint.get(_DOUBLES)
@for_workers
def show_doubles() -> str:
    """Show the pairs and the merges that stand; that they were read is written down."""
    return _page()


@blueprint.post(f"{_DOUBLES}/samenvoegen")
@for_workers
def merge() -> Response | tuple[str, int]:
    """Let two people be one from now on."""
    choice: Choice | None = None
    try:
        choice = _choice(request.form)
        chosen = choice.merge

        def work(session: Session, actor: Actor) -> dict[str, object]:
            let_in(actor)
            return {"merge": str(merge_people(session, actor, chosen).id)}

        said = {"kept": str(chosen.kept_id), "merged": str(chosen.merged_id)}
        return _write("page.person.merge", said, work, done="samengevoegd")
    except Refused as refused:
        return _page(refused.errors, choice), refused.status


@blueprint.post(f"{_DOUBLES}/<uuid:merge_id>/splitsen")
@for_workers
def split(merge_id: UUID) -> Response | tuple[str, int]:
    """Let two people who were merged be two again, as they were."""
    try:
        version = _version(request.form)

        def work(session: Session, actor: Actor) -> dict[str, object]:
            let_in(actor)
            return {"merge": str(undo_merge(session, actor, merge_id, version).id)}

        return _write("page.person.undo_merge", {"version": version}, work, done="gesplitst")
    except Refused as refused:
        return _page(refused.errors), refused.status


def _write(operation: str, said: object, work: Work, *, done: str) -> Response:
    write_form(operation, _id(request.form, "key"), said, work)
    return redirect(url_for("programmes.show_doubles", klaar=done), 303)


def _page(errors: tuple[FieldError, ...] = (), sent: Choice | None = None) -> str:
    with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
        let_in(actor)
        found = review_doubles(session, actor)
    mark = "" if sent is None else _mark(sent.first_id, sent.second_id)
    shown = {_mark_of(pair) for pair in found.pairs}
    target = mark if mark in shown else ""
    said = dict.fromkeys(sentence(error) for error in errors)
    done = request.args.get("klaar", "")
    return render_template(
        "programmes/doubles.html",
        pairs=[(_mark_of(pair), pair) for pair in found.pairs],
        merges=found.merges,
        has_more=found.has_more,
        errors=[Wrong("", target, one) for one in said],
        wrong={target: next(iter(said))} if target and said else {},
        kept_id=sent.kept_id if sent is not None else None,
        may_open=actor.may(Permission.CASE_READ),
        notice=done if done in _DONE else "",
        new_key=new_id,
        name_of=words.programme_name,
        place_of=words.place_name,
    )


def _choice(form: Mapping[str, str]) -> Choice:
    choice = Choice(_id(form, "first"), _id(form, "second"), _id(form, "keep"))
    if choice.kept_id not in (choice.first_id, choice.second_id):
        raise _form_lost()
    return choice


def _id(form: Mapping[str, str], name: str) -> UUID:
    try:
        return UUID(form.get(name, ""))
    except ValueError as error:
        raise _form_lost() from error


def _version(form: Mapping[str, str]) -> int:
    text = form.get("version", "")
    if not text.isdecimal() or len(text) > _MOST_DIGITS:
        raise _form_lost()
    return int(text)


def _form_lost() -> Refused:
    return Refused(422, (FieldError("", "programme_page.form_lost"),))


def _mark_of(pair: Pair) -> str:
    return _mark(pair.first.person.id, pair.second.person.id)


def _mark(first_id: UUID, second_id: UUID) -> str:
    return f"keep-{first_id}-{second_id}"

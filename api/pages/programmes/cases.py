"""The page of a case: what the role may see of it, its next step, its history and its notes."""

from collections.abc import Callable
from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.pages.programmes import words
from api.pages.programmes.agreements import (
    AGREE,
    SEND,
    WITHDRAW,
    agreement_part,
    class_words,
    preset,
    state_word,
)
from api.pages.programmes.blueprint import blueprint
from api.pages.programmes.choices import choices_for
from api.pages.programmes.door import for_workers, let_in
from api.pages.programmes.follow_ups import follow_ups_of_case
from api.pages.programmes.forms import drawing
from api.pages.programmes.inputs import Input, Node, Shape, inputs_of, parts_of
from api.pages.programmes.kinds import kinds_of, slug_of
from api.pages.programmes.reading import Answers, document_of, version_of
from api.pages.programmes.summaries import details_in_words
from api.pages.programmes.woonclub import OutcomePayload, as_close
from api.pages.programmes.writing import Refused, sent_with_key, write_form, wrong_answers
from api.schemas.cases import CaseMoveSchema, NoteSchema, as_move
from api.schemas.from_types import command_of, schema_of
from api.unit_of_work import unit_of_work
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.cases.kinds import IntakeKind
from energiehuis.cases.states import CaseStatus
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.errors import FieldError
from energiehuis.identifiers import new_id
from energiehuis.programmes.case_service import (
    CaseView,
    add_note,
    get_case,
    list_notes,
    move_case,
)
from energiehuis.programmes.registry import BY_CODE
from energiehuis.programmes.woonclub.service import close_file

CASE = "/programmas/dossiers/<uuid:case_id>"
_DONE = ("stap", "nota", "einde", AGREE, SEND, WITHDRAW)
Do = Callable[[Session, Actor], object]


@blueprint.get(CASE)
@for_workers
def show_case(case_id: UUID) -> str:
    """Show a case as far as the role may see it; that it was read is written down."""
    return _page(case_id, Answers({}))


@blueprint.post(f"{CASE}/stap")
@for_workers
def step(case_id: UUID) -> Response | tuple[str, int]:
    """Take the next step of a case, with how it ended where it closes."""
    answers = Answers.of_form(request.form)
    document = {"status": answers.get("status"), **document_of(_end_nodes(()), answers)}

    def prepare() -> Do:
        data = CaseMoveSchema().load(document)
        command = as_move(data, case_id, version_of(answers))
        return lambda session, actor: move_case(session, actor, command)

    return act(case_id, answers, prepare, done="stap")


@blueprint.post(f"{CASE}/einde")
@for_workers
def end(case_id: UUID) -> Response | tuple[str, int]:
    """Close a file of the Woonclub with what became of the household."""
    answers = Answers.of_form(request.form)

    def prepare() -> Do:
        nodes = parts_of(OutcomePayload, "end", answers.single)
        data = schema_of(OutcomePayload)().load(document_of(nodes, answers))
        command = as_close(case_id, version_of(answers), command_of(OutcomePayload, data))
        return lambda session, actor: close_file(session, actor, command)

    return act(case_id, answers, prepare, done="einde")


@blueprint.post(f"{CASE}/notas")
@for_workers
def note(case_id: UUID) -> Response | tuple[str, int]:
    """Write a note on a case."""
    answers = Answers.of_form(request.form)
    is_closed = answers.get("is_closed") == "yes"

    def prepare() -> Do:
        data = NoteSchema().load({"text": answers.get("text"), "is_closed": is_closed})
        return lambda session, actor: add_note(
            session, actor, case_id, data["text"], is_closed=data["is_closed"]
        )

    return act(case_id, answers, prepare, done="nota")


def act(
    case_id: UUID,
    answers: Answers,
    prepare: Callable[[], Do],
    *,
    done: str,
    then: Callable[[str], str] | None = None,
) -> Response | tuple[str, int]:
    """Do what a form asks once; when that cannot be, show the case again as it was typed.

    `then` gives the page of what was made; without it, or when nothing was, the case is shown.
    """
    try:
        do, key = sent_with_key(prepare, answers.get("key"))

        def work(session: Session, actor: Actor) -> dict[str, object]:
            let_in(actor)
            made = do(session, actor)
            return {"done": done, "made": str(made) if isinstance(made, UUID) else None}

        said = {name: values for name, values in answers.many.items() if name != "csrf_token"}
        kept = write_form(f"page.case.{done}", key, said, work)
    except Refused as refused:
        return _page(case_id, answers, refused.errors, sent=done), refused.status
    if then is not None and kept.get("made"):
        return redirect(then(str(kept["made"])), 303)
    return redirect(url_for("programmes.show_case", case_id=case_id, klaar=done), 303)


def _page(
    case_id: UUID, answers: Answers, errors: tuple[FieldError, ...] = (), *, sent: str = ""
) -> str:
    with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
        let_in(actor)
        case = get_case(session, actor, case_id)
        notes = list_notes(session, actor, case_id) if actor.may(Permission.NOTE_READ) else ()
        kind = _kind_for_words(case)
        ends = _ends_of(case, actor)
        choices = choices_for(session, actor, case.programme, inputs_of(ends))
        part = agreement_part(session, actor, case)
    if part is not None:
        choices |= part.choices
    if sent != AGREE:
        preset(answers)
    nodes = (*ends, _NOTE, *(part.nodes if part is not None else ()))
    errors = tuple(_at_input(error, sent, case) for error in errors)
    wrong = wrong_answers(nodes, errors, lambda node: words.label(kind, node.name))
    return render_template(
        "programmes/case.html",
        case=case,
        notes=notes,
        ends=ends,
        is_woonclub=_closes_apart(case),
        follow_ups=follow_ups_of_case(case) if actor.may(Permission.INTAKE_WRITE) else (),
        hidden_classes=[one.value for one in case.hidden],
        details=details_in_words(case.programme, case.details),
        moves=[move.value for move in case.next_statuses if move is not CaseStatus.CLOSED],
        may_close=CaseStatus.CLOSED in case.next_statuses or bool(ends),
        may_write=actor.may(Permission.CASE_WRITE),
        may_note=actor.may(Permission.NOTE_WRITE),
        may_read_notes=actor.may(Permission.NOTE_READ),
        key=new_id(),
        notice=request.args.get("klaar", "") if request.args.get("klaar") in _DONE else "",
        sent=sent,
        errors=wrong,
        by_path={one.path: one for one in wrong},
        slug=slug_of(case.programme),
        status_of=words.status_word,
        place_of=words.place_name,
        name_of=words.programme_name,
        outcome_of=lambda outcome: words.value_word(case.programme, "outcome", outcome),
        part=part,
        state_of=state_word,
        classes_of=class_words,
        **drawing(kind, choices, answers),
    )


_NOTE = Input(path="text", name="note.text", shape=Shape.LONG, is_required=True, most=4_000)


def _end_nodes(outcomes: tuple[str, ...]) -> tuple[Node, ...]:
    outcome = Input(
        path="outcome",
        name="case.outcome",
        shape=Shape.CHOICE,
        choices=outcomes,
        words="outcome",
        is_required=True,
    )
    day = Input(path="outcome_on", name="case.outcome_on", shape=Shape.DAY, is_required=True)
    return (outcome, day)


def _ends_of(case: CaseView, actor: Actor) -> tuple[Node, ...]:
    """Give what is asked when the case closes; nothing where it cannot."""
    if not actor.may(Permission.CASE_WRITE):
        return ()
    if _closes_apart(case):
        return parts_of(OutcomePayload, "end", {})
    if CaseStatus.CLOSED not in case.next_statuses:
        return ()
    return _end_nodes(BY_CODE[case.programme].outcomes)


def _closes_apart(case: CaseView) -> bool:
    """Say whether it is a file of the Woonclub, which closes with its tenure and rent."""
    is_open = case.outcome is None
    return case.programme == "woonclub" and is_open and not BY_CODE[case.programme].outcomes


def _at_input(error: FieldError, sent: str, case: CaseView) -> FieldError:
    """Point an error of the service to the input on this page."""
    if sent in (SEND, WITHDRAW):
        # Each agreement has a form of its own; what is wrong is said above all of them.
        return FieldError("", error.code, error.params)
    is_apart = sent == "einde" and _closes_apart(case)
    path = f"end.{error.field}" if is_apart and error.field else error.field
    return FieldError(path, error.code, error.params)


def _kind_for_words(case: CaseView) -> IntakeKind:
    return kinds_of(BY_CODE[case.programme])[0]

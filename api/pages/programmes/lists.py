"""A list of intakes, CSV or XLSX, for a worker: tried first, then taken in whole or not at all."""

import hashlib
import re
from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import Response, render_template, request

from api.languages import requested_language
from api.lists import ReadList, check
from api.lists.columns import template_columns
from api.lists.running import MOST_ERRORS, take_list_in, try_rows
from api.pages.programmes import words
from api.pages.programmes.blueprint import blueprint
from api.pages.programmes.door import for_workers, let_in
from api.pages.programmes.kinds import get_kind, get_programme, slug_of
from api.pages.programmes.writing import Refused, write_form
from api.problem import field_problem
from api.unit_of_work import unit_of_work
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.cases.kinds import IntakeKind
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.errors import FieldError, NotFound
from energiehuis.programmes.registry import KINDS

_LIST = "/programmas/<programme>/<kind>/lijst"
_MOST_SHOWN = 100
_ROW = re.compile(r"rows\.(\d+)\.?(.*)")
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a row, for people; no row where the whole file is meant."""

    row: int | None
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ListResult:
    """What became of a list, or what would."""

    rows: int
    accepted: int
    errors: tuple[RowError, ...]
    is_taken_in: bool = False


class _Undo(Exception):
    """Leaves a unit of work so that it keeps nothing."""


@blueprint.get(_LIST)
@for_workers
def ask_list(programme: str, kind: str) -> str:
    """Ask for the file."""
    chosen = _writable(programme, kind)
    return _page(chosen, None)


@blueprint.get(f"{_LIST}/sjabloon.csv")
@for_workers
def list_template(programme: str, kind: str) -> Response:
    """Give an empty list with its columns; semicolons, as Belgian Excel opens it."""
    chosen = _writable(programme, kind)
    text = "\ufeff" + ";".join(template_columns(chosen)) + "\r\n"
    name = f"{chosen.path.replace('/', '-')}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, headers=headers, mimetype="text/csv")


@blueprint.post(_LIST)
@for_workers
def take_list(programme: str, kind: str) -> tuple[str, int]:
    """Try a list, or take it in."""
    chosen = _writable(programme, kind)
    upload = request.files.get("file")
    content = upload.read() if upload is not None else b""
    if not content:
        missing = (FieldError("", "field.required"),)
        return _page(chosen, ListResult(0, 0, _told(missing))), 422
    told = check(chosen, content)
    if request.form.get("action") == "take":
        return _taken_in(chosen, told, content)
    result = _tried(chosen, told)
    return _page(chosen, result), 422 if result.errors else 200


def _writable(programme: str, kind: str) -> IntakeKind:
    chosen = get_kind(get_programme(programme), kind)
    if chosen not in KINDS:
        raise NotFound("request.not_found")
    with unit_of_work(TransactionKind.READ) as (_session, actor):
        let_in(actor, chosen.programme)
        require(actor, Permission.INTAKE_WRITE)
    return chosen


def _tried(kind: IntakeKind, told: ReadList) -> ListResult:
    found: list[ListResult] = []
    try:
        with unit_of_work(TransactionKind.WRITE) as (session, actor):
            outcome = try_rows(session, actor, kind, told)
            errors = _told(outcome.errors)
            found.append(ListResult(told.count, len(outcome.accepted), errors))
            raise _Undo  # noqa: TRY301  leaving by an error is what undoes
    except _Undo:
        return found[0]


def _taken_in(kind: IntakeKind, told: ReadList, content: bytes) -> tuple[str, int]:
    def work(session: Session, actor: Actor) -> dict[str, object]:
        return {"count": len(take_list_in(session, actor, kind, told))}

    said = {"file": hashlib.sha256(content).hexdigest()}
    try:
        kept = write_form(f"list.{kind.code}", _key(), said, work)
    except Refused as refused:
        result = ListResult(told.count, 0, _told(refused.errors))
        return _page(kind, result), refused.status
    count = int(str(kept["count"]))
    return _page(kind, ListResult(told.count, count, (), is_taken_in=True)), 200


def _key() -> UUID:
    given = request.form.get("key", "")
    if not _KEY.fullmatch(given):
        raise NotFound("request.not_found")
    return UUID(given)


def _told(errors: tuple[FieldError, ...]) -> tuple[RowError, ...]:
    return tuple(_row_error(error) for error in errors[:MOST_ERRORS])


def _row_error(error: FieldError) -> RowError:
    found = _ROW.fullmatch(error.field)
    said = field_problem(error, requested_language())
    return RowError(
        int(found[1]) if found else None, found[2] if found else "", str(said["message"])
    )


def _page(kind: IntakeKind, result: ListResult | None) -> str:
    return render_template(
        "programmes/list.html",
        kind=kind,
        slug=slug_of(kind.programme),
        result=result,
        shown=result.errors[:_MOST_SHOWN] if result else (),
        key=uuid4(),
        name_of=words.programme_name,
        title_of=words.kind_title,
    )

"""Doubles of people: proposed, merged by hand, unmerged."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer, required_version
from api.guards import requires
from api.schemas.headers import IDEMPOTENCY_KEY, IF_MATCH
from api.schemas.people import (
    MergeOutSchema,
    MergeSchema,
    MergesSchema,
    PersonDoublesSchema,
    UndoSchema,
)
from api.unit_of_work import unit_of_work, write_once
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.cases.person_doubles import (
    list_doubles,
    list_merges,
    merge_people,
    undo_merge,
)
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.people.merging import MergePeople, MergeView
from energiehuis.people.queries import PersonView

blueprint = Blueprint("people", __name__, description="Dubbele personen")


@blueprint.route("/person-doubles")
class PersonDoubles(MethodView):
    """People who may be one."""

    @blueprint.alt_response(200, schema=PersonDoublesSchema)
    @requires(Permission.PERSON_MERGE)
    def get(self) -> Response:
        """List pairs that sound alike with one birth date; that you read them is written down.

        Aliases are never among them, nor people whom only another programme knows.
        """
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            found = list_doubles(session, actor)
        items = [{"first": _person(p.first), "second": _person(p.second)} for p in found]
        return answer({"items": items})


@blueprint.route("/person-merges")
class PersonMerges(MethodView):
    """Merges of people."""

    @blueprint.alt_response(200, schema=MergesSchema)
    @requires(Permission.PERSON_MERGE)
    def get(self) -> Response:
        """List the merges that stand, without names."""
        with unit_of_work(TransactionKind.READ) as (session, actor):
            found = list_merges(session, actor)
        return answer({"items": [_merge(each) for each in found]})

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(MergeSchema())
    @blueprint.alt_response(201, schema=MergeOutSchema)
    @requires(Permission.PERSON_MERGE)
    def post(self, data: dict[str, Any]) -> Response:
        """Merge two people; nothing of either is lost, and it can be undone."""

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return _merge(merge_people(session, actor, MergePeople(**data)))

        body = write_once("person.merge", data, work)
        return answer(body, 201, version=int(str(body["version"])))


@blueprint.route("/person-merges/<uuid:merge_id>/undo")
class PersonMergeUndo(MethodView):
    """The end of a merge."""

    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    @blueprint.arguments(UndoSchema())
    @blueprint.alt_response(200, schema=MergeOutSchema)
    @requires(Permission.PERSON_MERGE)
    def post(self, data: dict[str, Any], merge_id: UUID) -> Response:
        """Undo a merge: the two are two people again, as they were."""
        version = required_version()

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return _merge(undo_merge(session, actor, merge_id, version))

        body = write_once("person.undo_merge", {**data, "version": version}, work)
        return answer(body, version=int(str(body["version"])))


def _person(person: PersonView) -> dict[str, object]:
    return {
        "id": str(person.id),
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": None if person.birth_date is None else person.birth_date.isoformat(),
    }


def _merge(merge: MergeView) -> dict[str, object]:
    return {
        "id": str(merge.id),
        "version": merge.version,
        "kept_id": str(merge.kept_id),
        "merged_id": str(merge.merged_id),
        "merged_at": merge.recorded_at.isoformat(),
        "undone_at": None if merge.undone_at is None else merge.undone_at.isoformat(),
    }

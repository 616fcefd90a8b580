"""Many intakes of a kind at once: the rules of `intakes.begin`, and one statement for all rows.

For a list that was kept elsewhere, and for the demo. One intake alone goes the same way, so that
both cannot come to differ.
"""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require, require_programme
from energiehuis.access.permissions import Permission
from energiehuis.cases.commands import Envelope
from energiehuis.cases.models import Intake
from energiehuis.cases.rules import envelope_errors
from energiehuis.cases.service import intake_row, record_intake, require_served
from energiehuis.errors import Conflict, FieldError, InvalidInput


def entry_path(index: int, count: int) -> str:
    """Give what stands before the fields of an entry: nothing when it is the only one.

    Examples
    --------
    >>> entry_path(0, 1), entry_path(3, 8)
    ('', 'entries.3.')
    """
    return "" if count == 1 else f"entries.{index}."


def begin_all(
    session: Session,
    actor: Actor,
    envelopes: Sequence[Envelope],
    *,
    programme: str,
    kind: str,
    errors: Iterable[FieldError] = (),
) -> UUID:
    """Check and write intakes down, and give the organisation that runs the programme.

    Needs `intake:write` and that the actor works for the programme. `errors` are read after the
    rights are clear; their fields carry their `entry_path`. Many at once name no operator, no
    referrer and no agreement.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What the envelopes or the programme find wrong, `intake.municipality_not_served`.
    Conflict
        `intake.id_taken`.
    """
    require(actor, Permission.INTAKE_WRITE)
    require_programme(actor, programme)
    found = [*_envelope_errors(envelopes), *errors]
    if found:
        raise InvalidInput(found)
    if len(envelopes) == 1:
        record_intake(session, actor, envelopes[0], programme=programme, kind=kind)
    else:
        _record_many(session, actor, envelopes, programme=programme, kind=kind)
    if actor.organisation_id is None:
        raise TypeError("an intake was recorded for nobody")
    return actor.organisation_id


def _envelope_errors(envelopes: Sequence[Envelope]) -> Iterator[FieldError]:
    now = clock.now()
    for index, envelope in enumerate(envelopes):
        path = entry_path(index, len(envelopes))
        for error in envelope_errors(envelope, now):
            yield FieldError(f"{path}{error.field}", error.code, error.params)


def _record_many(
    session: Session, actor: Actor, envelopes: Sequence[Envelope], *, programme: str, kind: str
) -> None:
    mine = actor.organisation_id
    for nis_code, day in {(each.nis_code, each.received_on) for each in envelopes}:
        mine = require_served(session, actor, programme, nis_code=nis_code, day=day)
    if mine is None or any(
        each.operator_organisation_id or each.referrer or each.agreement for each in envelopes
    ):
        raise TypeError("many intakes at once name nobody beside the programme")
    rows = [
        intake_row(actor, each, programme=programme, kind=kind, organisation_id=mine)
        for each in envelopes
    ]
    try:
        session.execute(insert(Intake), rows)
    except IntegrityError as error:
        raise Conflict("intake.id_taken", field="intake_id") from error

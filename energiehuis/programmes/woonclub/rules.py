"""What a session, a visit, a file and its end must be; plain functions, all errors at once."""

from collections.abc import Iterator
from datetime import date, timedelta

from energiehuis.cases.rules import composition_errors, is_nis_code
from energiehuis.cases.states import SessionStatus
from energiehuis.errors import FieldError
from energiehuis.money import format_plain
from energiehuis.programmes.woonclub.commands import AddSession, CloseFile, OpenFile
from energiehuis.programmes.woonclub.vocabulary import Outcome

LOWEST_RENT_CENTS = 1_00
HIGHEST_RENT_CENTS = 5_000_00
MOST_MUNICIPALITIES = 30
# A notice lies at most three years ahead (leases of nine years end by one of six months); a year
# back means that the household stayed on. Own limits, against slips of the pen.
NOTICE_BACK = timedelta(days=366)
NOTICE_AHEAD = timedelta(days=3 * 366)


def session_errors(command: AddSession, today: date) -> Iterator[FieldError]:
    """Give what cannot be in a session that is written down today."""
    if not is_nis_code(command.nis_code):
        yield FieldError("nis", "field.nis_code")
    if is_held_ahead(command.status, command.takes_place_on, today):
        yield FieldError("date", "session.held_in_future")


def is_held_ahead(status: SessionStatus, takes_place_on: date, today: date) -> bool:
    """Say whether a session is called held before its day."""
    return status is SessionStatus.HELD and takes_place_on > today


def visit_errors(
    session_status: str, takes_place_on: date, *, received_on: date, is_same_place: bool
) -> Iterator[FieldError]:
    """Give why nobody can have visited a session as told."""
    if session_status != SessionStatus.HELD:
        params: dict[str, object] = {"status": session_status}
        yield FieldError("payload.session_id", "visit.session_not_held", params)
    if received_on < takes_place_on:
        day = takes_place_on.isoformat()
        yield FieldError("received_at", "visit.before_session", {"day": day})
    if not is_same_place:
        yield FieldError("nis", "visit.other_municipality")


def file_errors(command: OpenFile) -> Iterator[FieldError]:
    """Give what cannot be in a file."""
    yield from composition_errors(command.composition, "payload.composition")
    yield from _municipality_errors(command.municipalities)
    yield from _rent_errors(command.max_rent_cents, "payload.max_rent")
    if command.notice_on is not None:
        received_on = command.envelope.received_on
        if not received_on - NOTICE_BACK <= command.notice_on <= received_on + NOTICE_AHEAD:
            yield FieldError("payload.notice_date", "woonclub.notice_too_far")


def outcome_errors(command: CloseFile, *, received_on: date, today: date) -> Iterator[FieldError]:
    """Give what cannot be in the end of a file that came in on a day."""
    if command.outcome_on < received_on:
        day = received_on.isoformat()
        yield FieldError("date", "woonclub.outcome_before_file", {"day": day})
    if command.outcome_on > today:
        yield FieldError("date", "woonclub.outcome_in_future")
    if command.outcome is Outcome.HOUSED:
        yield from _housing_errors(command)
        return
    told = {"tenure": command.tenure, "nis": command.nis_code, "rent": command.rent_cents}
    for name, value in told.items():
        if value is not None:
            yield FieldError(name, "woonclub.only_when_housed")


def _municipality_errors(municipalities: tuple[str, ...]) -> Iterator[FieldError]:
    if not 1 <= len(municipalities) <= MOST_MUNICIPALITIES:
        wanted: dict[str, object] = {"minimum": 1, "maximum": MOST_MUNICIPALITIES}
        yield FieldError("payload.municipalities", "field.list_length", wanted)
    if len(set(municipalities)) < len(municipalities):
        yield FieldError("payload.municipalities", "field.twice")
    for index, nis_code in enumerate(municipalities):
        if not is_nis_code(nis_code):
            yield FieldError(f"payload.municipalities.{index}", "field.nis_code")


def _rent_errors(rent_cents: int, path: str) -> Iterator[FieldError]:
    if not LOWEST_RENT_CENTS <= rent_cents <= HIGHEST_RENT_CENTS:
        limits: dict[str, object] = {
            "minimum": format_plain(LOWEST_RENT_CENTS),
            "maximum": format_plain(HIGHEST_RENT_CENTS),
        }
        yield FieldError(path, "field.amount_out_of_range", limits)


def _housing_errors(command: CloseFile) -> Iterator[FieldError]:
    if command.tenure is None:
        yield FieldError("tenure", "woonclub.needed_when_housed")
    if command.nis_code is None:
        yield FieldError("nis", "woonclub.needed_when_housed")
    elif not is_nis_code(command.nis_code):
        yield FieldError("nis", "field.nis_code")
    if command.rent_cents is not None:
        yield from _rent_errors(command.rent_cents, "rent")

"""What BudgetInZicht is to the shared core."""

from energiehuis.access.field_classes import DataClass
from energiehuis.cases.kinds import IntakeKind, NoSubject, PersonSubject
from energiehuis.cases.programmes import Programme
from energiehuis.programmes.budget_in_zicht import bookings, commands, duos, events, kits
from energiehuis.programmes.budget_in_zicht import participations as came
from energiehuis.programmes.budget_in_zicht.states import DUO_MOVES
from energiehuis.programmes.budget_in_zicht.vocabulary import PROGRAMME as CODE
from energiehuis.programmes.budget_in_zicht.vocabulary import DuoOutcome

EVENTS = IntakeKind(
    programme=CODE,
    name="events",
    subject=NoSubject,
    payload=commands.PlannedEvent,
    record=events.record_event,
    load=events.load_event,
    list_recent=events.list_events,
    data_class=DataClass.COUNT,
    for_partners=False,
)
EVENT_STEPS = IntakeKind(
    programme=CODE,
    name="event-steps",
    subject=NoSubject,
    payload=commands.EventStep,
    record=events.record_event_step,
    load=events.load_event_step,
    list_recent=events.list_event_steps,
    data_class=DataClass.COUNT,
    for_partners=False,
)
SCHOOLS = IntakeKind(
    programme=CODE,
    name="schools",
    subject=NoSubject,
    payload=commands.RegisteredSchool,
    record=bookings.record_school,
    load=bookings.load_school,
    list_recent=bookings.list_schools,
    data_class=DataClass.COUNT,
)
BOOKINGS = IntakeKind(
    programme=CODE,
    name="bookings",
    subject=NoSubject,
    payload=commands.BookedClasses,
    record=bookings.record_booking,
    load=bookings.load_booking,
    list_recent=bookings.list_bookings,
)
PARTICIPATIONS = IntakeKind(
    programme=CODE,
    name="participations",
    subject=NoSubject,
    payload=commands.Participation,
    record=came.record_participation,
    load=came.load_participation,
    list_recent=came.list_participations,
)
DUOS = IntakeKind(
    programme=CODE,
    name="duos",
    subject=PersonSubject,
    payload=commands.AskedDuo,
    record=duos.record_duo,
    load=duos.load_duo,
    list_recent=duos.list_duos,
    data_class=DataClass.MONEY,
)
DUO_MATCHES = IntakeKind(
    programme=CODE,
    name="duo-matches",
    subject=NoSubject,
    payload=commands.DuoMatch,
    record=duos.record_match,
    load=duos.load_match,
    list_recent=duos.list_matches,
    for_partners=False,
)
KIT_LOANS = IntakeKind(
    programme=CODE,
    name="kit-loans",
    subject=NoSubject,
    payload=commands.KitLoan,
    record=kits.record_loan,
    load=kits.load_loan,
    list_recent=kits.list_loans,
    data_class=DataClass.COUNT,
)
KIT_RETURNS = IntakeKind(
    programme=CODE,
    name="kit-returns",
    subject=NoSubject,
    payload=commands.KitReturn,
    record=kits.record_return,
    load=kits.load_return,
    list_recent=kits.list_returns,
    data_class=DataClass.COUNT,
    for_partners=False,
)
PROGRAMME = Programme(
    code=CODE,
    kinds=(
        EVENTS,
        EVENT_STEPS,
        SCHOOLS,
        BOOKINGS,
        PARTICIPATIONS,
        DUOS,
        DUO_MATCHES,
        KIT_LOANS,
        KIT_RETURNS,
    ),
    moves=DUO_MOVES,
    outcomes=tuple(outcome.value for outcome in DuoOutcome),
    details=duos.details,
    move_errors=duos.move_errors,
)

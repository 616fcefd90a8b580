"""What the energy desk is to the shared core."""

from energiehuis.access.field_classes import DataClass
from energiehuis.cases.kinds import HouseholdSubject, IntakeKind, NoSubject
from energiehuis.cases.programmes import Programme
from energiehuis.programmes.energy_desk import coaching, commands, premises, purchases, scans
from energiehuis.programmes.energy_desk.service import (
    list_questions,
    load_question,
    record_question,
)
from energiehuis.programmes.energy_desk.states import COACHING_MOVES
from energiehuis.programmes.energy_desk.vocabulary import PROGRAMME as CODE
from energiehuis.programmes.energy_desk.vocabulary import CoachingOutcome

QUESTIONS = IntakeKind(
    programme=CODE,
    name="questions",
    subject=NoSubject,
    payload=commands.AskedQuestion,
    record=record_question,
    load=load_question,
    list_recent=list_questions,
    data_class=DataClass.COUNT,
)
SCANS = IntakeKind(
    programme=CODE,
    name="scans",
    subject=HouseholdSubject,
    payload=commands.AskedScan,
    record=scans.record_scan,
    load=scans.SCANS.load,
    list_recent=scans.SCANS.list_recent,
    data_class=DataClass.MONEY,
)
SCAN_STEPS = IntakeKind(
    programme=CODE,
    name="scan-steps",
    subject=NoSubject,
    payload=commands.ScanStep,
    record=scans.record_scan_step,
    load=scans.SCAN_STEPS.load,
    list_recent=scans.SCAN_STEPS.list_recent,
    for_partners=False,
)
COACHING = IntakeKind(
    programme=CODE,
    name="coaching",
    subject=HouseholdSubject,
    payload=commands.RegisteredCoaching,
    record=coaching.record_coaching,
    load=coaching.COACHING.load,
    list_recent=coaching.COACHING.list_recent,
)
COACHING_STEPS = IntakeKind(
    programme=CODE,
    name="coaching-steps",
    subject=NoSubject,
    payload=commands.CoachingStep,
    record=coaching.record_coaching_step,
    load=coaching.COACHING_STEPS.load,
    list_recent=coaching.COACHING_STEPS.list_recent,
    for_partners=False,
)
CAMPAIGNS = IntakeKind(
    programme=CODE,
    name="campaigns",
    subject=NoSubject,
    payload=commands.OpenedCampaign,
    record=purchases.record_campaign,
    load=purchases.load_campaign,
    list_recent=purchases.list_campaigns,
    data_class=DataClass.COUNT,
    for_partners=False,
)
GROUP_PURCHASES = IntakeKind(
    programme=CODE,
    name="group-purchases",
    subject=HouseholdSubject,
    payload=commands.Subscription,
    record=purchases.record_subscription,
    load=purchases.SUBSCRIPTIONS.load,
    list_recent=purchases.SUBSCRIPTIONS.list_recent,
)
LANDLORDS = IntakeKind(
    programme=CODE,
    name="landlords",
    subject=NoSubject,
    payload=commands.RegisteredLandlord,
    record=premises.record_landlord,
    load=premises.load_landlord,
    list_recent=premises.list_landlords,
)
RENTAL_PREMISES = IntakeKind(
    programme=CODE,
    name="rental-premises",
    subject=NoSubject,
    payload=commands.ReportedPremises,
    record=premises.record_premises,
    load=premises.PREMISES.load,
    list_recent=premises.PREMISES.list_recent,
    data_class=DataClass.MONEY,
)
RENTAL_STEPS = IntakeKind(
    programme=CODE,
    name="rental-steps",
    subject=NoSubject,
    payload=commands.RentalStep,
    record=premises.record_rental_step,
    load=premises.RENTAL_STEPS.load,
    list_recent=premises.RENTAL_STEPS.list_recent,
    for_partners=False,
)
PROGRAMME = Programme(
    code=CODE,
    kinds=(
        QUESTIONS,
        SCANS,
        SCAN_STEPS,
        COACHING,
        COACHING_STEPS,
        CAMPAIGNS,
        GROUP_PURCHASES,
        LANDLORDS,
        RENTAL_PREMISES,
        RENTAL_STEPS,
    ),
    moves=COACHING_MOVES,
    outcomes=tuple(outcome.value for outcome in CoachingOutcome),
    details=coaching.details,
)

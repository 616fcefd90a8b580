"""What this programme is to the shared core."""

from energiehuis.access.field_classes import DataClass
from energiehuis.cases.kinds import IntakeKind, NoSubject
from energiehuis.cases.programmes import Programme
from energiehuis.programmes.energy_desk.commands import AskedQuestion
from energiehuis.programmes.energy_desk.service import load_question, record_question
from energiehuis.programmes.energy_desk.vocabulary import PROGRAMME as CODE

QUESTIONS = IntakeKind(
    programme=CODE,
    name="questions",
    subject=NoSubject,
    payload=AskedQuestion,
    record=record_question,
    load=load_question,
    data_class=DataClass.COUNT,
)
PROGRAMME = Programme(code=CODE, kinds=(QUESTIONS,))

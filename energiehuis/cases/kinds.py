"""Kinds of intake: what a programme takes in, under which address, and who writes it down.

A programme lists its kinds; the JSON interface, the pages and the lists of partners read them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.commands import Envelope
from energiehuis.people.commands import Identity

Subject = TypeVar("Subject")
Payload = TypeVar("Payload")


@dataclass(frozen=True, slots=True)
class NoSubject:
    """The intake is its own subject: a visit, a pickup."""


@dataclass(frozen=True, slots=True)
class HouseholdSubject:
    """A household: known before, that of the contact, or a new one."""

    household_id: UUID | None = None
    contact: Identity | None = None


@dataclass(frozen=True, slots=True)
class PersonSubject:
    """Somebody: known before, by name, or under an alias."""

    person: Identity


@dataclass(frozen=True, slots=True)
class Incoming(Generic[Subject, Payload]):
    """An intake as it comes in: the envelope, about whom, and what the programme asks."""

    envelope: Envelope
    subject: Subject
    payload: Payload


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written down: the id of the record, its version, and what may be said of it.

    `case_id` is the case that the intake opened or touched, when there is one; `body` holds plain
    values (text, whole numbers, days, ids) by name, money in `…_cents`.
    """

    id: UUID
    version: int = 1
    case_id: UUID | None = None
    body: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeKind:
    """A kind of intake of a programme.

    Attributes
    ----------
    programme : str
        Code of the programme, such as `food_act`.
    name : str
        Last part of the address, a noun in the plural: `pickups`.
    subject : type
        Dataclass of the subject: `NoSubject`, `HouseholdSubject`, `PersonSubject`, or its own.
    payload : type
        Dataclass of what is asked; its annotations (`cases.specs`) say what may stand there.
    record : callable
        The service that writes it down: (session, actor, incoming) -> Recorded.
    load : callable
        Gives a record back within the scope of the actor, or raises NotFound; writes the line
        that it was read where it is about a person.
    list_recent : callable or None
        Gives the newest records within the scope of the actor, for the page; at most 50.
    data_class : DataClass
        The most sensitive class that a record of this kind holds.
    for_partners : bool
        Whether a partner may send it with a key of its own.
    """

    programme: str
    name: str
    subject: type[Any]
    payload: type[Any]
    record: Callable[[Session, Actor, Any], Recorded]
    load: Callable[[Session, Actor, UUID], Recorded]
    list_recent: Callable[[Session, Actor], Iterable[Recorded]] | None = None
    data_class: DataClass = DataClass.IDENTITY
    for_partners: bool = True

    @property
    def code(self) -> str:
        """Give its name in permissions, audit lines and words: `food_act.pickups`."""
        return f"{self.programme}.{self.name.replace('-', '_')}"

    @property
    def path(self) -> str:
        """Give its address under `/api/v1/intakes/`: `food-act/pickups`."""
        return f"{self.programme.replace('_', '-')}/{self.name}"

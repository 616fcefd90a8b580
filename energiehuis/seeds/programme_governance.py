"""Mandates and the budget of the association in the demo: invented names, one record each.

The deck prints two members of the assembly, one voting member and one expert of the board for
Harelbeke, and an income of 1,822,498.91 EUR in 2019. How that income is made up it does not print:
the lines are invented, but for the contributions of the members, which follow from the inhabitants.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.programmes.governance.commands import RecordBudgetLine, RecordMandate
from energiehuis.programmes.governance.service import record_budget_line, record_mandates
from energiehuis.programmes.governance.vocabulary import Body, Side
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.seeds.tables import read_table

SEED = 20190307
# The term of the councils that were sworn in in January 2019.
TERM_FROM, TERM_UNTIL = date(2019, 1, 1), date(2025, 1, 1)
# Invented, but for the first (318,975 inhabitants x 0.50 EUR) and for what all of them come to.
INCOME_2019 = (
    ("Bijdragen van de lokale besturen", 159_487_50),
    ("Vlaamse middelen 1 Gezin 1 Plan", 1_000_000_00),
    ("Vergoeding van het Energiehuis", 236_400_00),
    ("Middelen voor wijk-werken", 248_750_00),
    ("Andere projecten", 177_861_41),
)
_SEATS = (
    (Body.GENERAL_ASSEMBLY, True),
    (Body.GENERAL_ASSEMBLY, True),
    (Body.BOARD, True),
    (Body.BOARD, False),
)


def add_governance(session: Session, actor: Actor) -> None:
    """Write mandates and the lines of the budget down through the services of the programme."""
    record_mandates(session, actor, tuple(_mandates()))
    for name, cents in INCOME_2019:
        source = "invented for the demo; the total is that of W13's deck of spring 2019"
        command = RecordBudgetLine(2019, Side.INCOME, name, cents, source)
        record_budget_line(session, actor, command)


def _mandates() -> Iterator[RecordMandate]:
    names = _names()
    for place in list_municipalities():
        for body, is_voting in _SEATS:
            yield RecordMandate(
                body=body,
                holder_name=next(names),
                is_voting=is_voting,
                from_on=TERM_FROM,
                until_on=TERM_UNTIL,
                nis_code=place.nis_code,
            )


def _names() -> Iterator[str]:
    """Yield invented names, none twice."""
    words = read_table("words")
    given, family = words["given_names"]["nl"], words["family_names"]["nl"]
    generator = np.random.Generator(np.random.Philox(SEED))
    pairs = [f"{first} {last}" for first in given for last in family]
    for place in generator.permutation(len(pairs)):
        yield pairs[place]

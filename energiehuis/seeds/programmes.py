"""What other programmes add to the demo: one function each, called after the loans.

A programme that wants rows in the demo adds its function to `PROGRAMMES`; it gets the session of
the load and who loads, and writes through the services of the programme.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor

ProgrammeSeed = Callable[[Session, Actor], None]

PROGRAMMES: tuple[tuple[str, ProgrammeSeed], ...] = ()

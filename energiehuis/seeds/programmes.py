"""What other programmes add to the demo: one function each, called after the loans.

Each gets the session of the load and the system as it works for the Energiehuis, and writes through
the services of its programme. The order matters where one refers to another: referrals come last.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.seeds.programme_budget_in_zicht import add_budget_in_zicht
from energiehuis.seeds.programme_crisis_network import add_crisis_network
from energiehuis.seeds.programme_energy_desk import add_energy_desk
from energiehuis.seeds.programme_food_act import add_food_act
from energiehuis.seeds.programme_governance import add_governance
from energiehuis.seeds.programme_konekti import add_konekti
from energiehuis.seeds.programme_kracht_wonen import add_kracht_wonen
from energiehuis.seeds.programme_referrals import add_referrals
from energiehuis.seeds.programme_social_economy import add_social_economy
from energiehuis.seeds.programme_wijk_werken import add_wijk_werken
from energiehuis.seeds.programme_woonclub import add_woonclub
from energiehuis.seeds.programme_work import add_work

ProgrammeSeed = Callable[[Session, Actor], None]

PROGRAMMES: tuple[tuple[str, ProgrammeSeed], ...] = (
    ("food_act", add_food_act),
    ("work", add_work),
    ("budget_in_zicht", add_budget_in_zicht),
    ("energy_desk", add_energy_desk),
    ("konekti", add_konekti),
    ("woonclub", add_woonclub),
    ("kracht_wonen", add_kracht_wonen),
    ("crisis_network", add_crisis_network),
    ("wijk_werken", add_wijk_werken),
    ("social_economy", add_social_economy),
    ("governance", add_governance),
    ("referrals", add_referrals),
)

"""All programmes and all kinds of intake, collected from the programmes themselves."""

from energiehuis.cases.kinds import IntakeKind
from energiehuis.programmes.budget_in_zicht.kinds import KINDS as _BUDGET_IN_ZICHT
from energiehuis.programmes.crisis_network.kinds import KINDS as _CRISIS_NETWORK
from energiehuis.programmes.energy_desk.kinds import KINDS as _ENERGY_DESK
from energiehuis.programmes.food_act.kinds import KINDS as _FOOD_ACT
from energiehuis.programmes.konekti.kinds import KINDS as _KONEKTI
from energiehuis.programmes.kracht_wonen.kinds import KINDS as _KRACHT_WONEN
from energiehuis.programmes.social_economy.kinds import KINDS as _SOCIAL_ECONOMY
from energiehuis.programmes.wijk_werken.kinds import KINDS as _WIJK_WERKEN
from energiehuis.programmes.work.kinds import KINDS as _WORK

KINDS: tuple[IntakeKind, ...] = (
    *_FOOD_ACT,
    *_WORK,
    *_BUDGET_IN_ZICHT,
    *_ENERGY_DESK,
    *_KONEKTI,
    *_KRACHT_WONEN,
    *_CRISIS_NETWORK,
    *_WIJK_WERKEN,
    *_SOCIAL_ECONOMY,
)
PROGRAMMES = (
    "energy_loan",
    "food_act",
    "work",
    "biz",
    "energy",
    "konekti",
    "woonclub",
    "kracht_wonen",
    "crisis",
    "wijk_werken",
    "social_economy",
)

"""All programmes and all kinds of intake, collected from the programmes themselves."""

from energiehuis.cases.kinds import IntakeKind
from energiehuis.cases.programmes import Programme
from energiehuis.programmes.budget_in_zicht.kinds import PROGRAMME as _BUDGET_IN_ZICHT
from energiehuis.programmes.crisis_network.kinds import PROGRAMME as _CRISIS_NETWORK
from energiehuis.programmes.energy_desk.kinds import PROGRAMME as _ENERGY_DESK
from energiehuis.programmes.food_act.kinds import PROGRAMME as _FOOD_ACT
from energiehuis.programmes.konekti.kinds import PROGRAMME as _KONEKTI
from energiehuis.programmes.kracht_wonen.kinds import PROGRAMME as _KRACHT_WONEN
from energiehuis.programmes.social_economy.kinds import PROGRAMME as _SOCIAL_ECONOMY
from energiehuis.programmes.wijk_werken.kinds import PROGRAMME as _WIJK_WERKEN
from energiehuis.programmes.woonclub.kinds import PROGRAMME as _WOONCLUB
from energiehuis.programmes.work.kinds import PROGRAMME as _WORK

PROGRAMMES: tuple[Programme, ...] = (
    _FOOD_ACT,
    _WORK,
    _BUDGET_IN_ZICHT,
    _ENERGY_DESK,
    _KONEKTI,
    _WOONCLUB,
    _KRACHT_WONEN,
    _CRISIS_NETWORK,
    _WIJK_WERKEN,
    _SOCIAL_ECONOMY,
)
BY_CODE: dict[str, Programme] = {programme.code: programme for programme in PROGRAMMES}
KINDS: tuple[IntakeKind, ...] = tuple(kind for programme in PROGRAMMES for kind in programme.kinds)

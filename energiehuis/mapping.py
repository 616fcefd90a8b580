"""All rows of all subjects: SQLAlchemy must have seen every one before the first query."""

from energiehuis.access import models as _access
from energiehuis.audit import models as _audit
from energiehuis.cases import models as _cases
from energiehuis.db.base import Base
from energiehuis.drafts import models as _drafts
from energiehuis.idempotency import models as _idempotency
from energiehuis.key_figures import models as _key_figures
from energiehuis.law_changes import models as _law_changes
from energiehuis.loans import models as _loans
from energiehuis.outbox import models as _outbox
from energiehuis.people import models as _people
from energiehuis.programmes.budget_in_zicht import models as _budget_in_zicht
from energiehuis.programmes.crisis_network import models as _crisis_network
from energiehuis.programmes.energy_desk import models as _energy_desk
from energiehuis.programmes.food_act import models as _food_act
from energiehuis.programmes.governance import models as _governance
from energiehuis.programmes.konekti import models as _konekti
from energiehuis.programmes.kracht_wonen import models as _kracht_wonen
from energiehuis.programmes.social_economy import models as _social_economy
from energiehuis.programmes.wijk_werken import models as _wijk_werken
from energiehuis.programmes.woonclub import models as _woonclub
from energiehuis.programmes.work import models as _work
from energiehuis.referrals import models as _referrals
from energiehuis.simulation import models as _simulation

metadata = Base.metadata
SUBJECTS = (
    _access,
    _audit,
    _cases,
    _drafts,
    _idempotency,
    _key_figures,
    _law_changes,
    _loans,
    _outbox,
    _people,
    _referrals,
    _simulation,
    _woonclub,
    _budget_in_zicht,
    _crisis_network,
    _energy_desk,
    _food_act,
    _governance,
    _konekti,
    _kracht_wonen,
    _social_economy,
    _wijk_werken,
    _work,
)

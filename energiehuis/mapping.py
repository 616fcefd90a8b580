"""All rows of all subjects: SQLAlchemy must have seen every one before the first query."""

from energiehuis.access import models as _access
from energiehuis.audit import models as _audit
from energiehuis.cases import models as _cases
from energiehuis.db.base import Base
from energiehuis.drafts import models as _drafts
from energiehuis.idempotency import models as _idempotency
from energiehuis.law_changes import models as _law_changes
from energiehuis.loans import models as _loans
from energiehuis.people import models as _people
from energiehuis.programmes.woonclub import models as _woonclub
from energiehuis.simulation import models as _simulation

metadata = Base.metadata
SUBJECTS = (
    _access,
    _audit,
    _cases,
    _drafts,
    _idempotency,
    _law_changes,
    _loans,
    _people,
    _simulation,
    _woonclub,
)

"""All rows of all subjects: SQLAlchemy must have seen every one before the first query."""

from energiehuis.access import models as _access
from energiehuis.audit import models as _audit
from energiehuis.db.base import Base
from energiehuis.idempotency import models as _idempotency
from energiehuis.loans import models as _loans

metadata = Base.metadata
SUBJECTS = (_access, _audit, _idempotency, _loans)

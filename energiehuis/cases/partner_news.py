"""Telling a partner what became of a client whom it sent: the state of the case, nothing else.

Why a case ended, and anything that was said, stays in the house.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.access.models import PartnerKey, PartnerSending
from energiehuis.cases.queries import CaseHead
from energiehuis.cases.states import CaseStatus
from energiehuis.outbox.service import enqueue

MOVED = "partner_case.moved"


def tell_partner(session: Session, case: CaseHead, *, end: CaseStatus) -> None:
    """Write the message for the partner whose key sent the intake of a case, if one did."""
    query = (
        select(
            PartnerSending.kind,
            PartnerSending.record_id,
            PartnerKey.partner_id,
            PartnerKey.organisation_id,
        )
        .join(PartnerKey, PartnerKey.id == PartnerSending.key_id)
        .where(PartnerSending.case_id == case.id)
        .order_by(PartnerSending.id)
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None:
        return
    told: dict[str, object] = {
        "kind": row.kind,
        "record_id": str(row.record_id),
        "case_id": str(case.id),
        "partner_id": str(row.partner_id),
        "from_status": case.status,
        "status": end.value,
    }
    enqueue(session, row.organisation_id, MOVED, told, partner_id=row.partner_id)

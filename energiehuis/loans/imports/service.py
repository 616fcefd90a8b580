"""Writing a list of running loans: all or nothing, and the same list twice changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.access.queries import get_organisation_id, served_municipalities
from energiehuis.audit.chain import Entry, append
from energiehuis.errors import Conflict, PermissionDenied
from energiehuis.identifiers import new_id
from energiehuis.law.law import Law
from energiehuis.law.loader import load_law
from energiehuis.loans.imports.products import match_product
from energiehuis.loans.imports.reading import ListedLoan, LoanList
from energiehuis.loans.imports.table import LineError
from energiehuis.loans.imports.words import load_words
from energiehuis.loans.models import Loan

SOURCE = "import"
_BATCH = 500
_LOANS = Loan.__table__
# What the list tells; the product and its rounding follow from it by the law as we know it.
_TOLD = (
    "nis_code",
    "borrower_kind",
    "is_priority",
    "principal_cents",
    "rate_basis_points",
    "term_months",
    "granted_on",
    "first_due_on",
    "works",
    "dwelling_type",
    "build_year",
    "floor_area_m2",
    "heating_carrier",
)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a list holds against what stands in the database, and whether it was written."""

    rows: int
    new: int
    unchanged: int
    errors: tuple[LineError, ...]
    is_written: bool


def check_loans(
    session: Session, actor: Actor, organisation_code: str, loan_list: LoanList
) -> ImportReport:
    """Say what an import would do, and write nothing. Needs `loan:import`.

    Raises
    ------
    NotFound
        `organisation.not_found`.
    PermissionDenied
        Also for the list of another organisation than one's own.
    """
    return _compared(session, actor, organisation_code, loan_list)[0]


def import_loans(
    session: Session, actor: Actor, organisation_code: str, loan_list: LoanList
) -> ImportReport:
    """Write the loans of a list that are new; with any error nothing is written.

    Needs `loan:import`. A number that stands in the database with the same content is left as it
    is; with other content it is an error, since a loan that runs is not changed by a list. Writes
    one audit line a loan.

    Raises
    ------
    NotFound
        `organisation.not_found`.
    PermissionDenied
        Also for the list of another organisation than one's own.
    Conflict
        `import.raced`, when somebody else wrote one of the numbers meanwhile.
    """
    report, fresh, organisation_id = _compared(session, actor, organisation_code, loan_list)
    if report.errors:
        return report
    law = load_law()
    rows = [_row(loan, organisation_id, law) for loan in fresh]
    try:
        if rows:
            session.connection().execute(insert(_LOANS), rows)  # type: ignore[arg-type]
    except IntegrityError as error:
        raise Conflict("import.raced") from error
    for row in rows:
        append(
            session,
            Entry(actor.name, actor.role_name, "loan.imported", "loan", str(row["id"])),
        )
    return ImportReport(report.rows, report.new, report.unchanged, (), is_written=True)


def _compared(
    session: Session, actor: Actor, organisation_code: str, loan_list: LoanList
) -> tuple[ImportReport, list[ListedLoan], UUID]:
    require(actor, Permission.LOAN_IMPORT)
    organisation_id = get_organisation_id(session, organisation_code)
    if not actor.is_system and actor.organisation_id != organisation_id:
        raise PermissionDenied("access.not_allowed", permission=Permission.LOAN_IMPORT.value)
    served = served_municipalities(session, organisation_id, clock.today())
    served = served if actor.is_system else served & actor.municipalities
    standing = _standing(session, [loan.number for loan in loan_list.loans])
    errors = [*loan_list.errors]
    fresh: list[ListedLoan] = []
    for loan in loan_list.loans:
        found = list(_loan_errors(loan, standing.get(loan.number), organisation_id, served))
        errors += found
        if not found and loan.number not in standing:
            fresh.append(loan)
    errors.sort(key=lambda error: error.line)
    report = ImportReport(
        rows=loan_list.rows,
        new=len(fresh),
        unchanged=sum(1 for loan in loan_list.loans if loan.number in standing),
        errors=tuple(errors),
        is_written=False,
    )
    return report, fresh, organisation_id


def _standing(session: Session, numbers: Sequence[str]) -> dict[str, dict[str, Any]]:
    columns = [_LOANS.c[name] for name in ("number", "organisation_id", "source", *_TOLD)]
    standing: dict[str, dict[str, Any]] = {}
    for start in range(0, len(numbers), _BATCH):
        batch = numbers[start : start + _BATCH]
        for row in session.execute(select(*columns).where(_LOANS.c.number.in_(batch))):
            standing[row.number] = dict(row._mapping)  # noqa: SLF001
    return standing


def _loan_errors(
    loan: ListedLoan,
    standing: dict[str, Any] | None,
    organisation_id: UUID,
    served: frozenset[str],
) -> Iterator[LineError]:
    words = load_words()
    if loan.nis_code not in served:
        column = words.name_of("nis_code")
        params: dict[str, object] = {"value": loan.nis_code}
        yield LineError(loan.line, column, "import.municipality_not_served", params)
    if standing is None:
        return
    column, number = words.name_of("number"), loan.number
    if (standing["organisation_id"], standing["source"]) != (organisation_id, SOURCE):
        yield LineError(loan.line, column, "import.number_taken", {"value": number})
        return
    told = _told(loan)
    changed = [words.name_of(name) for name in _TOLD if told[name] != standing[name]]
    if changed:
        params = {"value": number, "columns": ", ".join(changed)}
        yield LineError(loan.line, column, "import.loan_differs", params)


def _told(loan: ListedLoan) -> dict[str, Any]:
    told = {name: getattr(loan, name) for name in _TOLD}
    told["works"] = None if loan.works is None else [work.as_row() for work in loan.works]
    return told


def _row(loan: ListedLoan, organisation_id: UUID, law: Law) -> dict[str, Any]:
    match = match_product(loan, law)
    return {
        "id": new_id(),
        "version": 1,
        "number": loan.number,
        "application_id": None,
        "organisation_id": organisation_id,
        "source": SOURCE,
        "product_code": match.product_code,
        "rounding": match.rounding,
        "works_cost_cents": loan.works_cost_cents,
        **_told(loan),
    }

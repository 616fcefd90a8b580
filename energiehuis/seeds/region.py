"""The organisation of the demo, what it serves, and its published sign-ins."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.organisations import AddOrganisation, ServedArea, add_organisation
from energiehuis.access.permissions import Role
from energiehuis.access.service import AddAccount, add_account
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.seeds.tables import read_table


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """An account of the demo, as it is shown to whoever tries it."""

    email: str
    display_name: str
    role: Role
    only_nis_code: str | None
    only_programme: str | None = None


def organisation_code() -> str:
    """Give the code of the Energiehuis of the demo."""
    return str(read_table("region")["organisation"]["code"])


def demo_password() -> str:
    """Give the one password of all demo accounts."""
    return str(read_table("region")["password"])


def demo_sign_ins() -> tuple[DemoSignIn, ...]:
    """Give the accounts of the demo."""
    return tuple(
        DemoSignIn(
            row["email"],
            row["display_name"],
            Role(row["role"]),
            row.get("only_nis_code"),
            row.get("only_programme"),
        )
        for row in read_table("region")["accounts"]
    )


def add_region(session: Session, actor: Actor) -> None:
    """Add the Energiehuis with the municipalities that it serves, each with its days."""
    words = read_table("region")["organisation"]
    areas = tuple(
        ServedArea(
            programme=programme,
            nis_code=place.nis_code,
            valid_from=place.served_from or words["served_from"],
            valid_until=place.served_until,
        )
        for programme in words["programmes"]
        for place in list_municipalities()
    )
    add_organisation(session, actor, AddOrganisation(words["code"], words["name"], areas))


def add_demo_account(session: Session, actor: Actor, sign_in: DemoSignIn) -> None:
    """Add one of the published accounts."""
    add_account(
        session,
        actor,
        AddAccount(
            email=sign_in.email,
            display_name=sign_in.display_name,
            role=sign_in.role,
            organisation_code=organisation_code(),
            password=demo_password(),
            only_nis_code=sign_in.only_nis_code,
            only_programme=sign_in.only_programme,
        ),
    )

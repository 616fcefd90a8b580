"""The referrals of a client, for who has a reference and its code; and taking an agreement back."""

from uuid import UUID

from flask import current_app, render_template, request

from api.guards import public
from api.pages.application.browser import citizen_session
from api.pages.application.validation import WrongAnswer
from api.pages.context import text
from api.pages.language import pages_blueprint
from energiehuis.access.actor import CITIZEN
from energiehuis.audit.chain import Entry, append
from energiehuis.db.engine import TransactionKind
from energiehuis.errors import Conflict, NotFound
from energiehuis.loans.status_secret import is_status_secret
from energiehuis.referrals.consents import withdraw_as_client
from energiehuis.referrals.queries import ReferralOfClient, list_referrals_of_client

blueprint = pages_blueprint("client_referrals", __name__)
Page = str | tuple[str, int]


@blueprint.get("/doorverwijzingen")
@public
def ask() -> str:
    """Ask for the reference and the code."""
    return render_template("referrals/ask.html", typed={}, errors={})


@blueprint.post("/doorverwijzingen")
@public
def show() -> Page:
    """Show the referrals; neither reference nor code ever stands in an address."""
    typed = _typed()
    found = _find(typed)
    return _page(typed, found) if found else _refused(typed)


@blueprint.post("/doorverwijzingen/intrekken")
@public
def withdraw() -> Page:
    """Take an agreement back; twice is fine."""
    typed = _typed()
    if not _fits(typed):
        return _refused(typed)
    try:
        consent_id = UUID(request.form.get("consent_id", ""))
        with citizen_session(TransactionKind.WRITE) as session:
            withdraw_as_client(session, typed["reference"], consent_id)
    except (ValueError, NotFound):
        return _refused(typed)
    except Conflict:
        # It was taken back before, which is what was asked.
        pass
    return _page(typed, _find(typed), has_withdrawn=True)


def _typed() -> dict[str, str]:
    typed = {name: request.form.get(name, "").strip()[:40] for name in ("reference", "secret")}
    return {**typed, "reference": typed["reference"].upper()}


def _fits(typed: dict[str, str]) -> bool:
    return is_status_secret(current_app.config["SECRET_KEY"], typed["reference"], typed["secret"])


def _find(typed: dict[str, str]) -> list[ReferralOfClient]:
    if not _fits(typed):
        return []
    with citizen_session(TransactionKind.LOGGED_READ) as session:
        found = list_referrals_of_client(session, typed["reference"])
        seen = (CITIZEN.name, CITIZEN.role_name, "referral.status", "referral", typed["reference"])
        if found:
            append(session, Entry(*seen))
    return found


def _page(
    typed: dict[str, str], found: list[ReferralOfClient], *, has_withdrawn: bool = False
) -> str:
    return render_template(
        "referrals/show.html", typed=typed, found=found, has_withdrawn=has_withdrawn
    )


def _refused(typed: dict[str, str]) -> tuple[str, int]:
    empty = [name for name in ("reference", "secret") if not typed[name]]
    wrong = [WrongAnswer(name, name, text(f"client_referral.{name}.needed")) for name in empty]
    wrong = wrong or [WrongAnswer("reference", "reference", text("client_referral.not_found"))]
    errors = {error.path: error for error in wrong}
    return render_template("referrals/ask.html", typed=typed, errors=errors), 422

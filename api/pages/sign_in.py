"""Signing in and out for staff, and the first page behind the sign-in."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api import sign_in as door
from api.authentication import current_token, drop_cookie, set_cookie
from api.errors import STATUS
from api.guards import public
from api.languages import requested_language
from api.pages.context import text
from api.pages.language import pages_blueprint
from api.pages.programmes.door import works_in_programmes
from api.unit_of_work import database, unit_of_work
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.access.service import close_sign_in
from energiehuis.db.engine import TransactionKind
from energiehuis.errors import DomainError, NotAuthenticated, TooManyAttempts

blueprint = pages_blueprint("sign_in", __name__)


@blueprint.get("/aanmelden")
@public
def show() -> str:
    """Ask for e-mail address and password."""
    return render_template("staff/sign_in.html", email="", problem="")


@blueprint.post("/aanmelden")
@public
def sign_in() -> Response | tuple[str, int]:
    """Open a session for whoever gives the right password."""
    email = request.form.get("email", "")[:254]
    password = request.form.get("password", "")[:200]
    try:
        token, actor = door.sign_in(email, password, request.remote_addr or "-")
    except (NotAuthenticated, TooManyAttempts) as error:
        return _again(email, error)
    response = redirect(_first_page(actor), 303)
    set_cookie(response, token)
    return response


@blueprint.post("/afmelden")
@public
def sign_out() -> Response:
    """End the session."""
    if token := current_token():
        with database().unit_of_work() as session:
            close_sign_in(session, token)
    response = redirect(url_for("home.show"), 303)
    drop_cookie(response)
    return response


@blueprint.get("/medewerkers")
@public
def landing() -> Response | str:
    """Send staff to their first page, and who is not signed in to the sign-in."""
    try:
        with unit_of_work(TransactionKind.READ) as (_session, actor):
            pass
    except NotAuthenticated:
        return redirect(url_for("sign_in.show"))
    if actor.role is None:
        return redirect(url_for("sign_in.show"))
    if (url := _first_page(actor)) != url_for("sign_in.landing"):
        return redirect(url)
    return render_template("staff/no_pages.html", role=actor.role.value)


def _first_page(actor: Actor) -> str:  # noqa: PLR0911  one return a kind of work
    if actor.may(Permission.APPLICATION_READ):
        return url_for("worklist.show")
    if actor.may(Permission.SCENARIO_RUN):
        return f"/{requested_language()}/beleid"
    if works_in_programmes(actor):
        return url_for("programmes.show")
    if actor.may(Permission.LAW_CONFIRM):
        return url_for("law.show_list")
    if actor.may(Permission.KEY_FIGURES_READ):
        return url_for("programmes.show_report")
    return url_for("sign_in.landing")


def _again(email: str, error: DomainError) -> tuple[str, int]:
    problem = text(error.code, **error.params)
    return render_template("staff/sign_in.html", email=email, problem=problem), STATUS[type(error)]

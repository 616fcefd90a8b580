"""The first page, and what each public site says about itself."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from api.guards import public
from api.pages.language import pages_blueprint

root = Blueprint("root", __name__)
blueprint = pages_blueprint("home", __name__)


@root.get("/")
@public
def to_dutch() -> Response:
    """Send who gives no language to the Dutch pages."""
    return redirect(url_for("home.show", language="nl"))


@blueprint.get("/")
@public
def show() -> str:
    """Show what the Energiehuis does and the two roads."""
    return render_template("home.html")


@blueprint.get("/toegankelijkheid")
@public
def accessibility() -> str:
    """Show the accessibility statement."""
    return render_template("accessibility.html")


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """Show what happens to personal data."""
    return render_template("privacy.html")

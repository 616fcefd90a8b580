"""The application: settings in, a Flask application out."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from api.content import accept_only_json
from api.docs import register_docs
from api.errors import register_error_handlers
from api.health import register_health
from api.law_in_force import register_law
from api.logs import configure_logging, log_requests
from api.pages import register_pages
from api.problem import ProblemApi
from api.v1 import register_blueprints
from energiehuis import i18n, mapping
from energiehuis.config import Settings
from energiehuis.db.unit_of_work import Database

API_DESCRIPTION = """Energieleningen, terugbetalingsschema's, scenario's en intakes van het
Energiehuis. Elke schrijvende oproep vraagt een `Idempotency-Key`; elke wijziging vraagt `If-Match`.
Fouten zijn `application/problem+json` met een vaste code en een zin in de gevraagde taal."""


def create_app(settings: Settings) -> Flask:
    """Make the application for the settings."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_body_bytes,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        API_TITLE="Energiehuis",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {"description": API_DESCRIPTION, "license": {"name": "EUPL-1.2"}},
            "servers": [{"url": "/"}],
        },
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    app.extensions["settings"] = settings
    app.extensions["database"] = Database(settings.database_url)
    configure_logging(settings.log_level)
    log_requests(app)
    register_law(app)
    register_error_handlers(app)
    accept_only_json(app)
    register_health(app)
    register_blueprints(ProblemApi(app))
    register_docs(app)
    register_pages(app)
    # Read once in the parent, before gunicorn forks, so that no first request pays for it.
    i18n.catalogue()
    mapping.metadata.tables  # noqa: B018
    return app

"""Version 1 of the JSON interface."""

from flask_smorest import Api

from api.v1 import applications, eligibility, intakes, loans, schedules, sign_ins


def register_blueprints(api: Api) -> None:
    """Add every subject of the interface."""
    for module in (applications, eligibility, intakes, loans, schedules, sign_ins):
        api.register_blueprint(module.blueprint, url_prefix="/api/v1")

"""Version 1 of the JSON interface."""

from flask_smorest import Api

from api.v1 import (
    applications,
    cases,
    eligibility,
    households,
    intakes,
    key_figure_publications,
    key_figures,
    law_drafts,
    lists,
    loans,
    partner_keys,
    people,
    programme_intakes,
    referrals,
    scenarios,
    schedules,
    sign_ins,
    webhooks,
)

SUBJECTS = (
    applications,
    cases,
    eligibility,
    households,
    intakes,
    key_figure_publications,
    key_figures,
    law_drafts,
    lists,
    loans,
    partner_keys,
    people,
    programme_intakes,
    referrals,
    scenarios,
    schedules,
    sign_ins,
    webhooks,
)


def register_blueprints(api: Api) -> None:
    """Add every subject of the interface."""
    for subject in SUBJECTS:
        api.register_blueprint(subject.blueprint, url_prefix="/api/v1")

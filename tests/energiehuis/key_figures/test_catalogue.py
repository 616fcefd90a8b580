"""The 78 figures of the catalogue, in its order: answered from records, or why not.

Source of the ids: catalogue of key figures of W13's programmes of November 2026, made from the deck
for the council of Harelbeke (spring 2019).
"""

from datetime import date

import pytest

from energiehuis.key_figures.definitions import definitions
from energiehuis.key_figures.formulas import formula_digest, measure_all
from energiehuis.key_figures.measures import Area, Period
from energiehuis.reference_data.deck import deck_figures

# fmt: off
CATALOGUE = (
    "fa.kg_per_day", "fa.kg_collected", "fa.kg_distributed_share", "fa.donors",
    "fa.target_group_workers",
    "biz.fair_pupils", "biz.inspiration_day", "biz.trefdag", "biz.group_work", "biz.duos",
    "biz.toolbox_loans",
    "eh.applications", "eh.priority_share", "eh.approved_amount", "eh.co2_saved", "eh.kwh_saved",
    "eh.advice_contacts", "eh.scans",
    "ko.partners", "ko.steering", "ko.seconding_employers", "ko.seconded_staff", "ko.elp",
    "ko.target_families", "ko.running", "ko.days_to_start",
    "wc.new_files", "wc.households", "wc.persons", "wc.unique_visitors", "wc.visits",
    "wc.sessions", "wc.visits_per_session", "wc.housed_same_year", "wc.housed_share", "wc.single",
    "wc.single_children", "wc.couple", "wc.couple_children", "wc.with_others_children",
    "wc.replacement_income",
    "kw.situations", "kw.persons", "kw.offered", "kw.dwellings", "kw.stays", "kw.flow_through",
    "kw.fte", "kw.trajectories",
    "rck.admissions", "rck.persons", "rck.nights",
    "mdc.meetings", "mdc.situations",
    "ww.performances", "ww.workers", "ww.workers_new", "ww.workers_pwa", "ww.coaches",
    "se.lde_places", "se.flemish_money_har",
    "gov.income_2019", "gov.contribution_rate", "gov.contribution_total", "gov.av_members",
    "gov.rvb_voting", "gov.rvb_expert",
    "x.programmes_per_household", "x.referral_matrix", "x.referral_landed", "x.lost_in_between",
    "x.months_housing_to_energy", "x.crisis_to_lasting", "x.return_to_crisis",
    "x.questions_before_help", "x.loan_and_budget", "x.deduplicated_reach", "x.coverage",
)
# fmt: on
# Not answered by the registry, and why.
WHY_NOT: dict[str, str] = {
    figure: "counted over programmes by the joined-up figures, once referrals are recorded"
    for figure in CATALOGUE
    if figure.startswith("x.") and figure not in definitions()
}


def test_the_catalogue_has_78_figures_and_none_twice():
    assert len(CATALOGUE) == len(set(CATALOGUE)) == 78


@pytest.mark.parametrize("figure_id", CATALOGUE)
def test_each_figure_of_the_catalogue_is_answered_or_says_why_not(figure_id):
    assert (figure_id in definitions()) != (figure_id in WHY_NOT)


def test_each_definition_is_measured_and_nothing_else_is(database, organisation_id):
    period = Period(date(2018, 1, 1), date(2019, 1, 1))
    with database.unit_of_work() as session:
        found = measure_all(session, Area(organisation_id, ("34013",)), period)
    assert sorted(found) == sorted(definitions())
    assert all(len(formula_digest(figure_id)) == 64 for figure_id in found)


def test_the_deck_prints_73_figures_all_of_the_catalogue():
    assert len(deck_figures()) == 73
    assert {figure.figure_id for figure in deck_figures()} <= set(CATALOGUE)

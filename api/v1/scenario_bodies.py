"""From a scenario run to the body that the JSON interface answers."""

from dataclasses import asdict

from api.v1.bodies import Body, money, percent
from energiehuis.money import format_plain
from energiehuis.reference_data.municipalities import get_municipality
from energiehuis.simulation.levers import Levers
from energiehuis.simulation.printed import Compared, compare_with_printed
from energiehuis.simulation.queries import ScenarioRun
from energiehuis.simulation.results import Area, Outcome


def scenario_run_body(run: ScenarioRun) -> Body:
    """Write a run."""
    answer = run.answer
    return {
        "id": run.id,
        "created_at": run.created_at,
        "result_digest": run.result_digest,
        "name": answer.name,
        "levers": levers_body(answer.levers),
        "pins": asdict(answer.pins),
        "years": list(answer.years),
        "municipalities": [area_body(area) for area in answer.areas],
        "total": area_body(answer.total),
        "redecided": asdict(answer.redecided),
        "printed": [printed_body(row) for row in compare_with_printed(answer)],
        "boilers_assumed": answer.boilers_assumed,
        "demo_files": answer.demo_files,
    }


def levers_body(levers: Levers) -> Body:
    """Write the levers as the schema takes them."""
    return {
        "priority_rate_percent": percent(levers.priority_rate_basis_points),
        "legal_person_rate_percent": percent(levers.legal_person_rate_basis_points),
        "general_rate_percent": percent(levers.general_rate_basis_points),
        "ceiling": money(levers.ceiling_cents),
        "longest_term_months": levers.longest_term_months,
        "income_limit_percent": levers.income_limit_percent,
        "emission_factors": levers.emission_factors,
        "energy_prices": levers.energy_prices,
    }


def area_body(area: Area) -> Body:
    """Write a municipality, or all of them together."""
    return {
        "nis_code": area.nis_code or None,
        "name": get_municipality(area.nis_code).name if area.nis_code else None,
        "files": area.files,
        "open_files": area.open_files,
        "has_few_loans": area.has_few_loans,
        "baseline": outcome_body(area.baseline),
        "scenario": outcome_body(area.scenario),
    }


def outcome_body(outcome: Outcome) -> Body:
    """Write one area under one scenario."""
    return {
        "loans": outcome.loans,
        "lent": format_plain(outcome.lent_cents),
        "interest": format_plain(outcome.interest_cents),
        "repayments": [format_plain(cents) for cents in outcome.repayments_cents],
        "kwh_per_year": asdict(outcome.kwh),
        "co2_t_per_year": asdict(outcome.co2_tonnes),
        "eur_per_year": asdict(outcome.eur),
        "counts": asdict(outcome.counts),
    }


def printed_body(row: Compared) -> Body:
    """Write a printed figure beside that of the portfolio; money in euros."""
    scale = 100.0 if row.unit == "cents" else 1.0
    return {
        "figure": row.name,
        "unit": "eur" if row.unit == "cents" else row.unit.value,
        "printed": row.printed / scale,
        "found": row.found / scale,
        "deviation_share": row.deviation_share,
        "calculated": asdict(row.interval) if row.interval else None,
        "realised": asdict(row.realised) if row.realised else None,
    }

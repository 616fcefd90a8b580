"""A sealed decision can be taken out, carried away and decided again."""

import json
from copy import deepcopy

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from energiehuis.__main__ import main
from energiehuis.access.actor import SYSTEM
from energiehuis.audit.models import AuditLine
from energiehuis.identifiers import canonical_json
from energiehuis.loans.bulk import register_applications
from energiehuis.loans.replay import replay
from energiehuis.loans.replay_words import say_difference
from energiehuis.loans.sealing import FIRST_FORMAT, seal_of
from energiehuis.seeds.region import add_region
from energiehuis.seeds.synthetic import generate_portfolio


@pytest.fixture
def references(database, database_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SECRET_KEY", "only-for-tests-" + "0" * 32)
    with database.unit_of_work() as session:
        add_region(session, SYSTEM)
        return register_applications(session, SYSTEM, generate_portfolio(20, 5)).references


@pytest.fixture
def exported(references):
    result = CliRunner().invoke(main, ["decisions", "export", references[0]])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.fixture
def verify(tmp_path):
    def call(document) -> tuple[int, str]:
        path = tmp_path / "decision.json"
        path.write_bytes(canonical_json(document))
        result = CliRunner().invoke(main, ["decisions", "verify", str(path)])
        return result.exit_code, result.output

    return call


def test_an_untouched_decision_comes_out_the_same(exported, verify):
    code, output = verify(exported)
    assert (code, "geeft hetzelfde" in output) == (0, True)


def test_taking_a_decision_out_is_written_down(exported, database):
    with database.unit_of_work() as session:
        actions = session.scalars(select(AuditLine.action)).all()
    assert "application.read" in actions


def test_a_changed_amount_is_found_even_when_it_was_sealed_anew(exported, verify):
    changed = deepcopy(exported)
    changed["sealed"]["decision"]["amount_cents"] -= 5000
    code, output = verify(changed)
    assert code == 1
    assert "Het zegel past niet bij het document" in output
    assert "Aflossingsplan, ontleend bedrag: verzegeld" in output
    assert "schedule.principal_cents" in output
    changed["seal"] = seal_of(changed["sealed"])
    code, output = verify(changed)
    assert code == 1
    assert "Het zegel past niet" not in output
    assert "schedule.rows_digest" in output


def test_a_result_that_the_facts_do_not_give_is_found(exported):
    changed = deepcopy(exported["sealed"])
    changed["assessment"]["is_priority"] = not changed["assessment"]["is_priority"]
    parts = {difference.part for difference in replay(changed, None)}
    assert parts == {"assessment.is_priority"}


def test_an_approval_without_its_schedule_is_found(exported):
    changed = {**exported["sealed"], "schedule": None}
    assert [difference.part for difference in replay(changed, None)] == ["schedule"]


def test_every_decision_of_a_portfolio_can_be_replayed(references, database):
    from energiehuis.loans.models import LoanDecision

    with database.unit_of_work() as session:
        decisions = session.scalars(select(LoanDecision)).all()
    assert decisions
    for decision in decisions:
        assert replay(decision.sealed, decision.seal) == ()


@pytest.mark.parametrize("content", [b"no json", b"[]", b'{"format": "other"}', b'{"sealed": {}}'])
def test_what_is_no_sealed_decision_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "other.json"
    path.write_bytes(content)
    result = CliRunner().invoke(main, ["decisions", "verify", str(path)])
    assert result.exit_code == 1
    assert "Error: other.json is no" in result.output


def test_a_sealed_document_that_lacks_a_part_is_refused_with_a_sentence(exported, verify):
    del exported["sealed"]["assessment"]
    code, output = verify(exported)
    assert (code, "is no sealed decision" in output) == (1, True)


def test_an_unknown_reference_is_not_found(references):
    result = CliRunner().invoke(main, ["decisions", "export", "EL-0000-0000"])
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def first_format(document):
    """Give a decision as it was sealed before works and running loans were weighed."""
    old = deepcopy(document)
    old["format"] = FIRST_FORMAT
    for name in ("only_owner_roof_works", "only_appliances"):
        del old["application"]["facts"][name]
    del old["works_check"], old["proofs"], old["application"]["running_loans"]
    del old["decision"]["confirmed_points"], old["assessment"]["limits"]["running_cents"]
    return {"sealed": old, "seal": seal_of(old)}


def test_a_decision_of_the_first_format_is_still_replayed(exported, verify):
    old = first_format(exported["sealed"])
    code, output = verify(old)
    assert (code, "geeft hetzelfde" in output) == (0, True)
    old["sealed"]["application"]["amount_cents"] += 1
    assert verify(old)[0] == 1


def test_newer_rule_files_are_said_and_are_no_difference_of_the_decision(exported, verify):
    old = deepcopy(exported["sealed"])
    old["assessment"]["law_version"] = old["assessment"]["law_files_version"] = "0" * 64
    code, output = verify({"sealed": old, "seal": seal_of(old)})
    assert code == 0
    assert "De regels van die dag staan vandaag anders" in output
    assert "Met de regels van vandaag is de beslissing dezelfde" in output


def test_a_clause_that_comes_out_otherwise_is_named_in_words(exported, verify):
    old = deepcopy(exported["sealed"])
    was = old["assessment"]["grounds"]["increased_allowance"]
    old["assessment"]["grounds"]["increased_allowance"] = 1 - max(was, 0)
    old["works_check"][0]["truth"] = 0
    code, output = verify({"sealed": old, "seal": seal_of(old)})
    assert code == 1
    assert "Grond “Verhoogde tegemoetkoming”: verzegeld is" in output
    assert "Werk “" in output
    assert "Verschillen: 2." in output


def test_every_single_changed_byte_of_a_document_is_found(exported, tmp_path):
    # A change either breaks the form, or leaves a document that the seal does not fit.
    original = canonical_json(exported)
    path = tmp_path / "decision.json"
    for place in range(0, len(original), 131):
        changed = bytearray(original)
        changed[place] ^= 1
        path.write_bytes(bytes(changed))
        result = CliRunner().invoke(main, ["decisions", "verify", str(path)])
        assert result.exit_code == 1, changed[place - 20 : place + 20]
        assert "Traceback" not in result.output


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_what_differs_is_said_in_each_language(exported, language):
    changed = deepcopy(exported["sealed"])
    changed["assessment"]["limits"]["maximum_cents"] += 1
    changed["assessment"]["is_priority"] = None
    changed["assessment"]["law_version"] = ""
    sentences = [say_difference(one, language) for one in replay(changed, "0" * 64)]
    assert len(sentences) == 4
    assert all(sentences)

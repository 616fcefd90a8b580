"""The proof of a ground is kept apart: status only, never which health fund, read with a right."""

import pytest
import sqlalchemy as sa

from energiehuis.audit.models import AuditLine
from energiehuis.identifiers import canonical_json
from energiehuis.loans.health_funds import names_health_fund
from energiehuis.loans.models import ApplicationEvent, EligibilityProof, LoanDecision
from energiehuis.loans.replay import replay
from tests.api.v1.test_assessment import decide
from tests.applications import application, new_key

EVIDENCE = "attest gezien aan het loket, nummer 7731"


@pytest.fixture
def sent(client):
    answer = client.post("/api/v1/loan-applications", json=application(), headers=new_key())
    return answer.get_json()


@pytest.fixture
def headers(as_role):
    return as_role("counsellor")


@pytest.fixture
def correct(client, sent, headers):
    def make(facts, version=1, **body):
        return client.patch(
            f"/api/v1/loan-applications/{sent['id']}/facts",
            json={"facts": facts, "evidence": EVIDENCE, **body},
            headers={**headers, **new_key(), "If-Match": f'"v{version}"'},
        )

    return make


@pytest.fixture
def proofs_of(client, sent, headers):
    def read():
        address = f"/api/v1/loan-applications/{sent['id']}/proofs"
        return client.get(address, headers=headers).get_json()["items"]

    return read


def test_of_a_proof_only_ground_status_kind_day_and_role_are_kept(correct, proofs_of, database):
    kind = "attest_increased_allowance"
    assert correct({"increased_allowance": True}, document=kind).status_code == 200
    (proof,) = proofs_of()
    assert (proof["ground"], proof["status"], proof["document"], proof["seen_by_role"]) == (
        "increased_allowance",
        "holds",
        kind,
        "counsellor",
    )
    with database.unit_of_work() as session:
        columns = set(EligibilityProof.__table__.columns.keys())
        row = session.scalars(sa.select(EligibilityProof)).one()
        values = canonical_json([str(getattr(row, name)) for name in sorted(columns)]).decode()
    # No column can hold a text that somebody typed.
    assert columns == {
        *("id", "application_id", "ground", "status", "document", "seen_on"),
        *("seen_by_role", "evidence_digest", "digest"),
    }
    assert EVIDENCE not in values


def test_what_was_typed_about_a_proof_stands_in_no_table(correct, database, sent, client, headers):
    correct({"increased_allowance": True})
    decide(client, sent, headers, version="2")
    with database.unit_of_work() as session:
        for table in sa.inspect(session.connection()).get_table_names():
            rows = session.execute(sa.text(f'SELECT * FROM "{table}"')).all()  # noqa: S608
            assert not any("7731" in str(value) for row in rows for value in row), table


def test_the_sealed_decision_names_proofs_by_their_digests_only(
    correct, proofs_of, client, sent, headers, database
):
    correct({"increased_allowance": True}, document="attest_increased_allowance")
    correct({"protected_customer": False}, version=2)
    assert decide(client, sent, headers, version="3").status_code == 201
    digests = [proof["digest"] for proof in proofs_of()]
    with database.unit_of_work() as session:
        decision = session.scalars(sa.select(LoanDecision)).one()
        sealed, seal = decision.sealed, decision.seal
    assert sealed["proofs"] == digests
    assert len(digests) == 2
    text = canonical_json(sealed).decode()
    for word in ("attest", "document", "evidence", "seen_on", "seen_by"):
        assert word not in text
    assert replay(sealed, seal) == ()


def test_the_file_itself_shows_no_proof(correct, client, sent, headers):
    correct({"increased_allowance": True}, document="attest_increased_allowance")
    text = client.get(f"/api/v1/loan-applications/{sent['id']}", headers=headers).text
    assert "attest" not in text


def test_the_history_names_a_proof_by_its_digest_and_keeps_other_evidence(
    correct, proofs_of, database
):
    correct({"increased_allowance": True})
    correct({"outstanding": "500.00"}, version=2)
    with database.unit_of_work() as session:
        events = session.scalars(sa.select(ApplicationEvent).order_by(ApplicationEvent.id)).all()
        proven, other = (event.details for event in events)
    assert proven["proofs"] == [proof["digest"] for proof in proofs_of()]
    assert "evidence" not in proven
    # What still runs is a fact of the credit, and no ground looks at it.
    assert (other["evidence"], "proofs" in other) == (EVIDENCE, False)


def test_an_income_proves_the_ceilings_that_look_at_it(correct, proofs_of):
    kind = "assessment_notice_third_year_before"
    correct({"joint_taxable_income": "24500.00", "dependents": 2}, document=kind)
    found = {proof["ground"]: (proof["status"], proof["document"]) for proof in proofs_of()}
    assert found == {
        "income_ceiling_a": ("cannot_be_told", None),
        "income_ceiling_b": ("holds", kind),
    }


def test_a_document_of_another_ground_is_refused(correct):
    answer = correct({"protected_customer": True}, document="attest_increased_allowance")
    assert answer.get_json()["errors"][0]["code"] == "facts.document_of_another_ground"


def test_reading_proofs_needs_a_right_and_is_written_down(
    correct, proofs_of, client, sent, as_role, database
):
    correct({"increased_allowance": True})
    assert len(proofs_of()) == 1
    address = f"/api/v1/loan-applications/{sent['id']}/proofs"
    for role in ("policymaker", "programme_worker", "administrator"):
        assert client.get(address, headers=as_role(role)).status_code == 403
    elsewhere = as_role("counsellor", "34022")
    assert client.get(address, headers=elsewhere).status_code == 404
    with database.unit_of_work() as session:
        actions = session.scalars(
            sa.select(AuditLine.subject_id).where(AuditLine.action == "proof.read")
        ).all()
    assert actions == [sent["id"]]


@pytest.mark.parametrize(
    "text",
    [
        "klevertje CM gezien",
        "attest van Solidaris",
        "Helan, gezien op 3 maart",
        "Mutualité chrétienne",
        "attest HZIV",
    ],
)
def test_a_text_that_names_a_health_fund_is_refused_everywhere(
    correct, client, sent, headers, text
):
    evidence = correct({"increased_allowance": True}, evidence=text)
    move = client.post(
        f"/api/v1/loan-applications/{sent['id']}/moves",
        json={"move": "take_up", "note": text},
        headers={**headers, **new_key(), "If-Match": '"v1"'},
    )
    decision = decide(client, sent, headers, explanation=text)
    fields = {"evidence": evidence, "note": move, "explanation": decision}
    for name, answer in fields.items():
        assert answer.status_code == 422
        error = answer.get_json()["errors"][0]
        assert (error["field"], error["code"]) == (name, "facts.names_health_fund")


@pytest.mark.parametrize(
    "text", ["attest van 3 maart", "isolatie van 12 CM", "0,5 CM", "klevertje eindigt op 1", ""]
)
def test_other_texts_are_left_alone(text):
    assert not names_health_fund(text)

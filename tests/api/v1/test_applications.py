import pytest

from tests.applications import application, new_key


def post(client, body, **headers):
    return client.post("/api/v1/loan-applications", json=body, headers={**new_key(), **headers})


def test_a_citizen_sends_an_application_and_gets_reference_secret_and_answer(client):
    response = post(client, application())
    body = response.get_json()
    assert response.status_code == 201
    assert response.headers["ETag"] == '"v1"'
    assert response.headers["Location"].endswith(body["id"])
    assert body["assessment"]["outcome"] == "eligible"
    assert body["assessment"]["rate_percent"] == "0.00"


def test_the_same_key_with_the_same_body_gets_the_same_answer_and_one_application(client, as_role):
    key = new_key()
    first = client.post("/api/v1/loan-applications", json=application(), headers=key)
    again = client.post("/api/v1/loan-applications", json=application(), headers=key)
    worklist = client.get("/api/v1/loan-applications", headers=as_role("counsellor"))
    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert len(worklist.get_json()["items"]) == 1


def test_the_same_key_with_another_body_is_refused(client):
    key = new_key()
    client.post("/api/v1/loan-applications", json=application("1"), headers=key)
    response = client.post("/api/v1/loan-applications", json=application("2"), headers=key)
    assert response.status_code == 422
    assert response.get_json()["code"] == "idempotency.key_reused"


def test_a_second_open_application_for_a_dwelling_is_refused_whatever_the_spelling(client):
    post(client, application())
    shouted = application()
    shouted["dwelling"]["street"] = " VERZONNEN straat "
    response = post(client, shouted)
    assert response.status_code == 409
    assert response.get_json()["code"] == "application.dwelling_has_open_application"


def change(path, value):
    body = application()
    *steps, last = path.split(".")
    target = body
    for step in steps:
        target = target[int(step)] if step.isdigit() else target[step]
    if value is KeyError:
        del target[last]
    else:
        target[last] = value
    return body


BAD = [
    ("amount", 12000.0, "field.money"),
    ("amount", "12000.005", "field.money"),
    ("amount", "-5.00", "field.amount_out_of_range"),
    ("amount", "99999999.00", "field.amount_out_of_range"),
    ("amount", "15000.01", "loan.amount_above_ceiling"),
    ("amount", "1249.99", "loan.amount_below_minimum"),
    ("term_months", 121, "loan.term_too_long"),
    ("term_months", 0, "field.number_out_of_range"),
    ("term_months", "12", "field.whole_number"),
    ("term_months", True, "field.whole_number"),
    ("surprise", 1, "field.unknown"),
    ("dwelling.surprise", 1, "field.unknown"),
    ("dwelling.postcode", "9999", "field.postcode_unknown"),
    ("dwelling.postcode", "85300", "field.too_long"),
    ("dwelling", KeyError, "field.required"),
    ("dwelling", "Kerkstraat 1", "field.not_an_object"),
    ("dwelling.street", "a\x00b", "field.pattern"),
    ("dwelling.street", "lone \ud800 surrogate", "field.pattern"),
    ("dwelling.build_year", 3000, "field.number_out_of_range"),
    ("applicant.birth_date", "1985-02-30", "field.day"),
    ("applicant.birth_date", "2024-01-01", "field.birth_date"),
    ("applicant.email", "noor", "field.pattern"),
    ("facts.main_residence", "ja", "field.flag"),
    ("facts.joint_taxable_income", -1, "field.money"),
    ("facts.dependents", 2.0, "field.whole_number"),
    ("works", [], "field.list_length"),
    ("works", "dak", "field.not_a_list"),
    ("works.0.work", "swimming_pool", "field.choice"),
    ("works.1.cost", "0.00", "field.amount_out_of_range"),
    ("borrower_kind", "robot", "field.choice"),
    ("language", "de", "field.choice"),
]


@pytest.mark.parametrize(("path", "value", "code"), BAD, ids=[f"{p}={v!r}" for p, v, _ in BAD])
def test_a_bad_field_is_named_with_a_dutch_sentence(client, path, value, code):
    response = post(client, change(path, value))
    body = response.get_json()
    assert response.status_code == 422
    assert response.content_type == "application/problem+json"
    found = {(error["field"], error["code"]): error["message"] for error in body["errors"]}
    assert found[path, code].endswith((".", ")"))


def test_nothing_is_written_when_a_field_is_bad(client, as_role):
    post(client, change("amount", "15000.01"))
    worklist = client.get("/api/v1/loan-applications", headers=as_role("counsellor"))
    assert worklist.get_json()["items"] == []


def test_contradicting_facts_are_refused_by_name(client):
    body = change("facts.persons", 1)
    body["facts"]["dependents"] = 3
    response = post(client, body)
    assert response.status_code == 422
    assert response.get_json()["errors"][0]["field"] == "facts.dependents"


def test_the_sentence_comes_in_the_language_that_is_asked_for(client):
    response = post(client, change("amount", 3.5), **{"Accept-Language": "fr"})
    assert response.headers["Content-Language"] == "fr"
    assert "montant" in response.get_json()["errors"][0]["message"]


def test_a_missing_or_odd_key_is_refused(client):
    for headers in ({}, {"Idempotency-Key": "short"}, {"Idempotency-Key": "spaces in it"}):
        response = client.post("/api/v1/loan-applications", json=application(), headers=headers)
        assert response.status_code == 422
        assert response.get_json()["errors"][0]["code"] == "idempotency.key_required"


def test_another_content_type_is_refused(client):
    response = client.post("/api/v1/loan-applications", data="a=1", headers=new_key())
    assert (response.status_code, response.get_json()["code"]) == (415, "request.media_type")


def test_a_method_that_is_not_there_is_said_to_be_so_whatever_it_carries(client):
    response = client.put("/api/v1/loan-applications", data="a=1")
    assert (response.status_code, response.get_json()["code"]) == (
        405,
        "request.method_not_allowed",
    )
    assert "POST" in response.headers["Allow"]


def test_broken_json_is_refused(client):
    response = client.post(
        "/api/v1/loan-applications",
        data=b'{"amount": ',
        headers={**new_key(), "Content-Type": "application/json"},
    )
    assert (response.status_code, response.get_json()["code"]) == (400, "request.malformed")


def test_json_that_is_no_object_is_refused(client):
    for body in ("[]", '"text"', "5", "null"):
        headers = {**new_key(), "Content-Type": "application/json"}
        response = client.post("/api/v1/loan-applications", data=body, headers=headers)
        assert response.status_code == 422


def test_brackets_without_end_are_refused(client):
    response = client.post(
        "/api/v1/loan-applications",
        data="[" * 100_000,
        headers={**new_key(), "Content-Type": "application/json"},
    )
    assert (response.status_code, response.get_json()["code"]) == (400, "request.malformed")


def test_a_body_of_ten_megabytes_is_refused(client):
    response = client.post(
        "/api/v1/loan-applications",
        data=b" " * 10_000_000,
        headers={**new_key(), "Content-Type": "application/json"},
    )
    assert (response.status_code, response.get_json()["code"]) == (413, "request.too_large")


def test_an_application_from_a_municipality_that_left_is_refused(client):
    # Wielsbeke went to another Energiehuis in January 2024 (source S74 of the rule files).
    response = post(client, change("dwelling.postcode", "8710"))
    assert response.status_code == 422
    assert response.get_json()["code"] == "application.municipality_not_served"


def test_a_legal_person_is_offered_one_percent(client):
    body = application(
        borrower_kind="non_commercial_legal_person",
        legal_person={"name": "vzw Voorbeeld", "enterprise_number": "0630.835.639"},
    )
    body["facts"] = {"new_build": False}
    answer = post(client, body).get_json()
    assert answer["assessment"]["product"] == "own_offer_legal_person"
    assert answer["assessment"]["rate_percent"] == "1.00"


def test_a_legal_person_needs_its_enterprise_number(client):
    body = application(borrower_kind="cooperative")
    body["legal_person"] = {"name": "cv Voorbeeld", "enterprise_number": "0630.835.638"}
    response = post(client, body)
    assert response.get_json()["errors"][0]["code"] == "field.enterprise_number"


def test_an_unknown_fact_is_no_refusal(client):
    body = application()
    body["facts"] = {"main_residence": True, "new_build": False}
    answer = post(client, body).get_json()
    assert answer["assessment"]["outcome"] == "undetermined"
    assert answer["assessment"]["is_priority"] is None


def test_the_citizen_follows_the_application_with_reference_and_secret(client):
    sent = post(client, application()).get_json()
    asked = {"reference": sent["reference"].lower(), "secret": sent["secret"]}
    response = client.post("/api/v1/loan-application-statuses", json=asked)
    assert response.get_json()["status"] == "submitted"


def test_a_wrong_secret_opens_nothing(client):
    sent = post(client, application()).get_json()
    for secret in ("", "2222-2222-2222-2222", "é"):
        asked = {"reference": sent["reference"], "secret": secret or "x"}
        response = client.post("/api/v1/loan-application-statuses", json=asked)
        assert response.status_code == 404

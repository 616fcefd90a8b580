"""The check of one household answers with the short lines of the command line, and all as JSON."""

import pytest

from energiehuis.i18n import LANGUAGES, translate

QUESTION = {
    "borrower_kind": "natural_person",
    "application_day": "2026-11-23",
    "postcode": "8530",
    "facts": {"main_residence": True, "new_build": False, "increased_allowance": True},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_are_short_and_explain_their_sources(client, language):
    answer = client.post(
        "/api/v1/eligibility-checks", json=QUESTION, headers={"Accept-Language": language}
    )
    assert answer.status_code == 200
    body = answer.get_json()
    assert body["text"]["language"] == language
    lines = body["text"]["lines"]
    assert translate("eligibility.product.own_offer_priority", language) in lines[0]
    listed = lines.index(translate("eligibility.brief.sources", language))
    assert all(line.startswith("[") for line in lines[listed + 1 :])
    assert not any("http" in line for line in lines[:listed])
    trace = body["trace"]
    assert trace["priority_counts"] is True
    holding = [ground["id"] for ground in trace["grounds"] if ground["truth"] == "holds"]
    assert holding == ["increased_allowance"]

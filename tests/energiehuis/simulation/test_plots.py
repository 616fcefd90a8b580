"""Pictures carry the numbers of the run, in the language asked for."""

import json

import numpy as np
import pytest

from energiehuis.simulation.engine import run_engine
from energiehuis.simulation.engine_backends import ThisProcess
from energiehuis.simulation.engine_plan import make_plan
from energiehuis.simulation.loan_arrays import whole_portfolio
from energiehuis.simulation.loan_writers import write_loans
from energiehuis.simulation.plots import balance_plot, fan, realised_plot, tornado_plot
from savings_model.scenarios import BASELINE
from savings_model.tornado import tornado
from tests.portfolios import many_files


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    path = tmp_path_factory.mktemp("plots") / "loans.parquet"
    write_loans(many_files(60), path)
    return make_plan(path, (BASELINE,), draws=20)


@pytest.fixture(scope="module")
def result(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    return run_engine(plan, "run", backend=ThisProcess(), folder=folder)[0]


def rows_of(picture):
    """Give all rows of data of a picture."""

    def walk(node):
        if isinstance(node, dict):
            yield from node.get("datasets", {}).values()
            if "values" in node.get("data", {}):
                yield node["data"]["values"]
            for child in node.values():
                yield from walk(child)
        elif isinstance(node, list):
            for child in node:
                yield from walk(child)

    return [row for rows in walk(json.loads(picture.specification)) for row in rows]


def test_the_fan_holds_the_tonnes_of_every_year(result):
    rows = rows_of(fan(result, "nl"))
    drawn = [row["middle"] for row in rows if row["kind"] == "berekend"]
    np.testing.assert_allclose(drawn[: result.years.size], result.by_year[0, 1, 0, :, 2])
    assert all(row["low"] <= row["middle"] <= row["high"] for row in rows)


def test_calculated_and_realised_stand_side_by_side(result):
    rows = rows_of(realised_plot(result, "nl"))
    kinds = {row["kind"] for row in rows}
    assert kinds == {"berekend", "verwacht op de meter"}
    here = [row["point"] for row in rows if row["place"] == "Harelbeke"]
    place = result.nis_codes.index("34013")
    np.testing.assert_allclose(here[:2], result.by_group[0, 0, :, place, 0] / 1000)


def test_the_balance_ends_on_nothing_owed(result):
    rows = rows_of(balance_plot(result, "en"))
    owed = [row["balance"] for row in rows if "balance" in row]
    assert max(owed) == pytest.approx(result.balance_cents[0, :, -1].max() / 1e8)
    assert owed[-1] == 0.0


def test_the_tornado_begins_with_the_widest(plan):
    found = tornado(whole_portfolio(plan.path, plan.columns), BASELINE, draws=20, seed=1)
    widths = {}
    for row in rows_of(tornado_plot(found, "nl")):
        if "lever" in row:
            width = row["high"] - row["low"]
            widths[row["lever"]] = max(width, widths.get(row["lever"], 0.0))
    assert list(widths.values()) == sorted(widths.values(), reverse=True)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_picture_is_saved_as_svg_and_png_and_nothing_else(result, tmp_path, language):
    picture = fan(result, language)
    picture.save(tmp_path / "fan.svg")
    picture.save(tmp_path / "fan.png")
    assert "<svg" in (tmp_path / "fan.svg").read_text("utf-8")
    assert (tmp_path / "fan.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(ValueError, match=r"\.svg or \.png"):
        picture.save(tmp_path / "fan.pdf")

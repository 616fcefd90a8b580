"""Published cases from a file, by the command line: any climate, and no wrong cell unseen."""

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from energiehuis.__main__ import main
from energiehuis.simulation.climate_file import COLUMNS as CLIMATE_COLUMNS
from energiehuis.simulation.dwelling_file import COLUMNS

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
# Where TABULA's symbol stands in the answer.
FIELDS = (
    "transmission_w_m2k", "ventilation_w_m2k", "reduction", "transmission_kwh_m2",
    "ventilation_kwh_m2", "loss_kwh_m2", "solar_gains_kwh_m2", "internal_gains_kwh_m2",
    "time_constant_h", "exponent", "gain_ratio", "utilised_share", "heat_demand_kwh_m2",
)  # fmt: skip
# h_tr, h_ve, F_red, q_ht_tr, q_ht_ve, q_ht, q_sol, q_int, tau, a, gamma, eta, q_h_nd of
# TABULA/EPISCOPE as tabulated in FZJ-IEK3-VSA/tsib (commit 0c4146de), `episcope.csv`. Between
# them: a third wall, a second window, roof windows, set point 19, transmission below 0.5 and
# above 4 W/m2K, seasons of 22 and 365 days, frost.
ELSEWHERE = {
    "FR.OPHM.LC_ENS.99.ReAv.001.001": (
        0.968016614133601, 0.595, 0.9531983385866398, 63.897425026180265, 39.27511918233467,
        103.17254420851494, 14.536884302809723, 22.91832, 28.790480915613326, 1.759682697187111,
        0.36303460954797806, 0.8859446359979168, 69.98930686623456,
    ),
    "SE.N.MFH.01.Gen.ReEx.001.001": (
        1.13815028795299, 0.68, 0.9453949904015669, 199.8264055280037, 119.38841223106996,
        319.21481775907364, 63.014961325600645, 26.28, 24.75042921268317, 1.625014307089439,
        0.27973313379517284, 0.9058003745788901, 238.33140834233706,
    ),
    "ES.ME.MFH.01.Gen.ReEx.001.001": (
        4.651953585804028, 0.68, 0.85, 18.02280672809796, 2.6344864257686726,
        20.657293153866632, 1.8163493775952744, 1.615718611661359, 8.439683368551727,
        1.0813227789517241, 0.16614316133739038, 0.8773501765248584, 17.64616769764701,
    ),
    "AT.N.AB.05.Gen.ReEx.001.001": (
        0.4803027630805409, 0.51, 1.0019697236919458, 39.422363896216815, 41.859858265481485,
        81.2822221616983, 7.645422777777777, 15.264, 45.440648736572456, 2.314688291219082,
        0.2818503501565577, 0.9611172690165651, 59.26358030677463,
    ),
}  # fmt: skip
# The same source, Belgium: h_tr, F_red, q_ht, q_h_nd.
BELGIAN = {
    "SFH.01.Gen.ReEx.001.001": (4.814188149862707, 0.8, 305.7054193594008, 279.9847091100156),
    "TH.01.Gen.ReEx.001.001": (
        3.2265647292706414, 0.8257811756909786, 224.372499561959, 199.6626228866118,
    ),
}  # fmt: skip
# ASHRAE 140-2020 as reproduced in open-ideas/IDEAS, ISO13790/Validation/BESTEST: the box of 48 m2.
BOX = {
    "climate": "denver", "reference_area_m2": 48, "thermal_bridge_w_m2k": 0, "window_g": 0.769,
    "infiltration_per_hour": 0.414, "air_use_per_hour": 0, "area_roof_1_m2": 48,
    "u_roof_1_w_m2k": 0.33, "area_wall_1_m2": 63.6, "u_wall_1_w_m2k": 0.53,
    "area_floor_1_m2": 48, "u_floor_1_w_m2k": 0.038, "adjustment_floor_1": 1,
    "area_window_1_m2": 12, "u_window_1_w_m2k": 3.1, "reduction_at_low_loss": 1,
    "reduction_at_high_loss": 1, "room_height_m": 2.7, "internal_gains_w_m2": 200 / 48,
    "shading_horizontal": 1, "shading_vertical": 1, "frame_share": 0,
}  # fmt: skip
LIGHT, HEAVY = {"heat_capacity_wh_m2k": 42_167 / 3600}, {"heat_capacity_wh_m2k": 307_750 / 3600}
# What a double pane lets through at the slant of October to April, worked out hour by hour.
SOUTH = {"window_south_m2": 12, "slanted_sun_share": 0.91}
EAST_WEST = {"window_east_m2": 6, "window_west_m2": 6, "slanted_sun_share": 0.87}
# The box is heated to 20 degC from 8 to 23 h, to 10 at night, and from 7 to 8 h in between.
MEAN_SET_POINT = {"indoor_temperature_c": (15 * 20 + 8 * 10 + 15) / 24}


def _run(*arguments: str | Path):
    return CliRunner().invoke(main, ["heat-demand", *map(str, arguments)])


def _answers(*arguments: str | Path) -> dict[str, dict]:
    result = _run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return {row["code"]: row for row in map(json.loads, result.stdout.splitlines())}


def _rows(name: str) -> list[dict[str, str]]:
    with (EXAMPLES / name).open(newline="") as source:
        return list(csv.DictReader(source))


def _write(path: Path, rows: list[dict]) -> Path:
    with path.open("w", newline="") as target:
        writer = csv.DictWriter(target, list({name: 0 for row in rows for name in row}))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def dwelling() -> dict:
    """One Belgian dwelling as a line of the file."""
    return dict(_rows("dwellings.csv")[0])


@pytest.fixture
def refusal(tmp_path):
    """Run a list that cannot be used: one sentence on stderr, and nothing written."""

    def refuse(rows: list[dict] | str, *arguments: str | Path) -> str:
        path = tmp_path / "list.csv"
        if isinstance(rows, str):
            path.write_text(rows)
        else:
            _write(path, rows)
        result = _run(path, "--json", *arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert isinstance(result.exception, SystemExit)
        return result.stderr

    return refuse


def test_belgian_types_come_out_as_published():
    found = _answers(EXAMPLES / "dwellings.csv", "--method", "seasonal")
    names = ("transmission_w_m2k", "reduction", "loss_kwh_m2", "heat_demand_kwh_m2")
    for code, published in BELGIAN.items():
        assert [found[code][name] for name in names] == pytest.approx(published, rel=1e-12)


@pytest.mark.parametrize("code", ELSEWHERE)
def test_dwellings_elsewhere_come_out_as_published_in_every_step(code):
    climates = ("--climate", EXAMPLES / "climates.csv")
    found = _answers(EXAMPLES / "dwellings-elsewhere.csv", *climates, "--method", "seasonal")[code]
    assert [found[name] for name in FIELDS] == pytest.approx(ELSEWHERE[code], rel=1e-12)
    assert found["gain_ratio_by_period"] == pytest.approx([found["gain_ratio"]])


@pytest.mark.parametrize(
    ("code", "printed"), [("TH.01.Gen", (199.7, 89.0, 71.0)), ("TH.01.Semi", (245.3, 103.7, 82.0))]
)
def test_refurbished_types_come_out_to_the_printed_digit(tmp_path, code, printed):
    # FZJ-IEK3-VSA/HiSim, `episcope-tabula.csv`: before, usual, advanced. Resistance is added to
    # the first roof, wall and floor and the windows are replaced; thermal bridges of the
    # advanced form fall by half on the share of the envelope that was worked on.
    (before,) = (row for row in _rows("dwellings.csv") if row["code"].startswith(f"{code}."))
    usual = _refurbished(before, (3.0, 1 / 0.35, 1 / 0.35), u_window=2.0)
    usual |= {"code": "usual", "window_g": 0.6, "infiltration_per_hour": 0.2}
    advanced = _refurbished(before, (6.5, 5.0, 30 / 7), u_window=1.6)
    advanced |= {"code": "advanced", "window_g": 0.5, "infiltration_per_hour": 0.1}
    names = [name for name in before if name.startswith("area_")]
    area = {name: float(before[name]) for name in names}
    worked_on = ("area_roof_1_m2", "area_wall_1_m2", "area_floor_1_m2", "area_window_1_m2")
    share = sum(area[name] for name in worked_on) / sum(area.values())
    advanced["thermal_bridge_w_m2k"] = 0.1 - 0.05 * share
    path = _write(tmp_path / "list.csv", [before, usual, advanced])
    found = _answers(path, "--method", "seasonal").values()
    assert tuple(round(row["heat_demand_kwh_m2"], 1) for row in found) == printed


def _refurbished(before: dict, resistances: tuple[float, float, float], u_window: float) -> dict:
    names = ("u_roof_1_w_m2k", "u_wall_1_w_m2k", "u_floor_1_w_m2k")
    added = zip(names, resistances, strict=True)
    u_values = {name: 1 / (1 / float(before[name]) + more) for name, more in added}
    return before | u_values | {"u_window_1_w_m2k": u_window}


def test_weather_may_stand_on_the_line_of_each_dwelling(tmp_path):
    climates = {row["climate"]: row for row in _rows("climates.csv")}
    lines = _rows("dwellings-elsewhere.csv")
    for line in lines:
        weather = climates[line.pop("climate")]
        suns = {name: cell for name, cell in weather.items() if name.startswith("solar")}
        line.update(suns, heating_days=weather["days"])
        line["outdoor_temperature_c"] = weather["outdoor_temperature_c"]
    # One line of the list may still name a climate, here the one that is known.
    lines.append(_rows("dwellings.csv")[0])
    found = _answers(_write(tmp_path / "list.csv", lines), "--method", "seasonal")
    for code, published in ELSEWHERE.items():
        assert [found[code][name] for name in FIELDS] == pytest.approx(published, rel=1e-12)
        assert found[code]["climate"] == "own weather"
    known = found["SFH.01.Gen.ReEx.001.001"]
    assert known["heat_demand_kwh_m2"] == pytest.approx(279.9847091100156, rel=1e-12)


def _box_mwh(tmp_path: Path, **numbers: float) -> float:
    path = _write(tmp_path / "box.csv", [{"code": "box"} | BOX | numbers])
    found = _answers(path, "--climate", EXAMPLES / "climates.csv")["box"]
    assert len(found["demand_kwh_by_period"]) == 12
    return found["heat_demand_kwh"] / 1000


@pytest.mark.parametrize(
    ("case", "lower", "upper"),
    [
        (LIGHT | SOUTH, 3.75, 4.98),  # 600
        (HEAVY | SOUTH, 1.04, 2.28),  # 900
        (LIGHT | SOUTH | MEAN_SET_POINT, 1.58, 3.76),  # 640
        (HEAVY | SOUTH | MEAN_SET_POINT, 0.22, 1.91),  # 940
    ],
)
def test_boxes_of_ashrae_140_lie_within_their_limits(tmp_path, case, lower, upper):
    assert lower <= _box_mwh(tmp_path, **case) <= upper


@pytest.mark.parametrize(
    ("mass", "lower", "upper"),
    [(LIGHT, 3.67, 5.38), (HEAVY, 2.55, 4.20)],  # 620 and 920
)
def test_boxes_with_little_sun_need_the_sun_on_their_walls(tmp_path, mass, lower, upper):
    # Left out of the balance, and given as more window: absorption x Rse x U x A, over g.
    share = 0.6 * 0.04 / (BOX["window_g"] * EAST_WEST["slanted_sun_share"])
    walls = {"window_south_m2": 21.6, "window_north_m2": 21.6}
    more = {name: share * 0.53 * area for name, area in walls.items()}
    more |= dict.fromkeys(("window_east_m2", "window_west_m2"), 6 + share * 0.53 * 10.2)
    more["window_horizontal_m2"] = share * 0.33 * 48
    assert lower <= _box_mwh(tmp_path, **mass, **(EAST_WEST | more)) <= upper
    # What the page on the heat balance says of the balance by itself.
    assert upper < _box_mwh(tmp_path, **mass, **EAST_WEST) < 1.1 * upper


def test_a_set_point_that_changes_within_the_day_is_not_known_to_the_balance(tmp_path):
    # At 20 degC all day, cases 640 and 940 pass their upper limits, as the page says.
    assert _box_mwh(tmp_path, **LIGHT, **SOUTH) > 3.76
    assert _box_mwh(tmp_path, **HEAVY, **SOUTH) > 1.91


def test_a_warm_month_has_no_ratio_of_gains_to_losses(tmp_path):
    lines = [row for row in _rows("climates.csv") if row["climate"] == "denver"]
    lines[6]["outdoor_temperature_c"] = "25"
    climates = _write(tmp_path / "warm.csv", lines)
    box = {"code": "box", **BOX, **LIGHT, **SOUTH, "climate": ""}
    found = _answers(_write(tmp_path / "box.csv", [box]), "--climate", climates)["box"]
    # The only climate of the file is the one that is meant.
    assert found["climate"] == "denver"
    assert (found["gain_ratio_by_period"][6], found["demand_kwh_by_period"][6]) == (None, 0.0)
    assert found["utilised_share_by_period"][6] == 0.0


def test_a_dwelling_without_gains_loses_what_it_loses(tmp_path, dwelling):
    dwelling |= {"window_g": "0", "internal_gains_w_m2": "0"}
    (found,) = _answers(_write(tmp_path / "list.csv", [dwelling]), "--method", "seasonal").values()
    assert (found["gain_ratio"], found["utilised_share"]) == (0.0, 1.0)
    assert found["heat_demand_kwh_m2"] == pytest.approx(found["loss_kwh_m2"], rel=1e-12)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ("Woning", "280,0", "66.285", "stookseizoen")),
        ("fr", ("Logement", "280,0", "saison de chauffe")),
        ("en", ("Dwelling", "280,0", "heating season")),
    ],
)
def test_people_read_a_table_in_their_language(language, words):
    path = EXAMPLES / "dwellings.csv"
    result = _run(path, "--method", "seasonal", "--language", language)
    assert result.exit_code == 0
    assert [word for word in words if word not in " ".join(result.stdout.split())] == []
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "…" not in result.stdout


@pytest.mark.parametrize(
    ("column", "cell", "limit"),
    [
        ("area_wall_1_m2", "-5", "between 0 and 1e+06, is -5"),
        ("u_wall_1_w_m2k", "50", "between 0 and 10, is 50"),
        ("u_wall_1_w_m2k", "", "must not be empty, since area_wall_1_m2 is 228.848"),
        ("window_g", "1.2", "between 0 and 1, is 1.2"),
        ("window_south_m2", "nan", "between 0 and 1e+06, is nan"),
        ("reference_area_m2", "inf", "between 1 and 1e+06, is inf"),
        ("reference_area_m2", "1e999", "between 1 and 1e+06, is inf"),
        ("reference_area_m2", "0", "between 1 and 1e+06, is 0"),
        ("reference_area_m2", "", "must not be empty"),
        ("reference_area_m2", "236,7", "must be a number with a decimal point, is '236,7'"),
        ("reference_area_m2", "1_000", "must be a number with a decimal point, is '1_000'"),
        ("reference_area_m2", "groot", "must be a number with a decimal point, is 'groot'"),
        ("infiltration_per_hour", "-0.1", "between 0 and 10, is -0.1"),
        ("heat_capacity_wh_m2k", "0", "between 1 and 1000, is 0"),
        ("indoor_temperature_c", "60", "between 5 and 30, is 60"),
        ("climate", "oslo", "must be one of uccle, is 'oslo'"),
        ("code", "", "must not be empty"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line_its_column_and_its_limit(
    dwelling, refusal, column, cell, limit
):
    good = {"heat_capacity_wh_m2k": "45", "indoor_temperature_c": "20"} | dwelling
    message = refusal([good, good | {"code": "second", column: cell}])
    assert f"list.csv: line 3, column {column}: " in message
    assert limit in message


def test_a_code_stands_once(dwelling, refusal):
    message = refusal([dwelling, dwelling | {"code": "second"}, dwelling])
    assert f"line 4, column code: {dwelling['code']} stands already on line 2" in message


def test_a_file_of_another_shape_is_refused(dwelling, refusal):
    header, cells = ",".join(dwelling), ",".join(dwelling.values())
    width = len(dwelling)
    assert "line 1: is empty" in refusal("")
    assert "line 2: needs at least one line" in refusal(f"{header}\n\n")
    assert f"line 3: needs {width} cells" in refusal(f"{header}\n{cells}\n{cells},1\n")
    assert f"has {width - 1}" in refusal(f"{header}\n{cells.rpartition(',')[0]}\n")
    assert "line 1: columns must be separated by commas, not by ';'" in refusal(
        f"{header}\n{cells}\n".replace(",", ";").replace(".", ",")
    )
    decimals = refusal(f"{header}\n{cells.replace('.', ',')}\n")
    assert "line 2: needs" in decimals
    assert "decimal point" in decimals
    assert "must be a CSV file in UTF-8" in refusal(f'{header}\n"{cells}\n')


def test_a_header_says_what_is_known_and_needed(dwelling, refusal):
    without = {name: cell for name, cell in dwelling.items() if name != "window_g"}
    assert "line 1: lacks the column window_g" in refusal([without])
    unknown = refusal([dwelling | {"u_wall1_w_m2k": "1"}])
    assert "line 1: unknown column 'u_wall1_w_m2k'; is u_wall_1_w_m2k meant?" in unknown
    header, cells = ",".join(dwelling), ",".join(dwelling.values())
    assert "column window_g stands twice" in refusal(f"{header},window_g\n{cells},1\n")


def test_a_list_has_a_hundred_thousand_lines_at_most(dwelling, refusal):
    header, cells = ",".join(dwelling), ",".join(list(dwelling.values())[1:])
    lines = "\n".join(f"{number},{cells}" for number in range(100_001))
    assert "line 100002: at most 100000 lines" in refusal(f"{header}\n{lines}\n")


@pytest.mark.parametrize(
    ("weather", "column", "limit"),
    [
        ({"heating_days": ""}, "heating_days", "must not be empty on a line with its own weather"),
        ({"solar_west_kwh_m2": ""}, "solar_west_kwh_m2", "must not be empty"),
        ({"heating_days": "400"}, "heating_days", "between 0 and 366, is 400"),
        ({"outdoor_temperature_c": "99"}, "outdoor_temperature_c", "between -60 and 60, is 99"),
        ({"solar_west_kwh_m2": "-1"}, "solar_west_kwh_m2", "between 0 and 4000, is -1"),
        ({"climate": "uccle"}, "climate", "must be empty on a line that holds its own weather"),
    ],
)
def test_own_weather_is_whole_or_absent(dwelling, refusal, weather, column, limit):
    suns = {f"solar_{name}_kwh_m2": "200" for name in ("horizontal", "east", "south", "west")}
    own = {"climate": "", "heating_days": "200", "outdoor_temperature_c": "5"} | suns
    own["solar_north_kwh_m2"] = "100"
    lines = [dwelling, dwelling | {"code": "second"} | own | weather]
    message = refusal(lines, "--method", "seasonal")
    assert f"line 3, column {column}: " in message
    assert limit in message


def test_weather_of_a_season_does_not_serve_the_months(dwelling, refusal):
    suns = ("horizontal", "east", "south", "west", "north")
    own = {f"solar_{name}_kwh_m2": "200" for name in suns}
    own |= {"climate": "", "heating_days": "200", "outdoor_temperature_c": "5"}
    assert "line 2, column heating_days: " in refusal([dwelling | own], "--method", "monthly")
    climates = ("--climate", EXAMPLES / "climates.csv")
    monthly = refusal([dwelling | {"climate": "at.n"}], *climates)
    assert "line 2, column climate: at.n needs its twelve months" in monthly
    seasonal = refusal([dwelling | {"climate": "denver"}], *climates, "--method", "seasonal")
    assert "line 2, column climate: denver needs a line for its season" in seasonal
    nameless = refusal([dwelling | {"climate": ""}], *climates)
    assert "line 2, column climate: must be one of uccle, fr.h1" in nameless


@pytest.mark.parametrize(
    ("line", "change", "message"),
    [
        (5, {"period": "13"}, "line 7, column period: must be 1 to 12 for a month or season"),
        (5, {"period": "1"}, "line 7, column period: denver has 1 already on line 6"),
        (
            5,
            {"climate": "x"},
            "line 17, column period: denver needs all twelve months or none, lacks 2",
        ),
        (5, {"climate": ""}, "line 7, column climate: must not be empty"),
        (5, {"climate": "uccle"}, "line 7, column climate: must be another name"),
        (5, {"days": "nan"}, "line 7, column days: must lie between 0 and 366, is nan"),
        (5, {"days": "60"}, "line 17, column days: the months of denver must be at most 366"),
        (5, {"solar_east_kwh_m2": ""}, "line 7, column solar_east_kwh_m2: must not be empty"),
        (0, {"outdoor_temperature_c": "-70"}, "line 2, column outdoor_temperature_c: must lie"),
        (0, {"solar_south_kwh_m2": "5000"}, "line 2, column solar_south_kwh_m2: must lie between"),
    ],
)
def test_a_climate_that_cannot_be_is_named_with_its_line(tmp_path, refusal, line, change, message):
    rows = _rows("climates.csv")
    rows[line] |= change
    climates = _write(tmp_path / "climates.csv", rows)
    found = refusal(_rows("dwellings.csv"), "--climate", climates)
    assert f"climates.csv: {message}" in found


def test_an_option_or_a_file_that_is_not_there_is_a_matter_of_use():
    for arguments in (
        ("no-such-file.csv",),
        (EXAMPLES / "dwellings.csv", "--method", "hourly"),
        (EXAMPLES / "dwellings.csv", "--climate", "no-such-file.csv"),
    ):
        result = _run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")


def test_every_column_stands_on_the_page():
    page = (EXAMPLES.parent / "how-to" / "heat-demand.md").read_text()
    # The page has one line for ten elements, and one for five directions.
    family = re.compile(r"(roof|wall|floor|window|door)_[123]|horizontal|east|south|west|north")
    for name in (*COLUMNS, *CLIMATE_COLUMNS):
        found = family.search(name)
        letter = "E" if found and found[1] else "O"
        direction = name.startswith(("window", "solar", "area", "u_", "adjustment"))
        said = family.sub(letter, name) if direction else name
        assert f"`{said}`" in page, name

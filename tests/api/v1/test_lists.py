"""Lists of partners and workers: tried first, taken in whole or not at all."""

import io
from datetime import date, datetime

import openpyxl
import pytest
import sqlalchemy as sa

from api.content import CSV, XLSX
from api.lists import check
from api.lists.columns import template_columns
from api.lists.table import MOST_ROWS
from energiehuis.audit.models import AuditLine
from energiehuis.cases.models import Contact, Intake
from energiehuis.programmes.registry import KINDS
from tests.food_act import FoodAct
from tests.partners import bearer, fresh, new_key, new_partner
from tests.programme_intakes import faults

KIND = {kind.code: kind for kind in KINDS}
QUESTIONS = KIND["energy.questions"]
DEFAULTS = {"channel": "partner", "nis": "34013", "legal_basis": "public_task"}
HEADER = "received_at;payload.theme;payload.answer;payload.minutes"
GOOD = f"{HEADER}\r\n05/06/2019 09:15;heating;answered;20\r\n2019-06-06;heating;referred;\r\n"


@pytest.fixture
def worker(as_role):
    return as_role("programme_worker")


def send(client, headers, content, path="energy/questions", *, dry_run=False, kind=CSV, **query):
    said = content.encode() if isinstance(content, str) else content
    return client.post(
        f"/api/v1/intakes/{path}/lists",
        data=said,
        query_string={"dry_run": "true" if dry_run else "false", **DEFAULTS, **query},
        headers={
            **headers,
            "Content-Type": kind,
            **({} if "Idempotency-Key" in headers else fresh()),
        },
    )


def counted(database, *tables):
    with database.unit_of_work() as session:
        return [session.scalar(sa.select(sa.func.count()).select_from(t)) for t in tables]


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def values(content, code="energy.questions", **defaults):
    told = check(KIND[code], content, "list", defaults={**DEFAULTS, **defaults})
    assert told.errors == ()
    return [row.incoming for row in told.rows]


def wrong(content, code="energy.questions", **defaults):
    told = check(KIND[code], content, "list", defaults={**DEFAULTS, **defaults})
    return {error.field: error.code for error in told.errors}


def test_a_list_is_taken_in_as_each_row_alone_would_be(client, worker, database):
    sent = send(client, worker, GOOD)
    assert sent.status_code == 201, sent.get_json()
    with database.unit_of_work() as session:
        rows = session.scalars(sa.select(Contact).order_by(Contact.took_place_on)).all()
        assert [(row.took_place_on, row.theme, row.outcome, row.minutes) for row in rows] == [
            (date(2019, 6, 5), "heating", "answered", 20),
            (date(2019, 6, 6), "heating", "referred", None),
        ]
        assert {str(row.id) for row in rows} == set(sent.get_json()["ids"])


def test_the_same_key_takes_a_list_in_once(client, worker, database):
    headers = {**worker, **fresh()}
    first, again = send(client, headers, GOOD), send(client, headers, GOOD)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    assert send(client, headers, GOOD + "2019-06-07;heating;answered;\r\n").status_code == 422
    assert counted(database, Contact) == [2]


def test_trying_says_what_would_happen_and_keeps_nothing(client, worker, database):
    before = counted(database, Contact, Intake, AuditLine)
    bad = GOOD + "2099-01-01;heating;answered;\r\n2019-06-07;heating;perhaps;5\r\n"
    tried = send(client, worker, bad, dry_run=True)
    assert tried.status_code == 200
    body = tried.get_json()
    assert body["items"] == [
        {"row": 2, "would": "be_added"},
        {"row": 3, "would": "be_added"},
        {"row": 4, "would": "be_refused"},
        {"row": 5, "would": "be_refused"},
    ]
    told = {(error["row"], error["column"]): error["code"] for error in body["errors"]}
    assert told == {
        (4, "received_at"): "intake.received_in_future",
        (5, "payload.answer"): "field.choice",
    }
    assert all(len(error["message"]) > 10 for error in body["errors"])
    assert (body["ids"], body["rows"]) == ([], 4)
    assert counted(database, Contact, Intake, AuditLine) == before


def test_one_bad_row_and_nothing_is_taken_in(client, worker, database):
    sent = send(client, worker, GOOD + "2019-06-07;heating;perhaps;5\r\n")
    assert sent.status_code == 422
    assert faults(sent) == {"rows.4.payload.answer": "field.choice"}
    assert counted(database, Contact, Intake) == [0, 0]


def test_what_the_database_refuses_is_told_at_its_row(client, worker, database):
    food = FoodAct(client, worker)
    donor = food.donor()
    lines = "payload.lines.0.category;payload.lines.0.kg;payload.lines.0.expiry_kind"
    header = f"received_at;payload.donor_id;payload.date;{lines};payload.lines.0.temperature_ok"
    row = f"05/06/2019;{donor};05/06/2019;dairy;12,5;TGT;ja"
    sent = send(client, worker, f"{header}\n{row}\n{row}\n", "food-act/pickups")
    assert faults(sent) == {"rows.3.payload.round": "food_act.pickup_known"}
    assert send(client, worker, f"{header}\n{row}\n", "food-act/pickups").status_code == 201


def test_a_partner_sends_lists_of_what_is_open_to_it_and_nothing_else(client, as_role, database):
    key = new_key(client, as_role("programme_coordinator"), new_partner(database), "energy")
    assert send(client, bearer(key), GOOD).status_code == 201
    assert send(client, bearer(key), GOOD, dry_run=True).status_code == 200
    for path in ("energy/campaigns", "food-act/waste"):
        assert send(client, bearer(key), GOOD, path, dry_run=True).status_code == 403
    assert counted(database, Contact) == [2]


def test_a_role_without_the_right_and_a_kind_that_is_not_there_are_refused(client, as_role, worker):
    assert send(client, as_role("auditor"), GOOD, dry_run=True).status_code == 403
    assert send(client, worker, GOOD, "energy/moons").status_code == 404
    assert send(client, worker, GOOD, kind="application/json").status_code == 415
    headers = {**worker, **fresh(), "Content-Type": CSV}
    alone = client.post("/api/v1/intakes/energy/questions", data=GOOD, headers=headers)
    assert alone.status_code == 415


def test_the_template_is_a_list_that_lacks_only_its_rows(client, worker):
    answer = client.get("/api/v1/intakes/energy/questions/lists/template.csv", headers=worker)
    assert answer.mimetype == CSV
    columns = answer.get_data(as_text=True).removeprefix("\ufeff").strip().split(";")
    assert {"received_at", "nis", "payload.theme"} <= set(columns)
    assert wrong(answer.get_data()) == {"rows": "list.no_rows"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_column_of_every_template_is_known(kind):
    content = ";".join(template_columns(kind)) + "\n" + "x" + "\n"
    codes = {error.code for error in check(kind, content.encode()).errors}
    assert codes
    assert not codes & {"list.column_unknown", "list.column_twice", "list.too_many_columns"}


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.replace(";", ",").encode(),
        GOOD.replace(";", "\t").encode("utf-8-sig"),
        b"sep=;\r\n" + GOOD.encode("cp1252"),
        workbook(
            HEADER.split(";"),
            [datetime(2019, 6, 5, 9, 15), "heating", "answered", 20],  # noqa: DTZ001  as Excel has it
            [date(2019, 6, 6), "heating", "referred", None],
        ),
    ],
    ids=["semicolons", "commas", "tabs", "sep line", "workbook"],
)
def test_what_a_spreadsheet_writes_is_understood(content):
    first, second = values(content)
    assert first.envelope.received_at == datetime.fromisoformat("2019-06-05T09:15:00+02:00")
    assert (first.payload.minutes, second.payload.minutes) == (20, None)
    assert second.envelope.received_on == date(2019, 6, 6)


def weighed(cell):
    header = "received_at;payload.donor_id;payload.date;payload.lines.0.category;"
    header += "payload.lines.0.kg;payload.lines.0.expiry_kind;payload.lines.0.temperature_ok"
    donor = "00000000-0000-7000-8000-000000000000"
    return f"{header}\n2019-06-05;{donor};5/6/2019;dairy;{cell};TGT;nee\n".encode()


@pytest.mark.parametrize(("cell", "kg"), [("12,5", "12.5"), ("12.5", "12.5"), ("12", "12")])
def test_decimal_commas_are_understood(cell, kg):
    (pickup,) = values(weighed(cell), "food_act.pickups")
    assert str(pickup.payload.lines[0].kg) == kg
    assert pickup.payload.lines[0].temperature_ok is False


@pytest.mark.parametrize("cell", ["1.234,5", "1,234.5", "12,,5", "1 234", "=1+1", "twaalf"])
def test_a_number_that_says_two_things_is_refused(cell):
    assert wrong(weighed(cell), "food_act.pickups") == {"rows.2.payload.lines.0.kg": "field.number"}


def test_a_formula_is_the_text_that_it_is_written_as():
    sheet = workbook(HEADER.split(";"), ["2019-06-05", "heating", "answered", "=10+10"])
    assert wrong(sheet) == {"rows.2.payload.minutes": "field.whole_number"}
    header = ["received_at", "payload.name", "payload.address"]
    code = "food_act.receivers"
    (receiver,) = values(workbook(header, ["2019-06-05", "=1+1", "Ketelhof 3"]), code)
    assert receiver.payload.name == "=1+1"


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        (b"", {"rows": "list.no_rows"}),
        (b"\xff\xfe\x00\x00", {"rows": "list.no_text"}),
        (b"PK\x03\x04 no workbook", {"rows": "list.no_workbook"}),
        (f"{HEADER}\n".encode(), {"rows": "list.no_rows"}),
        (b"payload.theme;payload.theme\nheating;x\n", {"rows.1.payload.theme": "list.column_twice"}),  # noqa: E501
        (b"payload.theme;;nis\nheating;;34013\n", {"rows.1": "list.column_unnamed"}),
        (b"payload.moon\nx\n", {"rows.1.payload.moon": "list.column_unknown"}),
        (b"payload.theme\nheating;x\n", {"rows.2": "list.too_many_cells"}),
        (f"{HEADER}\n".encode() + b";heating;answered;\n" * (MOST_ROWS + 1),
         {"rows": "list.too_many_rows"}),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused(content, errors):
    assert wrong(content) == errors


def test_a_part_that_is_left_out_before_another_is_refused():
    content = weighed("12").decode().replace("lines.0.", "lines.1.").encode()
    assert wrong(content, "food_act.pickups") == {"rows.2.payload.lines.0": "list.gap"}


def test_without_saying_whether_to_try_nothing_is_done(client, worker, database):
    address = "/api/v1/intakes/energy/questions/lists"
    sent = client.post(address, data=GOOD, headers={**worker, "Content-Type": CSV, **fresh()})
    assert faults(sent) == {"dry_run": "list.say_dry_run"}
    assert counted(database, Contact) == [0]


def test_a_workbook_goes_the_same_way(client, worker, database):
    sheet = workbook(HEADER.split(";"), ["2019-06-05", "heating", "answered", 20])
    assert send(client, worker, sheet, kind=XLSX).status_code == 201
    assert counted(database, Contact) == [1]


@pytest.mark.slow
def test_the_longest_list_is_taken_in_whole(client, worker, database):
    content = f"{HEADER}\n" + "2019-06-05;heating;answered;20\n" * MOST_ROWS
    sent = send(client, worker, content)
    assert sent.status_code == 201, sent.get_json()
    assert counted(database, Contact, Intake) == [MOST_ROWS, MOST_ROWS]

import random
from datetime import date
from pathlib import Path

import pytest

from energiehuis.i18n import LANGUAGES, catalogue
from energiehuis.law.loader import load_law
from energiehuis.loans.imports import table
from energiehuis.loans.imports.products import match_product
from energiehuis.loans.imports.reading import read_loan_list
from energiehuis.loans.imports.report import describe_error
from energiehuis.loans.imports.words import load_words

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "docs" / "examples"
TODAY = date(2026, 11, 23)
HEADERS = (
    "leningnummer;gemeente;hoofdsom;rentevoet;looptijd_maanden;toegekend_op;"
    "eerste_vervaldag;ontlener"
)
ROW = "A-1;Harelbeke;10.000,00;2;60;15/03/2016;01/05/2016;particulier"


def read(text, encoding="utf-8"):
    return read_loan_list(text.encode(encoding), TODAY)


def found(loan_list):
    return [(error.line, error.column, error.code) for error in loan_list.errors]


def changed(column, value):
    cells = dict(zip(HEADERS.split(";"), ROW.split(";"), strict=True)) | {column: value}
    return ";".join(cells[name] for name in HEADERS.split(";"))


def test_an_ordinary_line_is_read_and_what_is_not_told_is_unknown():
    (loan,) = read(f"{HEADERS}\n{ROW}\n").loans
    assert (loan.line, loan.number, loan.nis_code) == (2, "A-1", "34013")
    assert (loan.principal_cents, loan.rate_basis_points, loan.term_months) == (10_000_00, 200, 60)
    assert (loan.granted_on, loan.first_due_on) == (date(2016, 3, 15), date(2016, 5, 1))
    assert (loan.is_priority, loan.works, loan.build_year) == (None, None, None)


def test_the_example_of_the_guide_reads_without_an_error():
    loans = read_loan_list((EXAMPLES / "loans.csv").read_bytes(), TODAY)
    assert (len(loans.loans), loans.errors, loans.rows) == (8, (), 8)


def test_all_errors_of_a_file_are_named_not_only_the_first():
    wrong = read_loan_list((EXAMPLES / "loans-with-errors.csv").read_bytes(), TODAY)
    assert wrong.rows == 7
    assert found(wrong) == [
        (3, "gemeente", "import.municipality_unknown"),
        (4, "hoofdsom", "import.amount"),
        (4, "toegekend_op", "import.day"),
        (5, "rentevoet", "import.rate_is_share"),
        (5, "looptijd_maanden", "import.cell_required"),
        (5, "prioritair", "field.choice"),
        (5, "werken", "import.work_unknown"),
        (5, "eerste_vervaldag", "import.due_before_grant"),
        (6, "leningnummer", "import.number_twice"),
        (7, "", "import.cell_count"),
        (8, "vloeroppervlakte_m2", "field.whole_number"),
        (8, "toegekend_op", "import.granted_in_future"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_error_becomes_a_sentence(language):
    wrong = read_loan_list((EXAMPLES / "loans-with-errors.csv").read_bytes(), TODAY)
    sentences = [describe_error(error, language) for error in wrong.errors]
    assert len(set(sentences)) == 12
    assert not any("{" in sentence for sentence in sentences)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_accents_are_read_from_utf8_and_from_windows(encoding):
    (loan,) = read(f"{HEADERS}\n{changed('ontlener', 'coöperatie')}", encoding).loans
    assert loan.borrower_kind == "cooperative"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(end):
    assert len(read(f"{HEADERS}{end}{ROW}{end}").loans) == 1


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_semicolons_commas_and_tabs_are_told_apart(delimiter):
    cells = [f'"{cell}"' for cell in ROW.split(";")]
    text = HEADERS.replace(";", delimiter) + "\n" + delimiter.join(cells)
    assert read(text).loans[0].principal_cents == 10_000_00


def test_a_decimal_comma_between_commas_needs_quotation_marks():
    text = HEADERS.replace(";", ",") + "\n" + ROW.replace(";", ",")
    assert found(read(text)) == [(2, "", "import.cell_count")]


def test_the_hint_that_excel_writes_before_the_headers_is_skipped():
    loan_list = read(f"sep=;\r\n{HEADERS}\r\n{ROW}\r\n")
    assert [loan.line for loan in loan_list.loans] == [3]


def test_blank_lines_are_skipped_and_the_numbers_stay_right():
    loan_list = read(f"{HEADERS}\n\n;;;;;;;\n{ROW}\n")
    assert [loan.line for loan in loan_list.loans] == [4]


def test_a_cell_may_hold_a_line_end_between_quotation_marks():
    odd = changed("leningnummer", '"A\n1"')
    second = changed("hoofdsom", "niets").replace("A-1", "A-2")
    assert found(read(f"{HEADERS}\n{odd}\n{second}")) == [
        (2, "leningnummer", "import.number_form"),
        (4, "hoofdsom", "import.amount"),
    ]


def test_a_quotation_mark_that_does_not_close_is_named_where_it_opens():
    text = f'{HEADERS}\n{ROW}\n"B-2;{ROW}\n{ROW}\n'
    assert found(read(text)) == [(3, "", "import.broken_quotes")]


def test_columns_may_have_other_names_and_stand_in_any_order():
    text = (
        "borrower_kind;First-due_on;Datum toekenning;TERM MONTHS;rate_percent;principal;postcode;"
        "Loan number\nnatural_person;2016-05-01;2016-03-15;60;2;10000.00;8530;A-1"
    )
    assert read(text).loans == read(f"{HEADERS}\n{ROW}").loans


def test_a_column_that_is_missing_is_named():
    text = HEADERS.replace(";hoofdsom", "").replace(";ontlener", "") + "\nA-1"
    assert found(read(text)) == [
        (1, "hoofdsom", "import.header_missing"),
        (1, "ontlener", "import.header_missing"),
    ]


def test_a_column_that_nobody_knows_is_refused_with_the_nearest_name():
    loan_list = read(HEADERS + ";bouwjar\n" + ROW + ";1950")
    assert found(loan_list) == [(1, "bouwjar", "import.header_unknown")]
    assert loan_list.errors[0].params["headers"] == "bouwjaar"


def test_a_column_that_stands_twice_is_refused():
    assert found(read(HEADERS + ";kapitaal\n" + ROW + ";5")) == [
        (1, "hoofdsom", "import.header_twice")
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import.empty"),
        (b" \r\n\t\n", "import.empty"),
        (HEADERS.encode(), "import.no_rows"),
        (b"PK\x03\x04" + b"x" * 100, "import.is_zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "import.is_old_excel"),
        (b"%PDF-1.7", "import.is_binary"),
        (b"\x1f\x8b\x08", "import.is_binary"),
        (b"leningnummer\x00;", "import.is_binary"),
        (HEADERS.encode("utf-16"), "import.is_binary"),
    ],
)
def test_a_file_that_is_no_list_is_refused_as_a_whole(content, code):
    loan_list = read_loan_list(content, TODAY)
    assert found(loan_list) == [(0, "", code)]
    assert loan_list.loans == ()


def test_a_file_above_the_limit_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(table, "MOST_BYTES", 100)
    assert found(read(f"{HEADERS}\n{ROW}"))[0][2] == "import.too_large"


def test_a_list_above_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    rows = "\n".join(ROW.replace("A-1", f"A-{n}") for n in range(3))
    assert (0, "", "import.too_many_rows") in found(read(f"{HEADERS}\n{rows}"))


def test_a_file_that_is_cut_anywhere_is_read_or_refused_but_never_breaks():
    content = (EXAMPLES / "loans.csv").read_bytes()
    for length in range(0, len(content), 7):
        loan_list = read_loan_list(content[:length], TODAY)
        assert loan_list.errors or len(loan_list.loans) == loan_list.rows


def test_a_file_with_damaged_bytes_is_read_or_refused_but_never_breaks():
    content = (EXAMPLES / "loans.csv").read_bytes()
    chance = random.Random(8530)  # noqa: S311
    for _ in range(300):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(1, 256)
        loan_list = read_loan_list(bytes(damaged), TODAY)
        assert loan_list.errors or len(loan_list.loans) == loan_list.rows


def test_a_header_without_an_end_is_refused():
    assert found(read("x" * 200_000))[0][2] == "import.broken_quotes"


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("toegekend_op", "24/11/2026", "import.granted_in_future"),
        ("eerste_vervaldag", "15/03/2016", "import.due_before_grant"),
        ("eerste_vervaldag", "16/03/2019", "import.due_too_late"),
        ("leningnummer", "", "import.cell_required"),
    ],
)
def test_days_and_cells_that_cannot_be_are_refused(column, value, code):
    assert code in [c for _, _, c in found(read(f"{HEADERS}\n{changed(column, value)}"))]


def test_days_at_the_edge_are_accepted():
    assert read(f"{HEADERS}\n{changed('eerste_vervaldag', '15/03/2019')}").errors == ()
    today = changed("toegekend_op", "23/11/2026").replace("01/05/2016", "24/11/2026")
    assert read(f"{HEADERS}\n{today}").errors == ()


def test_a_house_is_not_built_next_year():
    assert found(read(f"{HEADERS};bouwjaar\n{ROW};2027")) == [
        (2, "bouwjaar", "import.build_year_in_future")
    ]


def test_the_cost_of_works_is_unknown_when_one_cost_is():
    text = f"{HEADERS};werken\n{ROW};dakisolatie:10+ramen\n"
    text += ROW.replace("A-1", "A-2") + ";dakisolatie:10+ramen:20,50"
    one, other = read(text).loans
    assert (one.works_cost_cents, other.works_cost_cents) == (None, 30_50)


def test_the_product_is_the_one_that_the_law_of_the_grant_puts_first():
    loans = read_loan_list((EXAMPLES / "loans.csv").read_bytes(), TODAY).loans
    codes = [match_product(loan, load_law()).product_code for loan in loans]
    # The ids of the rule files; the 2017 reform started on 1 October 2017.
    assert codes == [
        "energy_loan_2015_general",
        "energy_loan_2015_general",
        "energy_loan_2015_priority",
        "energy_loan_2017_priority",
        "energy_loan_2017_legal_person",
        "energy_loan_2017_general",
        "energy_loan_2019_priority",
        "energy_loan_2017_owners_association",
    ]


def test_a_rate_that_no_product_had_leaves_the_product_unknown():
    (loan,) = read(f"{HEADERS}\n{changed('rentevoet', '3')}").loans
    match = match_product(loan, load_law())
    assert (match.product_code, match.rounding) == (None, "down")


def test_the_guide_names_every_column_and_its_other_names():
    guide = (ROOT / "docs" / "how-to" / "import-loans.md").read_text()
    for column in load_words().columns:
        assert all(f"`{header}`" in guide for header in column.headers)


def test_every_code_of_the_import_has_its_words():
    source = "".join(path.read_text() for path in (ROOT / "energiehuis/loans/imports").glob("*.py"))
    codes = {key for key in catalogue() if key.startswith("import.")}
    assert {code for code in codes if f'"{code}"' not in source} == set()

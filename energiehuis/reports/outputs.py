"""A report as PDF, as a web page, as a workbook and as CSV; all from the same content."""

import csv
import io
import json
from importlib.resources import files
from pathlib import Path

import typst
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from energiehuis.reports.content import Line, MunicipalityReport

ENDINGS = (".pdf", ".html", ".xlsx", ".csv")
_COLUMNS = ("figure", "value", "before", "region", "unit", "definition")
_WIDTHS = (52, 18, 18, 18, 22, 70)
_PAGES = Environment(
    loader=PackageLoader("energiehuis.reports"), autoescape=select_autoescape(default=True)
)


def write_report(report: MunicipalityReport, path: Path) -> None:
    """Write a report by the ending of the name.

    Raises
    ------
    ValueError
        For another ending.
    """
    makers = {".pdf": as_pdf, ".html": as_page, ".xlsx": as_workbook, ".csv": as_csv}
    if path.suffix not in makers:
        raise ValueError(f"{path.name}: a report ends in {', '.join(ENDINGS)}")
    path.write_bytes(makers[path.suffix](report))


def as_pdf(report: MunicipalityReport) -> bytes:
    """Give an accessible PDF (PDF/UA-1): tagged, with its language and words for each picture."""
    source = files("energiehuis.reports").joinpath("templates", "report.typ").read_bytes()
    data = {"data": json.dumps(_document(report))}
    made = typst.compile(
        source, format="pdf", sys_inputs=data, pdf_standards="ua-1", ignore_system_fonts=True
    )
    return bytes(made)


def as_page(report: MunicipalityReport) -> bytes:
    """Give a whole web page that needs nothing else."""
    return _PAGES.get_template("report.html").render(report=report, body=body_of(report)).encode()


def body_of(report: MunicipalityReport) -> Markup:
    """Give the report as a part of a web page."""
    pictures = {part.id: Markup(part.picture) for part in report.sections if part.picture}  # noqa: S704
    template = _PAGES.get_template("report_body.html")
    return Markup(template.render(report=report, pictures=pictures))  # noqa: S704  autoescaped


def as_workbook(report: MunicipalityReport) -> bytes:
    """Give a workbook: one sheet with all lines, one with the notes."""
    book = Workbook()
    sheet = book.active
    sheet.title = f"{report.place} {report.year}"[:31]
    sheet.append([report.title])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([report.headings[name] for name in _COLUMNS])
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for section in report.sections:
        sheet.append([section.title])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for line in section.lines:
            sheet.append(_cells(line))
    for place, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEF"[place]].width = width
    sheet.freeze_panes = "B3"
    notes = book.create_sheet("Notes")
    notes.column_dimensions["A"].width = 120
    for note in report.notes:
        notes.append([note])
        notes.cell(notes.max_row, 1).alignment = Alignment(wrap_text=True)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_csv(report: MunicipalityReport) -> bytes:
    """Give one line a figure, with semicolons, as a Belgian spreadsheet opens it."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(["section", "id", "version", *_COLUMNS])
    for section in report.sections:
        for line in section.lines:
            writer.writerow([section.title, line.figure_id, line.version, *_cells(line)])
    return ("\ufeff" + target.getvalue()).encode()


def _cells(line: Line) -> list[str]:
    return [line.name, line.value, line.before, line.region, line.unit, line.definition]


def _document(report: MunicipalityReport) -> dict[str, object]:
    return {
        "title": report.title,
        "introduction": report.introduction,
        "language": report.language,
        "headings": report.headings,
        "notes": list(report.notes),
        "made_on": report.made_on.strftime("%d/%m/%Y"),
        "day": {
            "year": report.made_on.year,
            "month": report.made_on.month,
            "day": report.made_on.day,
        },
        "is_internal": report.is_internal,
        "sections": [
            {
                "title": section.title,
                "sentence": section.sentence,
                "picture": section.picture,
                "picture_words": section.picture_words,
                "lines": [
                    {
                        "name": line.name,
                        "value": line.value,
                        "before": line.before,
                        "region": line.region,
                        "unit": line.unit,
                        "id": line.figure_id,
                        "version": line.version,
                        "definition": line.definition,
                    }
                    for line in section.lines
                ],
            }
            for section in report.sections
        ],
    }

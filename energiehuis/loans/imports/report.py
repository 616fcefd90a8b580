"""What came of an import, in sentences for whoever sent the list."""

from collections.abc import Iterator

from energiehuis.i18n import translate
from energiehuis.loans.imports.service import ImportReport
from energiehuis.loans.imports.table import LineError


def describe_error(error: LineError, language: str) -> str:
    """Give line, column, what was read, what is wrong and what to do about it."""
    sentence = translate(error.code, language, **error.params)
    value = error.params.get("value")
    parts = [error.column, f"«{_visible(str(value))}»" if value else ""]
    place = translate("import.line", language, line=error.line) if error.line else ""
    return " · ".join(part for part in (place, *parts, sentence) if part)


def describe(report: ImportReport, language: str) -> Iterator[str]:
    """Give every error, and then the whole in one line."""
    for error in report.errors:
        yield describe_error(error, language)
    params = {
        "rows": report.rows,
        "new": report.new,
        "unchanged": report.unchanged,
        "errors": len(report.errors),
    }
    yield translate(_summary_key(report), language, **params)


def _summary_key(report: ImportReport) -> str:
    if report.errors:
        return "import.summary_refused"
    return "import.summary_written" if report.is_written else "import.summary_dry_run"


def _visible(text: str) -> str:
    """Keep control signs of a file off the screen of a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)

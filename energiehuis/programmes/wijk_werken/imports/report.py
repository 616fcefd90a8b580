"""What came of the list, line by line, in sentences for whoever sent it."""

from collections.abc import Iterator

from energiehuis.errors import FieldError
from energiehuis.i18n import translate
from energiehuis.programmes.wijk_werken.imports.reading import LineError, ListedHours
from energiehuis.programmes.wijk_werken.imports.service import (
    ComparedLine,
    Hours,
    HoursReport,
    Standing,
)


def describe(report: HoursReport, language: str) -> Iterator[str]:
    """Give every line, what stands only here, every error, and then the whole in one line."""
    said = [(line.hours.line, _line(line, language)) for line in report.lines]
    said += [(error.line, _error(error, language)) for error in report.errors]
    for number, sentence in sorted(said, key=lambda pair: pair[0]):
        yield f"{_place(number, language)}{_visible(sentence)}"
    for hours in report.not_in_file:
        yield translate("performances_import.not_in_file", language, what=_visible(_what(hours)))
    yield translate(
        _summary(report),
        language,
        rows=report.rows,
        errors=len(report.errors),
        not_in_file=len(report.not_in_file),
        **{standing.value: report.count(standing) for standing in Standing},
    )


def _line(line: ComparedLine, language: str) -> str:
    key = f"performances_import.{line.standing.value}"
    if line.standing is Standing.DIFFERENT:
        columns = "; ".join(line.columns)
        return translate(key, language, what=_what(line.hours), columns=columns)
    return translate(key, language, what=_what(line.hours))


def _error(error: LineError, language: str) -> str:
    reason = error.params.get("error")
    if isinstance(reason, FieldError):
        sentence = translate(reason.code, language, **reason.params)
        return translate(error.code, language, reason=sentence)
    return translate(error.code, language, **error.params)


def _summary(report: HoursReport) -> str:
    if report.errors:
        return "performances_import.summary_refused"
    done = "written" if report.is_written else "dry_run"
    return f"performances_import.summary_{done}"


def _place(line: int, language: str) -> str:
    return f"{translate('performances_import.line', language, line=line)} · " if line else ""


def _what(hours: ListedHours | Hours) -> str:
    who = f"{hours.worker or '-'} > {hours.user or '-'}"
    return f"{hours.day.isoformat()}, {who}, {hours.hours} u, {' '.join(sorted(hours.cheques))}"


def _visible(text: str) -> str:
    """Keep control signs of a file off the screen of a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)

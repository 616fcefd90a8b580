"""JSON lines with the id of the request and no personal data: route pattern, status, time."""

import logging
import re
import secrets
import sys
import time

import orjson
from flask import Flask, Response, g, has_request_context, request

from energiehuis import clock

_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class JsonLines(logging.Formatter):
    """One JSON object a line; a line break inside a message cannot start a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record; of an exception its kind and places, never its values."""
        line: dict[str, object] = {
            "at": clock.now().isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            line["request_id"] = g.get("request_id", "")
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["places"] = _places(record)
        line.update(getattr(record, "fields", {}))
        return orjson.dumps(line).decode()


def configure_logging(level: str) -> None:
    """Send the project's log to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("energiehuis")
    logger.handlers = [handler]
    logger.setLevel(level)
    logger.propagate = False


def log_requests(app: Flask) -> None:
    """Give each request an id and write one line when it is answered."""
    log = logging.getLogger("energiehuis.request")

    @app.before_request
    def _start() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        g.started_at = time.perf_counter()

    @app.after_request
    def _finish(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        if log.isEnabledFor(logging.INFO):
            log.info("request", extra={"fields": _fields(response)})
        return response


def _fields(response: Response) -> dict[str, object]:
    # The pattern of the route, not its address: an id or reference points at a person.
    rule = request.url_rule.rule if request.url_rule else "-"
    took = time.perf_counter() - g.get("started_at", time.perf_counter())
    return {
        "method": request.method,
        "route": rule,
        "status": response.status_code,
        "milliseconds": round(took * 1000, 1),
    }


def _places(record: logging.LogRecord) -> list[str]:
    places = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-8:]

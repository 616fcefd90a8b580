"""What a body of the JSON interface must be: JSON, or a list where one is taken; not too large."""

from flask import Flask, request
from werkzeug.exceptions import UnsupportedMediaType

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WRITING = frozenset({"POST", "PUT", "PATCH"})


def accept_only_json(app: Flask) -> None:
    """Answer 415 to a body of another kind: it would be read as an empty one."""

    @app.before_request
    def _check() -> None:
        # What has no route is answered by its own status, whatever it carries.
        if request.routing_exception is not None:
            return
        if request.method in _WRITING and request.path.startswith("/api/"):
            takes_lists = request.path.endswith("/lists")
            if request.mimetype not in ((CSV, XLSX) if takes_lists else ("application/json",)):
                raise UnsupportedMediaType
            # Read here, so that a body that is too large is refused before it is parsed.
            request.get_data(cache=True)

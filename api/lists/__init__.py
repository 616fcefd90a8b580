"""Lists of intakes: a CSV or XLSX file, a row an intake, its columns made from the kind."""

from api.lists.reading import ReadList, check

__all__ = ["ReadList", "check"]

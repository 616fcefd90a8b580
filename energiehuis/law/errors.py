"""What is refused in a rule file, and what happens when an unknown value is used."""

from dataclasses import dataclass

from energiehuis.errors import DomainError


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a rule file; lines count from one."""

    file: str
    line: int
    key: str


class LawFileError(DomainError):
    """A rule file is wrong; the sentence of the code says the remedy.

    Parameters
    ----------
    problem : str
        Last part of the code, such as `bare_float`; the code is `law.file.bare_float`.
    place : Place
        File, line and key.
    **params
        What else the sentence mentions.
    """

    def __init__(self, problem: str, place: Place, **params: object) -> None:
        self.place = place
        super().__init__(
            f"law.file.{problem}",
            field=place.key,
            file=place.file,
            line=place.line,
            entry=place.key,
            **params,
        )

    def __str__(self) -> str:
        return f"{self.place.file}:{self.place.line}: {self.place.key}: {self.code}"


class ValueNotPublishedError(DomainError):
    """A rule is announced but its value is not known; code `law.value_not_published`."""

    def __init__(self, row: str, name: str) -> None:
        super().__init__("law.value_not_published", field=name, row=row, name=name)


class NoSuchRuleError(DomainError):
    """A product, threshold or ground of this name does not exist; code `law.no_such_rule`."""

    def __init__(self, name: str) -> None:
        super().__init__("law.no_such_rule", name=name)

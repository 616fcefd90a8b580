"""What can go wrong in the domain, said by stable codes.

The words stand in `locale/errors.yaml` and are chosen at the edge, as is the HTTP status.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field


class DomainError(Exception):
    """Something that the domain refuses, with a stable code and what the sentence needs.

    Parameters
    ----------
    code : str
        Stable code such as `loan.amount_above_ceiling`; also the key of the sentence.
    field : str, optional
        Path of the field that is wrong, such as `works.0.amount`.
    **params
        Values that the sentence mentions.
    """

    def __init__(self, code: str, *, field: str | None = None, **params: object) -> None:
        self.code = code
        self.field = field
        self.params = params
        super().__init__(code)


class NotFound(DomainError):
    """There is no such thing, or the actor may not know that there is."""


class PermissionDenied(DomainError):
    """The actor may not do this."""


class NotAuthenticated(DomainError):
    """Nobody is signed in, or the sign-in is no longer valid."""


class TooManyAttempts(DomainError):
    """Tried too often; `retry_after_seconds` is among the params."""


class StaleVersion(DomainError):
    """The thing changed since the actor read it."""


class VersionRequired(DomainError):
    """A change must say which version it is based on."""


class Conflict(DomainError):
    """The state of things does not allow it (any more)."""


class IdempotencyKeyReused(DomainError):
    """The same key came earlier with another body."""


class RuleViolation(DomainError):
    """A rule of law or of the house forbids it."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: path, stable code and what the sentence needs."""

    field: str
    code: str
    params: dict[str, object] = dataclass_field(default_factory=dict)


class InvalidInput(DomainError):
    """One or more fields are wrong; all of them are named."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("input.invalid")
        self.errors = tuple(errors)

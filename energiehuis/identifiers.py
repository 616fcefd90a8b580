"""Identifiers: time-ordered ids for rows, references that people can read aloud, and digests."""

import hashlib
import secrets
import time
from decimal import Decimal
from uuid import UUID

import orjson

# No vowels, so no words; no 0, 1, and nothing that looks like another sign.
_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


def new_id() -> UUID:
    """Make a UUID of version 7: ordered by time, so that indexes stay compact."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (2**48 - 1)) << 80 | 7 << 76
    value |= secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return UUID(int=value)


def new_reference(prefix: str) -> str:
    """Make a public reference such as `EL-7K3M-9TQX`; 27 to the eighth possibilities."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def canonical_json(value: object) -> bytes:
    """Write a value as JSON in one way only: keys sorted, no spaces, UTF-8.

    Exact numbers are written as text, without zeros that say nothing.

    Examples
    --------
    >>> canonical_json({"kg": Decimal("12.50"), "day": "2019-03-01"})
    b'{"day":"2019-03-01","kg":"12.5"}'
    """
    return orjson.dumps(value, default=_exact, option=orjson.OPT_SORT_KEYS)


def digest(value: object) -> str:
    """Give the SHA-256 of the canonical JSON of a value, in hexadecimal."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _exact(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    raise TypeError(f"{type(value).__name__} has no canonical form")

"""The secret with which a citizen asks for the state of an application, beside its reference.

It is derived from the key of the installation, so it is kept nowhere and the same answer can be
given again; whoever reads the database cannot make one.
"""

import hashlib
import hmac

_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
_LENGTH = 16


def status_secret(secret_key: str, reference: str) -> str:
    """Give the secret of a reference: 16 letters and digits, about 76 bits."""
    mac = hmac.new(secret_key.encode(), b"status:" + reference.encode(), hashlib.sha256).digest()
    number = int.from_bytes(mac, "big")
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "-".join("".join(letters[i : i + 4]) for i in range(0, _LENGTH, 4))


def is_status_secret(secret_key: str, reference: str, given: str) -> bool:
    """Say whether the secret fits; takes as long for a wrong one."""
    expected = status_secret(secret_key, reference)
    return hmac.compare_digest(expected.encode(), given.strip().lower().encode())

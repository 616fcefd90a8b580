"""The secret with which a citizen asks for the state of an application, beside its reference.

It is derived from the key of the installation, so it is kept nowhere and the same answer can be
given again; whoever reads the database cannot make one.
"""

import hmac

_ALPHABET = b"23456789bcdfghjkmnpqrstvwxz"
_LENGTH = 16
# Which of the 27 signs stands for each byte of the digest.
_SIGNS = bytes(_ALPHABET[byte % len(_ALPHABET)] for byte in range(256))


def status_secret(secret_key: str, reference: str) -> str:
    """Give the secret of a reference: 16 letters and digits, about 75 bits."""
    mac = hmac.digest(secret_key.encode(), b"status:" + reference.encode(), "sha256")
    letters = mac[:_LENGTH].translate(_SIGNS).decode()
    return "-".join(letters[i : i + 4] for i in range(0, _LENGTH, 4))


def is_status_secret(secret_key: str, reference: str, given: str) -> bool:
    """Say whether the secret fits; takes as long for a wrong one."""
    expected = status_secret(secret_key, reference)
    return hmac.compare_digest(expected.encode(), given.strip().lower().encode())

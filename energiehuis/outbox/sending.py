"""One signed POST to an address of somebody else, and nowhere that is inside this house.

The name is looked up once and the connection goes to the address that was checked, so that a name
which changes its address in between leads nowhere. Redirects are not followed.
"""

import hmac
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from energiehuis.outbox.service import is_sendable

SECONDS_IN_ALL = 10.0
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Sent:
    """How a try ended: the status that was answered, or else what went wrong."""

    milliseconds: int
    status: int | None = None
    fault: str | None = None

    @property
    def arrived(self) -> bool:
        """Say whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300


class AddressRefused(OSError):
    """An address inside the house, or one that is no address."""


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Give the header that proves who sent a body, and when.

    Examples
    --------
    >>> signature("whsec_x", 1700000000, b"{}")[:18]
    't=1700000000,v1=be'
    """
    signed = hmac.digest(secret.encode(), f"{timestamp}.".encode() + body, "sha256")
    return f"t={timestamp},v1={signed.hex()}"


def is_outside(text: str) -> bool:
    """Say whether an IP address is one of the public internet.

    Examples
    --------
    >>> [is_outside(each) for each in ("93.184.216.34", "10.0.0.1", "::1", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    address: _Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        # Those that carry an IPv4 address inside could carry one of this house.
        if address.ipv4_mapped or address.sixtofour or address.teredo:
            return False
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return False
    return address.is_global and not address.is_multicast


def send(
    url: str,
    body: bytes,
    headers: dict[str, str],
    *,
    allow_private: bool,
    seconds: float = SECONDS_IN_ALL,
) -> Sent:
    """Post a body to an address, within so many seconds in all."""
    start = time.monotonic()
    status, fault = None, None
    try:
        status = _posted(url, body, headers, allow_private=allow_private, seconds=seconds)
    except AddressRefused:
        fault = "address_refused"
    except TimeoutError:
        fault = "timeout"
    except (OSError, http.client.HTTPException, ValueError) as error:
        passed = time.monotonic() - start
        fault = "timeout" if passed >= seconds else type(error).__name__[:40]
    return Sent(int((time.monotonic() - start) * 1000), status, fault)


def _posted(
    url: str, body: bytes, headers: dict[str, str], *, allow_private: bool, seconds: float
) -> int:
    if not is_sendable(url, allow_private=allow_private):
        raise AddressRefused(url)
    parts = urlsplit(url)
    host, is_safe = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_safe else 80)
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    connection.sock = _connected(host, port, allow_private=allow_private, seconds=seconds)
    # Against a server that says a byte now and then: a timeout of the socket starts anew each time.
    watch = threading.Timer(seconds, _shut, [connection.sock])
    watch.start()
    try:
        if is_safe:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, {**headers, "Connection": "close"})
        return connection.getresponse().status
    finally:
        watch.cancel()
        connection.close()


def _connected(host: str, port: int, *, allow_private: bool, seconds: float) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not allow_private and not all(is_outside(str(each[4][0])) for each in found):
        raise AddressRefused(host)
    family, kind, protocol, _, address = found[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.settimeout(seconds)
        made.connect(address)
    except BaseException:
        made.close()
        raise
    return made


def _shut(open_socket: socket.socket) -> None:
    with suppress(OSError):
        open_socket.shutdown(socket.SHUT_RDWR)

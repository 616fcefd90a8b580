"""A real server on loopback for tests, and a proxy before it that cuts connections."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]


@contextmanager
def gunicorn(database_url: str, secret_key: str, log: Path) -> Iterator[int]:
    """Serve the application with two workers on a database, and give its port."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "SECRET_KEY": secret_key,
        "SECURE_COOKIES": "0",
        "KEY_REQUESTS_PER_MINUTE": "0",
        "LOG_LEVEL": "ERROR",
        "BIND": f"127.0.0.1:{port}",
        "WORKERS": "2",
        "PYTHONPATH": str(ROOT),
    }
    program = Path(sys.executable).with_name("gunicorn")
    arguments = [str(program), "-c", "gunicorn.conf.py", "--log-level=error", "wsgi:application"]
    with log.open("w") as out:
        process = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=out, stderr=out)  # noqa: S603
        try:
            wait_for(port, seconds=60)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing answers at {port}")


class CuttingProxy:
    """Passes requests on, one a connection, and cuts chosen ones off from their client.

    Half of these after the whole answer came, which is after the commit; half while the server is
    still at work, so that the client may come back before the first is done.
    """

    def __init__(self, upstream_port: int, *, requests: int, cut: int) -> None:
        chosen = Random(20260601).sample(range(requests), cut)  # noqa: S311  which ones is no secret
        self._after, self._during = set(chosen[::2]), set(chosen[1::2])
        self._upstream_port = upstream_port
        self._count, self._lock = 0, threading.Lock()
        self.cut = 0
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> "CuttingProxy":
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        for thread in self._threads:
            thread.join(30)

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(client,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self._upstream_port)) as upstream:
            upstream.sendall(read_request(client))
            with self._lock:
                number, self._count = self._count, self._count + 1
                is_cut = number in self._after or number in self._during
                self.cut += is_cut
            if number in self._during:
                hang_up(client)
            answer = b"".join(iter(lambda: upstream.recv(65536), b""))
            if is_cut:
                hang_up(client)
            else:
                client.sendall(answer)


def read_request(client: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += client.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        more = client.recv(65536)
        data, body = data + more, body + more
    return data


def hang_up(client: socket.socket) -> None:
    """Reset a connection: its other end sees an error, not an end."""
    with suppress(OSError):
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        client.close()

"""A real server on loopback that receives messages, and fails or is slow as it is told."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """Keeps what it got, in the order in which it came; `answers` are given one after the other.

    An answer is a status, or a number of seconds to say nothing for, or `cut` for none at all; when
    none is left it is 200.
    """

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.answers: list[Any] = []
        self._lock = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver._lock:
                    receiver.bodies.append(body)
                    receiver.got.append(json.loads(body))
                    receiver.headers.append(dict(self.headers))
                    answer = receiver.answers.pop(0) if receiver.answers else 200
                if answer == "cut":
                    self.connection.close()
                    return
                if isinstance(answer, float):
                    time.sleep(answer)
                    answer = 200
                self.send_response(answer)
                if answer == 302:
                    self.send_header("Location", receiver.url)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Say nothing: a connection that was cut is no news here."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook?from=test"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def numbers(self) -> list[int]:
        """Give the number in each message that came."""
        return [message["payload"]["number"] for message in self.got]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

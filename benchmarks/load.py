"""Sends requests from a few connections, each as fast as answers come, and counts the answers.

`wrk` (in Debian's packages) takes the least of the two cores that the servers share; without it a
client in Python sends the same requests, and the ratios come out closer to one.
"""

import http.client
import json
import re
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 8
NUMBER = "@NUMBER@"

_SCRIPT = """
local nextid = 0
function setup(thread) thread:set("id", nextid) nextid = nextid + 1 end
function init(args) count = 0 start = args[1] end
function request()
  count = count + 1
  local n = start .. id .. string.format("%07d", count)
  return wrk.format({method}, (string.gsub({path}, "@NUMBER@", n)),
    {headers}, {body})
end
function response(status, headers, body)
  if status ~= {expected} then
    print("WRONG " .. status .. " " .. string.sub(body, 1, 300))
    wrk.thread:stop()
  end
end
"""


@dataclass(frozen=True, slots=True)
class Call:
    """One kind of request; `@NUMBER@` becomes another number in each."""

    method: str
    path: str
    expected: int
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()


def json_call(
    method: str, path: str, expected: int, *, body: object, headers: dict[str, str]
) -> Call:
    """Make a call with a JSON body."""
    named = {"Content-Type": "application/json", **headers}
    return Call(method, path, expected, json.dumps(body), tuple(named.items()))


def client_name() -> str:
    """Say who sends the requests on this machine."""
    return "wrk" if shutil.which("wrk") else "a client in Python"


def requests_per_second(address: str, call: Call, seconds: int, start: int) -> float:
    """Send calls for some seconds and give how many a second were answered as expected.

    Raises
    ------
    RuntimeError
        When an answer has another status: then the number would mean nothing.
    """
    if shutil.which("wrk"):
        return _by_wrk(address, call, seconds, start)
    return _by_threads(address, call, seconds, start)


def _by_wrk(address: str, call: Call, seconds: int, start: int) -> float:
    headers = ", ".join(f"[ {_lua(k)} ] = {_with_number(v)}" for k, v in call.headers)
    script = (
        _SCRIPT.replace("{method}", _lua(call.method))
        .replace("{path}", _lua(call.path))
        .replace("{headers}", "{" + headers + "}")
        .replace("{body}", _with_number(call.body) if call.body else "nil")
        .replace("{expected}", str(call.expected))
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calls.lua"
        path.write_text(script)
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(path)]
        done = subprocess.run(  # noqa: S603
            [*command, address, "--", str(start)], capture_output=True, text=True, check=True
        )
    if "WRONG" in done.stdout or "Non-2xx" in done.stdout:
        raise RuntimeError(done.stdout[-900:])
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if found is None:
        raise RuntimeError(done.stdout[-900:])
    return float(found[1])


def _with_number(text: str) -> str:
    return f'(string.gsub({_lua(text)}, "{NUMBER}", n))' if NUMBER in text else _lua(text)


def _lua(text: str) -> str:
    return "[==[" + text + "]==]"


def _by_threads(address: str, call: Call, seconds: int, start: int) -> float:
    place = urlsplit(address)
    stop = time.perf_counter() + seconds
    counts, faults = [0] * CONNECTIONS, []

    def work(number: int) -> None:
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
        while time.perf_counter() < stop and not faults:
            counts[number] += 1
            own = f"{start}{number}{counts[number]:07d}"
            body = call.body.replace(NUMBER, own).encode() if call.body else None
            headers = {k: v.replace(NUMBER, own) for k, v in call.headers}
            connection.request(call.method, call.path.replace(NUMBER, own), body, headers)
            response = connection.getresponse()
            text = response.read()
            if response.status != call.expected:
                faults.append(f"{response.status}: {text[:300]!r}")

    started = time.perf_counter()
    threads = [threading.Thread(target=work, args=(n,)) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(faults[0])
    return sum(counts) / (time.perf_counter() - started)

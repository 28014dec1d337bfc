"""What tests of several rooms share."""

from __future__ import annotations

import json
import os
import queue
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import settings
from tests.servers.scholarly import Scholarly
from tests.servers.web import WebServer

# The suite must say the same of the same code every time; HYPOTHESIS_PROFILE=default goes looking for new examples.
settings.register_profile("suite", derandomize=True, deadline=None, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

# A shell without job control starts what runs in its background with Ctrl-C ignored, and children inherit that (POSIX,
# "Signals and Error Handling" of the shell): the tests that press it would press it in vain.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass
class Reply:
    """What the agency's service answers for one DOI."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False  # announce more than is sent, then close
    silent: bool = False  # never answer
    endless: bool = False  # send the body again and again until the reader goes away


CSL_JSON = "application/vnd.citationstyles.csl+json"


class DoiService(ThreadingHTTPServer):
    """doi.org and a registration agency in one, as https://citation.crosscite.org/docs.html describes them.

    ``GET /<DOI>`` with CSL-JSON in Accept is redirected to the agency (``/agency/<DOI>``), any other request to a
    landing page; an unknown DOI is 404. ``asked`` lists the paths of the requests.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.arrivals: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.finished = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def register(self, doi: str, item: dict[str, Any]) -> None:
        """Let the agency have a record."""
        self.replies[doi.lower()] = Reply(json.dumps({"DOI": doi, **item}).encode(), headers={"Content-Type": CSL_JSON})

    def reply(self, doi: str, reply: Reply) -> None:
        """Let the agency answer something else."""
        self.replies[doi.lower()] = reply

    def wait_for(self, path: str) -> None:
        """Block until this path is asked."""
        while self.arrivals.get(timeout=30) != path:
            pass

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away in the middle are what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: DoiService
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.arrivals.put(self.path)
        path = unquote(self.path)
        agency = path.startswith("/agency/")
        doi = path.removeprefix("/agency/" if agency else "/").lower()
        reply = self.server.replies.get(doi)
        if reply is None:
            self._send(Reply(b"<html>DOI not found</html>", 404, {"Content-Type": "text/html"}))
        elif not agency:
            negotiated = CSL_JSON in self.headers.get("Accept", "")
            place = f"/agency{self.path}" if negotiated else "/landing"
            self._send(Reply(b"<html>Handle Redirect</html>", 302, {"Location": place, "Content-Type": "text/html"}))
        elif reply.silent:
            self.server.finished.wait(60)
            self.close_connection = True
        else:
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.endless:
            self.send_header("Connection", "close")
        elif reply.status != 204:
            self.send_header("Content-Length", str(len(reply.body) + (100 if reply.cut else 0)))
        self.end_headers()
        self.wfile.write(reply.body)
        while reply.endless and not self.server.finished.is_set():
            self.wfile.write(reply.body)
        self.close_connection = self.close_connection or reply.cut or reply.endless

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Silence."""


@pytest.fixture
def doi_service() -> Iterator[DoiService]:
    """A running double of doi.org; pass ``doi_service.url`` as PPREFLIST_DOI_URL."""
    server = DoiService()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.finished.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def scholarly() -> Iterator[Scholarly]:
    """Running doubles of PubMed, PMC, arXiv, Open Library and Crossref; pass ``scholarly.environ``."""
    with WebServer() as web:
        yield Scholarly(web)

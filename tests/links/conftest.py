"""Servers for the tests of the link checker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.servers.web import WebServer


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server

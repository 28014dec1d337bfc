from __future__ import annotations

import pytest

from ppreflist import __version__
from ppreflist.net.client import Client
from ppreflist.net.settings import HOMEPAGE, Settings, origin_of, settings_from


def test_the_user_agent_says_who_asks_and_whom_to_tell() -> None:
    assert Settings().user_agent == f"ppreflist/{__version__} (+{HOMEPAGE})"
    settings = settings_from({"PPREFLIST_MAILTO": "me@example.org\r\nX: y"}, purpose="link check")
    assert settings.user_agent == f"ppreflist/{__version__} (+{HOMEPAGE}; link check; mailto:me@example.orgX: y)"


def test_proxies_come_from_the_usual_variables() -> None:
    settings = settings_from({"HTTP_PROXY": "http://p:1", "https_proxy": "http://q:2", "NO_PROXY": "a.org,.b.org"})
    client = Client(settings)
    assert client.proxy_for("http://x.org/") == "http://p:1"
    assert client.proxy_for("https://x.org/") == "http://q:2"
    assert client.proxy_for("https://a.org/") == ""
    assert client.proxy_for("https://www.b.org/") == ""


def test_all_proxy_is_for_both() -> None:
    assert settings_from({"ALL_PROXY": "http://p:1"}).proxies == {"http": "http://p:1", "https": "http://p:1"}


def test_a_cgi_script_does_not_take_a_proxy_from_its_client() -> None:
    assert settings_from({"REQUEST_METHOD": "GET", "HTTP_PROXY": "http://evil:1"}).proxies == {}


def test_a_certificate_bundle_may_be_named() -> None:
    assert settings_from({"SSL_CERT_FILE": "/etc/ca.pem"}).ca_bundle == "/etc/ca.pem"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://x.org/a", "https://x.org:443"),
        ("http://X.org.:8080", "http://x.org:8080"),
        ("http://[::1]:80/", "http://[::1]:80"),
        ("http://[::1/", ""),
        ("http://x.org:port/", ""),
    ],
)
def test_origins(url: str, origin: str) -> None:
    assert origin_of(url) == origin


def test_a_time_out_bounds_every_wait() -> None:
    settings = Settings().with_timeout(2.0)
    assert (settings.deadline, settings.connect, settings.read) == (2.0, 2.0, 2.0)
    assert Settings().with_timeout(60.0).read == 30.0

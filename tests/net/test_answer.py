from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.net.answer import Answer, Hop, json_object, redirect_target, without_credentials


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", "https://x.org/b"),
        ("b", "https://x.org/a/b"),
        ("//y.org/b", "https://y.org/b"),
        ("http://y.org/", "http://y.org/"),
        ("?q=1", "https://x.org/a/page?q=1"),
        (" /spaced ", "https://x.org/spaced"),
        ("/caf\xc3\xa9", "https://x.org/caf%C3%A9"),
        ("", ""),
    ],
)
def test_a_location_is_read_against_the_address(location: str, target: str) -> None:
    assert redirect_target(Answer(302, "https://x.org/a/page", {"location": location})) == target


def test_a_fragment_is_inherited_unless_the_target_has_one() -> None:
    url = "https://x.org/a#s2"
    assert redirect_target(Answer(301, url, {"location": "/b"})) == "https://x.org/b#s2"
    assert redirect_target(Answer(301, url, {"location": "/b#s3"})) == "https://x.org/b#s3"


@pytest.mark.parametrize("status", [200, 201, 300, 304, 404])
def test_other_statuses_do_not_redirect(status: int) -> None:
    assert redirect_target(Answer(status, "https://x.org/", {"location": "/b"})) == ""


@given(st.text(max_size=60))
def test_any_location_gives_a_text(location: str) -> None:
    assert isinstance(redirect_target(Answer(301, "https://x.org/", {"location": location})), str)


@pytest.mark.parametrize(
    ("statuses", "permanent"), [((301,), True), ((308, 301), True), ((301, 302), False), ((303,), False), ((), False)]
)
def test_permanent_means_every_hop(statuses: tuple[int, ...], permanent: bool) -> None:
    hops = tuple(Hop("https://x.org/", status, "https://y.org/") for status in statuses)
    assert Answer(200, "https://y.org/", redirects=hops).permanent is permanent


def test_credentials_are_taken_off() -> None:
    assert without_credentials("https://me:secret@x.org:8080/a@b") == "https://x.org:8080/a@b"
    assert without_credentials("https://x.org/a@b") == "https://x.org/a@b"


@pytest.mark.parametrize(
    ("body", "found"),
    [(b'{"a": 1}', {"a": 1}), (b"", {}), (b"[1]", {}), (b"null", {}), (b"{", {}), (b"\xff", {}), (b"[" * 100_000, {})],
)
def test_what_is_no_json_object_is_an_empty_one(body: bytes, found: dict[str, int]) -> None:
    assert json_object(body) == found

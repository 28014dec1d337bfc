from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.errors import (
    Offline,
    ServiceDown,
    ServiceError,
    ServiceMalformed,
    ServiceNotFound,
    ServiceRefused,
)
from ppreflist.model.identifier import DOI
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.net.settings import Settings
from ppreflist.resolve.doi import MEDIA_TYPE, lookup, record_from, request

THE_DOI = DOI("10.1111/j.1468-1331.2006.01552.x")
ITEM: dict[str, Any] = {
    "type": "journal-article",
    "title": ["Post-polio syndrome patients treated with intravenous immunoglobulin"],
    "author": [{"family": "Farbu", "given": "E."}],
    "issued": {"date-parts": [[2006, 12]]},
}


def client(**settings: Any) -> Client:
    return Client(Settings(allow_private=True, **settings), sleep=lambda seconds: None)


def answer(body: object, **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(200, "https://doi.org/x", {name.replace("_", "-"): value for name, value in headers.items()}, raw)


def test_the_request_is_content_negotiation() -> None:
    asked = request(DOI("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"))
    assert asked.url == ("https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2")
    assert asked.headers["Accept"].startswith(MEDIA_TYPE)
    assert request(DOI("10.1000/1#2?3%4"), "http://localhost:1/").url == "http://localhost:1/10.1000/1%232%3F3%254"


def test_a_record_comes_through_the_redirect(doi_service: Any) -> None:
    doi_service.register(THE_DOI.value.upper(), ITEM)
    record = lookup(THE_DOI, client(), doi_service.url)
    assert record.item["title"] == ITEM["title"][0]
    assert record.item["DOI"] == THE_DOI.value
    assert record.warnings == ()
    assert [path.partition("10.")[0] for path in doi_service.asked] == ["/", "/agency/"]


FAULTS = {
    "not-found": (None, ServiceNotFound, "no such record", "Check the DOI"),
    "gone": ({"status": 410}, ServiceNotFound, "no such record", "Check the DOI"),
    "no-metadata": ({"status": 204}, ServiceNotFound, "no record", "--type"),
    "not-offered": ({"status": 406}, ServiceRefused, "refused", "--type"),
    "forbidden": ({"status": 403}, ServiceRefused, "refused", "--type"),
    "too-many": ({"status": 429}, ServiceRefused, "refused", "Try again later"),
    "failing": ({"status": 500}, ServiceDown, "failing", "Try again later"),
    "unavailable": ({"status": 503, "headers": {"Retry-After": "0"}}, ServiceDown, "failing", "Try again later"),
    "html": ({"body": b"\n<!DOCTYPE html><title>Cookies</title>"}, ServiceMalformed, "web page", "Try again later"),
    "empty": ({"body": b""}, ServiceNotFound, "no record", "--type"),
    "truncated": ({"body": b'{"title": "Po'}, ServiceMalformed, "cut off", "Try again later"),
    "broken-off": ({"body": b'{"title": "Po', "cut": True}, ServiceMalformed, "broke off", "Try again later"),
    "deep": ({"body": b"[" * 200_000}, ServiceMalformed, "not valid JSON", "Try again later"),
    "list": ({"body": b"[1]"}, ServiceMalformed, "not a record", "Try again later"),
    "nothing-in-it": ({"body": b'{"type": "book"}'}, ServiceMalformed, "neither title nor names", "Try again later"),
    "loop": (
        {"status": 302, "headers": {"Location": "/agency/10.1000/loop"}},
        ServiceDown,
        "circle",
        "Try again later",
    ),
    "endless": ({"body": b" " * 65536, "endless": True}, ServiceMalformed, "more than", "Try again later"),
    "silent": ({"silent": True}, ServiceDown, "did not answer in time", "Try again later"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_own_error_and_says_what_to_do(doi_service: Any, fault: str) -> None:
    reply, error, message, hint = FAULTS[fault]
    if reply is not None:
        doi_service.register(f"10.1000/{fault}", ITEM)
        kept = doi_service.replies[f"10.1000/{fault}"]
        doi_service.reply(f"10.1000/{fault}", type(kept)(**reply))
    with pytest.raises(error) as raised:
        lookup(DOI(f"10.1000/{fault}"), client(read=0.2), doi_service.url)
    assert type(raised.value) is error
    assert f"10.1000/{fault}" in raised.value.message
    assert message in raised.value.message
    assert hint in raised.value.hint
    assert "ppreflist add --type" in raised.value.hint


def test_offline_says_how_to_add_by_hand() -> None:
    def no_names(host: str, port: int) -> Any:
        raise OSError(-3, "no network")

    offline = Client(Settings(), lookup=no_names, sleep=lambda seconds: None, witnesses=())
    with pytest.raises(Offline) as raised:
        lookup(THE_DOI, offline)
    assert "ppreflist add --type" in raised.value.hint


def test_a_private_address_is_refused_unless_it_was_configured(doi_service: Any) -> None:
    doi_service.register(THE_DOI.value, ITEM)
    with pytest.raises(ServiceRefused):
        lookup(THE_DOI, Client(Settings()), doi_service.url)
    assert doi_service.asked == []


def test_a_record_in_another_charset_is_read_with_a_warning() -> None:
    body = json.dumps({**ITEM, "title": "Sjögren"}, ensure_ascii=False)
    for sent in (
        answer(body.encode("latin-1"), content_type="application/json; charset=ISO-8859-1"),
        answer(body.encode("latin-1"), content_type="application/json; charset=utf-8"),
        answer(body.encode("latin-1"), content_type="application/json; charset=no-such-thing"),
        answer(body.encode("cp1252")),
    ):
        record = record_from(sent, THE_DOI)
        assert record.item["title"] == "Sjögren"
        assert "UTF-8" in record.warnings[0]
    with_mark = record_from(answer(b"\xef\xbb\xbf" + body.encode()), THE_DOI)
    assert (with_mark.item["title"], with_mark.warnings) == ("Sjögren", ())


def test_a_record_without_title_is_taken_with_a_warning() -> None:
    record = record_from(answer({"type": "book", "author": [{"literal": "WHO"}]}), THE_DOI)
    assert "no title" in record.warnings[0]


def test_the_record_of_another_doi_is_told() -> None:
    record = record_from(answer({**ITEM, "DOI": "10.1000/other"}), THE_DOI)
    assert record.warnings == ("the record says its DOI is 10.1000/other",)
    short = record_from(answer({**ITEM, "DOI": THE_DOI.value}), DOI("10/aabbe"))
    assert (short.item["DOI"], short.warnings) == (THE_DOI.value, ())


def test_a_record_wrapped_by_the_rest_api_is_read() -> None:
    assert record_from(answer({"status": "ok", "message": ITEM}), THE_DOI).item["title"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=9), each, max_size=3),
    max_leaves=8,
)
variables = [
    "title",
    "author",
    "issued",
    "type",
    "DOI",
    "ISSN",
    "page",
    "URL",
    "subtitle",
    "published-print",
    "message",
]


@given(st.dictionaries(st.sampled_from(variables), json_values) | json_values)
def test_any_json_is_a_record_or_a_typed_error(value: object) -> None:
    try:
        record = record_from(answer(value), THE_DOI)
    except ServiceError:
        return
    assert record.item["DOI"]
    assert isinstance(record.item.get("title", ""), str)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_record_or_a_typed_error(body: bytes) -> None:
    with pytest.raises(ServiceError):
        record_from(answer(body), THE_DOI)

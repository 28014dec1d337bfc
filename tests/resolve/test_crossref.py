"""Crossref's ``query.bibliographic``, through the whole client, and which of its records is the work that is meant."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.servers.web import Exchange, WebServer, answer

from ppreflist.errors import ServiceDown, ServiceError, ServiceMalformed, ServiceRefused
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.net.settings import Settings
from ppreflist.resolve.crossref import LONGEST_QUERY, paced, records_from, request, search
from ppreflist.resolve.matching import agreement, ranked, surely
from ppreflist.resolve.record import Record, clean_item

TITLE = "Post-polio syndrome patients treated with intravenous immunoglobulin: a pilot study"
WORK: dict[str, Any] = {
    "DOI": "10.1111/j.1468-1331.2006.01552.x",
    "type": "journal-article",
    "title": [TITLE],
    "author": [{"family": "Farbu", "given": "E.", "sequence": "first"}, {"family": "Rekand", "given": "T."}],
    "container-title": ["European Journal of Neurology"],
    "issued": {"date-parts": [[2007, 1]]},
    "volume": "14",
    "issue": "1",
    "page": "60-65",
    "URL": "http://dx.doi.org/10.1111/j.1468-1331.2006.01552.x",
    "score": 91.2,
}
CITED: dict[str, Any] = {
    "title": TITLE,
    "author": [{"family": "Farbu", "given": "E."}, {"literal": "others"}],
    "issued": {"date-parts": [[2007]]},
    "volume": "14",
    "page": "60-5",
}


def works(*items: object) -> bytes:
    return json.dumps({"status": "ok", "message-type": "work-list", "message": {"items": list(items)}}).encode()


def client(**settings: Any) -> Client:
    return Client(Settings(allow_private=True, **settings), sleep=lambda seconds: None)


def given_answer(body: bytes) -> Answer:
    return Answer(200, "https://api.crossref.org/works", {"content-type": "application/json"}, body)


def test_the_words_of_the_citation_are_sent_and_who_asks() -> None:
    asked = request("Farbu E,\n Post-polio & more", mailto="me@example.org")
    assert asked.url == (
        "https://api.crossref.org/works?query.bibliographic=Farbu+E,+Post-polio+%26+more&rows=5&mailto=me%40example.org"
    )
    assert len(request("x" * 9000).url) < LONGEST_QUERY + 100


def test_records_come_from_the_service() -> None:
    with WebServer() as server:
        seen: list[str] = []

        def page(exchange: Exchange) -> None:
            seen.append(exchange.path)
            exchange.reply(200, works(WORK, {"type": "peer-review", "title": ["Review"], "DOI": "10.1/2"}, 7))

        server.page("/works", page)
        records = search("Farbu 2007", client(mailto="me@example.org"), server.url)
    assert [record.item["DOI"] for record in records] == [WORK["DOI"]]
    assert "URL" not in records[0].item
    assert seen == ["/works?query.bibliographic=Farbu+2007&rows=5&mailto=me%40example.org"]


@pytest.mark.parametrize(
    ("status", "body", "error", "message"),
    [
        (500, b"", ServiceDown, "Crossref"),
        (429, b"", ServiceRefused, "Crossref"),
        (200, b"<!doctype html>", ServiceMalformed, "web page"),
        (200, b'{"message": {"items": [', ServiceMalformed, "cut off"),
        (200, b'{"message": "no"}', ServiceMalformed, "not a list of works"),
    ],
)
def test_faults_of_the_service_are_said(status: int, body: bytes, error: type[ServiceError], message: str) -> None:
    with WebServer() as server:
        server.page("/works", answer(status, body, content_type="application/json"))
        with pytest.raises(error, match=message) as caught:
            search("Farbu 2007", client(), server.url)
    assert "--offline" in caught.value.hint


def test_nothing_like_it_is_no_record() -> None:
    assert records_from(given_answer(works())) == ()


@given(
    st.binary(max_size=80)
    | st.builds(works, st.dictionaries(st.sampled_from(list(WORK)), st.none() | st.text() | st.lists(st.integers())))
)
def test_any_answer_is_records_or_a_typed_error(body: bytes) -> None:
    try:
        records = records_from(given_answer(body))
    except ServiceError:
        return
    assert all(record.item["title"] and record.item["DOI"] for record in records)


# Which record is meant


def record(**changes: Any) -> Record:
    return Record(clean_item({**WORK, **changes}), "Crossref")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"volume": None},
        {"title": TITLE.upper()},
        {"title": TITLE.replace("Post-polio", "Postpolio")},
        {"title": f"<i>{TITLE}</i>"},
        {"issued": {"date-parts": [[2006, 12]]}},
        {"title": "Post-polio syndrome patients treated with intravenous immunoglobulin"},
    ],
)
def test_a_record_that_clearly_agrees_is_taken(changes: dict[str, Any]) -> None:
    (match,) = ranked(CITED, TITLE, [record(**changes)])
    assert match.agreement.clear
    assert surely([match]) is match


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Post-polio syndrome patients treated with physiotherapy: another study"},
        {"author": [{"family": "Rekand", "given": "T."}]},
        {"volume": "15"},
        {"title": "Post-polio syndrome patients treated with intravenous immunoglobulin: the last report"},
        {"page": "70-75"},
        {"issued": {"date-parts": [[2001]]}},
        {"title": f"Corrigendum: {TITLE}"},
        {"author": None, "volume": None, "page": None},
    ],
)
def test_a_record_that_differs_is_not_taken_alone(changes: dict[str, Any]) -> None:
    (match,) = ranked(CITED, TITLE, [record(**changes)])
    assert not match.agreement.clear
    assert surely([match]) is None


def test_two_records_that_agree_as_clearly_are_asked_about() -> None:
    matches = ranked(CITED, TITLE, [record(), record(DOI="10.1000/preprint")])
    assert surely(matches) is None


def test_a_title_cut_off_with_an_ellipsis_needs_more_agreement() -> None:
    cut = {**CITED, "title": "Post-polio syndrome patients treated with ..."}
    assert agreement(cut, "", record().item).clear
    little = {name: value for name, value in cut.items() if name in ("title", "author", "issued")}
    assert not agreement(little, "", record().item).clear


def test_a_short_title_alone_is_never_enough() -> None:
    cited = {"title": "Editorial", "issued": {"date-parts": [[2007]]}}
    assert not agreement(cited, "Editorial. 2007", record(title="Editorial").item).clear


def test_the_nearest_record_comes_first() -> None:
    far = record(title="Something else altogether", DOI="10.1000/far", volume="3")
    matches = ranked(CITED, TITLE, [far, record()])
    assert [match.record.item["DOI"] for match in matches] == [WORK["DOI"], "10.1000/far"]
    assert surely(matches) is matches[0]
    assert matches[1].agreement.differs == ("volume",)


def test_the_last_of_two_subtitles_may_be_left_out() -> None:
    whole = f"{TITLE}: Report of a subcommittee that has a very long name and many members in many towns"
    assert agreement(CITED, "", {**CITED, "title": whole}).clear
    assert not agreement(CITED, "", {**CITED, "title": whole, "volume": "15"}).clear
    other = f"{TITLE.partition(':')[0]}: quite another study: Report of a subcommittee"
    assert not agreement(CITED, "", {**CITED, "title": other}).clear


@pytest.mark.parametrize(
    ("base_url", "mailto", "gap"),
    [
        ("https://api.crossref.org", "", 1.0),
        ("https://api.crossref.org/", "me@example.org", 0.34),
        ("http://127.0.0.1:8080/crossref", "", 0.1),
    ],
)
def test_lists_are_asked_for_as_slowly_as_crossref_wants(base_url: str, mailto: str, gap: float) -> None:
    assert (paced(base_url, mailto).gap, paced(base_url, mailto).name) == (gap, "Crossref")

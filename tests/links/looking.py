"""Looking into a link with the answers written down: no network at all."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ppreflist.links.collect import links_of
from ppreflist.links.finding import Finding
from ppreflist.links.hosts import KnownHosts
from ppreflist.links.investigate import Context, Outcome, investigate
from ppreflist.links.link import Link
from ppreflist.model.entry import Entry, Field
from ppreflist.net.answer import Answer
from ppreflist.net.failure import Failure, FailureKind

CONTEXT = Context(KnownHosts(), "https://doi.org")
OK = 200


def link(**fields: str) -> Link:
    entry = Entry("key", "misc", {name: Field(name, value, value, 10) for name, value in fields.items()})
    return next(links_of([entry]))


def looked_into(
    link: Link, answers: Mapping[str, int | Outcome], context: Context = CONTEXT
) -> tuple[Finding, list[str]]:
    """The finding, and what was asked; an address without an answer has no host."""
    asked: list[str] = []
    investigation = investigate(link, context)
    try:
        question = next(investigation)
        while True:
            asked.append(question.url)
            found = answers.get(question.url, Failure(FailureKind.NAME_NOT_FOUND, "no such host", question.url))
            outcome = Answer(found, question.url, {}, b"x") if isinstance(found, int) else found
            question = investigation.send(outcome)
    except StopIteration as end:
        finding = end.value
    assert isinstance(finding, Finding)
    return finding, asked


def record(code: int, place: str = "https://x.org/a", status: int = 200) -> Answer:
    """What the handle API answers (https://www.handle.net/proxy_servlet.html)."""
    value = {"index": 1, "type": "URL", "data": {"format": "string", "value": place}, "ttl": 86400}
    body = {"responseCode": code, "handle": "10.1000/x", **({"values": [value]} if code == 1 else {})}
    return Answer(status, "https://doi.org/api/handles/10.1000/x?type=URL", {}, json.dumps(body).encode())

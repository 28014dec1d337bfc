"""What an editor reads of the shipped list, when its hosts answer as the real ones do. The answers are written down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ppreflist.bibtex.index import open_library
from ppreflist.cli.findings import show
from ppreflist.links.check import context_of
from ppreflist.links.collect import links_of
from ppreflist.links.finding import Finding
from ppreflist.links.investigate import investigate
from ppreflist.links.link import Link
from ppreflist.links.page import visited
from ppreflist.links.question import Context, Outcome, Question
from ppreflist.links.report import reported
from ppreflist.net.answer import Answer
from ppreflist.net.failure import Failure, FailureKind

SHIPPED = Path(__file__).parents[2] / "references.bib"
GUIDELINE = "Evidence-based guideline: Intravenous immunoglobulin in the treatment of neuromuscular disorders [RETIRED]"
PAGES = {
    "https://www.neurology.org/content/78/13/1009.full.html": f"{GUIDELINE} | Neurology",
    "https://www.post-polio.org": "Post-Polio Health International",
}
JARGON = ("simhash", "NXDOMAIN", "getaddrinfo", "errno", "handshake", "SSL", "HTTP", "None", "Failure", "regex")


def answered(question: Question) -> Outcome:
    """doi.org registers every DOI; two sites have pages; no other host exists."""
    url = question.url
    if "/api/handles/" in url:
        value = {"index": 1, "type": "URL", "data": {"format": "string", "value": "https://x.org/"}, "ttl": 86400}
        return Answer(200, url, {}, json.dumps({"responseCode": 1, "values": [value]}).encode())
    if url not in PAGES:
        return Failure(FailureKind.NAME_NOT_FOUND, "there is no such host", url)
    body = f"<title>{PAGES[url]}</title><h1>{PAGES[url]}</h1><p>{'Words of the page. ' * 90}"
    return visited(Answer(200, url, {"content-type": "text/html"}, body.encode()))


def finding(link: Link, context: Context) -> Finding:
    investigation = investigate(link, context)
    try:
        question = next(investigation)
        while True:
            question = investigation.send(answered(question))
    except StopIteration as end:
        found: Finding = end.value
        return found


def test_the_shipped_list(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    library = open_library(SHIPPED)
    links = list(links_of(library))
    context = context_of(links)
    rows = reported((finding(link, context) for link in links), {}, 1_790_000_000, "references.bib")
    show(rows, {entry.key: entry.text("title") for entry in library})
    said = capsys.readouterr().out
    blocks = said.split("\n\n")
    assert blocks[0] == "To repair (2): what was probably meant is shown"
    guideline, site = (" ".join(block.split()) for block in blocks[1:3])
    assert blocks[3:] == [""]
    assert "The address has a space in it and lacks https:// at the beginning. The repaired address works." in guideline
    assert f'The page marks the work as retired: it is titled "{GUIDELINE} | Neurology".' in guideline
    assert guideline.endswith("write: https://www.neurology.org/content/78/13/1009.full.html")
    assert "did you mean www.post-polio.org (the entry names Post-Polio Health International)?" in site
    assert "there is no such host. www.post-polio.org has this page." in site
    assert site.endswith("write: https://www.post-polio.org")
    assert not [word for word in JARGON if word in said]

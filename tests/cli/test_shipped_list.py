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


def said_of(library: Path, capsys: pytest.CaptureFixture[str]) -> str:
    found = open_library(library)
    links = list(links_of(found))
    context = context_of(links)
    rows = reported((finding(link, context) for link in links), {}, 1_790_000_000, "references.bib")
    show(rows, {entry.key: entry.text("title") for entry in found})
    return capsys.readouterr().out


@pytest.fixture(autouse=True)
def _hundred_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def test_the_shipped_list(capsys: pytest.CaptureFixture[str]) -> None:
    said = said_of(SHIPPED, capsys)
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


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Marked RETIRED by its publisher", "ok: It works, but the page marks the work as retired, as the entry says."),
        ("Read in June", f'notice: The page marks the work as retired: it is titled "{GUIDELINE} | Neurology".'),
    ],
)
def test_the_repaired_list(tmp_path: Path, capsys: pytest.CaptureFixture[str], note: str, expected: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace("Marked RETIRED by its publisher", note)
    text = text.replace("www.neurology.org/content/78/13/1009. Full.html", next(iter(PAGES)))
    library = tmp_path / "references.bib"
    library.write_text(text.replace("www.post-poli.org", "https://www.post-polio.org"), encoding="utf-8")
    said = " ".join(said_of(library, capsys).split())
    assert said.startswith("Worth knowing (1): look at what is said of them references.bib:15: patwa2012evidence, url:")
    assert said.endswith(expected)

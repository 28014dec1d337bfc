"""The same references by three ways, by identifiers, as pasted citations and out of documents, end in one list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.driving import in_this_process, library
from tests.conftest import DoiService
from tests.servers.scholarly import Scholarly
from tests.servers.web import answer

SHARED = Path(__file__).resolve().parents[2] / "shared"
REFERENCES = Path(__file__).resolve().parents[1] / "references.bib"
DOIS = ("10.1212/WNL.0b013e31824de293", "10.1016/S1474-4422(06)70447-1", "10.1111/j.1468-1331.2006.01552.x")
PASTED = (
    "Patwa HS, Chaudhry V, Katzberg H, et al. Evidence-based guideline: intravenous immunoglobulin in the treatment of "
    "neuromuscular disorders. Neurology 2012;78:1009-15.",
    "Gonzalez H, Sunnerhagen KS, Sjöberg I, et al. Intravenous immunoglobulin for post-polio syndrome: a randomised "
    "controlled trial. Lancet Neurol 2006; 5: 493–500.",
    "Farbu E, et al. Post-polio syndrome patients treated with ... Eur J Neurol 2007;14:60-65.",
)
NEWSLETTER = (
    "Post-Polio Health International. Intravenous immunoglobulin treatment for improving muscle strength. Post-Polio "
    "Health. 2006;22(2).",
    "Post-Polio Health International. Recent experience using immunoglobulin to treat post-polio syndrome. Post-Polio "
    "Health. 2006;26(3).",
    "Post-Polio Health International. More about IVIg. Post-Polio Health. 2007;23(2).",
)
COMPARED = ("title", "author", "year", "volume", "number", "pages", "doi")


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The three works of the seed that have a DOI, as CSL-JSON by their DOI."""
    folder = tmp_path_factory.mktemp("seed")
    (folder / "references.bib").write_bytes(REFERENCES.read_bytes())
    exported = json.loads(in_this_process(folder, "export", "--format", "csl-json").stdout)
    return {each["DOI"]: each for each in exported if "DOI" in each}


@pytest.fixture
def services(seed: dict[str, dict[str, Any]], doi_service: DoiService, scholarly: Scholarly) -> dict[str, str]:
    """doi.org and Crossref that know these works, and a little of what stands beside them."""
    works = []
    for doi, item in seed.items():
        doi_service.register(doi, {name: value for name, value in item.items() if name not in ("id", "keyword")})
        works.append(
            {
                "DOI": doi,
                "type": "journal-article",
                "title": [item["title"]],
                "author": item["author"],
                "container-title": [item["container-title"]],
                "issued": item["issued"],
                "volume": item["volume"],
                "issue": item["issue"],
                "page": item["page"],
            }
        )
    body = json.dumps({"status": "ok", "message-type": "work-list", "message": {"items": works}}).encode()
    scholarly.web.page("/crossref/works", answer(200, body, content_type="application/json"))
    return {**scholarly.environ, "PPREFLIST_DOI_URL": doi_service.url}


def listed(folder: Path) -> list[dict[str, str]]:
    """The library, by what tells a work: key and the fields compared, in the order of keys."""
    entries = json.loads(in_this_process(folder, "list", "--json").stdout)
    shown = [{"key": each["key"], **{name: _field(each, name) for name in COMPARED}} for each in entries]
    return sorted(shown, key=lambda each: each["key"])


def _field(entry: dict[str, Any], name: str) -> str:
    fields = entry["fields"]
    value = fields.get(name) or (fields.get("date", "")[:4] if name == "year" else "")
    return str(value).replace("--", "\u2013").casefold()


def _made(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder


def test_three_ways_end_in_the_same_list(tmp_path: Path, services: dict[str, str]) -> None:
    by_identifier, pasted, extracted = (_made(tmp_path, each) for each in ("identifiers", "text", "extract"))

    words = (DOIS[0], f"https://doi.org/{DOIS[1]}", f"doi:{DOIS[2]}")
    assert in_this_process(by_identifier, "add", *words, **services).returncode == 0

    texts = [word for each in PASTED for word in ("--text", each)]
    done = in_this_process(pasted, "add", *texts, **services)
    assert done.returncode == 0, done.stderr

    cited = in_this_process(by_identifier, "export", "--style", "apa", "--format", "text").stdout
    (extracted / "paper.txt").write_text(f"A paper\n\nSome prose.\n\nReferences\n\n{cited}", encoding="utf-8")
    done = in_this_process(extracted, "extract", "paper.txt", "--add", **services)
    assert done.returncode == 0, done.stderr

    expected = listed(by_identifier)
    assert [each["key"] for each in expected] == ["farbu2007post", "gonzalez2006intravenous", "patwa2012evidence"]
    assert all(each["doi"] and each["pages"] and each["volume"] for each in expected)
    assert listed(pasted) == expected
    assert listed(extracted) == expected


def test_each_way_after_the_others_adds_nothing(tmp_path: Path, services: dict[str, str]) -> None:
    ways: list[tuple[str, ...]] = [
        ("add", *DOIS),
        ("add", *(word for each in PASTED for word in ("--text", each))),
        ("add", "--offline", *(word for each in PASTED for word in ("--text", each))),
        ("extract", "--add", "../paper.txt"),
    ]
    (tmp_path / "paper.txt").write_text("References\n\n" + "\n\n".join(PASTED), encoding="utf-8")
    for number, first in enumerate(ways):
        folder = _made(tmp_path, str(number))
        assert in_this_process(folder, *first, **services).returncode == 0
        text = library(folder)
        assert text.count("\n@") == 2
        for way in ways:
            done = in_this_process(folder, *way, **services)
            assert done.returncode == (0 if way[0] == "extract" else 3), done.stderr
            assert library(folder) == text, (first, way)
        assert in_this_process(folder, "dedupe", "--dry-run").returncode == 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="the article lies beside the checkout, in ../shared")
def test_the_article_and_its_newsletter_articles(tmp_path: Path, services: dict[str, str]) -> None:
    article = str(SHARED / "ivig-update.txt")
    extracted, pasted = _made(tmp_path, "extract"), _made(tmp_path, "text")
    assert in_this_process(extracted, "add", *DOIS, **services).returncode == 0
    assert in_this_process(extracted, "extract", article, "--add", **services).returncode == 0
    texts = [word for each in PASTED for word in ("--text", each)]
    assert in_this_process(pasted, "add", *texts, **services).returncode == 0
    texts = [word for each in NEWSLETTER for word in ("--text", each)]
    assert in_this_process(pasted, "add", "--offline", *texts, **services).returncode == 0

    def works(folder: Path) -> set[tuple[str, ...]]:
        return {
            tuple(each[name] for name in ("title", "year", "volume", "number")) for each in listed(folder)
            if each["volume"]
        }  # fmt: skip

    assert len(works(extracted)) == 6
    assert works(extracted) == works(pasted)

    text = library(pasted)
    assert in_this_process(pasted, "extract", article, "--add", **services).returncode == 0
    assert library(pasted).startswith(text)
    assert library(pasted).removeprefix(text).strip().startswith("@online{postpoli,"), "only the web site is new"

    seeded = _made(tmp_path, "seed")
    (seeded / "references.bib").write_bytes(REFERENCES.read_bytes())
    assert in_this_process(seeded, "extract", article, "--add", **services).returncode == 0
    assert in_this_process(seeded, "add", "--offline", *texts, **services).returncode == 3
    assert (seeded / "references.bib").read_bytes() == REFERENCES.read_bytes()

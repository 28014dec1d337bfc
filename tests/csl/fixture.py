"""The official CSL fixtures: reading them, and rendering them with our processor.

Format: https://github.com/citation-style-language/test-suite. The files are read from a checkout beside this
repository (``../shared/csl-suite``) or from ``$CSL_TEST_SUITE``.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from ppreflist.csl.processor import Processor
from ppreflist.csl.results import Rendered
from ppreflist.csl.style import load_style

_SECTION = re.compile(r">>=+ ([A-Z-]+) =+>>\n?(.*?)\n?<<=+ \1 =+<<", re.DOTALL)
_JSON_SECTIONS = {
    "INPUT": "input",
    "CITATION-ITEMS": "citation_items",
    "CITATIONS": "citations",
    "BIBENTRIES": "bibentries",
    "BIBSECTION": "bibsection",
    "ABBREVIATIONS": "abbreviations",
    "OPTIONS": "options",
}


def suite_directory() -> Path:
    """Where the fixtures are (the directory may not exist)."""
    given = os.environ.get("CSL_TEST_SUITE")
    return Path(given) if given else Path(__file__).resolve().parents[3] / "shared" / "csl-suite"


def read_fixture(path: Path) -> tuple[dict[str, Any], str]:
    """The fixture as ``render`` takes it, and the RESULT it must give."""
    sections = {match[1]: match[2] for match in _SECTION.finditer(path.read_text(encoding="utf-8"))}
    mode, _, submodes = sections["MODE"].strip().partition("-")
    fixture: dict[str, Any] = {"mode": mode, "submodes": submodes, "csl": sections["CSL"]}
    for section, key in _JSON_SECTIONS.items():
        fixture[key] = json.loads(sections[section]) if section in sections else None
    return fixture, sections["RESULT"]


@cache
def _locale_directory() -> Path:
    # Located without importing: the package is only data to us.
    spec = importlib.util.find_spec("citeproc")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / "data" / "locales"


@cache
def locale_text(lang: str) -> bytes | None:
    path = _locale_directory() / f"locales-{lang}.xml"
    return path.read_bytes() if path.is_file() else None


def _processor(fixture: dict[str, Any]) -> Processor:
    return Processor(load_style(fixture["csl"]), locale_text=locale_text, links=False)


def render(fixture: dict[str, Any]) -> str:
    """What the fixture's style makes of its items and citations: the text that is compared with RESULT."""
    processor = _processor(fixture)
    items = [{"id": f"item-{index}", **item} for index, item in enumerate(fixture["input"])]
    if fixture["citations"]:
        rendered = _edited(processor, items, fixture)
        if fixture["mode"] == "citation":
            return rendered[0]
        return rendered[1].bibliography.text
    clusters = fixture["citation_items"]
    if clusters is None:
        # All items, in the order of the bibliography.
        order = [entry.id for entry in processor.bibliography(items).entries]
        clusters = [
            [{"id": identifier} for identifier in dict.fromkeys([*order, *(str(item["id"]) for item in items)])]
        ]
    # Citations that are rendered on their own have no position but the one they ask for.
    citations = [
        {"citationItems": [{"position": 0, **cite} for cite in cluster], "properties": {"noteIndex": 0}}
        for cluster in clusters
    ]
    result = processor.process(items, citations, cited_only=False, in_item_order=True)
    if fixture["mode"] == "citation":
        return "\n".join(result.citations)
    return result.bibliography.text


def _edited(processor: Processor, items: list[dict[str, Any]], fixture: dict[str, Any]) -> tuple[str, Rendered]:
    """CITATIONS: each step puts a citation between others. ``>>`` marks what the last step changed."""
    known: dict[str, Any] = {}
    before: dict[str, str] = {}
    lines: list[str] = []
    result: Rendered | None = None
    for citation, earlier, later in fixture["citations"]:
        known[citation["citationID"]] = citation
        note = citation.get("properties", {}).get("noteIndex", 0)
        sequence = [*earlier, (citation["citationID"], note), *later]
        document = [
            {**known[identifier], "properties": {**known[identifier].get("properties", {}), "noteIndex": index}}
            for identifier, index in sequence
        ]
        result = processor.process(items, document, cited_only=True)
        after = {identifier: text for (identifier, _), text in zip(sequence, result.citations, strict=True)}
        lines = []
        for index, (identifier, _) in enumerate(sequence):
            changed = identifier == citation["citationID"] or before.get(identifier) != after[identifier]
            lines.append(f"{'>>' if changed else '..'}[{index}] {after[identifier]}")
        before = after
    assert result is not None
    return "\n".join(lines), result

"""What the JSON reports hold, as a JSON Schema (draft 2020-12, https://json-schema.org/draft/2020-12).

A reader must bear members that it does not know: they may be added. One that changes its meaning or goes raises the
number in ``schema``.
"""

from __future__ import annotations

from typing import Any, Final

from ppreflist.cli.reports.report import SCHEMA
from ppreflist.links.drift import Likeness
from ppreflist.links.link import LinkKind
from ppreflist.links.memory import Standing
from ppreflist.links.report import Group
from ppreflist.links.verdict import Verdict

_COUNT: Final = {"type": "integer", "minimum": 0}
_TEXT: Final = {"type": "string"}


def _one_of(names: list[str], description: str) -> dict[str, Any]:
    return {"enum": names, "description": description}


def _or_null(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}], "description": description}


def _text(description: str) -> dict[str, Any]:
    return {**_TEXT, "description": description}


_TIME: Final = {"type": "string", "format": "date-time"}
_MEMBERS: Final[dict[str, Any]] = {
    "file": _text("The file, as its name was given; the address of a page."),
    "line": {**_COUNT, "description": "The line of the link, from 1; 0 when it is not known."},
    "key": _text("The citation key; the file's name in a document."),
    "field": _text("The field, in lower case; link in a document."),
    "title": _text("The work's title; empty when it has none."),
    "kind": _one_of([str(each) for each in LinkKind], "What is written there."),
    "url": _text("The link as readers read it, without a password."),
    "verdict": _one_of([str(each) for each in Verdict], "What became of it."),
    "problem": {
        "type": "boolean",
        "description": "Whether a reader cannot follow it, or finds something else; false when it was accepted.",
    },
    "group": _one_of([each.name.lower() for each in Group], "What to do about it."),
    "message": _text("One or two sentences for people."),
    "memory": _text("What earlier checks add; empty when nothing."),
    "fix": _or_null(_TEXT, "What to write instead."),
    "safe": {"type": "boolean", "description": "Whether --fix takes the fix."},
    "asked": _text("The address that was asked in the end; empty when none was."),
    "status": {
        "type": "integer",
        "minimum": 0,
        "maximum": 999,
        "description": "The HTTP status; 0 when there was none.",
    },
    "standing": _or_null({"enum": [str(each) for each in Standing]}, "What the checks so far come to."),
    "first_seen": _or_null(_TIME, "When it was first checked."),
    "last_good": _or_null(_TIME, "When it last worked."),
    "failing_since": _or_null(_TIME, "Since when it has failed, nothing good between."),
    "failing_days": {**_COUNT, "description": "On how many days it failed since then."},
    "accepted": _or_null(
        {
            "type": "object",
            "properties": {"until": _or_null({"type": "string", "format": "date"}, "null: for good"), "note": _TEXT},
            "required": ["until", "note"],
        },
        "Somebody's word that the link is fine.",
    ),
    "content": _or_null({"enum": [str(each) for each in Likeness]}, "What the page is beside the one first read."),
}

LINK: Final[dict[str, Any]] = {"type": "object", "properties": _MEMBERS, "required": list(_MEMBERS)}
"""One link: a line of ``--format jsonl``, and each of ``links``."""

REPORT: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "ppreflist check-links --format json",
    "type": "object",
    "properties": {
        "schema": {"const": SCHEMA},
        "generator": _text("ppreflist and its version."),
        "library": _text("The name of the library, or of the documents."),
        "checked_at": {**_TIME, "description": "When; in UTC."},
        "interrupted": {"type": "boolean", "description": "Whether the run was stopped, and links are missing."},
        "summary": {
            "type": "object",
            "properties": {
                "links": _COUNT,
                "problems": _COUNT,
                "verdicts": {
                    "type": "object",
                    "propertyNames": {"enum": [str(each) for each in Verdict]},
                    "additionalProperties": {"type": "integer", "minimum": 1},
                },
            },
            "required": ["links", "problems", "verdicts"],
        },
        "links": {"type": "array", "items": {"$ref": "#/$defs/link"}},
    },
    "required": ["schema", "generator", "library", "checked_at", "interrupted", "summary", "links"],
    "$defs": {"link": LINK},
}
"""``--format json``."""

"""Items: CSL-JSON made ready for rendering, once, and forgivingly.

Shapes follow the schema's ``csl-data.json``; what else is accepted: numbers as strings and strings as numbers,
older spellings (``journalAbbreviation``, ``shortTitle``), and variables written in ``note`` ("cheater" syntax,
https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra).
What cannot be used is left out and remembered in ``problems``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from ppreflist.csl import markup as m
from ppreflist.csl import richtext
from ppreflist.csl.datevalues import Date, is_date, read_date
from ppreflist.csl.people import Name, is_name, read_name
from ppreflist.csl.variables import ALIASES, DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES

_NOTE_LINE: Final = re.compile(r"^([A-Za-z][A-Za-z-]+)\s*:\s*(.+)$")
_NOTE_BRACED: Final = re.compile(r"\{:([A-Za-z_-]+):\s*([^{}]+)\}")
_PAGE_END: Final = re.compile("[-&,\u2010\u2013]")
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_NOT_TEXT: Final = frozenset(("id", "type", "multi", "system_id", "categories", "custom"))
MAX_NAMES: Final = 10_000
# Numbers beyond it (and "not a number") are no data of a bibliography.
MAX_NUMBER: Final = 10**15
MAX_TEXT: Final = 200_000


class Item:
    """One item. ``present`` names the variables that hold something; the rest is worked out when first asked for."""

    __slots__ = ("_dates", "_names", "_texts", "id", "language", "present", "problems", "raw", "shapes", "type")

    def __init__(self, data: Mapping[str, Any], identifier: str) -> None:
        self.id = identifier
        self.problems: list[tuple[str, str]] = []
        # Texts, names and dates as far as they have been asked for; the kinds of variables are disjoint.
        # Apart, because a style may ask for a date as text or for a name as a number.
        self._texts: dict[str, str] = {}
        self._names: dict[str, list[Name]] = {}
        self._dates: dict[str, Date] = {}
        # Filled by ``Shaper``.
        self.shapes: dict[object, Any] = {}
        raw = data
        kind = raw.get("type")
        if not isinstance(kind, str):
            if kind is not None:
                self.problems.append(("type", "not a string"))
            kind = ""
        note = raw.get("note")
        if isinstance(note, str) and ":" in note:
            raw = _with_note(dict(raw), note)
            kind = raw.get("type") if isinstance(raw.get("type"), str) else kind
        self.type: str = str(kind)
        language = raw.get("language")
        self.language = language.strip().lower() if isinstance(language, str) else ""
        self.raw: Mapping[str, Any] = raw
        present = []
        for variable, value in raw.items():
            if not value and value != 0:
                continue
            if value.__class__ is str and variable in _PLAIN_TEXT:
                if not value.isspace():
                    present.append(variable)
                continue
            if not isinstance(variable, str) or not self._holds(variable, value):
                continue
            present.append(variable)
            alias = ALIASES.get(variable)
            if alias is not None and not raw.get(alias):
                self.raw = {**self.raw, alias: value}
                present.append(alias)
        if "page" in raw and "page" in present:
            present.append("page-first")
        self.present = frozenset(present)

    def _holds(self, variable: str, value: Any) -> bool:
        if variable in NAME_VARIABLES:
            if isinstance(value, list | tuple):
                if any(is_name(each) for each in value):
                    return True
                self.problems.append((variable, "no name in it has a family name or a literal"))
                return False
            if is_name(value):
                self.problems.append((variable, "a list of names was expected"))
                return True
            self.problems.append((variable, "not a list of names"))
            return False
        if variable in DATE_VARIABLES:
            return self._holds_date(variable, value)
        if variable in _NOT_TEXT:
            return False
        if isinstance(value, str):
            return bool(value.strip())
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < MAX_NUMBER:
            return True
        self.problems.append((variable, f"text was expected, not {type(value).__name__}"))
        return False

    def _holds_date(self, variable: str, value: Any) -> bool:
        if not is_date(value):
            if value not in ({"date-parts": []}, {"date-parts": [[]]}):
                self.problems.append((variable, "not a date"))
            return False
        try:
            self._dates[variable] = read_date(value, lambda message: self.problems.append((variable, message)))
        except (ValueError, TypeError, OverflowError) as error:
            self.problems.append((variable, f"not a date: {error}"))
            return False
        return True

    def text(self, variable: str) -> str:
        """The variable as a raw string of markup, "" when it is not there."""
        found = self._texts.get(variable)
        if found is None:
            found = self._texts[variable] = self._read_text(variable)
        return found

    def _read_text(self, variable: str) -> str:
        if variable == "page-first" and not self.raw.get("page-first"):
            page = self.text("page")
            return _PAGE_END.split(page.replace("\\-", "-"), maxsplit=1)[0].rstrip()
        if variable not in self.present:
            return ""
        value = self.raw[variable]
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, str | int | float):
            return ""
        text = m.clean(str(value))
        if len(text) > MAX_TEXT:
            self.problems.append((variable, f"longer than {MAX_TEXT} characters; the rest is left out"))
            text = text[:MAX_TEXT]
        if "\n" in text or "\t" in text or text[:1] == " " or text[-1:] == " " or "\r" in text:
            text = _SPACES.sub(" ", text).strip(" ")
        if variable in NUMBER_VARIABLES:
            return text.replace("'", "’")
        return richtext.parse(text)

    def names(self, variable: str) -> list[Name]:
        found = self._names.get(variable)
        if found is None:
            found = []
            if variable in NAME_VARIABLES and variable in self.present and variable in self.raw:
                value = self.raw[variable]
                for each in value[:MAX_NAMES] if isinstance(value, list | tuple) else [value]:
                    name = read_name(each)
                    if name is not None:
                        found.append(name)
                    else:
                        self.problems.append((variable, "a name without family name or literal is left out"))
            self._names[variable] = found
        return found

    def date(self, variable: str) -> Date | None:
        """The date, or None when the variable is not there."""
        return self._dates.get(variable)


def _with_note(raw: dict[str, Any], note: str) -> dict[str, Any]:
    """``raw`` with the variables that ``note`` sets, and without their lines in the note."""
    found: dict[str, str] = {}

    def braced(match: re.Match[str]) -> str:
        found[match[1]] = match[2].strip()
        return ""

    rest = []
    at_start = True
    for line in _NOTE_BRACED.sub(braced, note).split("\n"):
        match = _NOTE_LINE.match(line.strip())
        if match and at_start and (match[1] in _KNOWN or match[1] == "type"):
            found[match[1]] = match[2].strip()
        else:
            at_start = at_start and not line.strip()
            rest.append(line)
    if not found:
        return raw
    result = dict(raw)
    names: dict[str, list[dict[str, str]]] = {}
    for variable, value in found.items():
        if variable in NAME_VARIABLES:
            family, bars, given = value.partition("||")
            name = {"family": family.strip(), "given": given.strip()} if bars else {"literal": value}
            names.setdefault(variable, []).append(name)
        elif variable in DATE_VARIABLES:
            result[variable] = {"raw": value}
        elif variable == "type" or not result.get(variable):
            result[variable] = value
    result.update({variable: value for variable, value in names.items() if not raw.get(variable)})
    result["note"] = "\n".join(rest).strip()
    return result


_KNOWN_TEXT: Final = """
    abstract annote archive archive_collection archive_location archive-place authority call-number
    citation-key citation-label collection-title collection-title-short container-title
    container-title-short dimensions division DOI event event-place event-title genre ISBN ISSN
    jurisdiction keyword language license medium original-publisher original-publisher-place
    original-title part-title PMCID PMID publisher publisher-place references reviewed-genre
    reviewed-title scale source status title title-short URL volume-title year-suffix
"""
# Text that needs no look when it is a string.
_PLAIN_TEXT: Final = (frozenset(_KNOWN_TEXT.split()) | NUMBER_VARIABLES) - set(ALIASES) - _NOT_TEXT
_KNOWN: Final = frozenset(_KNOWN_TEXT.split()) | NAME_VARIABLES | DATE_VARIABLES | NUMBER_VARIABLES

"""Which entries a command works on: keys, a query, tags."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path

from ppreflist.errors import EntryError, UnknownKey
from ppreflist.model.entry import Entry
from ppreflist.model.library import Library, unknown_key
from ppreflist.model.query import NAMES, fold, named_terms, parse_query, tags

_LIKE = 0.7
"""How like a word must be to one of the library to be proposed (difflib's ratio); 0.5 proposes anything."""
_LISTED = 12


def select(library: Library, terms: Sequence[str], tag: Sequence[str] = ()) -> list[Entry]:
    """The entries that were asked for, in file order; all of them when nothing was asked.

    A term that is a citation key or an alias of one (``ids``) means that entry; the other terms together are one query.
    ``tag`` narrows the result to entries that have every one of these keywords. UnknownKey, with the nearest keys, when
    nothing is found; EntryError when there are terms and all are empty, as a shell variable without a value is.
    """
    if terms and not any(term.strip() for term in terms):
        raise EntryError("the query is empty", hint="Leave it out to mean every entry, or write words, or a key.")
    keys = {term for term in terms if term in library}
    query_text = " ".join(term for term in terms if term not in keys)
    chosen = {library[key].key for key in keys}
    if query_text.strip():
        found = parse_query(query_text).select(library)
        if not found:
            raise _nothing_found(library, query_text)
        chosen.update(entry.key for entry in found)
    wanted = {fold(each) for each in tag}
    entries = [entry for entry in library if not terms or entry.key in chosen]
    if wanted:
        entries = [entry for entry in entries if wanted <= {fold(each) for each in tags(entry)}]
        if not entries:
            raise EntryError(
                f"no entry has the tag {' and '.join(tag)!r}",
                path=library.path,
                hint=_nearest_tag(library, tag[0]) or "Tags are the words in the field `keywords`.",
            )
    return entries


def _nothing_found(library: Library, query_text: str) -> EntryError:
    message = f"nothing in the library matches {query_text!r}"
    return UnknownKey(message, hint=_why_nothing(library, query_text), path=library.path)


def _why_nothing(library: Library, query_text: str) -> str:
    """What to write instead: by the first term that nothing in this library can match, else by the nearest keys."""
    if not len(library):
        return "The library has no entries yet; `ppreflist add` adds the first."
    terms = named_terms(query_text)
    for name, value in terms:
        hint = _why_no_word(query_text, value) if not name else _why_no_field(library, name, value)
        if hint:
            return hint
    if len(terms) == 1 and not terms[0][0]:
        return unknown_key(query_text, {entry.key: entry for entry in library}, library.path).hint
    return "Every word must be found: fewer words find more. `ppreflist list` shows all entries."


def _why_no_word(query_text: str, value: str) -> str:
    if value.endswith(":"):
        return f"Write a word behind the colon, or has:{value[:-1]} for the entries with this field."
    # The whole query, for a file's name may have spaces in it.
    if query_text.lower().endswith(".bib") and Path(query_text).is_file():
        return f"To work on that library: --library {shlex.quote(query_text)}"
    return ""


def _why_no_field(library: Library, name: str, value: str) -> str:
    if name in ("tag", "tags", "keyword"):
        return _nearest_tag(library, value)
    if name == "type":
        types = sorted({entry.type for entry in library})
        return "" if fold(value) in types else f"The types in this library: {', '.join(types[:_LISTED])}."
    wanted = value.lower() if name == "has" else name
    present = {field for entry in library for field in entry.fields}
    if wanted in present or (wanted in NAMES and name != "has"):
        return ""
    return f"No entry has a field {wanted!r}. {_meant(wanted, present | (NAMES if name != 'has' else set()))}".rstrip()


def _nearest_tag(library: Library, tag: str) -> str:
    present = {fold(each) for entry in library for each in tags(entry)}
    return "" if fold(tag) in present else _meant(fold(tag), present)


def _meant(word: str, known: Collection[str]) -> str:
    near = get_close_matches(word, sorted(known), n=1, cutoff=_LIKE)
    return f"Did you mean {near[0]}?" if near else ""

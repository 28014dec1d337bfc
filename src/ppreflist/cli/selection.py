"""Which entries a command works on: keys, a query, tags."""

from __future__ import annotations

from collections.abc import Sequence

from ppreflist.errors import EntryError, UnknownKey
from ppreflist.model.entry import Entry
from ppreflist.model.library import Library, unknown_key
from ppreflist.model.query import fold, parse_query, tags


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
                hint="Tags are the words in the field `keywords`.",
            )
    return entries


def _nothing_found(library: Library, query_text: str) -> EntryError:
    known = {entry.key: entry for entry in library}
    suggestion = unknown_key(query_text, known, library.path)
    return UnknownKey(f"nothing in the library matches {query_text!r}", hint=suggestion.hint, path=library.path)

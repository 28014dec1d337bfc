"""Files in other formats for ``ppreflist add``: a text to candidates, with what could not be read. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ppreflist.bibtex import read
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.cli import candidate as made
from ppreflist.cli.candidate import Candidate
from ppreflist.errors import EditRefused
from ppreflist.formats import jsonlist, nbib, ris
from ppreflist.formats.cslentry import entry_fields
from ppreflist.formats.detect import UNREAD, Format, detect
from ppreflist.formats.imported import Reading, Record

_NAMED: Final = 8


def _yaml(text: str) -> Reading:
    from ppreflist.formats import yamllist

    return yamllist.read(text)


def _endnote(text: str) -> Reading:
    from ppreflist.formats import endnote

    return endnote.read(text)


_READERS: Final[dict[Format, Callable[[str], Reading]]] = {
    Format.RIS: ris.read,
    Format.NBIB: nbib.read,
    Format.CSL_JSON: jsonlist.read,
    Format.CSL_YAML: _yaml,
    Format.ENDNOTE: _endnote,
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What a text yields: candidates, an error for each part that is not usable (with its place), and remarks."""

    candidates: list[Candidate]
    errors: list[EditRefused]
    remarks: tuple[str, ...] = ()


def imported(text: str, origin: str, codec: str = "utf-8") -> Imported | None:
    """The references in a text in another format; None for BibTeX, and for what shows no format (identifiers).

    EditRefused: the whole text is something that is not read, with what to do.
    """
    form = detect(text)
    if form in UNREAD:
        raise EditRefused(f"this is {form}, not a list of references", path=origin, hint=UNREAD[form])
    reader = _READERS.get(form)
    if reader is None:
        return None
    reading = reader(text)
    errors = [EditRefused(each.message, hint=each.hint, path=origin, line=each.line) for each in reading.unread]
    if not reading.records and not errors:
        raise EditRefused(f"there are no references in it ({form})", path=origin, hint="Export it again, or check it.")
    candidates, refused = _candidates(reading.records, origin, codec)
    return Imported(candidates, errors + refused, tuple(_remarks(reading.records, origin)))


def _candidates(records: Sequence[Record], origin: str, codec: str) -> tuple[list[Candidate], list[EditRefused]]:
    """The records as candidates. All are written and read as one text, which is many times faster than one by one."""
    written = [(each, *entry_fields(each.item, codec)) for each in records]
    sources = [
        f"@{kind}{{r{number},\n" + "".join(f"{name} = {{{value}}},\n" for name, value in fields) + "}\n"
        for number, (_, kind, fields) in enumerate(written)
    ]
    entries = read.library(BibFile.parse("".join(sources))).entries
    together = len(entries) == len(written) and all(
        entry.key == f"r{number}" and len(entry.fields) == len(fields)
        for number, (entry, (_, _, fields)) in enumerate(zip(entries, written, strict=False))
    )
    candidates: list[Candidate] = []
    errors: list[EditRefused] = []
    for number, (record, kind, fields) in enumerate(written):
        place = f"{origin}:{record.line}"
        try:
            if together:
                warnings = (*record.warnings, *made.doubts(entries[number]))
                candidates.append(Candidate(place, entries[number], fields, key=record.key, warnings=warnings))
            else:
                candidates.append(made.from_fields(place, kind, fields, key=record.key, warnings=record.warnings))
        except EditRefused as error:
            errors.append(EditRefused(error.message, hint=error.hint, path=origin, line=record.line))
    return candidates, errors


def _remarks(records: Iterable[Record], origin: str) -> Iterable[str]:
    """What the records hold and no field takes."""
    counts = Counter(name for each in records for name in each.left_out)
    if not counts:
        return
    named = [f"{name} ({count})" if count > 1 else name for name, count in counts.most_common(_NAMED)]
    more = f" and {len(counts) - _NAMED} more" if len(counts) > _NAMED else ""
    yield f"{origin}: not taken over, as no field holds it: {', '.join(named)}{more}"

"""Reference lists: where they are, and where each reference in them begins and ends.

A list begins under its heading ("References", "Literatur" ...) or where one paragraph after the other reads like
a reference. What separates the references is found in this order: items that the source marks; numbers that go up by
one; hanging indents; gaps; and, where there is nothing of it, a line that begins with people after a line that ends
a reference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ppreflist.extract.citation import Reference, parse
from ppreflist.extract.document import Document, Joiner, Line, Passage
from ppreflist.extract.people import people_at
from ppreflist.extract.tail import label_at

_HEADING: Final = re.compile(
    r"(?:\d{1,2}\.?\d?\.? |[IVX]{1,4}\. |[#*=_]{1,6} ?)?(?:(?:selected|key|additional|suggested|cited|list of"
    r"|further|and|recommended|"
    r"works|notes|full|supplementary|primary|secondary) ){0,3}(?:references?(?: list| cited| and (?:notes|links"
    r"|further reading))?|"
    r"bibliograph(?:y|ie|ia)|bibliograf\u00eda|works cited|literature(?: cited)?|literatur(?:verzeichnis|angaben)?|"
    r"r\u00e9f\u00e9rences(?: bibliographiques)?|referencias(?: bibliogr\u00e1ficas)?|referenser"
    r"|quellen(?:verzeichnis)?|reading(?: list)?|"
    r"sources|citations|publications|endnotes)\s?:?(?: ?[#*=_]{1,6})?",
    re.IGNORECASE,
)
_PLAIN_HEADING: Final = re.compile(
    r"(?:\d{1,2}\.? )?(?:References?(?: [Cc]ited| [Ll]ist)?|REFERENCES|Bibliography|BIBLIOGRAPHY|Works [Cc]ited"
    r"|WORKS CITED|"
    r"Literature [Cc]ited|LITERATURE CITED|Literatur(?:verzeichnis)?|R\u00e9f\u00e9rences|Bibliographie|Referencias"
    r"|Bibliograf\u00eda|"
    r"Acknowledge?ments?|ACKNOWLEDGE?MENTS?|Appendix(?: [A-Z\d])?|APPENDIX)\s?:?"
)
_END_HEADING: Final = re.compile(
    r"(?:[#*=_]{1,6} ?)?(?:appendix\b.{0,60}|acknowledge?ments?|author(?:s[\u2019']?)? (?:information"
    r"|contributions?|affiliations?)|"
    r"about the authors?|supplementary (?:materials?|information|data)|supporting information|figure(?: captions"
    r"| legends|s)?|tables?|"
    r"conflicts? of interest|competing interests|funding|abbreviations|index|contents)\s?:?",
    re.IGNORECASE,
)
_ENOUGH: Final = 3
_SURE: Final = 4
_YEARS: Final = range(1500, 2100)
"""Numbers that a line may begin with because a year stands there."""
_LOOKED_AT: Final = 12
_LONGEST: Final = 40
"""Lines of one reference."""
_LAST: Final = re.compile('[.\\])>"\u201d]\\Z|\\d\\Z|(?:/|\\bwww\\.)\\S*\\Z')
_INITIAL_LAST: Final = re.compile(r"(?:[\s.-][^\W\d_a-z]\.|\b(?:eds?|et al|vol|no|pp?|Jr)\.)\Z")
_ORGANISATION_FIRST: Final = re.compile(
    r"[^\W\d_a-z][^.(\u201c\u2018\"\d]{2,100}(?:\. (?:\((?:(?:c(?:a|irca)?\.? ?)?(?:1[5-9]|20)\d\d[a-z]?|n\.d\.)\)"
    r"|(?:1[5-9]|20)\d\d[a-z]?\. )"
    r"| \((?:1[5-9]|20)\d\d[a-z]?\) )"
)
_FINISHED: Final = re.compile('[.)\\]>"\u201d\u2019]\\Z|\\d\\Z|[\U000f0000-\U000fea5f][.,;]?\\Z')


@dataclass(frozen=True, slots=True)
class Listed:
    """One reference of a list: its lines as a passage, and what was read in it."""

    passage: Passage
    reference: Reference


def split(document: Document, joiner: Joiner) -> tuple[list[Listed], list[tuple[Line, ...]]]:
    """The references in the lists of a document, and the paragraphs that belong to none."""
    listed: list[Listed] = []
    others: list[tuple[Line, ...]] = []
    blocks = [part for block in document.blocks() for part in _parted(block)]
    place = 0
    while place < len(blocks):
        block = blocks[place]
        headed = _is_heading(block)
        start = place + 1 if headed else place
        run = _run(blocks, start, joiner, headed=headed)
        if run > start:
            found, left = _entries(blocks[start:run], joiner, headed=headed)
            listed += found
            others += left
            if headed:
                others.append(block)
            place = run
        else:
            others.append(block)
            place += 1
    return listed, others


def _parted(block: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """A paragraph with the headings of lists in it apart: text from a PDF has no gaps."""
    parts: list[tuple[Line, ...]] = []
    start = 0
    for place, line in enumerate(block):
        if len(line.text) < 40 and len(block) > 1 and _PLAIN_HEADING.fullmatch(line.text):
            parts += [block[start:place], block[place : place + 1]]
            start = place + 1
    return [part for part in (*parts, block[start:]) if part]


def one_by_one(document: Document) -> list[Passage]:
    """The references in a text that holds nothing else, each as a passage, also those that can hardly be read."""
    joiner = Joiner.of(document)
    listed, others = _entries(document.blocks(), joiner, headed=True) if document.blocks() else ([], [])
    passages = [*(each.passage for each in listed), *(joiner.join(lines) for lines in others)]
    return sorted(passages, key=lambda passage: (passage.place(0).page, passage.place(0).line))


def _is_heading(block: Sequence[Line]) -> bool:
    return len(block) == 1 and len(block[0].text) < 60 and bool(_HEADING.fullmatch(block[0].text.strip()))


def _run(blocks: Sequence[tuple[Line, ...]], start: int, joiner: Joiner, *, headed: bool) -> int:
    """Where the list that begins at a block ends.

    Under a heading up to three paragraphs in a row may look like something else; elsewhere each must be a reference
    without doubt.
    """
    end, misses = start, 0
    for place in range(start, len(blocks)):
        block = blocks[place]
        if block[0].heading or (len(block) == 1 and _END_HEADING.fullmatch(block[0].text.strip())):
            break
        if _looks_listed(block, joiner, _ENOUGH if headed else _SURE, strict=not headed):
            end, misses = place + 1, 0
        elif headed and misses < 3:
            misses += 1
        else:
            break
    return end


def _looks_listed(block: Sequence[Line], joiner: Joiner, enough: int, *, strict: bool) -> bool:
    """Whether a paragraph is a reference, or (if not ``strict``) holds some, by its first lines.

    A paragraph that a page's edge has cut off begins in the middle of a reference.
    """
    if not strict and len(block) > 1:
        margin = min(line.indent for line in block[:_LOOKED_AT])
        starts = [place for place, line in enumerate(block[1:_LOOKED_AT], 1) if line.indent == margin]
        if any(_looks_listed(block[place : place + 6], joiner, enough, strict=True) for place in starts):
            return True
    head = joiner.join(block[:6])
    reference = parse(head.text)
    if strict and not (reference.item.get("author") and (reference.label or _begins_with_people(head.text))):
        return False
    marks = 1 if head.marks else 0
    return reference.evidence + marks >= enough and ("title" in reference.item or "container-title" in reference.item)


def _begins_with_people(text: str) -> bool:
    people = people_at(text, label_at(text)[1])
    return people is not None and people.sure


def _entries(
    blocks: Sequence[tuple[Line, ...]], joiner: Joiner, *, headed: bool
) -> tuple[list[Listed], list[tuple[Line, ...]]]:
    """The references in the paragraphs of one list, and what is none."""
    lines = [line for block in blocks for line in block]
    firsts = {id(block[0]) for block in blocks}
    starts = (
        _by_items(lines)
        or _by_labels(lines)
        or _by_indent(lines)
        or _by_gaps(lines, firsts, joiner)
        or _by_people(lines)
    )
    bounds = sorted({0, *starts})
    found: list[Listed] = []
    others: list[tuple[Line, ...]] = []
    for first, end in zip(bounds, [*bounds[1:], len(lines)], strict=True):
        group = lines[first : min(end, first + _LONGEST)]
        passage = joiner.join(group)
        reference = parse(passage.text)
        marks = 1 if passage.marks else 0
        named = "title" in reference.item or "container-title" in reference.item
        if named and reference.evidence + marks >= (2 if headed and len(bounds) > 1 else _ENOUGH):
            found.append(Listed(passage, reference))
        else:
            others.append(tuple(group))
    return found, others


def _by_items(lines: Sequence[Line]) -> list[int]:
    starts = [place for place, line in enumerate(lines) if line.item]
    return starts if len(starts) > 1 or (starts and len(lines) < 4) else []


def _by_labels(lines: Sequence[Line]) -> list[int]:
    """Lines whose numbers go up by one; a number that a broken line begins with by chance does not fit."""
    numbered: list[tuple[int, int]] = []
    for place, line in enumerate(lines):
        label, end = label_at(line.text)
        if label.isdigit() and int(label) not in _YEARS and (end < len(line.text) or len(line.text) <= 6):
            numbered.append((place, int(label)))
    last = {number: place for place, number in numbered}
    starts: list[int] = []
    expected = 0
    for place, number in numbered:
        skipped = range(expected, min(number, expected + 3))
        missing = number <= expected + 2 and all(last.get(each, -1) < place for each in skipped)
        if not starts or number == expected or (number > expected and missing):
            starts.append(place)
            expected = number + 1
    if len(starts) < 2:
        signs = [
            place for place, line in enumerate(lines) if label_at(line.text)[0] and not label_at(line.text)[0].isdigit()
        ]
        return signs if len(signs) > 1 and signs[0] == 0 else (starts if starts == [0] and len(lines) < 8 else [])
    return starts if starts[0] < 3 and len(lines) <= _LONGEST * len(starts) else []


def _by_indent(lines: Sequence[Line]) -> list[int]:
    """Lines at the margin, where others hang."""
    margin = min(line.indent for line in lines)
    starts = [place for place, line in enumerate(lines) if line.indent <= margin]
    hanging = len(lines) - len(starts)
    deep = [line.indent - margin for line in lines if line.indent > margin]
    if hanging and len(starts) > 1 and hanging >= len(lines) // 5 and min(deep) >= 2 and max(deep) - min(deep) <= 4:
        return starts
    return []


def _by_gaps(lines: Sequence[Line], firsts: set[int], joiner: Joiner) -> list[int]:
    """The first lines of paragraphs, when most of these are one reference."""
    starts = [place for place, line in enumerate(lines) if id(line) in firsts]
    if len(starts) < 2 or len(lines) > 12 * len(starts):
        return []
    kept = [starts[0]]
    for place, end in zip(starts[1:], [*starts[2:], len(lines)], strict=True):
        before = joiner.join(lines[kept[-1] : place]).text
        if _FINISHED.search(before) or _begins_with_people(joiner.join(lines[place : min(end, place + 3)]).text):
            kept.append(place)
    many = sum(_several(lines[place:end], joiner) for place, end in zip(kept, [*kept[1:], len(lines)], strict=True))
    return kept if many * 3 < len(kept) else []


def _several(lines: Sequence[Line], joiner: Joiner) -> bool:
    """Whether a paragraph holds more than one reference."""
    return len(lines) > 3 and len(_by_people(lines)) > 1


def _by_people(lines: Sequence[Line]) -> list[int]:
    """Lines that begin with people and follow a line that ends a reference."""
    starts = [0]
    for place in range(1, len(lines)):
        if not _could_end(lines[place - 1].text):
            continue
        ahead = " ".join(line.text for line in lines[place : place + 3])
        people = people_at(ahead)
        begins = (people is not None and people.sure) or _ORGANISATION_FIRST.match(ahead) is not None
        if begins and _holds_year(lines[starts[-1] : place]):
            starts.append(place)
    return starts


def _could_end(text: str) -> bool:
    return bool(_LAST.search(text)) and not _INITIAL_LAST.search(text)


def _holds_year(lines: Sequence[Line]) -> bool:
    return any(re.search(r"(?:1[5-9]|20)\d\d|n\.d\.", line.text) for line in lines)

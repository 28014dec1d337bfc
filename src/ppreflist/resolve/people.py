"""Names as web services write them, in reading order or family name first, as CSL-JSON names."""

from __future__ import annotations

import re
from typing import Final

from ppreflist.bibtex.names import split_name
from ppreflist.formats.csljson import csl_name
from ppreflist.resolve.record import clean_text

_LONGEST: Final = 300
_SUFFIX: Final = re.compile(r",?\s(Jr|Sr|II|III|IV)\b\.?\Z")
_LATEX: Final = re.compile(r"[{}\\~\"]")
_INITIAL: Final = re.compile(r"(?<![^\s])([A-Z])(?=\s|\Z)")
_TITLES: Final = re.compile(
    r"(?:by\s+|(?:dr|prof|professor|mr|mrs|ms|sir)\.?\s+)+(?=\S)|,?\s+(?:ph\.?\s?d|m\.?d|r\.?n|esq)\.?\Z", re.IGNORECASE
)
_WORDS: Final = """
    academy administration agency alliance association authority board bureau center centers centre centres charity
    church clinic club collaboration college commission committee company conference congress consortium contributors
    corporation council department directorate editorial editors federation foundation fund gmbh government group
    health hospital inc initiative institut institute institutes institution international investigators journal
    laboratories laboratory league library limited llc ltd magazine ministry museum national network news office
    organisation organization panel parliament partnership press program programme project publishers publishing
    registry research school secretariat service services society staff survivors syndicate task team trust union
    university universität université universidad verein and for of the
"""
_GROUPS: Final = frozenset(_WORDS.split())


def person(text: str) -> dict[str, str]:
    """The CSL-JSON name of one person or organisation, or an empty dict.

    Family name first when there is a comma (``Headley, Joan L.``), else in reading order, a particle and a suffix told
    apart (``Ludwig van Beethoven``, ``Martin Luther King Jr.``). What has a word of an organisation is one.
    """
    text = clean_text(_LATEX.sub("", text[: _LONGEST * 2]))[:_LONGEST].strip(" ,;")
    text = _TITLES.sub("", text).strip(" ,;")
    if not text or "://" in text or "@" in text:
        return {}
    words = {word.strip(".,()&").casefold() for word in text.split()}
    if words & _GROUPS or "&" in text or " " not in text or len(text.split()) > 6:
        return {"literal": text}
    suffix = _SUFFIX.search(text)
    bare = text[: suffix.start()] if suffix else text
    family, comma, given = bare.partition(",")
    made = csl_name(split_name(f"{family}, {given.replace(',', ' ')}" if comma else bare))
    if "family" not in made:
        return {"literal": text}
    if "given" in made:
        made["given"] = with_stops(made["given"])
    return {**made, "suffix": suffix[0].strip(" ,")} if suffix else made


def with_stops(given: str) -> str:
    """Initials that stand alone with their full stops: ``Joan L`` as ``Joan L.``, ``H S`` as ``H. S.``"""
    return _INITIAL.sub(r"\1.", given)


def persons(text: str) -> list[dict[str, str]]:
    """The names in one text that may hold several: semicolons divide them, else ``and`` does."""
    parts = text.split(";") if ";" in text else re.split(r"\s(?:and|&)\s", text)
    if ";" not in text and len(parts) > 1 and any(each and "literal" in person(each) for each in parts):
        parts = [text]
    return [name for each in parts if (name := person(each))]

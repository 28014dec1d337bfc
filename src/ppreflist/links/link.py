"""A link: one address or identifier at one place of one entry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LinkKind(StrEnum):
    """What is written there; it decides whom to ask."""

    URL = "url"
    DOI = "doi"
    ARXIV = "arxiv"
    PMID = "pmid"
    PMCID = "pmcid"
    HANDLE = "handle"
    JSTOR = "jstor"


@dataclass(frozen=True, slots=True)
class Link:
    """One link.

    ``value`` is the field's whole LaTeX value, ``start`` and ``end`` the link's span in it. ``line`` (1-based,
    0 = unknown) is that of the link itself, which in a long field may be below the field's name. ``editable`` is
    the entry's. ``alone`` is false when the field should hold one address and holds several. ``words`` are names of
    the entry (publisher, organization, author ...) that a host may be named after. ``file`` is the document that the
    link is in, when that is not the library. ``doi`` is the entry's, ``noted`` what the entry says of the standing of
    its work ("Retracted in 2014"), empty when it says nothing; ``title`` is the entry's.
    """

    key: str
    field: str
    line: int
    kind: LinkKind
    value: str
    start: int
    end: int
    editable: bool = True
    alone: bool = True
    words: tuple[str, ...] = ()
    file: str = ""
    doi: str = ""
    noted: str = ""
    title: str = ""

    @property
    def written(self) -> str:
        """The link as the file has it."""
        return self.value[self.start : self.end]

    def escaped(self, replacement: str) -> str:
        """A replacement as it is to be written here: specials escaped if they are in what stands here now.

        Whether they need it depends on the style and the package that prints the field, so the file's habit is kept.
        """
        written = self.written
        for character in "_&%#":
            if "\\" + character in written:
                replacement = replacement.replace(character, "\\" + character)
        return replacement

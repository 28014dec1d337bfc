"""Entry types and fields, as tables: what each type needs and may hold.

Source: the BibLaTeX manual, version 3.22, part 2 (the ``section`` of each type names its place), and its data model
``blx-dm.def``. BibTeX's own list is in *BibTeXing* (btxdoc), sections 3.1 and 3.2. Everything is lower-cased.
"""

from __future__ import annotations

from dataclasses import dataclass, field

REGULAR, ALIASES, NON_STANDARD = "2.1.1", "2.1.2", "2.1.3"

PEOPLE = ("author", "editor")
DATE = ("date", "year")


@dataclass(frozen=True, slots=True)
class EntryType:
    """One entry type.

    ``required`` are the groups of fields that the manual lists as required: of each group one must be there.
    ``omissible`` are the groups among them that a sound entry may lack (manual, 2.3.2 'Missing and Omissible Data',
    and the text of each type): anonymous works, undated web pages. ``optional`` are the other fields that the type
    supports.
    ``same_as`` is the type that the standard styles treat it as, or empty. ``section`` is the section of the manual.
    """

    name: str
    required: tuple[tuple[str, ...], ...] = ()
    omissible: frozenset[tuple[str, ...]] = frozenset()
    optional: frozenset[str] = field(default=frozenset(), repr=False)
    same_as: str = ""
    section: str = REGULAR

    @property
    def fields(self) -> frozenset[str]:
        """Every field of the type, required or optional, without those that all types share."""
        return self.optional.union(*self.required)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LINKS = _words("doi eprint eprintclass eprinttype url urldate")
_CLOSING = _words("addendum pubstate note language subtitle titleaddon") | _LINKS
_ROLES = _words("editor editora editorb editorc translator annotator commentator")
_BOOK_ROLES = _ROLES | _words("introduction foreword afterword")
_VOLUME = _words("volume part volumes series number")
_MAIN_TITLE = _words("maintitle mainsubtitle maintitleaddon")
_HOST_TITLE = _words("booksubtitle booktitleaddon") | _MAIN_TITLE
_EXTENT = _words("eid chapter pages pagetotal")
_PUBLISHED = _words("publisher location isbn")
_EVENT = _words("eventtitle eventtitleaddon eventdate venue")

_ARTICLE = (
    _ROLES | _CLOSING | _words(
        "journalsubtitle journaltitleaddon issuetitle issuesubtitle issuetitleaddon origlanguage series volume number "
        "eid issue month pages version issn"
    )
)  # fmt: skip
_BOOK = _BOOK_ROLES | _CLOSING | _MAIN_TITLE | _VOLUME | _EXTENT | _PUBLISHED | _words("origlanguage edition")
_MULTIVOLUME = _BOOK_ROLES | _CLOSING | _PUBLISHED | _words("origlanguage edition volumes series number pagetotal")
_PART = (_BOOK | _HOST_TITLE) - {"pagetotal"}
_PROCEEDINGS = _CLOSING | _MAIN_TITLE | _EVENT | _VOLUME | _EXTENT | _PUBLISHED | _words("editor organization month")
_DOCUMENT = _CLOSING | _EXTENT | _words("edition type series number version organization publisher location isbn")
_MISC = _CLOSING | _words("howpublished type version organization location month")
_REPORT = _CLOSING | _EXTENT | _words("number version location month isrn")

_TITLE = ("title",)
_AUTHOR = ("author",)
_EDITOR = ("editor",)
_INSTITUTION = ("institution",)
_TYPE = ("type",)
_ANONYMOUS = frozenset({_AUTHOR, _EDITOR, PEOPLE})
_ANONYMOUS_UNDATED = _ANONYMOUS | {DATE}

_REGULAR = (
    EntryType("article", (_AUTHOR, _TITLE, ("journaltitle",), DATE), _ANONYMOUS, _ARTICLE),
    EntryType("book", (_AUTHOR, _TITLE, DATE), _ANONYMOUS, _BOOK),
    EntryType("mvbook", (_AUTHOR, _TITLE, DATE), _ANONYMOUS, _MULTIVOLUME),
    EntryType("inbook", (_AUTHOR, _TITLE, ("booktitle",), DATE), _ANONYMOUS, _PART | {"bookauthor"}),
    EntryType("booklet", (PEOPLE, _TITLE, DATE), _ANONYMOUS, _CLOSING | _EXTENT | _words("howpublished type location")),
    EntryType("collection", (_EDITOR, _TITLE, DATE), _ANONYMOUS, _BOOK),
    EntryType("mvcollection", (_EDITOR, _TITLE, DATE), _ANONYMOUS, _MULTIVOLUME),
    EntryType("incollection", (_AUTHOR, _TITLE, _EDITOR, ("booktitle",), DATE), _ANONYMOUS, _PART),
    EntryType("dataset", (PEOPLE, _TITLE, DATE), _ANONYMOUS, _DOCUMENT - {"isbn", *_EXTENT}),
    EntryType("manual", (PEOPLE, _TITLE, DATE), _ANONYMOUS_UNDATED, _DOCUMENT),
    EntryType("misc", (PEOPLE, _TITLE, DATE), _ANONYMOUS_UNDATED, _MISC),
    EntryType("online", (PEOPLE, _TITLE, DATE, ("doi", "eprint", "url")), _ANONYMOUS_UNDATED,
              _CLOSING | _words("version organization month")),
    EntryType(
        "patent", (_AUTHOR, _TITLE, ("number",), DATE), _ANONYMOUS,
        _CLOSING - {"language"} | _words("holder type version location month"),
    ),
    EntryType(
        "periodical", (_EDITOR, _TITLE, DATE), _ANONYMOUS,
        _CLOSING | _words("editora editorb editorc issuetitle issuesubtitle issuetitleaddon series volume number issue "
                          "month issn"),
    ),
    EntryType("proceedings", (_TITLE, DATE), frozenset(), _PROCEEDINGS),
    EntryType("mvproceedings", (_TITLE, DATE), frozenset(),
              _PROCEEDINGS - _EXTENT - _MAIN_TITLE - {"part", "volume"} | {"pagetotal"}),
    EntryType("inproceedings", (_AUTHOR, _TITLE, ("booktitle",), DATE), _ANONYMOUS,
              (_PROCEEDINGS | _HOST_TITLE) - {"pagetotal"}),
    EntryType("report", (_AUTHOR, _TITLE, _TYPE, _INSTITUTION, DATE), _ANONYMOUS | {_TYPE}, _REPORT),
    EntryType("thesis", (_AUTHOR, _TITLE, _TYPE, _INSTITUTION, DATE), frozenset(),
              _REPORT - {"isrn", "number", "version"} | {"isbn"}),
    EntryType("unpublished", (_AUTHOR, _TITLE, DATE), _ANONYMOUS_UNDATED,
              _MISC - {"organization", "version"} | _EVENT | {"isbn"}),
    EntryType("set", (("entryset",),)),
    EntryType("xdata"),
)  # fmt: skip

_SAME_AS = (
    ("bookinbook", "inbook"), ("suppbook", "inbook"), ("suppcollection", "incollection"), ("suppperiodical", "article"),
    ("reference", "collection"), ("mvreference", "mvcollection"), ("inreference", "incollection"), ("software", "misc"),
)  # fmt: skip

_CUSTOM = tuple(f"custom{letter}" for letter in "abcdef")
_NON_STANDARD = (
    "artwork", "audio", "bibnote", "commentary", "image", "jurisdiction", "legislation", "legal", "letter", "movie",
    "music", "performance", "standard", "video",
)  # fmt: skip


def _all_types() -> dict[str, EntryType]:
    types = {each.name: each for each in _REGULAR}
    for name, target in (*_SAME_AS, ("review", "article")):
        like = types[target]
        section = NON_STANDARD if name == "review" else REGULAR
        types[name] = EntryType(name, like.required, like.omissible, like.optional, target, section)
    for name in (*_CUSTOM, *_NON_STANDARD):
        section = REGULAR if name in _CUSTOM else NON_STANDARD
        types[name] = EntryType(name, (), frozenset(), _MISC, "misc", section)
    return types


TYPES = _all_types()
"""Every entry type of the BibLaTeX manual by name."""

TYPE_ALIASES = {
    "conference": "inproceedings",
    "electronic": "online",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
    "www": "online",
}
"""Other names of types (BibLaTeX manual, 2.1.2); the thesis and report ones bring their ``type`` with them."""

IMPLIED_TYPE = {
    "mastersthesis": "mathesis",
    "phdthesis": "phdthesis",
    "techreport": "techreport",
}
"""What an alias says about the field ``type`` (BibLaTeX manual, 2.1.2), as biblatex's localisation keys."""

FIELD_ALIASES = {
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "journal": "journaltitle",
    "key": "sortkey",
    "pdf": "file",
    "primaryclass": "eprintclass",
    "school": "institution",
}
"""Other names of fields (BibLaTeX manual, 2.2.5)."""

COMMON_FIELDS = _words(
    "abstract annotation authortype bookpagination crossref doi editortype editoratype editorbtype editorctype "
    "eprint eprintclass eprinttype entryset entrysubtype execute file gender ids indextitle indexsorttitle "
    "isan ismn iswc keywords label langid langidopts library lista listb listc listd liste listf namea nameb "
    "namec nameatype namebtype namectype nameaddon options origlanguage origdate origlocation origpublisher "
    "origtitle pagination presort pubstate related relatedoptions relatedstring relatedtype reprinttitle "
    "shortauthor shorteditor shorthand shorthandintro shortjournal shortseries shorttitle sortkey sortname "
    "sortshorthand sorttitle sortyear title type url urldate usera userb userc userd usere userf verba verbb "
    "verbc xdata xref day month year date endyear urlday urlmonth urlyear origyear"
)
"""Fields that every entry type may hold (BibLaTeX manual, 2.2.2 to 2.2.4, and ``blx-dm.def``)."""

FIELDS = COMMON_FIELDS.union(FIELD_ALIASES, *(each.fields for each in TYPES.values()))
"""Every field of the BibLaTeX manual, its aliases included."""


def canonical_type(name: str) -> str:
    """The entry type that a name stands for (``phdthesis`` is ``thesis``); an unknown name is returned as it is."""
    name = name.lower()
    return TYPE_ALIASES.get(name, name)


def canonical_field(name: str) -> str:
    """The field that a name stands for (``journal`` is ``journaltitle``); an unknown name is returned as it is."""
    name = name.lower()
    return FIELD_ALIASES.get(name, name)


def entry_type(name: str) -> EntryType | None:
    """The entry type of this name or alias, or None when the BibLaTeX manual has none."""
    return TYPES.get(canonical_type(name))


def spellings(name: str) -> tuple[str, ...]:
    """The names under which a field may stand in a file: its own, then its aliases."""
    return _SPELLINGS.get(name, (name,))


_SPELLINGS = {
    name: (name, *(alias for alias, target in FIELD_ALIASES.items() if target == name))
    for name in FIELD_ALIASES.values()
}

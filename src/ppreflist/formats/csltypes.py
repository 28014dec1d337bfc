"""Entry types and fields beside CSL's types and variables.

Sources: the BibLaTeX manual, sections 2.1 and 2.2, for what each type and field holds; the CSL specification,
appendices III (types) and IV (variables). Where several readings are possible, pandoc's and Better BibTeX's agree with
the one here unless a comment says otherwise.
"""

from __future__ import annotations

from typing import Final

TYPES: Final[dict[str, str]] = {
    "article": "article-journal",
    "artwork": "graphic",
    "audio": "song",
    "bookinbook": "chapter",
    "booklet": "pamphlet",
    "book": "book",
    "collection": "book",
    "commentary": "book",
    "dataset": "dataset",
    "image": "graphic",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "legal": "treaty",
    "legislation": "legislation",
    "letter": "personal_communication",
    "manual": "book",
    "misc": "document",
    "movie": "motion_picture",
    "music": "song",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "book",
    "mvreference": "book",
    "online": "webpage",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "review": "review",
    "software": "software",
    "standard": "standard",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "suppperiodical": "article-journal",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
}
"""Entry type (aliases resolved) -> CSL type; others are documents."""

SUBTYPES: Final[dict[str, str]] = {
    "magazine": "article-magazine",
    "newspaper": "article-newspaper",
    "newsletter": "article-magazine",
    "blog": "post-weblog",
    "weblog": "post-weblog",
    "forum": "post",
    "post": "post",
    "interview": "interview",
    "encyclopedia": "entry-encyclopedia",
    "dictionary": "entry-dictionary",
    "broadcast": "broadcast",
    "speech": "speech",
    "map": "map",
    "preprint": "article",
}
"""``entrysubtype`` -> CSL type."""

ENTRY_TYPES: Final[dict[str, tuple[str, str]]] = {
    "article": ("online", "preprint"),
    "article-journal": ("article", ""),
    "article-magazine": ("article", "magazine"),
    "article-newspaper": ("article", "newspaper"),
    "bill": ("legislation", ""),
    "book": ("book", ""),
    "broadcast": ("video", "broadcast"),
    "chapter": ("incollection", ""),
    "classic": ("book", ""),
    "collection": ("collection", ""),
    "dataset": ("dataset", ""),
    "document": ("misc", ""),
    "entry": ("inreference", ""),
    "entry-dictionary": ("inreference", "dictionary"),
    "entry-encyclopedia": ("inreference", ""),
    "event": ("performance", ""),
    "figure": ("image", ""),
    "graphic": ("image", ""),
    "hearing": ("legal", ""),
    "interview": ("misc", "interview"),
    "legal_case": ("jurisdiction", ""),
    "legislation": ("legislation", ""),
    "manuscript": ("unpublished", ""),
    "map": ("image", "map"),
    "motion_picture": ("movie", ""),
    "musical_score": ("music", ""),
    "pamphlet": ("booklet", ""),
    "paper-conference": ("inproceedings", ""),
    "patent": ("patent", ""),
    "performance": ("performance", ""),
    "periodical": ("periodical", ""),
    "personal_communication": ("letter", ""),
    "post": ("online", "post"),
    "post-weblog": ("online", "blog"),
    "regulation": ("legislation", ""),
    "report": ("report", ""),
    "review": ("article", ""),
    "review-book": ("article", ""),
    "software": ("software", ""),
    "song": ("audio", ""),
    "speech": ("unpublished", "speech"),
    "standard": ("standard", ""),
    "thesis": ("thesis", ""),
    "treaty": ("legal", ""),
    "webpage": ("online", ""),
}
"""CSL type -> entry type and ``entrysubtype``; others are ``misc``."""

GENRES: Final[dict[str, str]] = {
    "mathesis": "Master's thesis",
    "bathesis": "Bachelor's thesis",
    "candthesis": "Candidate thesis",
    # APA's words (10.6), which other styles use as well; biblatex prints "PhD thesis".
    "phdthesis": "Doctoral dissertation",
    "techreport": "Technical report",
    "resreport": "Research report",
    "software": "Computer software",
    "datacd": "Data CD",
    "audiocd": "Audio CD",
    "patent": "Patent",
    "patreq": "Patent request",
}
"""biblatex's localisation keys for ``type`` (manual, 4.9.2.13 'Publication types') as words."""

STATES: Final[dict[str, str]] = {
    "inpreparation": "in preparation",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "inpress": "in press",
    "prepublished": "pre-published",
}
"""biblatex's localisation keys for ``pubstate`` as words."""

EDITOR_TYPES: Final[dict[str, str]] = {
    "editor": "editor",
    "compiler": "compiler",
    "director": "director",
    "organizer": "organizer",
    "producer": "producer",
    "performer": "performer",
    "narrator": "narrator",
    "curator": "curator",
    "illustrator": "illustrator",
    "reader": "narrator",
    "founder": "contributor",
    "continuator": "contributor",
    "redactor": "contributor",
    "reviser": "contributor",
    "collaborator": "contributor",
}
"""``editortype`` -> CSL name variable."""

NAMES: Final[tuple[tuple[str, str], ...]] = (
    ("author", "author"),
    ("bookauthor", "container-author"),
    ("translator", "translator"),
    ("director", "director"),
    ("introduction", "contributor"),
    ("foreword", "contributor"),
    ("afterword", "contributor"),
)
"""Name field -> CSL name variable; editors depend on ``editortype``."""

PLAIN: Final[dict[str, str]] = {
    "volume": "volume",
    "volumes": "number-of-volumes",
    "part": "part-number",
    "chapter": "chapter-number",
    "pagetotal": "number-of-pages",
    "version": "version",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "venue": "event-place",
    "origlocation": "original-publisher-place",
    "origpublisher": "original-publisher",
    "library": "call-number",
}
"""Fields that are a variable each."""

RICH: Final[dict[str, str]] = {
    "shortjournal": "container-title-short",
    "shortseries": "collection-title-short",
    "origtitle": "original-title",
    "eventtitle": "event-title",
    "abstract": "abstract",
    "annotation": "annote",
}
"""Fields with markup that are a variable each."""

AUTHORITIES: Final[dict[str, str]] = {"de": "German", "eu": "European", "fr": "French", "uk": "British", "us": "U.S."}
"""What biblatex's ``patentus``, ``patreqde`` and so on say of the authority, as stands before "Patent No."."""

SERIES: Final[dict[str, str]] = {"newseries": "New series", "oldseries": "Old series"}
"""biblatex's localisation keys for ``series``."""

COUNTRIES: Final[dict[str, str]] = {
    "countryde": "Germany",
    "countryeu": "European Union",
    "countryep": "European Union",
    "countryfr": "France",
    "countryuk": "United Kingdom",
    "countryus": "United States of America",
}
"""biblatex's localisation keys for the ``location`` of patents."""

ORDINALS: Final = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
]

LANGUAGES: Final[dict[str, str]] = {
    "afrikaans": "af",
    "american": "en-US",
    "arabic": "ar",
    "australian": "en-AU",
    "austrian": "de-AT",
    "basque": "eu",
    "brazil": "pt-BR",
    "brazilian": "pt-BR",
    "british": "en-GB",
    "bulgarian": "bg",
    "canadian": "en-CA",
    "catalan": "ca",
    "chinese": "zh-CN",
    "croatian": "hr",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en-US",
    "estonian": "et",
    "finnish": "fi",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "hebrew": "he",
    "hungarian": "hu",
    "icelandic": "is",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "latin": "la",
    "latvian": "lv",
    "lithuanian": "lt",
    "naustrian": "de-AT",
    "newzealand": "en-NZ",
    "ngerman": "de",
    "norsk": "nb",
    "norwegian": "nb",
    "nynorsk": "nn",
    "persian": "fa",
    "polish": "pl",
    "portuges": "pt-PT",
    "portuguese": "pt-PT",
    "romanian": "ro",
    "russian": "ru",
    "serbian": "sr",
    "slovak": "sk",
    "slovene": "sl",
    "slovenian": "sl",
    "spanish": "es",
    "swedish": "sv",
    "swissgerman": "de-CH",
    "thai": "th",
    "turkish": "tr",
    "ukenglish": "en-GB",
    "ukrainian": "uk",
    "usenglish": "en-US",
    "vietnamese": "vi",
}
"""babel's and polyglossia's names of languages -> BCP 47."""

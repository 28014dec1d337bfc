"""The variables of CSL 1.0.2 by kind (specification, Appendix IV)."""

from __future__ import annotations

from typing import Final

_DATE_VARIABLES_WORDS: Final = """
    accessed available-date event-date issued original-date submitted
"""
DATE_VARIABLES: Final = frozenset(_DATE_VARIABLES_WORDS.split())
_NAME_VARIABLES_WORDS: Final = """
    author chair collection-editor compiler composer container-author contributor curator director
    editor editor-translator editorial-director editortranslator executive-producer guest host
    illustrator interviewer narrator organizer original-author performer producer recipient
    reviewed-author script-writer series-creator translator
"""
NAME_VARIABLES: Final = frozenset(_NAME_VARIABLES_WORDS.split())
_NUMBER_VARIABLES_WORDS: Final = """
    chapter-number citation-number collection-number edition first-reference-note-number issue locator
    number number-of-pages number-of-volumes page page-first part-number printing-number section
    supplement-number version volume
"""
NUMBER_VARIABLES: Final = frozenset(_NUMBER_VARIABLES_WORDS.split())
# Made by the processor, never data of the item.
_CITE_VARIABLES_WORDS: Final = """
    citation-number first-reference-note-number locator year-suffix
"""
CITE_VARIABLES: Final = frozenset(_CITE_VARIABLES_WORDS.split())
# "Deprecated; use variable=... form=short": the short form of a variable, and older spellings in data.
SHORT_FORMS: Final = {"title": "title-short", "container-title": "container-title-short"}
ALIASES: Final = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
    "url": "URL",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "translated-title": "original-title",
    "editor-translator": "editortranslator",
    "editortranslator": "editor-translator",
}

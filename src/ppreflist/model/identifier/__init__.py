"""Identifiers as typed values: recognised in any spelling, normalised, checked by their check digits.

``parse_doi`` and its siblings read the value of a field that should hold one such identifier and always say why they
refuse (``Malformed``). ``interpret`` reads what a person pasted and finds the kind by the shape; ``recognise`` is the
same without the reasons; ``candidates`` gives all readings of a number that could be several things.

Every pattern here has bounded repeats, so time grows linearly with the text.
"""

from __future__ import annotations

from ppreflist.model.identifier.checkdigit import isbn10_check, isbn13_of, issn_check
from ppreflist.model.identifier.doi import other_doi, parse_doi
from ppreflist.model.identifier.interpret import KINDS, candidates, interpret, parse, parse_several, recognise
from ppreflist.model.identifier.numbers import (
    parse_arxiv,
    parse_handle,
    parse_isbn,
    parse_issn,
    parse_pmcid,
    parse_pmid,
)
from ppreflist.model.identifier.values import (
    DOI,
    ISBN,
    ISSN,
    PMCID,
    PMID,
    ArXiv,
    Handle,
    Identifier,
    Malformed,
)

__all__ = [
    "DOI", "ISBN", "ISSN", "KINDS", "PMCID", "PMID", "ArXiv", "Handle", "Identifier", "Malformed", "candidates",
    "interpret", "isbn10_check", "isbn13_of", "issn_check", "other_doi", "parse", "parse_arxiv", "parse_doi",
    "parse_handle", "parse_isbn", "parse_issn", "parse_pmcid", "parse_pmid", "parse_several", "recognise",
]  # fmt: skip

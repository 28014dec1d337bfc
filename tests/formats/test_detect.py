"""Formats are told by what a text holds."""

from __future__ import annotations

import pytest

from ppreflist.formats.detect import UNREAD, Format, detect


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("@article{a, title={x}}", Format.BIBTEX),
        ("% a comment\n\n@ book (a, title={x})", Format.BIBTEX),
        ("<a comment>\n@book{a, title={x}}", Format.BIBTEX),
        ("x" * 200_000 + "\n@book{a, title={x}}", Format.BIBTEX),
        ("@article{a, abstract={\nTY  - JOUR\n}}", Format.BIBTEX),
        ("TY  - JOUR\r\nTI  - @article{x", Format.RIS),
        ("\ufeffTY  - JOUR\rER  - ", Format.RIS),
        ("Provider: Elsevier\n\nTY  - JOUR\n", Format.RIS),
        ("\nPMID- 123\nOWN - NLM\n", Format.NBIB),
        ("OWN - NLM\nTI  - x", Format.NBIB),
        ('[{"title": "@book{x"}]', Format.CSL_JSON),
        ('\ufeff\n {\n"id"', Format.CSL_JSON),
        ("[]", Format.CSL_JSON),
        ("references:\n- id: x", Format.CSL_YAML),
        ("---\ntitle: A document\nreferences:\n- type: book\n", Format.CSL_YAML),
        ("- id: x\n  title: '@book{'\n", Format.CSL_YAML),
        ("- title: x", Format.CSL_YAML),
        ('<?xml version="1.0"?><xml><records><record>', Format.ENDNOTE),
        ("<xml>\n<records/>", Format.ENDNOTE),
        ("<!DOCTYPE html>\n<html><body>@book{x", Format.HTML),
        ("\n<html lang=en>", Format.HTML),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', Format.HTML),
        ("<?xml version='1.0'?><PubmedArticleSet>", Format.PUBMED_XML),
        ("<?xml version='1.0'?><modsCollection><mods>", Format.MODS),
        ("<?xml version='1.0'?><feed/>", Format.XML),
        ("%0 Journal Article\n%A Borg", Format.TAGGED),
        ("FN Clarivate Analytics\nVR 1.0\nPT J\nAU Borg", Format.WEB_OF_SCIENCE),
        ("10.1212/WNL.0b013e31824de293\n", Format.UNKNOWN),
        ("", Format.UNKNOWN),
        ("- 10.1000/182", Format.UNKNOWN),
    ],
)
def test_formats(text: str, form: Format) -> None:
    assert detect(text) == form


def test_what_is_not_read_says_what_to_do() -> None:
    assert all(hint.endswith(".") for hint in UNREAD.values())
    assert set(UNREAD) | {Format.UNKNOWN} | {
        Format.BIBTEX, Format.RIS, Format.NBIB, Format.CSL_JSON, Format.CSL_YAML, Format.ENDNOTE
    } == set(Format)  # fmt: skip

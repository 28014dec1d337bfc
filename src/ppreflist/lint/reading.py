"""What is found when the file is read: these checks only name and explain the problems of ``Library.problems``."""

from __future__ import annotations

from ppreflist.lint.check import Check
from ppreflist.model.problem import Severity

CHECKS = (
    Check(
        "syntax",
        "Something that cannot be read as BibTeX.",
        Severity.ERROR,
        why=(
            "A missing brace, comma or quotation mark, or a key that BibTeX cannot read. What cannot be read is kept "
            "as it is, and the entry is not edited until it is repaired by hand; the other entries work."
        ),
        before="year = {2006",
        after="year = {2006}",
    ),
    Check(
        "duplicate-key",
        "A citation key that two entries have.",
        Severity.ERROR,
        why=(
            "BibTeX takes one of the two and complains; it does not tell small and capital letters apart. Neither "
            "entry can be edited by its key until one of them is renamed."
        ),
        before="@article{borg2006, ...} and @book{borg2006, ...}",
        after="@article{borg2006, ...} and @book{borg2006a, ...}",
    ),
    Check(
        "duplicate-field",
        "A field that an entry has twice.",
        Severity.ERROR,
        why="BibTeX takes the first and passes over the second in silence.",
        before="year = {2006}, year = {2007}",
        after="year = {2006}",
    ),
    Check(
        "stray-text",
        "Text behind an entry that belongs to none.",
        Severity.WARNING,
        why="Most often a brace closes the entry too early, and the fields after it are lost.",
        before="@article{borg2006, title = {IVIg}}, year = {2006}}",
        after="@article{borg2006, title = {IVIg}, year = {2006}}",
    ),
    Check(
        "hidden-entry",
        "An entry inside a value or a @comment.",
        Severity.WARNING,
        why="A brace or quotation mark was forgotten, and what follows is swallowed.",
        before="title = {IVIg, @article{farbu2007, ...}",
        after="title = {IVIg}} @article{farbu2007, ...}",
    ),
    Check(
        "commented-out",
        "An entry behind a percent sign.",
        Severity.INFO,
        why=(
            "biber passes over an entry whose line begins with %, and so does ppreflist; BibTeX reads it, because to "
            "BibTeX % is no comment outside of entries."
        ),
        before="% @article{borg2006, ...}",
        after="@comment{@article{borg2006, ...}}",
    ),
    Check(
        "merge-conflict",
        "Marks that git left where two versions did not fit.",
        Severity.ERROR,
        why="Both versions are read, so that entries stand there twice.",
        before="<<<<<<< HEAD",
        after="one of the two versions",
    ),
    Check(
        "encoding",
        "The file is not UTF-8.",
        Severity.WARNING,
        why="It is read and written in its own encoding; biber and most programs of today expect UTF-8.",
        before="Latin-1",
        after="UTF-8 (iconv -f latin1 -t utf8)",
    ),
    Check(
        "second-opinion",
        "An entry that another parser reads differently.",
        Severity.WARNING,
        why=(
            "Two parsers, ours and bibtexparser, read every entry; where they differ, other programs may differ too, "
            "and the entry is not edited by its key. Most often a %, a quotation mark inside braces, or a missing "
            "comma."
        ),
        before='title = "T{"u}bingen"',
        after=r"title = {T{\"u}bingen}",
    ),
    Check(
        "undefined-macro",
        "A macro that no @string defines.",
        Severity.WARNING,
        why=(
            "BibTeX leaves it out. Each macro is reported once, at its first use: many files rely on another file or "
            "on a style for their journals. When a word was meant, it needs braces."
        ),
        before="journal = neurology",
        after="journal = {Neurology}",
    ),
)

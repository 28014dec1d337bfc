"""Links in Markdown, HTML and plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.links.documents import DocumentKind, kind_of, links_in

MARKDOWN = """# A title

See [one](https://x.org/1 "Title"), <https://x.org/2> and
https://x.org/3. Also ![a picture](https://x.org/4.png) and
[by reference][r], [relative](other.md), [jump](#there), <mailto:a@x.org>.

```
https://x.org/code
```

- `https://x.org/more-code`
- [brackets](<https://x.org/a b>) and <a href="https://x.org/5?a=1&amp;b=2">html</a>

| a | b |
|---|---|
| [cell](https://x.org/6) | www.x.org/7 |

<p>
<a href='https://x.org/8'>block</a>
</p>

[r]: https://x.org/9
"""

HTML = """<!doctype html>
<title>T</title>
<a href="https://x.org/1?a=1&amp;b=2">one</a> <a name="x">none</a>
<img src=https://x.org/2.png>
<script>var a = '<a href="https://x.org/no">';</script>
<A HREF='/relative#part'>relative</A> <a href="#jump">jump</a> <a href="mailto:a@x.org">mail</a>
<!-- <a href="https://x.org/comment">no</a> -->
<a href="//y.org/3">scheme-relative</a>
"""


def found(text: str, kind: DocumentKind, base: str = "") -> list[tuple[str, int]]:
    return [(link.written, link.line) for link in links_in(text, "name", kind, base)]


def test_markdown() -> None:
    assert found(MARKDOWN, DocumentKind.MARKDOWN) == [
        ("https://x.org/1", 3),
        ("https://x.org/2", 3),
        ("https://x.org/3", 4),
        ("https://x.org/4.png", 4),
        ("https://x.org/9", 4),
        ("https://x.org/a b", 12),
        ("https://x.org/5?a=1&b=2", 12),
        ("https://x.org/6", 16),
        ("www.x.org/7", 16),
        ("https://x.org/8", 19),
    ]


def test_html() -> None:
    assert found(HTML, DocumentKind.HTML) == [
        ("https://x.org/1?a=1&b=2", 3), ("https://x.org/2.png", 4), ("//y.org/3", 8),
    ]  # fmt: skip
    assert found(HTML, DocumentKind.HTML, "https://z.org/a/b.html") == [
        ("https://x.org/1?a=1&b=2", 3), ("https://x.org/2.png", 4), ("https://z.org/relative#part", 6),
        ("https://y.org/3", 8),
    ]  # fmt: skip


def test_text() -> None:
    text = "First https://x.org/1, then\n(see www.x.org/2) and a@x.org.\n\nhttps://x.org/3"
    assert found(text, DocumentKind.TEXT) == [("https://x.org/1", 1), ("www.x.org/2", 2), ("https://x.org/3", 4)]


def test_a_link_of_a_document_cannot_be_repaired_here() -> None:
    (link,) = links_in("https://x.org/", "notes.txt", DocumentKind.TEXT)
    assert (link.key, link.field, link.file, link.editable) == ("notes.txt", "link", "notes.txt", False)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.md", "markdown"), ("A.MARKDOWN", "markdown"), ("a.html", "html"), ("a.htm", "html"), ("a.txt", "text"),
     ("a", "text")],
)  # fmt: skip
def test_kind_of(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@given(st.text(max_size=200), st.sampled_from(list(DocumentKind)), st.sampled_from(["", "https://x.org/"]))
def test_any_text_is_read(text: str, kind: DocumentKind, base: str) -> None:
    for link in links_in(text, "name", kind, base):
        assert link.written.strip() == link.written != ""


@pytest.mark.parametrize("unit", ["[", "](", "<a ", "![](", "> ", "* ", "`", "http://", "&", "<!--", "| "])
def test_hostile_text_takes_no_longer(unit: str) -> None:
    for kind in DocumentKind:
        assert sum(1 for _ in links_in(unit * 5000, "name", kind)) < 5001

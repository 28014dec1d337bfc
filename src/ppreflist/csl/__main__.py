"""``python -m ppreflist.csl``: the processor as a filter, for other tools.

Reads one JSON object on standard input, as jgm's ``citeproc`` does
(https://github.com/jgm/citeproc/blob/master/man/citeproc.1.md)::

    {"style": id, path or XML text,        required
     "references": [CSL-JSON items],       all that may be cited
     "citations": [[cite, ...], ...],      in document order; a cite is {"id", "locator", "label", "prefix", ...};
                                           or {"citationItems": [...], "properties": {"noteIndex": 1}}
     "lang": "de-DE",                      beats the style's default-locale
     "format": "html",                     also text, markdown, latex, rtf, rst, asciidoc, typst, org
     "links": false}                       whether DOIs and addresses are links

and prints ``{"citations": [text, ...], "bibliography": [[id, text], ...], "warnings": [text, ...]}``; an entry
has no markup of a list around it. References that are not cited follow the cited ones. Exit code 1: the style
cannot be had; 2: the input is not of this shape; either with one line on standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import IO, Any, Final

from ppreflist.csl import locate
from ppreflist.csl.processor import Processor
from ppreflist.csl.results import Layout
from ppreflist.csl.style import load_style
from ppreflist.csl.writers.registry import WRITERS
from ppreflist.csl.writers.writer import Writer
from ppreflist.errors import StyleError

_COULD_NOT_BE_DONE: Final = 1
_WRONG_USAGE: Final = 2


class _WrongInput(Exception):
    """The input is not of the documented shape."""


class _Bare:
    """A writer whose entries are without the markup of the list they stand in."""

    def __init__(self, writer: Writer) -> None:
        self.name = writer.name
        self.inline = writer.inline

    def entry(self, text: str, layout: Layout) -> str:
        return self.inline(text).strip()

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        return "\n".join(entries)


def main(stdin: IO[bytes] | None = None, stdout: IO[bytes] | None = None, stderr: IO[str] | None = None) -> int:
    """Run the filter; the exit code."""
    stdin = sys.stdin.buffer if stdin is None else stdin
    stdout = sys.stdout.buffer if stdout is None else stdout
    stderr = sys.stderr if stderr is None else stderr
    try:
        answer = render(_read(stdin.read()))
    except _WrongInput as error:
        stderr.write(f"ppreflist.csl: {error}\n")
        return _WRONG_USAGE
    except StyleError as error:
        hint = f" ({error.hint})" if error.hint else ""
        stderr.write(f"ppreflist.csl: {error}{hint}\n".replace("\n", " ").rstrip() + "\n")
        return _COULD_NOT_BE_DONE
    stdout.write(json.dumps(answer, ensure_ascii=False, indent=1).encode("utf-8", errors="replace") + b"\n")
    stdout.flush()
    return 0


def render(request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a request, both as in the module's docstring. Raises StyleError."""
    style_name = _take(request, "style", str, None)
    if style_name.lstrip("\ufeff \t\r\n").startswith("<"):
        style = load_style(style_name.lstrip("\ufeff \t\r\n"), parent=locate.parent_text)
    else:
        style = load_style(locate.style_text(style_name), path=style_name, parent=locate.parent_text)
    name = _take(request, "format", str, "html")
    if name not in WRITERS:
        raise _WrongInput(f"format: {name!r} is none of {', '.join(sorted(WRITERS))}")
    processor = Processor(
        style,
        locale_text=locate.locale_text,
        lang=_take(request, "lang", str, "") or None,
        format=_Bare(WRITERS[name]),
        links=_take(request, "links", bool, False),
    )
    references = _take(request, "references", list, [])
    citations = _take(request, "citations", list, [])
    rendered = processor.process(references, citations)
    return {
        "citations": list(rendered.citations),
        "bibliography": [[entry.id, entry.text] for entry in rendered.bibliography.entries],
        "warnings": [str(warning) for warning in rendered.warnings],
    }


def _read(data: bytes) -> Mapping[str, Any]:
    try:
        request = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _WrongInput(f"not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise _WrongInput(f"not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise _WrongInput("JSON that is nested too deeply") from error
    except ValueError as error:  # a number of more digits than Python reads
        raise _WrongInput(f"not usable JSON: {error}") from error
    if not isinstance(request, dict):
        raise _WrongInput('not a JSON object: {"style": ..., "references": [...], "citations": [...]} is wanted')
    return request


_NAMES: Final[dict[type, str]] = {str: "a string", list: "a list", bool: "true or false"}


def _take(request: Mapping[str, Any], name: str, kind: type, default: Any) -> Any:
    value = request.get(name)
    if value is None:
        if default is None:
            raise _WrongInput(f"{name}: missing")
        return default
    if not isinstance(value, kind) or (isinstance(value, Sequence) and not isinstance(value, str | list)):
        raise _WrongInput(f"{name}: {_NAMES[kind]} is wanted")
    return value


if __name__ == "__main__":
    sys.exit(main())

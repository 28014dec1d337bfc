"""Addresses as LaTeX writes them: commands around them, specials escaped within them."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\{\\(?P<braced>[_&%#$~^])\}"
    r"|\\(?P<special>[_&%#${}])"
    r"|\\(?P<accent>[~^])(?:\{\s?\})?"
    r"|\{?\\text(?:ascii)?(?P<name>tilde|asciicircum|underscore|backslash|percent)(?![a-zA-Z])(?:\{\s?\}|\s)?\}?"
    r"|\$\{?\\sim\s?\}?\$|\\sim(?![a-zA-Z])(?:\{\s?\}|\s)?"
    r"|\\(?P<slash>slash|/)(?![a-zA-Z])(?:\{\s?\}|\s)?"
    r"|\\(?:allowbreak|linebreak|newline|break|penalty\s?0|hspace\{0pt\})(?![a-zA-Z])(?:\[\d\])?(?:\{\s?\}|\s)?"
    r"|\\[-,]"
    r"|\{\}"
)
_NAMED = {"tilde": "~", "asciicircum": "^", "underscore": "_", "backslash": "\\", "percent": "%"}
_WRAPPER = re.compile(
    r"\s*\\(?:url|nolinkurl|path|texttt|href|urlprefix)\s?\{(?P<inner>[^{}]{0,8192})\}\s*(?:\{[^{}]*\}\s*)?"
)


def unescaped(text: str) -> str:
    """The address that LaTeX would print: ``\\_`` is ``_``, ``{\\textasciitilde}`` is ``~``, ``\\url{x}`` is ``x``."""
    wrapped = _WRAPPER.fullmatch(text)
    if wrapped:
        text = wrapped["inner"]
    return _TOKEN.sub(_plain, text) if "\\" in text or "{}" in text else text


def _plain(match: re.Match[str]) -> str:
    for group in ("braced", "special", "accent"):
        if match[group]:
            return match[group]
    if match["name"]:
        return _NAMED[match["name"]]
    if match["slash"]:
        return "/"
    return "~" if "sim" in match[0] else ""

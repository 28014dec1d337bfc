"""What is wrong with an address as it is written, and how it was probably meant: no network, no knowledge of hosts.

``examine`` takes any string. Each step below repairs one kind of damage that is common in real .bib files; what they
come to are *candidates*, likeliest first, and whether one of them is alive is for the network to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from ppreflist.links.domains import is_ending
from ppreflist.links.latex_urls import unescaped
from ppreflist.model.identifier import DOI, ISBN, ISSN, recognise

LONGEST = 8192
_MOST_CANDIDATES = 4


class Defect(StrEnum):
    """What is wrong, as the end of "The address ..."."""

    EMPTY = "is empty"
    TOO_LONG = "is longer than any web address may be"
    SWALLOWED_FIELD = "runs on into the next field of the entry"
    INVISIBLE = "holds characters that cannot be seen"
    MARKUP = "stands in the markup of a link"
    WIDE = "begins with characters of another width or kind"
    ENCODED = "is encoded as a part of another address"
    ANGLE_BRACKETS = "stands in angle brackets"
    QUOTED = "stands in quotation marks"
    WORDS_BEFORE = "has words before it"
    WORDS_AFTER = "has words after it"
    BACKSLASHES = "has backslashes where slashes belong"
    ENTITIES = "holds HTML entities"
    BRACES = "holds stray braces"
    SEVERAL = "is more than one address"
    DOUBLED_SCHEME = "begins with http:// twice"
    DAMAGED_SCHEME = "has a damaged http://"
    NO_SCHEME = "lacks https:// at the beginning"
    BARE_IDENTIFIER = "is an identifier, not a web address"
    LINE_BROKEN = "is broken over two lines"
    SPACE = "has a space in it"
    TRAILING = "ends in punctuation that does not belong to it"
    HOST_PUNCTUATION = "has a mistyped dot in its host name"
    FORBIDDEN = "holds characters that no address may hold"
    CREDENTIALS = "holds a user name or password"
    NOT_AN_ADDRESS = "is not a web address"


@dataclass(frozen=True, slots=True)
class Reading:
    """An address as it can be read.

    ``url`` is what to ask as it is written: equal to the text but for LaTeX when nothing is wrong, empty when it
    cannot be asked. ``defects`` say what is wrong, in the order found; ``candidates`` are the repaired addresses,
    likeliest first.
    """

    url: str
    defects: tuple[Defect, ...] = ()
    candidates: tuple[str, ...] = ()


def examine(written: str) -> Reading:
    """Read an address as it stands in a field. Linear in the text; never raises."""
    if len(written) > LONGEST:
        return Reading(written) if is_other_scheme(written) else Reading("", (Defect.TOO_LONG,))
    text = unescaped(written).strip()
    if not text:
        return Reading("", (Defect.EMPTY,))
    identifier = _identifier(text)
    if identifier:
        return Reading("", (Defect.BARE_IDENTIFIER,), (identifier,))
    if is_other_scheme(text):
        return Reading(text)
    defects: list[Defect] = []
    for defect, step in _STEPS:
        repaired = step(text)
        if repaired != text:
            defects.append(defect)
            text = repaired
    if is_other_scheme(text):
        return Reading(text)
    texts = _without_spaces(text, defects)
    likeliest, *others = texts or [""]
    texts = _finished(likeliest, defects)
    for each in others:
        texts += _finished(each, list(defects))  # what is wrong is said of the likeliest only
    candidates = tuple(
        dict.fromkeys(each for each in texts if is_well_formed(each) and not (defects and _NO_HOST.match(each)))
    )[:_MOST_CANDIDATES]
    if not candidates:
        return Reading("", tuple(dict.fromkeys((*defects, Defect.NOT_AN_ADDRESS))))
    as_written = unescaped(written).strip()
    if not defects:
        return Reading(as_written)
    askable = set(defects) <= {Defect.TRAILING, Defect.ENTITIES} and is_well_formed(as_written)
    return Reading(as_written if askable else "", tuple(dict.fromkeys(defects)), candidates)


# Well-formedness ------------------------------------------------------------------------------------------------------

_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_NO_HOST = re.compile(r"https?://(?:\w|(?:www\.)?https?|www)\.?(?:[:/?#]|\Z)", re.IGNORECASE)
"""What a repair may come to that is no repair: a scheme or a single letter in the place of the host."""
_IN_BRACKETS = re.compile(r"\[[\da-f:.]{2,45}(?:%25[\w.~-]{1,20})?\](?::\d{0,5})?", re.IGNORECASE)
"""An IPv6 address and a port (RFC 3986, 3.2.2); ``urlsplit`` takes what stands around it for nothing."""
_NOT_IN_URL = re.compile(r"[\s\x00-\x1f\x7f-\x9f<>\"\\^`{|}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def is_well_formed(url: str) -> bool:
    """Whether a text is an http or https address that a browser would open as it stands."""
    if _NOT_IN_URL.search(url) or len(url) > LONGEST:
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or parts.username is not None:
        return False
    if ("[" in parts.netloc or "]" in parts.netloc) and not _IN_BRACKETS.fullmatch(parts.netloc):
        return False
    return ":" in host or is_host(host)


def is_host(host: str) -> bool:
    """Whether a text has the form of a host name or an IPv4 address."""
    labels = host.removesuffix(".").split(".")
    return len(host) <= 253 and all(_LABEL.fullmatch(label) for label in labels)


# Steps that keep one text ---------------------------------------------------------------------------------------------

_SWALLOWED = re.compile(r"[}\"]\s*,\s*[A-Za-z][\w-]{1,30}\s*=\s*[{\"\d].*\Z", re.DOTALL)
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_OTHER_SPACES = re.compile("[\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_ANGLES = re.compile(r"<\s*(?:URL:?\s*)?(?P<inner>[^<>]*?)\s*>[.,;]?", re.IGNORECASE)
_QUOTES = re.compile(
    '["\'\u2018\u201a\u201c\u201e\u00ab`]{1,2}(?P<inner>[^"\u201c]*?)["\'\u2018\u2019\u201c\u201d\u00bb]{1,2}[.,;]?'
)
_LEAD_IN = re.compile(
    r"(?:(?:also\s+|freely\s+|currently\s+)?(?:available|accessible|accessed|retrieved|online|found|see|cf\.?|web\s?site|website|"
    r"home\s?page|web\s?page|url|uri|www|link|address|source|from|at|on|via|in|the|internet|web)\b[\s:=,.-]*){1,8}"
    r"(?=https?:|www\.)",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|#38|#x26|#39|#34|#x27|#x22|nbsp);", re.IGNORECASE)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#x22;": '"', "&nbsp;": " "}
_ENTITIES |= dict.fromkeys(("&apos;", "&#39;", "&#x27;"), "'")
_ANOTHER = re.compile(r"\s*(?:[,;]\s*|\s(?:and|und|et|or|&)\s+|\s)\s*(?=https?://)", re.IGNORECASE)
_DOUBLED = re.compile(
    r"(?:[ht]{1,2}tps?\s?[:;]?\s?[/\\]{0,3}(?:www\.)?){1,4}(?=https?\s?[:;]?\s?/{1,3}\S|https?:\S)", re.IGNORECASE
)
_SCHEME = re.compile(r"(?P<word>[A-Za-z]{2,7})(?P<separator>[:;.,/|\s]{1,8})(?=[\w\[])")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KNOWN_SCHEMES = _words("http https ftp ftps sftp file mailto doi urn hdl data javascript news gopher tel sms ws wss")
_NEAR_HTTP = _words("ttp tp htp htt hp ht hhtp htttp httpp http hptt thtp tthp htpp hppt hpt jttp gttp nttp httb")
_NEAR_HTTPS = _words(
    "ttps tps htps htts hps hhtps hhttps htttps httpps https hptts httsp htpps hpps httpss jttps gttps nttps shttp"
)


def _cut_swallowed(text: str) -> str:
    return _SWALLOWED.sub("", text)


def _without_invisible(text: str) -> str:
    return text if text.isascii() and text.isprintable() else _INVISIBLE.sub("", _OTHER_SPACES.sub(" ", text)).strip()


_MARKUP = re.compile(
    r"<a\s[^<>]{0,200}\bhref\s{0,4}=\s{0,4}[\"']?(?P<html>https?://[^\s\"'<>]{1,2000})[^<>]{0,500}>.{0,500}"
    r"|!?\[[^\[\]]{0,500}\]\((?P<markdown>https?://[^\s<>]{1,2000})(?:\s+\"[^\"]{0,200}\")?\)",
    re.IGNORECASE | re.DOTALL,
)
_WIDE = re.compile(
    r"(?P<word>[h\uff48][t\uff54]{2}[p\uff50][s\uff53]?)\s?[:\uff1a\ufe55\ua789\u2236]\s?[/\uff0f\u2044\u2215]{2}",
    re.IGNORECASE,
)
_ENCODED = re.compile(r"https?(?:%3a|:)(?:%2f){2}", re.IGNORECASE)
_AS_NARROW = str.maketrans("\uff48\uff54\uff50\uff53", "htps")


def _without_markup(text: str) -> str:
    found = _MARKUP.fullmatch(text)
    return (found["html"] or found["markdown"]) if found else text


def _with_narrow_scheme(text: str) -> str:
    found = _WIDE.search(text[:80])
    if found is None or found[0].isascii():
        return text
    return f"{text[: found.start()]}{found['word'].translate(_AS_NARROW)}://{text[found.end() :]}"


def _decoded(text: str) -> str:
    return unquote(text) if _ENCODED.match(text) else text


def _without_angles(text: str) -> str:
    found = _ANGLES.fullmatch(text)
    return found["inner"] if found else text.strip("<>").strip() if text[:1] == "<" or text[-1:] == ">" else text


def _without_quotes(text: str) -> str:
    found = _QUOTES.fullmatch(text)
    return found["inner"].strip() if found else text.lstrip("\"'\u2018\u201a\u201c\u201e\u00ab`")


_OPENING = "([,;:.-\uff08\u3010\u300a\u3014\uff1a"


def _without_lead_in(text: str) -> str:
    found = _LEAD_IN.match(text)
    return text[found.end() :] if found else text.lstrip(_OPENING + " \t\n") if text[:1] in _OPENING else text


def _with_slashes(text: str) -> str:
    return text.replace("\\", "/")


def _without_entities(text: str) -> str:
    return _ENTITY.sub(lambda match: _ENTITIES.get(match[0].lower(), "&"), text)


def _without_braces(text: str) -> str:
    return text.replace("{", "").replace("}", "").strip() if "{" in text or "}" in text else text


def _with_dot_after_www(text: str) -> str:
    return re.sub(r"\A((?:https?://)?www)[ ,;:]{1,3}(?=\w)", r"\1.", text, count=1, flags=re.IGNORECASE)


def _first_of_several(text: str) -> str:
    """The first of several addresses. One inside another's path or query (a proxy, an archive) is no second one."""
    found = _ANOTHER.search(text, 8) if "://" in text[8:] else None
    return text[: found.start()] if found and found.start() else text


def _with_one_scheme(text: str) -> str:
    found = _DOUBLED.match(text)
    return text[found.end() :] if found else text


def _with_sound_scheme(text: str) -> str:
    found = _SCHEME.match(text)
    if found is None:
        return text
    word, separator = found["word"].lower(), found["separator"]
    rest = text[found.end() :]
    if word in ("http", "https"):
        if separator == "://" or not (":" in separator or "/" in separator or ";" in separator):
            return text
        return f"{word}://{rest}"
    if word in _KNOWN_SCHEMES or not (":" in separator or ";" in separator or "//" in separator):
        return text
    if word in _NEAR_HTTP:
        return "http://" + rest
    return "https://" + rest if word in _NEAR_HTTPS else text


_STEPS: tuple[tuple[Defect, Callable[[str], str]], ...] = (
    (Defect.SWALLOWED_FIELD, _cut_swallowed),
    (Defect.INVISIBLE, _without_invisible),
    (Defect.ENTITIES, _without_entities),
    (Defect.MARKUP, _without_markup),
    (Defect.WIDE, _with_narrow_scheme),
    (Defect.ENCODED, _decoded),
    (Defect.ANGLE_BRACKETS, _without_angles),
    (Defect.QUOTED, _without_quotes),
    (Defect.BACKSLASHES, _with_slashes),
    (Defect.BRACES, _without_braces),
    (Defect.WORDS_BEFORE, _without_lead_in),
    (Defect.HOST_PUNCTUATION, _with_dot_after_www),
    (Defect.SEVERAL, _first_of_several),
    (Defect.DOUBLED_SCHEME, _with_one_scheme),
    (Defect.DAMAGED_SCHEME, _with_sound_scheme),
)


# White space: where one text becomes several --------------------------------------------------------------------------

_GAP = re.compile(r"\s+")
_PROSE = re.compile(
    r"[\s,;.]*(?:[(\[]|(?:last\s+)?(?:accessed|retrieved|visited|viewed|checked|consulted|downloaded|access|update[sd]?|as\s+of|"
    r"abgerufen|zugriff|letzter|stand|consult[ée]|acc[ée]d[ée]|dernier|visitado|ultimo|geraadpleegd|"
    r"on|and|or|see|for|in|the|with|also|accessible|available|version|note|pages?|pp|vol|archived|via|from|by|at|last)\b)",
    re.IGNORECASE,
)
_JOINS_BEFORE = frozenset("./-_?=&#:%,~+")
_JOINS_AFTER = frozenset("./-_?=&#%~+:")


def _without_spaces(text: str, defects: list[Defect]) -> list[str]:
    """The texts that an address with white space in it may have been, likeliest first."""
    gaps = list(_GAP.finditer(text))
    if not gaps:
        return [text]
    for gap in gaps:
        if _PROSE.match(text, gap.end()) and _looks_like_address(text[: gap.start()]):
            defects.append(Defect.WORDS_AFTER)
            return _without_spaces(text[: gap.start()], defects)
    if len(gaps) > 12:
        first = text[: gaps[0].start()]
        defects.append(Defect.WORDS_AFTER if _looks_like_address(first) else Defect.NOT_AN_ADDRESS)
        return [first] if _looks_like_address(first) else []
    defects.append(Defect.LINE_BROKEN if any("\n" in gap[0] or "\r" in gap[0] for gap in gaps) else Defect.SPACE)
    joined = "".join(text.split())
    texts = [_mended(text, gaps), joined, "%20".join(text.split())]
    first = text[: gaps[0].start()]
    if "/" in first.partition("://")[2] and _looks_like_address(first):
        texts.append(first)
    return texts


def _mended(text: str, gaps: list[re.Match[str]]) -> str:
    """Each gap closed by its own neighbourhood: a broken address is joined, a file name keeps its space as %20.

    A word processor makes the next letter a capital after a full stop and a space; the capital goes with the space.
    """
    parts: list[str] = []
    place = 0
    path = _path_start(text)
    for gap in gaps:
        parts.append(text[place : gap.start()])
        place = gap.end()
        before, after = text[gap.start() - 1 : gap.start()], text[place : place + 1]
        join = "\n" in gap[0] or gap.start() <= path or before in _JOINS_BEFORE or after in _JOINS_AFTER
        parts.append("" if join else "%20")
        if before == "." and after.isupper() and not text[place + 1 : place + 2].isupper():
            parts.append(after.lower())
            place += 1
    parts.append(text[place:])
    return "".join(parts)


def _path_start(text: str) -> int:
    scheme = text.find("://")
    slash = text.find("/", scheme + 3 if scheme >= 0 else 0)
    return slash if slash >= 0 else len(text)


_ADDRESS_START = re.compile(
    r"(?:https?://\s*[^\s/]+|www\.|(?:[\w-]{1,63}\.){1,6}[a-z]{2,18}(?=[/:?#]|\Z))", re.IGNORECASE
)


def _looks_like_address(text: str) -> bool:
    return _ADDRESS_START.match(text) is not None


# The end, the host, the scheme ----------------------------------------------------------------------------------------

_CLOSERS = {
    ")": "(",
    "]": "[",
    ">": "<",
    "\uff09": "\uff08",
    "\u3011": "\u3010",
    "\u300b": "\u300a",
    "\u3015": "\u3014",
}
_TRAILING = ".,;:!'\"\u2018\u2019\u201c\u201d\u00bb\u2026*`\u3002\uff0c\u3001\uff1b"
_FORBIDDEN = {'"': "%22", "<": "%3C", ">": "%3E", "^": "%5E", "`": "%60", "|": "%7C"}
_HOST = re.compile(r"(?:https?://|//)?(?P<host>[^/?#]*)", re.IGNORECASE)


def _finished(text: str, defects: list[Defect]) -> list[str]:
    """The address with a sound end, host and scheme; several where the scheme is a guess."""
    trimmed = _trimmed(text)
    _note(defects, Defect.TRAILING, trimmed != text)
    text = trimmed
    sound = _with_sound_host(text)
    _note(defects, Defect.HOST_PUNCTUATION, sound != text)
    text = sound
    encoded = "".join(_FORBIDDEN.get(c, c) for c in text)
    _note(defects, Defect.FORBIDDEN, encoded != text)
    text = encoded
    anonymous = _without_credentials(text)
    _note(defects, Defect.CREDENTIALS, anonymous != text)
    text = anonymous
    if re.match(r"https?://", text, re.IGNORECASE):
        if Defect.DAMAGED_SCHEME in defects and text.startswith("http://"):
            return [text, "https" + text[4:]]
        return [text]
    if _is_bare_address(text):
        _note(defects, Defect.NO_SCHEME, True)
        bare = text.lstrip("/")
        return [f"https://{bare}", f"http://{bare}"]
    return []


def _note(defects: list[Defect], defect: Defect, found: bool) -> None:
    if found and defect not in defects:
        defects.append(defect)


def _trimmed(text: str) -> str:
    """The text without the punctuation that prose leaves at the end of an address."""
    extra = {close: text.count(close) - text.count(opening) for close, opening in _CLOSERS.items()}
    end = len(text)
    while end:
        last = text[end - 1]
        if extra.get(last, 0) > 0:
            extra[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return text[:end]


def _with_sound_host(text: str) -> str:
    found = _HOST.match(text)
    assert found is not None  # every part of the pattern is optional
    user, at, host = found["host"].rpartition("@")
    name, colon, port = host.partition(":") if not host.startswith("[") else (host, "", "")
    sound = re.sub(r"[.,;\u3002\uff0e\u00b7]{1,4}", ".", name).strip(".")
    if colon and not port:
        colon = ""
    return text[: found.start("host")] + user + at + sound + colon + port + text[found.end("host") :]


def _without_credentials(text: str) -> str:
    found = re.match(r"(https?://)[^/?#\s]*@(?=[^/?#@]+)", text, re.IGNORECASE)
    return found[1] + text[found.end() :] if found else text


def _is_bare_address(text: str) -> bool:
    """Whether a text without a scheme is an address: its host must look like one, not like a word or a file name."""
    found = re.match(r"(?:///?)?(?P<host>(?:[\w-]{1,63}\.){1,8}(?P<ending>[\w-]{2,63}))(?::\d{1,5})?(?=[/?#]|\Z)", text)
    if found is None:
        return False
    if found["host"].lower().startswith(("www.", "ww.", "wwww.")) or text.startswith("//"):
        return True
    if not is_ending(found["ending"]):
        return False
    # 'paper.ps' and 'draft.md' end like countries do; 'notes.pl/x' does not look like a file.
    return found.end() < len(text) or found["ending"].lower() not in _FILE_ENDINGS


_FILE_ENDINGS = _words("ps pl py md rs sh so gz ai bz cc mm ms tf st in is")


# Other kinds of address -----------------------------------------------------------------------------------------------

_OTHER = re.compile(
    r"(ftps?|sftp|file|mailto|urn|data|javascript|news|gopher|tel|sms|wss?|about|vbscript):", re.IGNORECASE
)


def is_other_scheme(text: str) -> bool:
    """Whether it is an address of another kind than http and https, which is never asked."""
    return _OTHER.match(text) is not None


def _identifier(text: str) -> str:
    """The address of a bare identifier (``10.1212/..``, ``doi:..``, ``arXiv:..``), or an empty string."""
    if "://" in text or len(text) > 300 or not re.match(r"10[./]\d|[A-Za-z]{3,6}\s?:\s?\S|PMC\d", text):
        return ""
    found = recognise(text)
    return found.url if found is not None and not isinstance(found, ISBN | ISSN) else ""


def doi_in_address(url: str) -> DOI | None:
    """The DOI that an address of a DOI resolver names, or None."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    if host not in ("doi.org", "dx.doi.org", "www.doi.org"):
        return None
    found = recognise(url)
    return found if isinstance(found, DOI) else None

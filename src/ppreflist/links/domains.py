"""What a host name is made of: the registered domain, and which endings exist.

The endings are those of the IANA root zone (``public_suffixes.py``); two letters are taken for a country. The second
level is the Public Suffix List's, as far as universities, ministries and companies use it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ppreflist.links.public_suffixes import GENERIC, SECOND_LEVELS

GENERIC_ENDINGS = frozenset(GENERIC.split())

RESERVED_ENDINGS = frozenset(("example", "invalid", "test", "localhost", "local", "internal", "onion", "alt"))
"""They lead nowhere on the web and are written on purpose (RFC 6761, RFC 6762, RFC 7686, RFC 9476)."""

_OTHER_SECOND_LEVELS = {
    "uk": "mod nhs nic plc police sch",
    "au": "asn",
    "nz": "cri geek govt health iwi maori",
    "jp": "ad gr lg",
    "kr": "hs kg",
    "tw": "idv",
    "hk": "idv",
    "in": "ernet res",
    "br": "jus leg",
    "za": "law",
    "il": "muni",
    "tr": "av bel",
    "sg": "per",
    "eg": "eun sci",
    "ru": "ac com edu gov int",
    "at": "gv",
}
"""Second levels of one country alone that reference lists use."""

_WILD = frozenset(("ck", "er", "fk", "jm", "mm", "np", "pg"))
"""Countries under which every second level is one."""


def _second_levels() -> Iterator[str]:
    listed = (line.partition(":") for line in SECOND_LEVELS.strip().splitlines())
    for country, seconds in (*((each[0], each[2]) for each in listed), *_OTHER_SECOND_LEVELS.items()):
        for second in seconds.split():
            yield f"{second}.{country}"


_SECOND_LEVEL = frozenset(_second_levels())


def registered_domain(host: str) -> str:
    """The part of a host name that someone registered: ``www.bbc.co.uk`` -> ``bbc.co.uk``. Lower-case, no last dot."""
    labels = host.lower().strip(".").split(".")
    if len(labels) <= 2:
        return ".".join(labels)
    suffix = ".".join(labels[-2:])
    return ".".join(labels[-3:] if suffix in _SECOND_LEVEL or labels[-1] in _WILD else labels[-2:])


def split_domain(domain: str) -> tuple[str, str]:
    """A registered domain's own label and its ending: ``bbc.co.uk`` -> ``bbc``, ``co.uk``."""
    label, _, ending = domain.partition(".")
    return label, ending


def is_ending(ending: str) -> bool:
    """Whether host names may end like this, as far as is known here."""
    last = ending.rpartition(".")[2].lower()
    if len(last) == 2 and last.isalpha():
        return True
    return last in GENERIC_ENDINGS or last in RESERVED_ENDINGS or last.startswith("xn--") or not last.isascii()

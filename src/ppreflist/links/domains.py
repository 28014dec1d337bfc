"""What a host name is made of: the registered domain, and which endings exist.

By the ICANN section of the Public Suffix List (https://publicsuffix.org) as the package ``publicsuffixlist`` carries
it. Its private section (``github.io``) is left out: a slip is made in the name that people know. Reading the list takes
11 ms, and is done when the first host is looked at.
"""

from __future__ import annotations

from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

RESERVED_ENDINGS = frozenset(("example", "invalid", "test", "localhost", "local", "internal", "onion", "alt"))
"""They lead nowhere on the web and are written on purpose (RFC 6761, RFC 6762, RFC 7686, RFC 9476)."""

_FORMER = frozenset(("an", "cs", "dd", "tp", "um", "yu", "zr"))
"""Endings of countries that are no more: addresses that hold them are old, not mistyped."""


@cache
def _suffixes() -> PublicSuffixList:
    # Without the second, punycode form of every rule, which would take three times as long to make.
    return PublicSuffixList(accept_encoded_idn=False, only_icann=True, accept_unknown=False)


@lru_cache(maxsize=4096)
def registered_domain(host: str) -> str:
    """The part of a host name that someone registered: ``www.bbc.co.uk`` -> ``bbc.co.uk``. Lower-case, no last dot.

    Under an ending that does not exist it is the last two labels; an ending alone stands for itself.
    """
    bare = host.lower().strip(".")
    if bare.count(".") < 1:
        return bare
    return _suffixes().privatesuffix(bare) or (bare if _is_suffix(bare) else ".".join(bare.split(".")[-2:]))


def _is_suffix(bare: str) -> bool:
    return _suffixes().publicsuffix(bare) == bare


def split_domain(domain: str) -> tuple[str, str]:
    """A registered domain's own label and its ending: ``bbc.co.uk`` -> ``bbc``, ``co.uk``."""
    label, _, ending = domain.partition(".")
    return label, ending


def is_ending(ending: str) -> bool:
    """Whether host names may end like this."""
    last = ending.rpartition(".")[2].lower()
    if not last:
        return False
    if last in RESERVED_ENDINGS or last in _FORMER or last.startswith("xn--") or not last.isascii():
        return True
    # Under some countries (.ck, .za) names are registered below a second level only, so that they are no rule alone.
    return any(_suffixes().publicsuffix(each) is not None for each in (last, f"x.{last}", f"co.{last}"))

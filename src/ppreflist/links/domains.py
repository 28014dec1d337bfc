"""What a host name is made of: the registered domain, and which endings exist.

The endings are those of the IANA root zone that reference lists use; two letters are taken for a country. The second
level is the public suffix list's (https://publicsuffix.org), as far as universities, ministries and companies use it.
"""

from __future__ import annotations

_ENDINGS = """
com org net edu gov mil int info biz name pro museum aero coop jobs mobi travel cat asia tel post xxx arpa
academy africa agency ai app archi art associates audio bank berlin bible bio blog book boston build business
cafe care careers center cern charity church city clinic club cloud codes coffee college community company
computer consulting contact cooking country courses dental design dev diet digital directory doctor earth
education email energy engineering equipment estate events exchange expert express family farm fashion film
finance fit fitness foundation fund gallery games garden gives global gmbh google green group guide guru
healthcare help history hiv hospital host house how institute international investments ist koeln land law legal
library life limited link live london ltd media medical memorial moe mov museum news ngo nrw nyc one ong online
page paris partners parts photo photography place plus porn press productions property pub quebec radio recipes
rehab reise ren report republican research rest review reviews rio rocks ruhr run saarland school science scot
services sexy shop show site social software solar solutions space store studio study style support surgery
swiss systems tech technology tips tirol today tokyo tools top tours town training university uno vegas ventures
vet video vision vote wales watch web website wien wiki work works world xyz yoga zone
"""
GENERIC_ENDINGS = frozenset(_ENDINGS.split())

RESERVED_ENDINGS = frozenset(("example", "invalid", "test", "localhost", "local", "internal", "onion", "alt"))
"""They lead nowhere on the web and are written on purpose (RFC 6761, RFC 6762, RFC 7686, RFC 9476)."""

_SECOND_LEVEL = frozenset(
    [
        f"{second}.{country}"
        for country, seconds in {
            "uk": "ac co gov ltd me mod net nhs nic org plc police sch",
            "au": "asn com edu gov id net org",
            "nz": "ac co cri geek gen govt health iwi maori net org school",
            "jp": "ac ad co ed go gr lg ne or",
            "kr": "ac co go hs kg ms ne or pe re sc",
            "cn": "ac com edu gov net org",
            "tw": "com edu gov idv net org",
            "hk": "com edu gov idv net org",
            "in": "ac co edu ernet gov net nic org res",
            "br": "art blog com edu eng fiocruz gov jus leg mil net org usp",
            "za": "ac co edu gov law net org school web",
            "il": "ac co gov k12 muni net org",
            "tr": "av bel com edu gov k12 net org",
            "mx": "com edu gob net org",
            "ar": "com edu gob gov int mil net org",
            "co": "com edu gov mil net org",
            "pe": "com edu gob mil net org",
            "ve": "co com edu gob net org",
            "cl": "gob gov",
            "my": "com edu gov net org",
            "sg": "com edu gov net org per",
            "th": "ac co go in mi net or",
            "id": "ac co go or sch web",
            "ph": "com edu gov net org",
            "vn": "ac com edu gov net org",
            "pk": "com edu gov net org",
            "bd": "ac com edu gov net org",
            "lk": "ac com edu gov org",
            "ir": "ac co gov net org sch",
            "eg": "com edu eun gov net org sci",
            "sa": "com edu gov med net org sch",
            "ae": "ac co gov net org sch",
            "ng": "com edu gov net org",
            "ke": "ac co go or sc",
            "gh": "com edu gov org",
            "tz": "ac co go or",
            "ug": "ac co go or",
            "pl": "com edu gov info net org",
            "ua": "com edu gov in net org",
            "ru": "ac com edu gov int",
            "gr": "com edu gov net org",
            "cy": "ac com gov org",
            "pt": "com edu gov org",
            "es": "com edu gob nom org",
            "at": "ac co gv or",
            "hu": "co info org",
            "rs": "ac co edu gov in org",
            "it": "edu gov",
            "fr": "asso com gouv",
        }.items()
        for second in seconds.split()
    ]
)


def registered_domain(host: str) -> str:
    """The part of a host name that someone registered: ``www.bbc.co.uk`` -> ``bbc.co.uk``. Lower-case, no last dot."""
    labels = host.lower().strip(".").split(".")
    if len(labels) <= 2:
        return ".".join(labels)
    return ".".join(labels[-3:] if ".".join(labels[-2:]) in _SECOND_LEVEL else labels[-2:])


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

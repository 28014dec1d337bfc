"""What a page that arrived really is: the work, or "not found" with status 200, a parked domain, a wall, a notice.

A status says little: sites answer 200 for pages that they do not have, and so do those who buy lapsed domains. The
title is asked first, the text only when the page is tiny, and always as a whole: every word of a title's part must be
one of those that such messages are made of, because "Evidence not found" may well be the title of an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from ppreflist.links.domains import registered_domain
from ppreflist.links.page import Page

_SEGMENTS = re.compile(r"\s+[-–—/\\<>]+\s+|\s*[|·•»«›‹¦~\u2022]+\s*|\s*[.!?…]+(?:\s+|\Z)")
_WORD = re.compile(r"[^\W_]+")


def segments(title: str) -> list[str]:
    """The parts of a title, which sites put together: ``Page not found | The Site``."""
    return [each for each in _SEGMENTS.split(title[:400]) if each.strip()]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Not found ------------------------------------------------------------------------------------------------------------

_ABSENT_WORDS = _words(
    """
    1 the this that a an page pages file document content resource url item record article site web website object
    entry publication product node link address title post you your requested request are were looking look for have
    has had was is can cannot can't could couldn couldn't be been being not found find no longer available exist
    exists existing does doesn doesn't did didn t s we re i m it it's but here nothing invalid unknown broken
    missing error http https status code 404 410 e404 err sorry oops ooops whoops uh oh hmm ohh removed deleted
    moved gone or may might on at of to in from by server our that's what locate located unable unfortunately
    apologies doh ah snap dead end please seite seiten nicht gefunden die der das den angeforderte angeforderten
    gesuchte gewünschte wurde konnte werden kann existiert mehr verfügbar ist fehler leider dokument datei sie diese
    dieser haben vorhanden inhalt entschuldigung non trouvée trouvé trouve trouver introuvable erreur la le les
    cette ce n existe pas plus ressource fichier disponible demandée demandé que vous recherchez recherchée désolé
    oups été l d est une página pagina encontrada encontrado encontró encuentra se el los esta recurso contenido
    solicitada lo sentimos não existir encontramos o você procura foi trovata trovato esiste spiacenti errore
    risorsa richiesta è stata niet gevonden bestaat de deze kan worden helaas sidan sida hittades inte finns kunde
    hittas tyvärr siden side ikke fundet funnet findes finnes desværre beklager blev sivua ei löydy löytynyt sivu
    strona strony nie znaleziona znaleziono istnieje błąd страница не найдена найдено найден ошибка существует
    запрашиваемая страницы документ stránka nenalezena nebyla nalezena nenájdená chyba sayfa bulunamadı hata aranan
    """
)
_ABSENT_TRIGGERS = tuple(
    frozenset(each.split())
    for each in (
        "404", "e404", "not found", "cannot found", "can't found", "not find", "couldn find", "couldn't find",
        "can't find", "cannot find", "unable find", "not exist", "doesn exist", "doesn't exist", "not exists",
        "no longer available", "no longer exists", "no longer exist", "not available", "has been removed",
        "has been deleted", "page missing", "missing page", "nothing found", "nothing here", "dead end",
        "unable locate",
        "nicht gefunden", "existiert nicht", "nicht verfügbar", "nicht vorhanden",
        "non trouvée", "non trouvé", "introuvable", "existe pas", "pas trouvée", "pas trouvé", "existe plus",
        "no encontrada", "no encontrado", "no encontró", "no existe", "no encuentra",
        "não encontrada", "não encontrado", "não existe", "não encontramos", "non trovata", "non trovato", "non esiste",
        "niet gevonden", "bestaat niet", "hittades inte", "finns inte", "inte hittas", "ikke fundet", "ikke funnet",
        "findes ikke", "finnes ikke", "ei löydy", "ei löytynyt", "nie znaleziona", "nie znaleziono", "nie istnieje",
        "не найдена", "не найдено", "не найден", "не существует", "nenalezena", "nebyla nalezena", "bulunamadı",
    )
)  # fmt: skip
_ABSENT_RUNS = (
    "页面不存在", "找不到页面", "页面未找到", "无法找到", "页面没有找到", "您访问的页面", "頁面不存在", "找不到網頁",
    "找不到頁面",
    "ページが見つかりません", "ページは見つかりません", "ページは存在しません", "お探しのページ", "페이지를 찾을 수 없",
)  # fmt: skip
_MOST_WORDS = 18


def says_absent(segment: str) -> bool:
    """Whether a sentence or a part of a title says nothing but that the page is not there."""
    folded = segment.casefold().replace("\u2019", "'")
    if any(run in folded for run in _ABSENT_RUNS):
        return True
    words = re.findall(r"[^\W_]+(?:'t)?", folded)
    if not words or len(words) > _MOST_WORDS or not _ABSENT_WORDS.issuperset(words):
        return False
    held = frozenset(words)
    return any(trigger <= held for trigger in _ABSENT_TRIGGERS)


_ERROR_PLACE = re.compile(
    r"/(?:(?:error|err|errors|http)[-_/]?)?(?:404|page-?_?not-?_?found|not-?_?found|notfound|no-?page|missing-?page)"
    r"(?:[-_/.]\w{0,12})?/?\Z|/(?:errors?|sorry|oops)(?:\.\w{2,5})?/?\Z",
    re.IGNORECASE,
)


class Absence(StrEnum):
    """How sure it is that a page with status 200 says that it is not there."""

    PLAIN = "plain"
    PERHAPS = "perhaps"
    NO = "no"


def absence(page: Page, start: str, end: str, words: tuple[str, ...]) -> Absence:
    """Whether a page says that what was asked for is not there. ``start`` is the address that was asked, ``end`` the
    one that answered, ``words`` are those of the entry: a page that has them is the one that was meant."""
    if _ERROR_PLACE.search(urlsplit(end).path) and not _ERROR_PLACE.search(urlsplit(start).path):
        return Absence.PLAIN
    if any(says_absent(word) for word in words) or _ERROR_PLACE.search(urlsplit(start).path):
        return Absence.NO
    titled = [each for each in segments(page.title) if says_absent(each)]
    headed = [each for each in segments(page.heading) if says_absent(each)]
    if titled and (headed or not _is_about_statuses(titled, start)):
        return Absence.PLAIN
    if page.tiny and page.text:
        if any(says_absent(each) for each in segments(page.text)[:4]):
            return Absence.PLAIN
        if not headed and not shares_words(page, words) and any(map(says_absent, segments(page.text))):
            return Absence.PERHAPS
    return Absence.PERHAPS if headed or titled else Absence.NO


def _is_about_statuses(titled: list[str], start: str) -> bool:
    """Whether the page may be one about "HTTP 404": its address says so as well."""
    return "404" in start and any("404" in each for each in titled)


# Other pages than the work --------------------------------------------------------------------------------------------

_PARKING_HOSTS = _words(
    """
    hugedomains.com dan.com sedo.com sedoparking.com parkingcrew.net bodis.com afternic.com parklogic.com above.com
    undeveloped.com domainmarket.com buydomains.com uniregistry.com domainnamesales.com namebright.com
    brandbucket.com squadhelp.com atom.com efty.com epik.com dynadot.com smartname.com fabulous.com skenzo.com
    voodoo.com domcop.com parking-page.net domain-for-sale.com namedrive.com trafficz.com fastpark.net
    cashparking.com perfectdomain.com saw.com grit.com spaceship.com forsale.godaddy.com
    """
)
_FOR_SALE = re.compile(
    r"\b(?:(?:this |the )?(?:premium )?(?:domain(?: name)?|website)(?: [\w.-]{3,60})? (?:is|may be|"
    r"might be|could be) (?:now )?"
    r"(?:for sale|available for (?:sale|purchase)|parked|listed for sale|up for (?:sale|auction))"
    r"|buy this (?:premium )?(?:domain|website)|[\w-]{2,60}\.[a-z]{2,10} is (?:for sale|parked|"
    r"available for purchase|up for sale)"
    r"|(?:domain|inquire about this domain|make an offer on this domain)(?: name)? (?:has )?expired"
    r"|this domain (?:has |name )?(?:recently )?expired|domain parking|parked (?:domain|page|free)"
    r"|the domain owner (?:has not|hasn't) (?:yet )?(?:uploaded|published)|is parked free, courtesy of"
    r"|(?:diese|die) domain (?:[\w.-]{3,60} )?(?:steht zum verkauf|ist zu verkaufen|kaufen)|"
    r"domain (?:steht )?zu(?:m|r) verkauf"
    r"|ce (?:nom de )?domaine (?:[\w.-]{3,60} )?est (?:à vendre|en vente)|este dominio está (?:en venta|"
    r"a la venta|à venda)"
    r"|questo dominio è in vendita|dit domein is te koop|домен (?:продается|продаётся))\b",
    re.IGNORECASE,
)
_LANDER = re.compile(
    r"/lander(?:/?\Z|\?)|/(?:parking|domain-?parking|forsale|for-sale|buy-?domain)(?:\.\w{2,5})?/?\Z", re.I
)
_NUMBERED_WWW = re.compile(r"ww(?:1|2|3|4|7|8|11|12|16|17|25|38)\.")


def is_parked(page: Page, start: str, end: str) -> bool:
    """Whether nobody's page stands there: a domain that is parked or for sale."""
    host, was = _host(end), _host(start)
    domain, was_domain = registered_domain(host), registered_domain(was)
    if domain != was_domain and (domain in _PARKING_HOSTS or host in _PARKING_HOSTS):
        return True
    if _NUMBERED_WWW.match(host) and not _NUMBERED_WWW.match(was) and domain == was_domain:
        return True
    if page.refresh and (_LANDER.search(page.refresh) or registered_domain(_host(page.refresh)) in _PARKING_HOSTS):
        return was_domain not in _PARKING_HOSTS
    shown = " ".join((page.title, page.heading, page.text))
    if _FOR_SALE.search(shown):
        return True
    # "example.org" and nothing else but advertisements: the title of a parked page is often the bare domain.
    return (
        page.tiny and page.title.casefold().removeprefix("www.") == was_domain and "related searches" in shown.lower()
    )


_FACTORY = re.compile(
    r"(?:welcome to (?:nginx|openresty|centos|caddy)|apache2? (?:\w+ )?(?:default|test) page|"
    r"test page for the (?:apache|nginx)"
    r"|iis windows(?: server)?|it works|default (?:web site|plesk) page|web server's default page|plesk obsidian|"
    r"cpanel default page|site not configured|website is no longer available|account (?:has been )?suspended|"
    r"this account has been suspended|coming soon|under construction|site under construction|domain default page)"
    r"[!.]?",
    re.IGNORECASE,
)


def is_factory_page(page: Page) -> bool:
    """Whether a web server shows the page that it was delivered with, or a provider the one of a closed account."""
    titled = segments(page.title)
    return any(
        _FACTORY.fullmatch(each.strip()) or (_FACTORY.match(each.strip()) and len(each) < 60) for each in titled[:1]
    )


_WALL = re.compile(
    r"just a moment|attention required|checking your browser(?: before .*)?|access (?:to this page has been )?denied|"
    r"access to this page has been denied|are you (?:a )?(?:robot|human)|security check|client challenge|"
    r"pardon our interruption|(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human|(?:human|bot|"
    r"robot|browser) verification|"
    r"radware bot manager(?: captcha)?|validate user|ddos-?guard|making sure you'?re not a bot|"
    r"bot (?:check|protection)|"
    r"one moment,? please|captcha(?: challenge)?|robot check|403 forbidden|forbidden|unusual traffic.*|"
    r"request (?:rejected|blocked)|you have been blocked|please enable (?:cookies|javascript).*|enable cookies|"
    r"cookies? (?:required|disabled|absent|not enabled)|error - cookies turned off|verification required|"
    r"bitte bestätigen sie,? dass sie kein roboter sind|un instant|einen moment(?: bitte)?",
    re.IGNORECASE,
)


def is_wall(page: Page) -> bool:
    """Whether a page asks whoever is there to prove to be a person, or to switch something on."""
    return any(_WALL.fullmatch(each.strip()) for each in segments(page.title)[:1])


_LOG_IN_TITLE = re.compile(
    r"(?:please |user |member |account |web |central |single |your )*(?:log[- ]?in|sign[- ]?in|log[- ]?on|"
    r"sign[- ]?on|authentication|"
    r"authentication required|login required|log in or (?:register|sign up)|sign in or register|anmeldung|"
    r"anmelden|einloggen|"
    r"connexion|se connecter|identification|iniciar sesión|acceder|accedi|inloggen|logga in|logg inn|вход)"
    r"(?: (?:page|form|required|here|to (?:continue|your account|[\w .-]{1,40})|with .{1,40}|service))?",
    re.IGNORECASE,
)
_CONSENT_TITLE = re.compile(
    r"before you continue(?: to .{1,40})?|(?:cookie|privacy) (?:consent|choices|settings|preferences)|"
    r"your privacy choices|"
    r"we value your privacy|accept (?:cookies|terms).{0,30}|datenschutzeinstellungen|"
    r"cookie-?einstellungen|terms of use agreement|"
    r"(?:subscribe|register|subscription) (?:to (?:continue|read)|required).{0,30}|age verification",
    re.IGNORECASE,
)


def is_log_in_page(page: Page) -> bool:
    """Whether a page is a log-in, consent or subscription wall, and nothing else."""
    first = segments(page.title)[:1] or segments(page.heading)[:1]
    if any(_CONSENT_TITLE.fullmatch(each.strip()) for each in first):
        return True
    logging_in = any(_LOG_IN_TITLE.fullmatch(each.strip()) for each in first)
    return logging_in and (page.password or page.tiny or not page.complete)


# Notices --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Notice:
    """What a page says of the standing of the work: ``kind`` is the word, ``shown`` the place in the title."""

    kind: str
    shown: str


_KINDS = {
    "retraction": "retracted",
    "withdrawal": "withdrawn",
    "rescinded": "withdrawn",
}
_BRACKETED = re.compile(
    r"[\[({<]\s*(?:\w+ ){0,2}(?P<kind>retracted|retraction|retired|withdrawn|superseded|rescinded|"
    r"expression of concern)"
    r"(?:\s[^\])}>]{0,80})?\s*[\])}>]",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:\W*)(?:(?:this )?(?:article|paper|guideline|editorial|notice of|publisher'?s)\s+)*"
    r"(?P<kind>retracted|retraction|retired|withdrawn|withdrawal|superseded|expression of concern)"
    r"(?:\s+(?:article|paper|chapter|notice|note|guideline|guidance|standard|preprint|publication|statement))?"
    r"\s*(?:[:\u2014\u2013|]|-\s|\Z|(?:of|to|for|on)\b\s*:)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(
    r"(?<![\w-])(?P<kind>RETRACTED|RETIRED|WITHDRAWN|SUPERSEDED|RESCINDED|EXPRESSION OF CONCERN)(?![\w-])"
)


def notice(title: str) -> Notice | None:
    """What a title says of the standing of the work, or None: in brackets, at its beginning, or in capitals."""
    found = _BRACKETED.search(title) or _LEADING.match(title)
    if found is None and sum(map(str.islower, title)) > sum(map(str.isupper, title)):
        found = _CAPITALS.search(title)
    if found is None:
        return None
    return Notice(_KINDS.get(found["kind"].casefold(), found["kind"].casefold()), found[0].strip(" :|\u2014\u2013-"))


# Likeness -------------------------------------------------------------------------------------------------------------

_SHORTEST_WORD = 4


def shares_words(page: Page, words: tuple[str, ...]) -> bool:
    """Whether a page has any of the longer words of an entry; true when the entry has none."""
    wanted = {each for text in words for each in _WORD.findall(text.casefold()) if len(each) >= _SHORTEST_WORD}
    shown = " ".join((page.title, page.heading, page.text)).casefold()
    return not wanted or not wanted.isdisjoint(_WORD.findall(shown))


def is_alike(page: Page, other: Page) -> bool:
    """Whether two pages of one site are the same to a reader, as far as they were kept."""
    if page.title != other.title or page.heading != other.heading or page.tiny != other.tiny:
        return False
    if page.tiny:
        return bool(page.text) and _letters(page.text) == _letters(other.text)
    return bool(page.title)


def _letters(text: str) -> str:
    # What differs from page to page of one message is the address, a number, a time.
    return " ".join(word for word in _WORD.findall(text.casefold()) if word.isalpha() and len(word) < 20)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""

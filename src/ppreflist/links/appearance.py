"""What a page that arrived really is: the work, or "not found" with status 200, a parked domain, a wall, a notice.

A status says little: sites answer 200 for pages that they do not have, and so do those who buy lapsed domains. The
title is asked first, the text only when the page is tiny, and always as a whole: every word of a title's part must be
one of those that such messages are made of, because "Evidence not found" may well be the title of an article. And
where there is an article to read, no title is believed: what it says is then a doubt, which asking for a page that
cannot exist resolves (``links/ask.py``).
"""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit

from ppreflist.links.domains import registered_domain
from ppreflist.links.fingerprint import Fingerprint, distance, significant
from ppreflist.links.hosts import host_of
from ppreflist.links.messages import hints_at_absence, says_absent
from ppreflist.links.page import Page
from ppreflist.links.providers import Provider

_SEGMENTS = re.compile(r"\s+[-–—/\\<>]+\s+|\s*[|·•»«›‹¦~\u2022]+\s*|\s*[.!?…]+(?:\s+|\Z)")
_WORD = re.compile(r"[^\W_]+")


def segments(title: str) -> list[str]:
    """The parts of a title, which sites put together: ``Page not found | The Site``."""
    return [each for each in _SEGMENTS.split(title[:400]) if each.strip()]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Not found ------------------------------------------------------------------------------------------------------------

_ERROR_PLACE = re.compile(
    r"/(?:(?:error|err|errors|http)[-_/]?)?(?:404|page-?_?not-?_?found|not-?_?found|notfound|no-?page|missing-?page)"
    r"(?:[-_/.]\w{0,12})?/?\Z",
    re.IGNORECASE,
)
_DOUBTFUL_PLACE = re.compile(r"/(?:errors?|sorry|oops)(?:\.\w{2,5})?/?\Z", re.IGNORECASE)
"""Where a site may send whoever asks for what is not there, and where it may as well keep what it writes on errors."""


class Absence(StrEnum):
    """How sure it is that a page with status 200 says that it is not there."""

    PLAIN = "plain"
    PERHAPS = "perhaps"
    NO = "no"


def absence(page: Page, start: str, end: str, words: tuple[str, ...]) -> Absence:
    """Whether a page says that what was asked for is not there. ``start`` is the address that was asked, ``end`` the
    one that answered, ``words`` are those of the entry: a page that has them is the one that was meant."""
    asked, answered = urlsplit(start).path, urlsplit(end).path
    named = _ERROR_PLACE.search(asked) is not None
    if answered != asked and not named:
        if _ERROR_PLACE.search(answered):
            return Absence.PLAIN
        if _DOUBTFUL_PLACE.search(answered) and has_little(page):
            return Absence.PERHAPS if words and shares_words(page, words) else Absence.PLAIN
    found = _told(page, start, words)
    if found is Absence.NO or named or any(map(says_absent, words)):
        return Absence.NO
    return Absence.PERHAPS if any(map(hints_at_absence, words)) else found


def _told(page: Page, start: str, words: tuple[str, ...]) -> Absence:
    """Whether the words of a page say that it is not there, whatever its entry says."""
    titled = [each for each in segments(page.title) if says_absent(each)]
    headed = [each for each in segments(page.heading) if says_absent(each)]
    if titled and has_little(page) and not _is_about_statuses(titled, start, bool(headed)):
        return Absence.PLAIN
    if page.tiny and page.text:
        told = [says_absent(each) for each in segments(page.text)]
        if any(told[:4]):
            return Absence.PLAIN
        if not headed and any(told) and not shares_words(page, words):
            return Absence.PERHAPS
    if titled or headed or hints_at_absence(f"{page.title} | {page.heading}"):
        return Absence.PERHAPS
    return Absence.PERHAPS if _for_sale([page.title, page.heading]) else Absence.NO


LITTLE = 150
"""Words of main text up to which a page may consist of a message and of what stands on every page of a site."""


def has_little(page: Page) -> bool:
    """Whether a page has so little text that its title says all there is to say."""
    return page.tiny or page.sparse or page.words <= LITTLE


def _is_about_statuses(titled: list[str], start: str, headed: bool) -> bool:
    """Whether the page may be one about "HTTP 404", or the 404th: its address, or its number, says so as well."""
    numbered = [each for each in titled if "404" in each]
    if not numbered or headed:
        return False
    return "404" in start or all(re.fullmatch(r"\W*page\W+404\W*", each, re.IGNORECASE) for each in numbered)


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
_DOMAIN = r"(?:[\w-]{1,60}\.){1,3}[a-z]{2,12}"
_FOR_SALE = re.compile(
    rf"(?:welcome to )?(?:{_DOMAIN}\W{{1,5}})?(?:"
    rf"(?:this |the )?(?:premium )?(?:domain(?: names?)?|website)(?: {_DOMAIN})? (?:is|(?:may|might|could) be) "
    r"(?:now )?(?:(?:listed )?for sale|available for (?:sale|purchase)|parked|up for (?:sale|auction))"
    r"(?: by its owner)?"
    r"|(?:buy|get|own) this (?:premium )?(?:domain(?: name)?|website)(?: today| now)?"
    r"|inquire about this domain(?: name)?"
    rf"|{_DOMAIN} (?:is|may be) (?:for sale|parked|available for purchase|up for sale)|{_DOMAIN} for sale"
    r"|domain(?: name)? for sale|make an offer on this domain"
    rf"|(?:this |the )?domain(?: name)?(?: {_DOMAIN})? (?:has )?(?:recently |just )?(?:been )?(?:expired|registered)"
    r"|parked (?:domain|page|free)(?: name)?(?: on [\w ]{3,40})?"
    r"|the domain owner (?:has not|hasn't) (?:yet )?(?:uploaded|published)"
    rf"|(?:this )?(?:web ?(?:page|site)|domain|{_DOMAIN}) is parked(?: for)? free,? courtesy of [\w. ]{{2,40}}"
    r"|this domain was recently registered at [\w. ]{2,40}|registered at [\w.-]{3,40}"
    r"|happy to see your domain with \w{2,30}"
    rf"|(?:diese |die )?domain (?:{_DOMAIN} )?(?:steht zum verkauf|(?:ist )?zu verkaufen|kaufen)(?:: {_DOMAIN})?"
    rf"|{_DOMAIN} (?:steht zum verkauf|kaufen|est à vendre|está (?:en venta|a la venta|à venda)|è in vendita)"
    rf"|{_DOMAIN} is te koop"
    rf"|(?:ce|le) (?:nom de )?domaine (?:{_DOMAIN} )?est (?:à vendre|en vente)|{_DOMAIN} est à vendre"
    rf"|(?:este|el) dominio (?:{_DOMAIN} )?está (?:en venta|a la venta)|este domínio está à venda"
    rf"|(?:questo|il) dominio (?:{_DOMAIN} )?è in vendita"
    rf"|(?:dit|het) domein (?:{_DOMAIN} )?is te koop|(?:de )?domeinnaam {_DOMAIN} is te koop"
    rf"|(?:ta )?domena (?:{_DOMAIN} )?jest na sprzedaż|(?:этот )?домен (?:{_DOMAIN} )?прода[её]тся"
    r"|(?:该|此|本)?域名(?:正在|可)?(?:出售|转让)(?:中)?|このドメインは(?:販売中|お売り)[です]*)\W*",
    re.IGNORECASE,
)
"""What a part of such a page says, and nothing else: an article about them says more."""
_OF_SALES = re.compile(
    r"\bdom[aeií]|sale\b|purchase|website|parked|\bregistered|verkauf|kaufen|vendre|venta|venda|vendita|koop|домен|域名|ドメイン",
    re.I,
)
"""What every one of them has: quicker to look for."""
_LANDER = re.compile(
    r"/lander(?:/?\Z|\?)|/(?:parking|domain-?parking|forsale|for-sale|buy-?domain)(?:\.\w{2,5})?/?\Z", re.I
)
_NUMBERED_WWW = re.compile(r"ww(?:1|2|3|4|7|8|11|12|16|17|25|38)\.")


def is_parked(page: Page, start: str, end: str) -> bool:
    """Whether nobody's page stands there: a domain that is parked or for sale."""
    host, was = host_of(end), host_of(start)
    domain, was_domain = registered_domain(host), registered_domain(was)
    if domain != was_domain and (domain in _PARKING_HOSTS or host in _PARKING_HOSTS):
        return True
    if _NUMBERED_WWW.match(host) and not _NUMBERED_WWW.match(was) and domain == was_domain:
        return True
    if page.refresh and (_LANDER.search(page.refresh) or registered_domain(host_of(page.refresh)) in _PARKING_HOSTS):
        return was_domain not in _PARKING_HOSTS
    if page.provider is Provider.PARKING:
        return True
    if any(was_domain in each.casefold() for each in _for_sale([page.title, page.heading])):
        return True
    if page.tiny and _OF_SALES.search(page.text) and _for_sale(_sentences(page.text)):
        return True
    if page.tiny and _for_sale([page.title, page.heading]):
        return True
    # "example.org" and nothing else but advertisements: the title of a parked page is often the bare domain.
    named = page.title.casefold().removeprefix("www.") == was_domain
    return page.tiny and named and "related searches" in f"{page.heading} {page.text}".lower()


def _for_sale(texts: list[str]) -> list[str]:
    """What says that a domain is to be had, and nothing else, of some texts."""
    return [
        each
        for text in texts
        if _OF_SALES.search(text)
        for each in (text, *segments(text))
        if _FOR_SALE.fullmatch(each.strip())
    ]


def _sentences(text: str) -> list[str]:
    return [each for each in re.split(r"(?<=[^.\s]{4})[.!?…]+(?:\s+|\Z)|[:|]\s", text) if each.strip()]


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
    if not page.tiny and page.words > LITTLE:
        return False  # a list of books may be headed "Coming soon", and be all links
    titled = [each.strip() for each in segments(page.title)][:2]
    if page.tiny:
        return any(_FACTORY.fullmatch(each) or (_FACTORY.match(each) and len(each) < 60) for each in titled[:1])
    # A site may say "Coming soon" of an event; that it is all there is, its heading or the lack of one tells.
    return len(titled) == 1 and _FACTORY.fullmatch(titled[0]) is not None


_SURE_WALL = re.compile(
    r"just a moment|attention required|sucuri website firewall|pardon our interruption|client challenge|"
    r"vercel security checkpoint|robot or human|radware bot manager(?: captcha)?|"
    r"ddos-?guard|making sure you'?re not a bot|error - cookies turned off|"
    r"cookies turned off|access to this page has been denied|verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"bitte bestätigen sie,? dass sie kein roboter sind",
    re.IGNORECASE,
)
"""Titles that nobody gives to a work."""
_WALL = re.compile(
    r"checking your browser(?: before .*)?|access denied|are you (?:a )?(?:robot|human)|(?:browser |security )?check|"
    r"(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human|(?:human|bot|robot|browser|security) verification|"
    r"validate user|bot (?:check|protection)|one moment,? please|please wait|captcha(?: challenge)?|robot check|"
    r"403 forbidden|forbidden|(?:our systems have detected )?unusual traffic.*|request (?:rejected|blocked)|"
    r"(?:sorry, )?you have been blocked|please enable (?:cookies|javascript).*|enable (?:javascript and )?cookies.*|"
    r"cookies? (?:required|disabled|absent|not enabled|must be enabled)|press (?:&|and) hold to confirm.*|"
    r"verification required|one more step|un instant|einen moment(?: bitte)?|un momento(?:,? por favor)?|"
    r"sicherheits(?:über)?prüfung|vérification de sécurité|vérifiez que vous êtes (?:un )?humain|"
    r"verificación de seguridad|verifica di sicurezza|проверка браузера|安全验证|人机验证|安全檢查|安全检查|"
    r"request unsuccessful|incapsula incident id.*|reference #[\da-f.]{8,}|your support id is:? ?\d+|"
    r"you don'?t have permission to access .{1,200} on this server.*|checking if the site connection is secure",
    re.IGNORECASE,
)


def is_wall(page: Page) -> bool:
    """Whether a page asks whoever is there to prove to be a person, or to switch something on."""
    titled = [each.strip() for each in segments(page.title)]
    if titled and all(_SURE_WALL.fullmatch(each) for each in titled[:1]) and (has_little(page) or len(titled) <= 2):
        return True
    if page.title.strip() and _SURE_WALL.fullmatch(page.title.strip()):
        return True
    if page.provider is Provider.WALL:
        return True
    if not has_little(page):
        return False
    texts = [*titled[:1], *(each.strip() for each in segments(page.heading))]
    if page.tiny:
        texts += [each.strip() for each in _sentences(page.text)[:4]]
    return any(_WALL.fullmatch(each) for each in texts)


_LOG_IN_TITLE = re.compile(
    r"(?:please |user |member |account |web |central |single |your |ezproxy |library |student |staff |institutional )*"
    r"(?:log[- ]?in|sign[- ]?in|log[- ]?on|sign[- ]?on|authentication|authentication required|login required|"
    r"log in or (?:register|sign up)|sign in or register|register to continue|anmeldung|anmelden|einloggen|"
    r"connexion|se connecter|identification(?: requise)?|s'identifier|iniciar sesión|acceder|accedi|entrar|"
    r"iniciar sessão|inloggen|aanmelden|logga in|logg inn|log ind|kirjaudu(?: sisään)?|zaloguj się|logowanie|"
    r"přihlášení|giriş(?: yap)?|вход|войти|авторизация|ログイン|サインイン|(?:用户|用戶|会员)?登[录錄入]|로그인)"
    r"(?: (?:page|form|required|here|service|to (?:continue|your account|[\w .-]{1,40})|with .{1,40}))?",
    re.IGNORECASE,
)
_CONSENT_TITLE = re.compile(
    r"before you continue(?: to .{1,40})?|(?:cookie|privacy) (?:consent|choices|settings|preferences)|"
    r"your privacy choices|"
    r"we value your privacy|accept (?:cookies|terms)(?: (?:and|of|to) .{0,30})?|datenschutzeinstellungen|"
    r"cookie-?einstellungen|terms of use agreement|"
    r"(?:subscribe|register|subscription) (?:to (?:continue|read)|required).{0,30}|age verification",
    re.IGNORECASE,
)


def is_log_in_page(page: Page) -> bool:
    """Whether a page is a log-in, consent or subscription wall, and nothing else."""
    first = segments(page.title)[:1] or segments(page.heading)[:1]
    if any(_CONSENT_TITLE.fullmatch(each.strip()) for each in first) and (has_little(page) or _is_before(first)):
        return True
    logging_in = any(_LOG_IN_TITLE.fullmatch(each.strip()) for each in first)
    return logging_in and (page.password or page.tiny or not page.complete)


def _is_before(first: list[str]) -> bool:
    return first[0].casefold().startswith("before you continue")


# Marks ----------------------------------------------------------------------------------------------------------------

_MARKS = {
    "retraction": "retracted",
    "withdrawal": "withdrawn",
    "rescinded": "withdrawn",
}
_BRACKETED = re.compile(
    r"[\[({<]\s*(?:\w+ ){0,2}(?P<mark>retracted|retraction|retired|withdrawn|superseded|rescinded|"
    r"expression of concern)"
    r"(?:\s[^\])}>]{0,80})?\s*[\])}>]",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:\W*)(?:(?:this )?(?:article|paper|guideline|editorial|notice of|publisher'?s)\s+)*"
    r"(?P<mark>retracted|retraction|retired|withdrawn|withdrawal|superseded|expression of concern)"
    r"(?:\s+(?:article|paper|chapter|notice|note|guideline|guidance|standard|preprint|publication|statement))?"
    r"\s*(?:[:\u2014\u2013|]|-\s|\Z|(?:of|to|for|on)\b\s*:)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(
    r"(?<![\w-])(?P<mark>RETRACTED|RETIRED|WITHDRAWN|SUPERSEDED|RESCINDED|EXPRESSION OF CONCERN)(?![\w-])"
)


def mark_in(title: str) -> str:
    """What a title marks the work as, in brackets, at its beginning, or in capitals: retired, retracted, withdrawn,
    superseded, expression of concern; empty when it does not."""
    found = _BRACKETED.search(title) or _LEADING.match(title)
    if found is None and sum(map(str.islower, title)) > sum(map(str.isupper, title)):
        found = _CAPITALS.search(title)
    mark = found["mark"].casefold() if found is not None else ""
    return _MARKS.get(mark, mark)


# Likeness -------------------------------------------------------------------------------------------------------------

_SHORTEST_WORD = 4


def shares_words(page: Page, words: tuple[str, ...]) -> bool:
    """Whether a page has any of the longer words of an entry; true when the entry has none."""
    wanted = {each for text in words for each in _WORD.findall(text.casefold()) if len(each) >= _SHORTEST_WORD}
    shown = " ".join((page.title, page.heading, page.text)).casefold()
    return not wanted or not wanted.isdisjoint(_WORD.findall(shown))


def names_nothing(page: Page, words: tuple[str, ...]) -> bool:
    """Whether a page of some length has none of the telling words of an entry, neither in its title and heading nor at
    the beginning of its text; false when the entry has too few."""
    telling = frozenset().union(*map(significant, words))
    if len(telling) < _FEWEST_TELLING or page.tiny or not page.words or shares_words(page, words):
        return False
    return Fingerprint(vocabulary=page.vocabulary).held(telling) == 0


_FEWEST_TELLING = 3
_APART = 12
"""Bits in which the simhashes of two pages may differ that are one message, with another address or date in it."""


def is_alike(page: Page, other: Page) -> bool:
    """Whether two pages of one site are the same to a reader, as far as they were kept."""
    if page.title != other.title or page.heading != other.heading or page.tiny != other.tiny:
        return False
    if page.tiny:
        return bool(page.text) and _letters(page.text) == _letters(other.text)
    if page.words and other.words and distance(page.simhash, other.simhash) > _APART:
        return False
    return bool(page.title)


def _letters(text: str) -> str:
    # What differs from page to page of one message is the address, a number, a time.
    return " ".join(word for word in _WORD.findall(text.casefold()) if word.isalpha() and len(word) < 20)

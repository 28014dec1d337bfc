"""Locales: terms, date formats and options, drawn from styles and locale files.

Specification: "Locale Fallback", "Terms", "Ordinal Suffixes", "Localized Date Formats", "Localized
Options".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from ppreflist.csl.markup import clean
from ppreflist.csl.style import Style
from ppreflist.csl.xmltree import Node, parse
from ppreflist.errors import MalformedStyle

# https://github.com/citation-style-language/locales, locales.json: "primary-dialects".
_DIALECTS: Final = """
    af=af-ZA ar=ar bal=bal-PK bg=bg-BG brh=brh-PK ca=ca-AD cs=cs-CZ cy=cy-GB da=da-DK de=de-DE el=el-GR
    en=en-US es=es-ES et=et-EE eu=eu fa=fa-IR fi=fi-FI fr=fr-FR gl=gl-ES he=he-IL hi=hi-IN hr=hr-HR
    hu=hu-HU hy=hy-AM id=id-ID is=is-IS it=it-IT ja=ja-JP km=km-KH ko=ko-KR la=la lij=lij-IT lt=lt-LT
    lv=lv-LV mn=mn-MN ms=ms-MY nb=nb-NO nl=nl-NL nn=nn-NO no=nb-NO pa=pa-PK pl=pl-PL pt=pt-PT ro=ro-RO
    ru=ru-RU sk=sk-SK sl=sl-SI sr=sr-Latn-RS sv=sv-SE th=th-TH tl=tl-PH tr=tr-TR uk=uk-UA vi=vi-VN
    zh=zh-CN
"""
PRIMARY_DIALECTS: Final = dict(pair.split("=") for pair in _DIALECTS.split())
# "Terms": what a form falls back to when it is undefined everywhere.
_FORM_FALLBACK: Final = {
    "verb-short": ("verb-short", "verb", "long"),
    "symbol": ("symbol", "short", "long"),
    "verb": ("verb", "long"),
    "short": ("short", "long"),
    "long": ("long",),
}
_ORDINAL: Final = re.compile(r"ordinal(?:-(\d\d))?$")
_LONG_ORDINAL: Final = re.compile(r"long-ordinal-(\d\d)$")


class Term(NamedTuple):
    single: str
    multiple: str


class Locale:
    """What one style says in one language."""

    __slots__ = (
        "_memo",
        "dates",
        "gender",
        "lang",
        "long_ordinals",
        "options",
        "ordinals",
        "terms",
    )

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.terms: dict[str, dict[str, Term]] = {}
        self.gender: dict[str, str] = {}
        # (two digits or "", gender-form) -> (suffix, match)
        self.ordinals: dict[tuple[str, str], tuple[str, str]] = {}
        self.long_ordinals: dict[tuple[int, str], str] = {}
        self.dates: dict[str, Node] = {}
        self.options: dict[str, str] = {}
        self._memo: dict[tuple[str, str, bool], str | None] = {}

    @property
    def language(self) -> str:
        """The primary language subtag: "de" of "de-AT"."""
        return self.lang.partition("-")[0].lower()

    @property
    def punctuation_in_quote(self) -> bool:
        return self.options.get("punctuation-in-quote") == "true"

    def find(self, name: str, form: str = "long", plural: bool = False) -> str | None:
        """The term, or None when it is defined in no form that ``form`` falls back to."""
        key = (name, form, plural)
        if key not in self._memo:
            forms = self.terms.get(name)
            found = None
            if forms is not None:
                for candidate in _FORM_FALLBACK.get(form, ("long",)):
                    if candidate in forms:
                        found = forms[candidate].multiple if plural else forms[candidate].single
                        break
            self._memo[key] = found
        return self._memo[key]

    def term(self, name: str, form: str = "long", plural: bool = False) -> str:
        return self.find(name, form, plural) or ""

    def ordinal_suffix(self, number: int, gender: str = "") -> str:
        """ "Ordinal Suffixes": the most specific of the terms that match ``number``, in this gender or neuter."""
        if not any(code == "" for code, _ in self.ordinals):
            return self._ordinal_1_0(number)
        last_two = f"{number % 100:02d}"
        for code in (last_two, f"0{last_two[1]}"):
            for form in (gender, "") if gender else ("",):
                found = self.ordinals.get((code, form))
                if found is None:
                    continue
                suffix, match = found
                if not match:
                    match = "last-digit" if code < "10" else "last-two-digits"
                if (
                    (match == "last-digit" and number % 10 == int(code))
                    or (match == "last-two-digits" and number % 100 == int(code))
                    or (match == "whole-number" and number == int(code))
                ):
                    return suffix
        for form in (gender, ""):
            if ("", form) in self.ordinals:
                return self.ordinals[("", form)][0]
        return ""

    def _ordinal_1_0(self, number: int) -> str:
        # CSL 1.0: no "ordinal" term; ordinal-04 is everything but 1, 2, 3 (and 11, 12, 13 are no 1, 2, 3).
        digit = number % 10
        code = f"0{digit}" if digit in (1, 2, 3) and number % 100 not in (11, 12, 13) else "04"
        return self.ordinals.get((code, ""), ("", ""))[0]

    def long_ordinal(self, number: int, gender: str = "") -> str | None:
        for form in (gender, "") if gender else ("",):
            found = self.long_ordinals.get((number, form))
            if found is not None:
                return found
        return None

    def merge(self, node: Node, *, whole: bool = False) -> None:
        """Lay ``node`` (cs:locale) over what is known: it has priority.

        ``whole``: a locale file. A term it has in any form is not completed with forms of another language.
        """
        if whole:
            for terms in node.each("terms"):
                for term in terms.each("term"):
                    self.terms.pop(term.get("name"), None)
        ordinals: dict[tuple[str, str], tuple[str, str]] = {}
        for child in node.children:
            if child.tag == "terms":
                for term in child.each("term"):
                    self._merge_term(term, ordinals)
            elif child.tag == "date":
                self.dates[child.get("form")] = child
            elif child.tag == "style-options":
                self.options.update(child.attributes)
        if ordinals:
            # "(re)defining any of the ordinal terms through cs:locale replaces all previously defined".
            self.ordinals = ordinals
        self._memo.clear()

    def _merge_term(self, node: Node, ordinals: dict[tuple[str, str], tuple[str, str]]) -> None:
        name = node.get("name")
        form = node.get("form", "long")
        single, multiple = node.child("single"), node.child("multiple")
        if single is not None or multiple is not None:
            first = clean(single.text) if single is not None else ""
            term = Term(first, clean(multiple.text) if multiple is not None else first)
        else:
            # White space that only lays out the XML is no content.
            text = "" if "\n" in node.text and node.text.isspace() else clean(node.text)
            term = Term(text, text)
        gender_form = node.get("gender-form")
        if match := _ORDINAL.match(name):
            ordinals[(match[1] or "", gender_form)] = (term.single, node.get("match"))
            return
        if match := _LONG_ORDINAL.match(name):
            self.long_ordinals[(int(match[1]), gender_form)] = term.single
            return
        self.terms.setdefault(name, {})[form] = term
        if "gender" in node.attributes:
            self.gender[name] = node.get("gender")


def fallback_chain(lang: str) -> list[str]:
    """The locale files for ``lang``, best first ("Locale Fallback", B)."""
    chain = []
    language = lang.partition("-")[0].lower()
    dialect = lang if "-" in lang else PRIMARY_DIALECTS.get(language, lang)
    for candidate in (dialect, PRIMARY_DIALECTS.get(language, ""), "en-US"):
        if candidate and candidate not in chain:
            chain.append(candidate)
    return chain


def normal_lang(lang: str) -> str:
    """``lang`` as locale files spell it: "de_at" -> "de-AT"; private subtags (-x-...) dropped."""
    parts = lang.strip().replace("_", "-").partition("-x-")[0].split("-")
    parts[0] = parts[0].lower()
    for index, part in enumerate(parts[1:], 1):
        parts[index] = part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part
    return "-".join(part for part in parts if part)


def build_locale(style: Style, lang: str | None, locale_text: Callable[[str], str | bytes | None]) -> Locale:
    """The locale of ``style`` for ``lang`` (or its default-locale, or en-US).

    ``locale_text("de-AT")`` returns the XML of that locale file, or None when there is none.
    """
    lang = normal_lang(lang or style.default_locale or "en-US") or "en-US"
    chain = fallback_chain(lang)
    locale = Locale(chain[0] if "-" not in lang else lang)
    for name in reversed(chain):
        text = locale_text(name)
        if text is None:
            continue
        root = parse(text, f"locales-{name}.xml")
        if root.tag != "locale":
            raise MalformedStyle(f"<{root.tag}> is not a CSL locale", path=f"locales-{name}.xml", line=root.line)
        locale.merge(root, whole=True)
    language = lang.partition("-")[0]
    for wanted in ("", language, locale.lang):
        for node in style.locales:
            if normal_lang(node.get("lang")) == wanted and (wanted or "lang" not in node.attributes):
                locale.merge(node)
        if wanted and wanted == locale.lang == language:
            break
    return locale

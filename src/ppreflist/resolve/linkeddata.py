"""What a page's JSON-LD says of the work on it, as a CSL-JSON item.

https://schema.org/CreativeWork and its kinds; https://developers.google.com/search/docs/appearance/structured-data/article
for what publishers do with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ppreflist.model.identifier import DOI, parse_doi
from ppreflist.resolve.people import person
from ppreflist.resolve.record import Item, clean_text

_TYPES: Final = {
    "ScholarlyArticle": "article-journal",
    "MedicalScholarlyArticle": "article-journal",
    "NewsArticle": "article-newspaper",
    "ReportageNewsArticle": "article-newspaper",
    "AnalysisNewsArticle": "article-newspaper",
    "OpinionNewsArticle": "article-newspaper",
    "BlogPosting": "post-weblog",
    "Report": "report",
    "Thesis": "thesis",
    "Book": "book",
    "Chapter": "chapter",
    "Dataset": "dataset",
    "SoftwareSourceCode": "software",
    "SoftwareApplication": "software",
    "Article": "webpage",
    "TechArticle": "webpage",
    "SocialMediaPosting": "post",
    "DiscussionForumPosting": "post",
    "PodcastEpisode": "broadcast",
    "VideoObject": "motion_picture",
    "MedicalWebPage": "webpage",
    "AboutPage": "webpage",
    "FAQPage": "webpage",
    "ItemPage": "webpage",
    "WebPage": "webpage",
}
"""schema.org type -> CSL type; the earlier in the list, the surer it is what the page is about."""
_RANKS: Final = {name: rank for rank, name in enumerate(_TYPES)}
_PERIODICALS: Final = frozenset({"Periodical", "Newspaper", "Magazine"})
_DEEPEST: Final = 5


def item_from(objects: Iterable[Mapping[str, Any]], url: str) -> Item:
    """The item that the main object says, not cleaned yet; empty when there is none."""
    ranked = [
        (rank, not _is_about(each, url), number, each)
        for number, each in enumerate(objects)
        if (rank := _rank(each)) is not None
    ]
    if not ranked:
        return {}
    rank, _, _, main = min(ranked, key=lambda each: each[:3])
    part_of, publisher = _containers(main.get("isPartOf")), _name(main.get("publisher"))
    item: Item = {
        "type": list(_TYPES.values())[rank],
        "title": _text(main.get("headline")) or _name(main),
        "author": _people(main.get("author") or main.get("creator")),
        "editor": _people(main.get("editor")),
        "container-title": part_of.get("title") or publisher,
        "publisher": publisher,
        "volume": part_of.get("volume") or _text(main.get("volumeNumber")),
        "issue": part_of.get("issue") or _text(main.get("issueNumber")),
        "ISSN": part_of.get("ISSN"),
        "ISBN": _text(main.get("isbn")),
        "page": _text(main.get("pagination")) or _pages(main),
        "date": _text(main.get("datePublished")) or _text(main.get("dateCreated")),
        "version": _text(main.get("softwareVersion")),
        "language": _text(main.get("inLanguage")),
        "DOI": _doi(main),
    }
    if item["type"] in ("book", "report", "dataset", "software"):
        item["container-title"] = part_of.get("title")
    return {name: value for name, value in item.items() if value}


def _rank(data: Mapping[str, Any]) -> int | None:
    kinds = data.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    found = [
        _RANKS[short] for each in names[:9] if isinstance(each, str) and (short := each.rpartition("/")[2]) in _RANKS
    ]
    return min(found, default=None)


def _is_about(data: Mapping[str, Any], url: str) -> bool:
    """Whether an object says that it is what stands at the address."""
    page = data.get("mainEntityOfPage")
    told = [data.get("url"), data.get("@id"), page.get("@id") if isinstance(page, Mapping) else page]
    return any(isinstance(each, str) and each.partition("#")[0].rstrip("/") == url.rstrip("/") for each in told)


def _containers(value: object, depth: int = 0) -> dict[str, str]:
    """Journal, volume and issue out of nested ``isPartOf``."""
    if isinstance(value, list):
        value = next((each for each in value if isinstance(each, Mapping)), None)
    if not isinstance(value, Mapping) or depth > _DEEPEST:
        return {}
    made = {
        "volume": _text(value.get("volumeNumber")),
        "issue": _text(value.get("issueNumber")),
        "ISSN": _text(value.get("issn")),
    }
    kinds = value.get("@type")
    if _PERIODICALS & {each for each in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(each, str)}:
        made["title"] = _name(value)
    above = _containers(value.get("isPartOf"), depth + 1)
    return {
        name: text for name, text in {**above, **{name: text for name, text in made.items() if text}}.items() if text
    }


def _people(value: object) -> list[dict[str, str]]:
    people = []
    for each in value[:200] if isinstance(value, list) else [value]:
        if isinstance(each, str):
            name = person(each)
        elif isinstance(each, Mapping):
            name = _person(each)
        else:
            continue
        if name:
            people.append(name)
    return people


def _person(data: Mapping[str, Any]) -> dict[str, str]:
    family, given, whole = _text(data.get("familyName")), _text(data.get("givenName")), _name(data)
    if family:
        return {"family": family, "given": given} if given else {"family": family}
    kinds = data.get("@type")
    if whole and kinds is not None and "Person" not in str(kinds):
        return {"literal": whole}
    return person(whole)


def _name(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, Mapping) else _text(value)


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("@value")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = clean_text(str(value)[:4000])
    return "" if "://" in text and " " not in text else text


def _pages(data: Mapping[str, Any]) -> str:
    first, last = _text(data.get("pageStart")), _text(data.get("pageEnd"))
    return f"{first}-{last}" if first and last and first != last else first


def _doi(data: Mapping[str, Any]) -> str:
    """The DOI that the object says is its own."""
    for name in ("doi", "identifier", "sameAs", "@id", "url"):
        values = data.get(name)
        for each in values[:20] if isinstance(values, list) else [values]:
            value = each.get("value") or each.get("@id") if isinstance(each, Mapping) else each
            found = parse_doi(value) if isinstance(value, str) and "10." in value else None
            if isinstance(found, DOI):
                return found.value
    return ""

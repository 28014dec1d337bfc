from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.links.appearance import (
    Absence,
    absence,
    is_factory_page,
    is_log_in_page,
    is_parked,
    is_wall,
    mark_in,
    segments,
)
from ppreflist.links.page import Page

URL = "https://www.site.org/a/b.html"


def titled(title: str, **other: str) -> Page:
    return Page(title=title, text=other.get("text", ""), tiny=True, heading=other.get("heading", ""))


ABSENT = """
404
404 Not Found
Error 404
Error 404 (Not Found)!!1
HTTP Error 404 - Not Found
Page not found
Page Not Found | The Journal of Things
The Journal of Things - Page not found
Page not found · GitHub Pages
Not Found
File not found
Document Not Found
Sorry, page not found
Oops! That page can't be found.
Oops! That page can’t be found. – My Site
The page you requested cannot be found
The page you are looking for was not found
This page is no longer available
The requested article does not exist
We're sorry, this content is not available
We couldn't find that page
Article not found - Publisher
Seite nicht gefunden
Fehler 404 - Seite nicht gefunden | Universität
Die angeforderte Seite wurde nicht gefunden
Page non trouvée
Page introuvable - Ministère
Página no encontrada
Página não encontrada
Pagina non trovata
Pagina niet gevonden
Sidan hittades inte
Siden blev ikke fundet
Sivua ei löydy
Strona nie została znaleziona
Страница не найдена
Sayfa bulunamadı
页面不存在
ページが見つかりません
페이지를 찾을 수 없습니다
""".strip().splitlines()
PRESENT = """
Evidence not found: A systematic review
Lost and found
Not found in the wild: Extinct species of the Danube
Symptoms not found on examination
Polymerase was not detected
Intravenous immunoglobulin for post-polio syndrome
Room 404: A novel
Peugeot 404 at fifty
The missing link
Journal of Missing Data
Errors and status in statistics
No evidence of harm
Found
Error analysis
Home
Nothing to see
Gone with the wind
Not
A page
""".strip().splitlines()


@pytest.mark.parametrize("title", ABSENT)
def test_pages_that_say_they_are_not_there(title: str) -> None:
    assert absence(titled(title), URL, URL, ("Immunoglobulin",)) is Absence.PLAIN
    assert absence(titled("The Site", heading=title), URL, URL, ("Immunoglobulin",)) is not Absence.NO


@pytest.mark.parametrize("title", PRESENT)
def test_pages_that_only_sound_like_it(title: str) -> None:
    assert absence(titled(title, heading=title), URL, URL, ("Immunoglobulin",)) is not Absence.PLAIN
    assert absence(titled(title, heading=title), URL, URL, (title,)) is not Absence.PLAIN


def test_an_article_about_it() -> None:
    assert absence(titled("HTTP 404 - Wikipedia"), URL + "/HTTP_404", URL + "/HTTP_404", ()) is not Absence.PLAIN
    assert absence(titled("Page not found | Blog"), URL, URL, ("Page not found",)) is Absence.NO


def test_a_tiny_text_is_weighed_too() -> None:
    page = titled("The Site", text="The Site. The page you requested could not be found. Home")
    assert absence(page, URL, URL, ("Immunoglobulin",)) is Absence.PLAIN


@pytest.mark.parametrize(
    "end", ["/404", "/404.html", "/error/404", "/page-not-found", "/notfound.aspx", "/errors/404/"]
)
def test_an_address_says_it(end: str) -> None:
    page = titled("The Site")
    assert absence(page, URL, "https://www.site.org" + end, ()) is Absence.PLAIN
    assert absence(page, "https://www.site.org" + end, "https://www.site.org" + end, ()) is Absence.NO


@pytest.mark.parametrize(
    "text",
    [
        "site.org is for sale", "This domain is for sale!", "The domain name site.org is for sale. Make an offer",
        "This domain may be for sale", "Buy this domain", "This domain is parked", "This domain has expired",
        "site.org is parked free, courtesy of a registrar", "Diese Domain steht zum Verkauf",
        "Ce domaine est à vendre", "Questo dominio è in vendita", "This premium domain is available for purchase",
    ],
)  # fmt: skip
def test_parked_pages(text: str) -> None:
    assert is_parked(titled(text), URL, URL)
    assert is_parked(titled("site.org", text=text), URL, URL)


@pytest.mark.parametrize(
    ("end", "refresh"),
    [
        ("https://www.hugedomains.com/domain_profile.cfm?d=site.org", ""),
        ("https://dan.com/buy-domain/site.org", ""),
        ("http://ww25.site.org/?subid1=1", ""),
        (URL, "https://www.site.org/lander"),
        (URL, "https://sedo.com/search/details/?domain=site.org"),
    ],
)
def test_places_of_parked_domains(end: str, refresh: str) -> None:
    assert is_parked(Page(title="x", refresh=refresh), URL, end)


@pytest.mark.parametrize(
    "title",
    ["Domain analysis of proteins", "Houses for sale in 1930", "The domain of the sale", "Parked cars and asthma",
     "Expired patents", "A page"],
)  # fmt: skip
def test_pages_that_are_not_parked(title: str) -> None:
    assert not is_parked(titled(title, text=title), URL, URL)


@pytest.mark.parametrize(
    "title",
    ["Just a moment...", "Attention Required! | Cloudflare", "Access Denied", "Are you a robot?", "Client Challenge",
     "Pardon Our Interruption", "Radware Bot Manager Captcha", "Validate User", "Making sure you're not a bot!",
     "Security Check", "Verifying you are human", "403 Forbidden"],
)  # fmt: skip
def test_walls(title: str) -> None:
    assert is_wall(titled(title))


@pytest.mark.parametrize("title", ["Access denied: Inequality in care", "A moment in time", "Robots in surgery", ""])
def test_no_walls(title: str) -> None:
    assert not is_wall(titled(title))


@pytest.mark.parametrize(
    "title",
    ["Log in", "Login | Library", "Sign in to continue", "Please log in", "User login - Wiki", "Anmelden", "Connexion",
     "Before you continue to the site", "Your privacy choices"],
)  # fmt: skip
def test_log_in_pages(title: str) -> None:
    assert is_log_in_page(Page(title=title, password=True))


@pytest.mark.parametrize("title", ["Login effects in social networks", "Signs in neurology", "Connexion of the dots"])
def test_no_log_in_pages(title: str) -> None:
    assert not is_log_in_page(Page(title=title, password=True))


def test_an_article_with_a_log_in_box_is_an_article() -> None:
    assert not is_log_in_page(Page(title="Intravenous immunoglobulin", password=True))


@pytest.mark.parametrize(
    "title", ["Welcome to nginx!", "Apache2 Ubuntu Default Page: It works", "IIS Windows Server", "Account Suspended"]
)
def test_factory_pages(title: str) -> None:
    assert is_factory_page(titled(title))
    assert not is_factory_page(titled("How nginx works"))


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("Evidence-based guideline: Intravenous immunoglobulin [RETIRED] | Neurology", "retired"),
        ("[Retracted] Effects of things", "retracted"),
        ("RETRACTED: Ileal-lymphoid-nodular hyperplasia - The Lancet", "retracted"),
        ("RETRACTED ARTICLE: A study | Springer", "retracted"),
        ("Retracted: A study", "retracted"),
        ("Retraction: A study", "retracted"),
        ("Retraction Note: A study", "retracted"),
        ("Notice of Retraction: A study", "retracted"),
        ("WITHDRAWN: Exercise for pain - Cochrane", "withdrawn"),
        ("A study (withdrawn)", "withdrawn"),
        ("Guideline for care (Superseded)", "superseded"),
        ("Superseded: Standard 12", "superseded"),
        ("Expression of Concern: A study", "expression of concern"),
        ("Editorial Expression of Concern: A study", "expression of concern"),
        ("A study of cells RETRACTED | Journal", "retracted"),
    ],
)
def test_marks(title: str, mark: str) -> None:
    assert mark_in(title) == mark


@pytest.mark.parametrize(
    "title",
    ["Retired nurses and their health", "Withdrawn children at school", "RETIRED NURSES AND THEIR HEALTH",
     "Why papers are retracted", "The retraction of muscle", "Erratum: A study", "Correction: A study",
     "Superseded theories in science", "Withdrawal of treatment in intensive care", "A page", ""],
)  # fmt: skip
def test_no_marks(title: str) -> None:
    assert mark_in(title) == ""


@given(st.text(max_size=200))
def test_any_title_may_come(title: str) -> None:
    page = titled(title, text=title, heading=title)
    assert isinstance(absence(page, URL, URL, (title,)), Absence)
    assert all(isinstance(answer, bool) for answer in (is_parked(page, URL, URL), is_wall(page), is_log_in_page(page)))
    assert len(segments(title)) <= len(title)
    mark_in(title)

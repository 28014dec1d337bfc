"""Reading a library, and replacing it in one step."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from ppreflist.bibtex import disk
from ppreflist.errors import LibraryConflict, LibraryNotFound, LibraryUnreadable, LibraryUnwritable

AS_ROOT = os.geteuid() == 0


def test_reads_bytes_text_and_blocks(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"\xef\xbb\xbf@a{k, b = {\xc3\xbc}}\r\n")
    snapshot = disk.read(path)
    assert snapshot.text == "@a{k, b = {ü}}\r\n"
    assert snapshot.file.entries[0].key == "k"
    assert snapshot.file.path == str(path)
    assert snapshot.exists


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(LibraryNotFound) as caught:
        disk.read(tmp_path / "refs.bib")
    assert "no such file" in caught.value.message
    with pytest.raises(LibraryNotFound) as caught:
        disk.read(tmp_path / "folder" / "refs.bib", missing_ok=True)
    assert "no such folder" in caught.value.message
    snapshot = disk.read(tmp_path / "refs.bib", missing_ok=True)
    assert (snapshot.exists, snapshot.text) == (False, "")


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnreadable, match="this is a directory"):
        disk.read(tmp_path)


def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    os.mkfifo(path)
    with pytest.raises(LibraryUnreadable, match="not an ordinary file"):
        disk.read(path)


def test_a_loop_of_links(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.symlink_to(path)
    with pytest.raises((LibraryUnreadable, LibraryNotFound)):
        disk.read(path)


@pytest.mark.skipif(AS_ROOT, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@a{k}")
    path.chmod(0)
    with pytest.raises(LibraryUnreadable, match="permission denied"):
        disk.read(path)


def test_too_large_a_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.touch()
    os.truncate(path, disk.SIZE_LIMIT + 1)
    with pytest.raises(LibraryUnreadable, match="512 MB is the most"):
        disk.read(path)


def test_not_text(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"@a{k}\n\0")
    with pytest.raises(LibraryUnreadable) as caught:
        disk.read(path)
    assert caught.value.place == f"{path}:2"


def test_replaces_the_bytes_and_keeps_the_mode(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    path.chmod(0o640)
    disk.replace_file(disk.read(path), b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["refs.bib"]


@pytest.mark.skipif(not AS_ROOT, reason="only root may give files away")
def test_keeps_the_owner(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    os.chown(path, 1234, 2345)
    disk.replace_file(disk.read(path), b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes as Linux has them")
def test_keeps_extended_attributes(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    try:
        os.setxattr(path, "user.xdg.tags", b"ivig")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    disk.replace_file(disk.read(path), b"new")
    assert os.getxattr(path, "user.xdg.tags") == b"ivig"


@pytest.mark.skipif(AS_ROOT, reason="root may write everything")
def test_a_write_protected_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(LibraryUnwritable, match="write-protected"):
        disk.replace_file(disk.read(path), b"new")
    assert path.read_bytes() == b"old"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "target.bib"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "refs.bib"
    link.symlink_to("elsewhere/target.bib")
    disk.replace_file(disk.read(link), b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert os.listdir(target.parent) == ["target.bib"]


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    disk.replace_file(disk.read(path, missing_ok=True), b"new")
    (tmp_path / "other").touch()
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_change_by_another_program_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    snapshot = disk.read(path)
    path.write_bytes(b"theirs")
    with pytest.raises(LibraryConflict):
        disk.replace_file(snapshot, b"new")
    assert path.read_bytes() == b"theirs"
    path.unlink()
    with pytest.raises(LibraryConflict):
        disk.replace_file(snapshot, b"new")
    missing = disk.read(path, missing_ok=True)
    path.write_bytes(b"theirs")
    with pytest.raises(LibraryConflict):
        disk.replace_file(missing, b"new")
    assert os.listdir(tmp_path) == ["refs.bib"]


def test_what_an_interrupted_write_left_is_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    (tmp_path / "refs.bib.ppreflist-tmp").write_bytes(b"half of the n")
    disk.replace_file(disk.read(path), b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["refs.bib"]


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / "refs.bib.ppreflist-tmp").symlink_to(victim)
    disk.replace_file(disk.read(path), b"new")
    assert victim.read_bytes() == b"precious"
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    snapshot = disk.read(path)
    really_open = os.open

    def on_a_full_disk(name: str | os.PathLike[str], flags: int, mode: int = 0o777) -> int:
        if os.fspath(name).endswith(disk.TEMPORARY_SUFFIX):
            return really_open("/dev/full", os.O_WRONLY)
        return really_open(name, flags, mode)

    monkeypatch.setattr(os, "open", on_a_full_disk)
    monkeypatch.setattr(os, "fchmod", lambda *_: None)
    monkeypatch.setattr(os, "fchown", lambda *_: None)
    with pytest.raises(LibraryUnwritable) as caught:
        disk.replace_file(snapshot, b"new")
    assert "no space left" in caught.value.message
    assert "unchanged" in caught.value.hint
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    snapshot = disk.read(path)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(LibraryUnwritable, match="permission denied"):
            disk.replace_file(snapshot, b"new")
    finally:
        tmp_path.chmod(0o755)
    assert path.read_bytes() == b"old"

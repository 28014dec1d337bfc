"""The wheel and the source distribution build, and contain what they should."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src"


def build(hook: str, folder: Path) -> Path:
    """What ``pip`` and ``build`` do (PEP 517), without the environment of its own that they would download."""
    code = f"import sys, hatchling.build as backend; print(backend.{hook}(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    return folder / done.stdout.split()[-1]


@pytest.fixture
def sources() -> set[str]:
    """Every file of the package, as it is named in a wheel."""
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in (PACKAGE / "ppreflist").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_is_pure_and_whole(tmp_path: Path, sources: set[str]) -> None:
    wheel = build("build_wheel", tmp_path)
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        information = next(name.partition("/")[0] for name in names if ".dist-info/" in name)
        metadata = Parser().parsestr(archive.read(f"{information}/METADATA").decode())
        scripts = archive.read(f"{information}/entry_points.txt").decode()
    assert {name for name in names if not name.startswith(information)} == sources
    assert "ppreflist/py.typed" in names
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata.get_all("License-File") == ["src/ppreflist/LICENSE"]
    assert "Typing :: Typed" in (metadata.get_all("Classifier") or [])
    assert "ppreflist = ppreflist.cli.main:main" in scripts


def test_the_source_distribution_holds_tests_and_the_list(tmp_path: Path, sources: set[str]) -> None:
    with tarfile.open(build("build_sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"src/{name}" for name in sources} <= names
    assert {"README.md", "references.bib", "pyproject.toml", "tests/test_packaging.py"} <= names
    assert not {name for name in names if ".bib.lock" in name or "__pycache__" in name}

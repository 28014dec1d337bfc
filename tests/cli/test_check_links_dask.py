"""What the command line says to --dask before any cluster is asked; ``tests/links/test_cluster.py`` asks one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.cli.driving import environment

from ppreflist.cli.options import ClusterAddress


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "tls://scheduler.example.org:8786", "tcp://[::1]:8786", "tcp://scheduler:1"]
)
def test_addresses_of_schedulers(address: str) -> None:
    assert ClusterAddress().convert(address, None, None) == address


@pytest.mark.parametrize(
    "address",
    [
        "", "127.0.0.1:8786", "scheduler", "tcp://", "tcp://:8786", "tcp://h", "tcp://h:0", "tcp://h:99999", "tcp://h:x",
        "tcp://h:1/path", "tcp://h:1?query", "tcp://u:p@h:1", "TCP://h:1", "inproc://h:1", "http://h:1", "ws://h:1",
        "ucx://h:1", "unix:///run/dask", "processes", "threads", "/tmp/scheduler.json", "tcp://[::1:1", "tcp://h :1",
    ],
)  # fmt: skip
def test_anything_else_is_refused(address: str) -> None:
    with pytest.raises(click.BadParameter, match="write tcp://HOST:PORT"):
        ClusterAddress().convert(address, None, None)


def test_dask_is_missing(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text("@misc{a, title = {A}, url = {https://example.org/}}\n", encoding="utf-8")
    without = "import sys; sys.modules['distributed'] = None; from ppreflist.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", without, "check-links", "--dask", "tcp://127.0.0.1:9"],
        cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "--dask needs the package distributed" in done.stderr
    assert "pip install 'ppreflist[dask]'" in done.stderr

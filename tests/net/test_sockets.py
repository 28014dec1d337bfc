"""What the sockets may use; their answers are tested with the client and the waiting room."""

from __future__ import annotations

import subprocess
import sys

import pytest

resource = pytest.importorskip("resource", reason="nothing limits open files here")


@pytest.mark.parametrize(("soft", "hard", "allowed"), [(200, 1000, 600), (200, 300, 300), (800, 1000, 600)])
def test_more_open_files_are_asked_for_as_far_as_that_is_allowed(soft: int, hard: int, allowed: int) -> None:
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if limit != resource.RLIM_INFINITY and limit < hard:
        pytest.skip("fewer files than that may be open here")
    program = (
        "import resource; from ppreflist.net.sockets import open_files;"
        f"resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}));"
        "print(open_files(600), resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.split() == [str(allowed), str(max(soft, allowed))]

# SPDX-License-Identifier: Apache-2.0
"""Commands that end, that take too long, and that nobody waits for any more."""

import sys
import threading
from pathlib import Path

import pytest

from stages.running import Interrupted, Interruption, run

_SLEEP = [sys.executable, "-c", "import time; print('PASSED', flush=True); time.sleep(600)"]


def _run(command: list[str], folder: Path, timeout: float = 60.0, interruption: Interruption = Interruption()) -> bool:
    return run(command, folder / "log", timeout, "PASSED", folder, interruption)


def test_the_status_tells_whether_a_command_succeeded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run([sys.executable, "-c", "print('PASSED')"], tmp_path)
    assert not _run([sys.executable, "-c", "print('the reason'); raise SystemExit(3)"], tmp_path)

    assert "the reason" in (tmp_path / "log").read_text()
    assert "failed with status 3" in capsys.readouterr().out


def test_a_command_that_takes_too_long_has_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not _run(_SLEEP, tmp_path, timeout=1.0)

    assert "ended after 1 s" in capsys.readouterr().out


def test_a_command_that_nobody_waits_for_is_ended(tmp_path: Path) -> None:
    interruption = Interruption()
    timer = threading.Timer(0.5, interruption.happen)
    timer.start()

    with pytest.raises(Interrupted):
        _run(_SLEEP, tmp_path, interruption=interruption)

    timer.join()
    assert (tmp_path / "log").read_text().count("PASSED") == 2

# SPDX-License-Identifier: Apache-2.0
"""The process of a service, of which a shell takes the place here."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Sequence

import pytest

from topologies.awaiting import await_until
from topologies.host_process import HostProcess

_SECONDS = 20.0

_POLITE = "trap 'echo bye; exit 3' TERM; echo hello; while :; do sleep 0.05; done"


class _Here:
    """This machine."""

    def inside(self, command: Sequence[str]) -> list[str]:
        """Returns the command as it is."""
        return list(command)


def _service(folder: Path, script: str = _POLITE) -> HostProcess:
    return HostProcess(_Here(), ["sh", "-c", script], folder / "service.log")


def _await_log(service: HostProcess, text: str) -> None:
    await_until(lambda: service.log() == text, _SECONDS, text, service.log)


def test_says_how_it_ended_and_keeps_its_log(tmp_path: Path) -> None:
    service = _service(tmp_path)
    assert service.log() == ""
    with service:
        _await_log(service, "hello\n")
        assert service.is_running
        assert service.stop() == 3
        assert not service.is_running
        assert service.log() == "hello\nbye\n"
        service.start()
        _await_log(service, "hello\nbye\nhello\n")
    assert not service.is_running
    assert service.log() == "hello\nbye\nhello\nbye\n"


def test_says_nothing_when_it_is_killed(tmp_path: Path) -> None:
    with _service(tmp_path) as service:
        _await_log(service, "hello\n")
        service.kill()
        assert not service.is_running
        assert service.log() == "hello\n"


def test_does_nothing_while_it_starves(tmp_path: Path) -> None:
    with _service(tmp_path, "i=0; while :; do i=$((i+1)); echo $i; sleep 0.02; done") as service:
        await_until(service.log, _SECONDS, "a first line")
        service.starve()
        await_until(lambda: _state(service) == "T", _SECONDS, "a process that is stopped", lambda: _state(service))
        stopped = service.log()
        service.feed()
        await_until(lambda: len(service.log()) > len(stopped), _SECONDS, "another line", service.log)
        assert service.log().startswith(stopped)


def test_ends_even_while_it_starves(tmp_path: Path) -> None:
    with _service(tmp_path) as service:
        _await_log(service, "hello\n")
        service.starve()
    assert not service.is_running
    assert service.log() == "hello\nbye\n"


def test_what_does_not_run_is_an_error_that_shows_the_log(tmp_path: Path) -> None:
    with _service(tmp_path, "echo no configuration; exit 1") as service:
        await_until(lambda: not service.is_running, _SECONDS, "the end", service.log)
        for action in (service.stop, service.kill, service.starve, service.feed):
            with pytest.raises(RuntimeError, match="no configuration"):
                action()


def test_is_not_started_twice(tmp_path: Path) -> None:
    with _service(tmp_path) as service, pytest.raises(RuntimeError, match="runs"):
        service.start()


def test_is_ended_by_a_signal_that_it_does_not_handle(tmp_path: Path) -> None:
    with _service(tmp_path, "exec sleep infinity") as service:
        assert service.stop() == -signal.SIGTERM


def _state(service: HostProcess) -> str:
    # pylint: disable-next=protected-access
    process = service._process
    assert process is not None
    return Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]

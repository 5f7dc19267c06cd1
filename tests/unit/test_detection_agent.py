# SPDX-License-Identifier: Apache-2.0
"""The process of an agent, of which a shell takes the place here."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Sequence

import pytest

from detection.agent import DetectionAgent
from topologies.awaiting import await_until

_SECONDS = 20.0

_POLITE = "trap 'echo bye; exit 3' TERM; echo hello; while :; do sleep 0.05; done"


class _Here:
    """This machine."""

    def inside(self, command: Sequence[str]) -> list[str]:
        """Returns the command as it is."""
        return list(command)


def _agent(folder: Path, script: str = _POLITE) -> DetectionAgent:
    return DetectionAgent(_Here(), ["sh", "-c", script], folder / "agent.log")


def _await_log(agent: DetectionAgent, text: str) -> None:
    await_until(lambda: agent.log() == text, _SECONDS, text, agent.log)


def test_says_how_it_ended_and_keeps_its_log(tmp_path: Path) -> None:
    agent = _agent(tmp_path)
    assert agent.log() == ""
    with agent:
        _await_log(agent, "hello\n")
        assert agent.is_running
        assert agent.stop() == 3
        assert not agent.is_running
        assert agent.log() == "hello\nbye\n"
        agent.start()
        _await_log(agent, "hello\nbye\nhello\n")
    assert not agent.is_running
    assert agent.log() == "hello\nbye\nhello\nbye\n"


def test_says_nothing_when_it_is_killed(tmp_path: Path) -> None:
    with _agent(tmp_path) as agent:
        _await_log(agent, "hello\n")
        agent.kill()
        assert not agent.is_running
        assert agent.log() == "hello\n"


def test_does_nothing_while_it_starves(tmp_path: Path) -> None:
    with _agent(tmp_path, "i=0; while :; do i=$((i+1)); echo $i; sleep 0.02; done") as agent:
        await_until(agent.log, _SECONDS, "a first line")
        agent.starve()
        await_until(lambda: _state(agent) == "T", _SECONDS, "a process that is stopped", lambda: _state(agent))
        stopped = agent.log()
        agent.feed()
        await_until(lambda: len(agent.log()) > len(stopped), _SECONDS, "another line", agent.log)
        assert agent.log().startswith(stopped)


def test_ends_even_while_it_starves(tmp_path: Path) -> None:
    with _agent(tmp_path) as agent:
        _await_log(agent, "hello\n")
        agent.starve()
    assert not agent.is_running
    assert agent.log() == "hello\nbye\n"


def test_what_does_not_run_is_an_error_that_shows_the_log(tmp_path: Path) -> None:
    with _agent(tmp_path, "echo no configuration; exit 1") as agent:
        await_until(lambda: not agent.is_running, _SECONDS, "the end", agent.log)
        for action in (agent.stop, agent.kill, agent.starve, agent.feed):
            with pytest.raises(RuntimeError, match="no configuration"):
                action()


def test_is_not_started_twice(tmp_path: Path) -> None:
    with _agent(tmp_path) as agent, pytest.raises(RuntimeError, match="runs"):
        agent.start()


def test_is_ended_by_a_signal_that_it_does_not_handle(tmp_path: Path) -> None:
    with _agent(tmp_path, "exec sleep infinity") as agent:
        assert agent.stop() == -signal.SIGTERM


def _state(agent: DetectionAgent) -> str:
    # pylint: disable-next=protected-access
    process = agent._process
    assert process is not None
    return Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]

# SPDX-License-Identifier: Apache-2.0
"""The delay of a link: runs relay.c."""

from __future__ import annotations

import selectors
import subprocess
from pathlib import Path

from topologies.description import Delay
from topologies.processes import bound_to_parent, in_real_time

_SECONDS_TO_ANSWER = 10.0


class Relay:
    """A running relay between two interfaces. Not safe for several threads."""

    def __init__(self, program: Path, a: str, b: str, delay: Delay) -> None:
        """Starts the relay and waits until it carries frames.

        :param program: the compiled relay
        :param a: the interface at the end a
        :param b: the interface at the end b
        :raises RuntimeError: if it does not start
        """
        self._name = f"relay {a} {b}"
        self._process = subprocess.Popen(
            bound_to_parent(in_real_time([str(program), a, b, str(delay.a_to_b), str(delay.b_to_a)])),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0)
        self._expect("ready")

    def shut(self, a_to_b: bool = True, b_to_a: bool = True) -> None:
        """Loses the frames of one or both directions from now on; both interfaces keep their carrier."""
        self._command_each("shut", a_to_b, b_to_a)

    def open(self, a_to_b: bool = True, b_to_a: bool = True) -> None:
        """Carries the frames of one or both directions again."""
        self._command_each("open", a_to_b, b_to_a)

    def delay(self, delay: Delay) -> None:
        """Changes the delay of the frames that arrive from now on."""
        self._command(f"delay ab {delay.a_to_b}")
        self._command(f"delay ba {delay.b_to_a}")

    def end(self) -> None:
        """Ends the relay."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(_SECONDS_TO_ANSWER)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _command_each(self, verb: str, a_to_b: bool, b_to_a: bool) -> None:
        for direction, wanted in (("ab", a_to_b), ("ba", b_to_a)):
            if wanted:
                self._command(f"{verb} {direction}")

    def _command(self, command: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{command}\n".encode())
        self._expect("ok")

    def _expect(self, answer: str) -> None:
        assert self._process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            answered = selector.select(_SECONDS_TO_ANSWER)
        line = self._process.stdout.readline().decode().strip() if answered else "no answer"
        if line != answer:
            raise RuntimeError(f"{self._name}: {line or 'it has ended'}")

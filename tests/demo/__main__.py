# SPDX-License-Identifier: Apache-2.0
"""The demo's first process: it starts the controller, and the network in a private namespace, and ends both."""

from __future__ import annotations

import argparse
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from controller.instance import INSTANCE, ControllerInstance
from controller.rest import Controller
from demo.doorway import DOORWAYS, doorway_to
from demo.progress import Progress
from topologies.private_namespace import in_private_namespace
from topologies.processes import end

_SECONDS_TO_END = 15.0

_DESCRIPTION = """\
Shows what both directions together are worth, with real Open vSwitch switches and a real ONOS core with the
Roundtrip applications. There are two scenes:

clock (unless another is named): what the ways of a clock's messages do to its time, with real ptp4l clocks
  1. PTP over ordinary forwarding, whose two directions take different ways
  2. PTP over a co-routed clock session
  3. the same session after a link on its way was cut

messaging: applications in two data centres, each with an Apache Kafka and proxies of its own
  1. messages flow from one to the other, over a protected path that the controller provides
  2. a link on their way is cut
  3. the proxy that carries them is killed
"""


@dataclass(frozen=True)
class _Scene:
    """What is shown, by a program of its own in the private namespace."""

    title: str
    program: str


_SCENES = {"clock": _Scene("a clock, and the two directions of its path", "demo.story"),
           "messaging": _Scene("messages between two data centres", "demo.messages")}


def main() -> int:
    """Runs the demo and returns its exit status."""
    arguments = _arguments()
    # A shell that starts this in the background has SIGINT ignored, but whoever sends it means it.
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    stack = ExitStack()
    try:
        return _run(arguments, stack)
    except KeyboardInterrupt:
        print("\n  Ending ...", flush=True)
        return 130
    except (RuntimeError, AssertionError) as error:
        print(f"\nroundtrip demo: {error}", file=sys.stderr)
        return 1
    finally:
        # Ending takes a moment, and is not to be interrupted by impatience.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        stack.close()


def _run(arguments: argparse.Namespace, stack: ExitStack) -> int:
    scene = _SCENES[arguments.scene]
    print(f"Roundtrip demo: {scene.title}\n", flush=True)
    _provide_controller(stack)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="roundtrip-demo-")))
    for name, port in DOORWAYS.items():
        stack.callback(end, doorway_to(port, folder / name))
    story = [sys.executable, "-m", scene.program, str(folder)]
    story += ["--keep"] if arguments.keep else []
    story += ["--report", str(arguments.report.resolve())] if arguments.report else []
    process = subprocess.Popen(in_private_namespace(story), stdin=subprocess.PIPE, start_new_session=True)
    stack.callback(_end_story, process)
    return _accompany(process)


def _provide_controller(stack: ExitStack) -> None:
    """Uses the controller that runs, or starts one that ends with the demo."""
    progress = Progress("controller")
    try:
        if Controller().is_ready():
            progress.done("the one that is running, and it stays")
            return
    except OSError:
        pass
    instance = ControllerInstance(INSTANCE / "controller")
    stack.callback(instance.stop)
    instance.start(lambda seconds: progress.show("starting"))
    progress.done("ready")


def _accompany(process: subprocess.Popen[bytes]) -> int:
    """Hands on what the user types until the story has ended, or the controller was stopped."""
    assert process.stdin is not None
    sources = [sys.stdin] if sys.stdin.isatty() else []
    while process.poll() is None:
        readable, _, _ = select.select(sources, [], [], 0.5)
        if not _is_listening(DOORWAYS["rest"]):
            raise RuntimeError("the controller was stopped, and so the demo ends")
        if readable:
            line = sys.stdin.readline()
            if not line:
                sources = []
                line = "quit\n"
            try:
                process.stdin.write(line.encode())
                process.stdin.flush()
            except BrokenPipeError:
                sources = []
    return process.returncode


def _is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _end_story(process: subprocess.Popen[bytes]) -> None:
    """The end of its standard input tells the story to end; its namespace ends with it."""
    if process.stdin is not None:
        try:
            process.stdin.close()
        except BrokenPipeError:
            pass
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="roundtrip demo", description=_DESCRIPTION,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scene", nargs="?", choices=list(_SCENES), default="clock", help="what is shown")
    parser.add_argument("--keep", action="store_true",
                        help="stay up afterwards, to play with the command line, REST and the links")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the figures to FILE as JSON")
    arguments = parser.parse_args()
    if arguments.report and not os.access(arguments.report.resolve().parent, os.W_OK):
        parser.error(f"--report: can't write to {arguments.report.resolve().parent}")
    return arguments


if __name__ == "__main__":
    sys.exit(main())

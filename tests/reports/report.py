# SPDX-License-Identifier: Apache-2.0
"""The format of a report, and the machine and commit it belongs to."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping

_REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    `goal` is the largest size that `ours` may have: smaller is better for every figure here. `spread` is how far the
    samples lie apart, in the same unit; what it is exactly is said by whoever measures.
    """

    name: str
    unit: str
    ours: float
    samples: int
    spread: float | None = None
    peer: float | None = None
    peer_name: str | None = None
    goal: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours by that of the peer, or none without a peer."""
        return self.ours / self.peer if self.peer else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met, or none without a goal."""
        return None if self.goal is None else abs(self.ours) <= self.goal

    def to_json(self) -> dict[str, Any]:
        """The figure as it stands in a report."""
        return {"name": self.name, "unit": self.unit, "ours": _rounded(self.ours), "peer": _rounded(self.peer),
                "peer_name": self.peer_name, "ratio": _rounded(self.ratio), "goal": _rounded(self.goal),
                "met": self.met, "samples": self.samples, "spread": _rounded(self.spread)}


def report(name: str, figures: list[Figure], more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Returns a report. What is given as `more` stands beside the figures."""
    return {"name": name, "commit": commit(), "machine": machine(),
            "figures": [figure.to_json() for figure in figures], **(more or {})}


def write(document: Mapping[str, Any], file: Path) -> None:
    """Writes a report as a whole, or not at all."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    unfinished.write_text(json.dumps(document, indent=2) + "\n")
    unfinished.replace(file)


def machine() -> dict[str, Any]:
    """What the figures were measured on. The load is that of the last quarter of an hour, what is measured included."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"processor": _processor(), "processors": os.cpu_count(), "memory_gib": round(memory / 2 ** 30, 1),
            "kernel": platform.release(), "open_vswitch": _last_word("ovs-vswitchd", "--version"),
            "linuxptp": _last_word("ptp4l", "-v"),
            "load_average": round(os.getloadavg()[2], 1)}


def commit() -> str:
    """The commit of the repository, marked if files differ from it, or "unknown" outside a repository."""
    return _output("git", "-C", str(_REPOSITORY), "describe", "--always", "--dirty", "--abbrev=12") or "unknown"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _last_word(*command: str) -> str:
    lines = _output(*command).splitlines()
    return lines[0].split()[-1] if lines else "missing"


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, text=True, capture_output=True, check=False, timeout=10).stdout.strip()
    except OSError:
        return ""


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3) if abs(value) >= 1 else float(f"{value:.3g}")

# SPDX-License-Identifier: Apache-2.0
"""Compiles the programs of this folder that are written in C."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path

from topologies.processes import output_of

_SOURCES = Path(__file__).parent


def compiled(name: str, folder: Path, *options: str) -> Path:
    """Returns a compiled program, compiling it if its source is new.

    :param name: the name of its source, without .c
    :param folder: where compiled programs are kept from one run to the next; created if needed
    :param options: what the compiler is told beyond the usual, always the same for one program
    """
    source = _SOURCES / f"{name}.c"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()[:16]
    program = folder / f"{name}-{digest}"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f"{program.name}.{uuid.uuid4()}"
        output_of(["gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", *options, "-o", str(unfinished), str(source)],
                  timeout=120)
        # Two runs that compile at the same time both end with a whole program.
        unfinished.rename(program)
    return program

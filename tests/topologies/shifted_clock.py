# SPDX-License-Identifier: Apache-2.0
"""The time of the day of single processes, which can step. Their monotonic time is that of the machine."""

from __future__ import annotations

import shutil
import struct
from datetime import timedelta
from pathlib import Path

from topologies.programs import compiled


class ShiftedClock:
    """A clock that processes can be started with. Not safe for several threads."""

    def __init__(self, folder: Path, programs: Path) -> None:
        """
        :param folder: where its files are, which all of its processes can read
        :param programs: the folder for compiled programs that are kept
        """
        self._offset = folder / "clock-offset"
        self._library = folder / "shifted_clock.so"
        shutil.copyfile(compiled("shifted_clock", programs, "-shared", "-fPIC"), self._library)
        self.step(timedelta())

    @property
    def environment(self) -> dict[str, str]:
        """What a process has in its environment that has this clock."""
        return {"LD_PRELOAD": str(self._library), "SHIFTED_CLOCK": str(self._offset)}

    def step(self, offset: timedelta) -> None:
        """Lets the clock have an offset from that of the machine, in whole seconds, from now on."""
        written = struct.pack("=q", int(offset.total_seconds()))
        # The file must stay the same: processes have it in their memory.
        with self._offset.open("r+b" if self._offset.exists() else "wb", buffering=0) as file:
            file.write(written)

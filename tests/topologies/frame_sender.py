# SPDX-License-Identifier: Apache-2.0
"""Sends frames from a host as they are, however wrong. Run it on the host:

    python3 frame_sender.py INTERFACE FRAMES_A_SECOND SECONDS FILE

FILE has a frame in each line, in hexadecimal. They are sent in turn, until the time is over but each once at least.
"""

from __future__ import annotations

import itertools
import socket
import sys
import time
from pathlib import Path


def main() -> int:
    """Sends, and returns the exit status."""
    interface, rate, seconds = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
    frames = [bytes.fromhex(line) for line in Path(sys.argv[4]).read_text().split()]
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as wire:
        wire.bind((interface, 0))
        began = time.monotonic()
        for number in itertools.count():
            if number >= len(frames) and time.monotonic() - began >= seconds:
                print(number)
                return 0
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
            wire.send(frames[number % len(frames)])
    return 1


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""The examples of the YANG modules are valid. That the applications write and read exactly these, Java tests hold."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from controller.instance import REPOSITORY

_YANG = REPOSITORY / "yang"
_MODULES = sorted(_YANG.glob("roundtrip-*.yang"))
_EXAMPLES = sorted((_YANG / "examples").glob("*.json"))


def _validate(example: Path) -> subprocess.CompletedProcess[str]:
    """Requests are configuration; everything else is configuration together with state."""
    kind = "config" if example.stem.endswith("-request") else "data"
    return subprocess.run(["yanglint", "-p", str(_YANG), "-t", kind, *map(str, _MODULES), str(example)],
                          text=True, capture_output=True, check=False)


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: example.name)
def test_an_example_is_valid(example: Path) -> None:
    checked = _validate(example)

    assert checked.returncode == 0, checked.stderr


def test_every_application_has_examples_of_requests_and_answers() -> None:
    applications = {module.stem.removeprefix("roundtrip-") for module in _MODULES} - {"types"}

    assert {example.stem.split("-")[0] for example in _EXAMPLES} >= applications
    assert any(example.stem.endswith("-request") for example in _EXAMPLES)


def _spoil_state(session: dict[str, Any]) -> None:
    session["status"]["state"] = "fine"


def _spoil_field(session: dict[str, Any]) -> None:
    session["colour"] = "blue"


def _spoil_client(session: dict[str, Any]) -> None:
    session["client"] = session["server"]


@pytest.mark.parametrize("spoil", [_spoil_state, _spoil_field, _spoil_client])
def test_what_is_not_in_a_module_is_not_valid(tmp_path: Path, spoil: Any) -> None:
    document = json.loads((_YANG / "examples" / "clock-sessions.json").read_text(encoding="utf-8"))
    spoil(document["roundtrip-clock:clock-sessions"]["clock-session"][0])
    spoilt = tmp_path / "clock-sessions.json"
    spoilt.write_text(json.dumps(document), encoding="utf-8")

    assert _validate(spoilt).returncode != 0

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


#: What the last word of the name of an example says that it is; all others are configuration together with state.
_KINDS = {"request": "config", "rpc": "rpc", "reply": "reply"}


def _validate(example: Path) -> subprocess.CompletedProcess[str]:
    kind = _KINDS.get(example.stem.rsplit("-", 1)[-1], "data")
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


def _path_with(**members: Any) -> dict[str, Any]:
    return {"name": "a", "source": "of:0000000000000001/1", "destination": "of:0000000000000002/1", **members}


@pytest.mark.parametrize("path", [
    _path_with(),
    _path_with(constraints={"include": [{"index": 0, "device": "of:1"}, {"index": 1, "device": "of:2"}]}),
    _path_with(constraints={"affinities-include-any": [1, 2], "affinities-exclude-any": [2]}),
    _path_with(**{"setup-priority": 3, "holding-priority": 3}),
    _path_with(protection={}),
], ids=str)
def test_what_the_application_takes_is_valid(tmp_path: Path, path: dict[str, Any]) -> None:
    assert _validate_path(tmp_path, path).returncode == 0


@pytest.mark.parametrize("path", [
    _path_with(destination="of:0000000000000001/1"),
    _path_with(bandwidth="-1"),
    _path_with(**{"reverse-bandwidth": "9223372036854775808"}),
    _path_with(objective="beauty"),
    _path_with(**{"setup-priority": 8}),
    _path_with(**{"setup-priority": 3, "holding-priority": 4}),
    _path_with(**{"holding-priority": -1}),
    _path_with(protection={"disjoint": "colour"}),
    _path_with(protection={"hold-off": 10001}),
    _path_with(protection={"wait-to-restore": 86401}),
    _path_with(quiesce="maybe"),
    _path_with(constraints={"max-hops": 0}),
    _path_with(constraints={"max-delay": "-1"}),
    _path_with(constraints={"max-delay-asymmetry": "-1"}),
    _path_with(constraints={"include": [{"index": 0}]}),
    _path_with(constraints={"include": [{"index": 0, "device": "of:1", "link": "of:2/1"}]}),
    _path_with(constraints={"include": [{"index": 0, "device": "of:1"}, {"index": 1, "device": "of:1"}]}),
    _path_with(constraints={"include": [{"index": 0, "link": "of:1/1"}, {"index": 1, "link": "of:1/1"}]}),
    _path_with(constraints={"include": [{"index": 0, "device": "of:1"}], "exclude-devices": ["of:2", "of:1"]}),
    _path_with(constraints={"include": [{"index": 0, "link": "of:1/1"}], "exclude-links": ["of:1/2", "of:1/1"]}),
    _path_with(constraints={"include": [{"index": 0, "link": "of:1/1"}], "exclude-devices": ["of:1"]}),
    _path_with(constraints={"affinities-include-any": [32]}),
    _path_with(constraints={"affinities-include-all": [-1]}),
    _path_with(constraints={"affinities-exclude-any": [32]}),
    _path_with(constraints={"affinities-include-all": [1, 2], "affinities-exclude-any": [2]}),
    _path_with(constraints={"affinities-include-any": [1, 2], "affinities-exclude-any": [1, 2]}),
], ids=str)
def test_what_the_application_refuses_is_not_valid(tmp_path: Path, path: dict[str, Any]) -> None:
    assert _validate_path(tmp_path, path).returncode != 0


def _validate_path(folder: Path, path: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    document = folder / "tepath-request.json"
    document.write_text(json.dumps({"roundtrip-tepath:te-paths": {"te-path": [path]}}), encoding="utf-8")
    return _validate(document)

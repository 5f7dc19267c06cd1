# SPDX-License-Identifier: Apache-2.0
"""The units of systemd: what stands beside services starts on a node with no more rights than it needs, and stays."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Iterator

import pytest

from controller.instance import REPOSITORY
from e2e.detection.environment import CAPABILITIES, there_are_others
from services.systemd import Systemd
from topologies.awaiting import await_until

_AGENT = REPOSITORY / "apps" / "detection" / "agent" / "target" / "agent"
_PROXY = REPOSITORY / "apps" / "messaging" / "proxy" / "target" / "proxy"
_REPORTER = REPOSITORY / "apps" / "clock" / "reporter"

_SECONDS_TO_START = 60.0

pytestmark = pytest.mark.skipif(not there_are_others(), reason="systemd needs the rights of root on the machine")

_CONFIGURATIONS = {
    "detection-agent.properties": """name = node-1
secret-file = /run/credentials/roundtrip-detection-agent.service/secret
controllers = 127.0.0.1
interface = detect0
state-file = /var/lib/roundtrip-detection-agent/checks
""",
    "detection-agent.secret": "a secret of the tests\n",
    "clock-reporter.conf": """[reporter]
controller = http://127.0.0.1:8181/onos
user = onos
password-file = /run/credentials/roundtrip-clock-reporter.service/password
client = 192.0.2.2
ptp4l = /etc/linuxptp/ptp4l.conf
""",
    "clock-reporter.password": "rocks\n",
    **{f"{process}.properties": f"""name = {process}-1
data-centre = north
controllers = http://127.0.0.1:8181
state-folder = /var/lib/roundtrip-proxy-{process}
metrics-listen = 127.0.0.1:{port}
""" for process, port in (("message", 6692), ("routing", 6693), ("recorder", 6694))}}

#: Who may be read by root alone.
_SECRET = (".secret", ".password", "message.properties", "routing.properties", "recorder.properties")

#: Units, what each says when it runs, and the capabilities that it has then.
_UNITS = (("roundtrip-detection-agent", "No controller at 127.0.0.1:6690", CAPABILITIES),
          ("roundtrip-proxy@message", "Waits for its first configuration", 0),
          ("roundtrip-proxy@routing", "Waits for its first configuration", 0),
          ("roundtrip-proxy@recorder", "recorder-1 is", 0))


@pytest.fixture(scope="module", name="node")
def _node() -> Iterator[Systemd]:
    with tempfile.TemporaryDirectory(prefix="roundtrip-node-") as name:
        folder = Path(name)
        installed = {"/usr/lib/roundtrip-detection-agent": _AGENT, "/usr/lib/roundtrip-proxy": _PROXY,
                     "/usr/bin/roundtrip-clock-reporter": _REPORTER / "roundtrip_clock_reporter.py",
                     **{f"/etc/systemd/system/{unit.name}": unit for unit in (
                         _AGENT / "etc" / "roundtrip-detection-agent.service",
                         _PROXY / "etc" / "roundtrip-proxy@.service",
                         _REPORTER / "roundtrip-clock-reporter.service")}}
        for configuration, text in _CONFIGURATIONS.items():
            file = folder / configuration
            file.write_text(text)
            file.chmod(0o600 if configuration.endswith(_SECRET) else 0o644)
            installed[f"/etc/roundtrip/{configuration}"] = file
        with Systemd(folder, installed) as node:
            node.run("ip", "link", "add", "detect0", "type", "veth", "peer", "name", "switch0")
            node.run("ip", "link", "set", "detect0", "up")
            yield node


def _await_running(node: Systemd, unit: str, words: str) -> dict[str, str]:
    await_until(lambda: node.unit(unit)["SubState"] == "running" and words in node.journal(unit), _SECONDS_TO_START,
                f"{unit}, which says {words}", lambda: f"{node.run('systemctl', 'status', unit)}{node.journal(unit)}")
    return node.unit(unit)


def _rights(node: Systemd, process: str) -> dict[str, list[str]]:
    lines = (line.split(":", 1) for line in node.run("cat", f"/proc/{process}/status").splitlines())
    return {name: value.split() for name, value in lines}


@pytest.mark.parametrize(("unit", "words", "capabilities"), _UNITS)
def test_a_unit_runs_as_a_user_without_rights_and_starts_again_when_it_is_killed(
        node: Systemd, unit: str, words: str, capabilities: int) -> None:
    node.start(unit)
    running = _await_running(node, unit, words)
    rights = _rights(node, running["MainPID"])
    assert "0" not in rights["Uid"]
    assert [int(rights[name][0], 16) for name in ("CapEff", "CapPrm", "CapBnd")] == [capabilities] * 3
    assert rights["NoNewPrivs"] == ["1"]
    assert running["NRestarts"] == "0", node.journal(unit)

    node.run("kill", "-KILL", running["MainPID"])
    await_until(lambda: node.unit(unit)["NRestarts"] == "1", _SECONDS_TO_START, f"{unit}, started again")
    _await_running(node, unit, words)

    node.run("systemctl", "stop", unit)
    assert (node.unit(unit)["ActiveState"], node.unit(unit)["Result"]) == ("inactive", "success"), node.journal(unit)


def test_the_interface_of_the_agent_is_prepared(node: Systemd) -> None:
    node.start("roundtrip-detection-agent")
    assert "169.254.255.1/32" in node.run("ip", "-brief", "address", "show", "dev", "detect0")
    node.run("systemctl", "stop", "roundtrip-detection-agent")


def test_the_reporter_of_a_clock_runs_without_capabilities(node: Systemd) -> None:
    node.start("roundtrip-clock-reporter")
    rights = _rights(node, _await_running(node, "roundtrip-clock-reporter", "")["MainPID"])
    assert int(rights["CapEff"][0], 16) == 0
    node.run("systemctl", "stop", "roundtrip-clock-reporter")
    assert node.unit("roundtrip-clock-reporter")["Result"] == "success"


@pytest.mark.parametrize("unit", ["roundtrip-detection-agent.service", "roundtrip-proxy@message.service",
                                  "roundtrip-clock-reporter.service"])
def test_systemd_finds_nothing_to_say_about_a_unit(node: Systemd, unit: str) -> None:
    assert not node.run("sh", "-c", f"systemd-analyze verify --man=no {unit} 2>&1")

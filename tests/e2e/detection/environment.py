# SPDX-License-Identifier: Apache-2.0
"""What a test of detection works with."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping, Sequence

from connections.servers import Endpoint
from controller.instance import REPOSITORY
from e2e.balancer.environment import PORT, ServerEnvironment
from e2e.environment import TARGET
from topologies.agent_host import PROBING_INTERFACE, AgentHost
from topologies.awaiting import await_until
from topologies.description import Port
from topologies.host_process import HostProcess
from topologies.service_nodes import MEMBERS, VIP

_AGENT = REPOSITORY / "apps" / "detection" / "agent" / "target" / "agent"

#: What every agent of the tests and the controller know.
SECRET = "correct horse battery staple"

#: The source of all probes, to which members answer.
RESERVED_SOURCE = "169.254.255.1"

#: The virtual server of most tests.
WEB = Endpoint("tcp", VIP, PORT)
SERVICE = "balancer/web"

#: Where members say how they are, if a test lets them.
HEALTH_PORT = 8090

#: The only capability that an agent has, CAP_NET_RAW, as a bit (capabilities(7)).
CAPABILITIES = 1 << 13

#: Longer than the lease of an agent, and than what it needs to start on a busy machine.
_SECONDS_TO_EXPIRE = 40.0

_NOBODY = 65534


@dataclass(frozen=True)
class ServiceNode:
    """The agent of a service node."""

    name: str
    host: AgentHost
    agent: HostProcess
    folder: Path

    @property
    def state_file(self) -> Path:
        """Where the agent keeps what it was told last."""
        return self.folder / f"{self.name}.checks"

    def configuration(self, **more: object) -> Path:
        """Writes the configuration that the agent has when it is started next, and returns the file.

        :param more: what it does not have usually; the hyphens of the names are underscores here
        """
        fields: dict[str, object] = {
            "name": self.name, "secret-file": self.folder / "secret", "controllers": self.host.controller_address,
            "interface": PROBING_INTERFACE, "state-file": self.state_file,
            **{name.replace("_", "-"): value for name, value in more.items()}}
        file = self.folder / f"{self.name}.properties"
        file.write_text("".join(f"{name} = {value}\n" for name, value in fields.items()))
        return file


@dataclass(frozen=True)
class DetectionEnvironment(ServerEnvironment):
    """The controller, the network of service nodes, and an agent on each of them."""

    agents: dict[str, ServiceNode]

    def await_agent(self, name: str, state: str) -> None:
        """Waits until an agent is in a state."""
        await_until(lambda: self.controller.detection_agent(name)["status"]["state"] == state, _SECONDS_TO_EXPIRE,
                    f"agent {name} {state}", self.describe)

    def await_member_state(self, name: str, state: str, server: str = "web", **member: Any) -> str:
        """Waits until a member is in a state, and returns the reason.

        :param name: the name of its host
        :param member: as for :meth:`member`
        """
        wanted = self.member(name, **member)

        def status() -> dict[str, Any]:
            found: dict[str, Any] = self.member_status(server, wanted)["status"]
            return found

        await_until(lambda: status()["state"] == state, _SECONDS_TO_EXPIRE, f"{name} {state}", self.describe)
        reason: str = status()["reason"]
        return reason

    def await_reason(self, name: str, reason: str, server: str = "web", **member: Any) -> None:
        """Waits until the reason why a member is as it is has certain words."""
        wanted = self.member(name, **member)
        await_until(lambda: reason in self.member_status(server, wanted)["status"]["reason"], _SECONDS_TO_EXPIRE,
                    f"{reason} of {name}", self.describe)

    def serve(self, *names: str, detection_profile: str = "fast", **more: Any) -> None:
        """Asks for the virtual server `web` and waits until all of its members serve."""
        members = [self.member(name) for name in names]
        self.controller.put_virtual_server("web", self.request(*members, detection_profile=detection_profile, **more))
        for name in names:
            self.await_member_state(name, "serving")
        self.await_server("web")

    def health(self, name: str, service: str = SERVICE) -> dict[str, Any]:
        """What detection knows of a member of a service, by the name of its host."""
        host = self.host(name)
        for member in self.controller.member_health(service).values():
            if member["member"].rpartition(":")[0].strip("[]") in host.addresses:
                return member
        raise LookupError(f"detection does not know {name}")

    def history(self, name: str, service: str = SERVICE) -> list[dict[str, Any]]:
        """What has happened to a member, the oldest change first."""
        return self.controller.member_health_history(service, self.health(name, service)["member"])

    @contextmanager
    def profile(self, name: str, **profile: object) -> Iterator[str]:
        """A way to probe members for as long; the hyphens of the names are underscores here."""
        self.controller.put_detection_profile(name, {key.replace("_", "-"): value for key, value in profile.items()})
        try:
            yield name
        finally:
            self.controller.remove_detection_profile(name)

    @contextmanager
    def restarted(self, name: str, environment: Mapping[str, str]) -> Iterator[HostProcess]:
        """The agent of a node, which has more in its environment for as long."""
        node = self.agents[name]
        node.agent.stop()
        with HostProcess(node.host, agent_command(node.configuration(), environment),
                         node.folder / f"{name}-restarted.log") as agent:
            self.await_agent(name, "connected")
            yield agent
        node.agent.start()

    def restart_switch(self, name: str) -> None:
        """Restarts the switch of a service node."""
        self.network.restart_switch(self.network.description.switch(name), TARGET)
        self.agents[name].host.attach()

    def mend(self) -> None:
        """Brings everything back to where every test begins: all agents run and are connected."""
        super().mend()
        for node in self.agents.values():
            node.host.heal()
            if not node.agent.is_running:
                node.agent.start()
        for name in self.agents:
            self.await_agent(name, "connected")

    def describe(self) -> str:
        """Everything that might explain a failure."""
        logs = "\n".join(f"agent {name}: {node.agent.log()[-4000:]}" for name, node in self.agents.items())
        shown: Sequence[tuple[str, Callable[[], object]]] = (
            ("detection", self.controller.detections), ("alarms", self.controller.detection_alarms))
        return "\n".join([*(f"{name}: {show()}" for name, show in shown), logs, super().describe()])


def unprivileged(command: Sequence[str]) -> list[str]:
    """Returns the command such that it runs as a user who has no rights but CAP_NET_RAW, as the agent's unit has it."""
    user = [f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"] if there_are_others() else []
    return ["setpriv", "--pdeathsig", "KILL", *user, "--no-new-privs", "--bounding-set=-all,+net_raw",
            "--inh-caps=-all,+net_raw", "--ambient-caps=-all,+net_raw", "--", *command]


def agent_command(configuration: Path, environment: Mapping[str, str] | None = None) -> list[str]:
    """Returns what starts an agent with its configuration, of which the folder has the program, too."""
    words = [f"{name}={value}" for name, value in (environment or {}).items()]
    return unprivileged(["env", *words, str(configuration.parent / "agent" / "bin" / "roundtrip-detection-agent"),
                         "--config", str(configuration)])


@contextmanager
def detecting(nodes: ServerEnvironment, folder: Path) -> Iterator[DetectionEnvironment]:
    """An agent on each service node.

    :param folder: an empty folder that every user can enter
    """
    network = nodes.network
    for name in MEMBERS:
        member = nodes.host(name)
        # These have no default route, by which a member answers to a source that is in no network of its own.
        network.execute(member, "ip", "route", "replace", f"{RESERVED_SOURCE}/32", "dev", network.interface(member))
    # The repository may be where only its owner can read.
    shutil.copytree(_AGENT, folder / "agent")
    (folder / "secret").write_text(SECRET)
    if there_are_others():
        os.chmod(folder / "secret", 0o400)
        for owned in (folder, folder / "secret"):
            os.chown(owned, _NOBODY, _NOBODY)
    with ExitStack() as stack:
        agents = {}
        for switch in ("n1", "n2"):
            host = stack.enter_context(AgentHost(network, Port(switch, 5)))
            agent = HostProcess(host, agent_command(folder / f"{switch}.properties"), folder / f"{switch}.log")
            agents[switch] = ServiceNode(switch, host, agent, folder)
            agents[switch].configuration()
            stack.enter_context(agent)
        for switch, node in agents.items():
            nodes.controller.put_detection_agent(switch, device=nodes.device(switch), port=node.host.switch_interface,
                                                 secret=SECRET)
        yield DetectionEnvironment(nodes.instance, nodes.controller, network, nodes.servers, agents)
        for switch in agents:
            nodes.controller.remove_detection_agent(switch)


def there_are_others() -> bool:
    """Tells whether this user namespace has another user than root (user_namespaces(7))."""
    ranges = (line.split() for line in Path("/proc/self/uid_map").read_text().splitlines())
    return any(int(first) <= _NOBODY < int(first) + int(count) for first, _, count in ranges)

# SPDX-License-Identifier: Apache-2.0
"""A client of the controller's REST interface: ONOS's own part of it, that of te-paths, clock sessions, virtual servers
and detection."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, Mapping, Sequence
from urllib.parse import quote

import requests

from topologies.awaiting import await_until
from topologies.description import Link, Network, Port

#: Where a controller on this machine, or in this namespace, listens.
DEFAULT_URL = "http://127.0.0.1:8181/onos"

#: Of a user of the controllers that tests start.
CREDENTIALS = ("onos", "rocks")
_SECONDS_TO_ANSWER = 30.0
_NANOSECONDS_IN_A_MICROSECOND = 1000

#: What every switch of a test network can do, in the words of the network configuration.
MPLS_CAPABILITY: Mapping[str, Any] = {"mpls": True, "te": True, "labelRange": {"min": 100000, "max": 199999}}


class Refused(RuntimeError):
    """The controller answered with an error. The message holds the request and the whole answer."""

    def __init__(self, request: str, answer: requests.Response) -> None:
        super().__init__(f"{request}: {answer.status_code} {answer.reason}: {answer.text.strip()[:2000]}")
        self.status = answer.status_code
        self.media_type = answer.headers.get("Content-Type", "")
        self.text = answer.text

    @property
    def problem(self) -> dict[str, Any]:
        """The problem document (RFC 9457).

        :raises ValueError: if the answer is none
        """
        problem = json.loads(self.text)
        if not self.media_type.startswith("application/problem+json") or not isinstance(problem, dict):
            raise ValueError(f"no problem document: {self}")
        return problem

    @property
    def fields(self) -> list[str]:
        """The names of the fields at fault."""
        return [str(error.get("field")) for error in self.problem.get("errors", [])]


class Controller:
    """A client. Not safe for several threads.

    Every request raises :class:`Refused` for an error, and an OSError of requests if the controller can't be reached.
    """

    def __init__(self, url: str = DEFAULT_URL) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.auth = CREDENTIALS
        # A proxy of the machine is not for this.
        self._session.trust_env = False

    def get(self, path: str) -> Any:
        """Returns the decoded answer to GET."""
        return self.request("GET", path).json()

    def put(self, path: str, body: object, headers: Mapping[str, str] | None = None) -> requests.Response:
        """Sends a document with PUT."""
        return self.request("PUT", path, body, headers=headers)

    def post(self, path: str, body: object) -> requests.Response:
        """Sends a document with POST."""
        return self.request("POST", path, body)

    def delete(self, path: str) -> requests.Response:
        """Sends DELETE."""
        return self.request("DELETE", path)

    def request(self, method: str, path: str, body: object = None, *, raw: bytes | None = None,
                media_type: str = "application/json",
                headers: Mapping[str, str] | None = None) -> requests.Response:
        """Sends a request.

        :param body: is sent as JSON
        :param raw: is sent as it is, instead of a body
        :param headers: are sent as well
        """
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        types = {"Content-Type": media_type} if data is not None else {}
        answer = self._session.request(method, f"{self._url}/{path}", data=data, headers={**types, **(headers or {})},
                                       timeout=_SECONDS_TO_ANSWER)
        if not answer.ok:
            raise Refused(f"{method} {path}", answer)
        return answer

    def is_ready(self) -> bool:
        """Tells whether every component of the controller runs."""
        return bool(self._readiness().ok)

    def readiness(self) -> str:
        """What the controller says of its components that do not run yet."""
        answer = self._readiness()
        return "" if answer.ok else f"{answer.status_code}: {answer.text.strip()[:2000]}"

    def available_devices(self) -> set[str]:
        """The switches that are connected."""
        return {device["id"] for device in self.get("v1/devices")["devices"] if device["available"]}

    def links(self) -> set[tuple[str, str]]:
        """The links that are up, each as a pair of connect points."""
        return {(_connect_point(link["src"]), _connect_point(link["dst"]))
                for link in self.get("v1/links")["links"] if link.get("state", "ACTIVE") == "ACTIVE"}

    def hosts(self) -> dict[str, dict[str, Any]]:
        """The known hosts by their identifier."""
        return {host["id"]: host for host in self.get("v1/hosts")["hosts"]}

    def flows(self, device: str | None = None) -> list[dict[str, Any]]:
        """The flow rules of one switch or of all."""
        answer = self.get("v1/flows" if device is None else f"v1/flows/{quote(device, safe='')}")
        flows: list[dict[str, Any]] = answer["flows"]
        return flows

    def te_paths(self) -> list[dict[str, Any]]:
        """All te-paths."""
        paths: list[dict[str, Any]] = self.get("roundtrip/tepath/paths")["te-path"]
        return paths

    def te_path(self, name: str) -> dict[str, Any]:
        """One te-path."""
        path: dict[str, Any] = self.get(f"roundtrip/tepath/paths/{quote(name, safe='')}")
        return path

    def put_te_path(self, name: str, path: Mapping[str, Any]) -> requests.Response:
        """Asks for a te-path, or changes it."""
        return self.put(f"roundtrip/tepath/paths/{quote(name, safe='')}", path)

    def reoptimise_te_path(self, name: str) -> dict[str, Any]:
        """Looks for better ways for a te-path."""
        return self._act(name, "reoptimise")

    def verify_te_path(self, name: str) -> dict[str, Any]:
        """Holds a te-path against the tables of the switches."""
        return self._act(name, "verify")

    def _act(self, name: str, action: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.request("POST", f"roundtrip/tepath/paths/{quote(name, safe='')}/{action}").json()
        return answer

    def te_path_statistics(self, name: str) -> dict[str, Any]:
        """What a te-path has carried."""
        statistics: dict[str, Any] = self.get(f"roundtrip/tepath/paths/{quote(name, safe='')}/statistics")
        return statistics

    def te_path_history(self, name: str) -> list[dict[str, Any]]:
        """What happened to a te-path."""
        history: list[dict[str, Any]] = self.get(f"roundtrip/tepath/paths/{quote(name, safe='')}/history")["history"]
        return history

    def explain_te_path(self, path: Mapping[str, Any]) -> dict[str, Any]:
        """What a te-path would get."""
        explanation: dict[str, Any] = self.post("roundtrip/tepath/explain", path).json()
        return explanation

    def te_links(self) -> list[dict[str, Any]]:
        """The links that te-paths can take."""
        links: list[dict[str, Any]] = self.get("roundtrip/tepath/links")["te-link"]
        return links

    def remove_te_path(self, name: str) -> None:
        """Removes a te-path."""
        self.delete(f"roundtrip/tepath/paths/{quote(name, safe='')}")

    def clock_sessions(self) -> list[dict[str, Any]]:
        """All clock sessions."""
        sessions: list[dict[str, Any]] = self.get("roundtrip/clock/sessions")["clock-session"]
        return sessions

    def clock_session(self, name: str) -> dict[str, Any]:
        """One clock session."""
        session: dict[str, Any] = self.get(f"roundtrip/clock/sessions/{quote(name, safe='')}")
        return session

    def put_clock_session(self, name: str, session: Mapping[str, Any]) -> requests.Response:
        """Asks for a clock session, or changes it."""
        return self.put(f"roundtrip/clock/sessions/{quote(name, safe='')}", session)

    def clock_session_statistics(self, name: str) -> dict[str, Any]:
        """What a clock session has carried and kept out, in packets."""
        statistics: dict[str, Any] = self.get(f"roundtrip/clock/sessions/{quote(name, safe='')}/statistics")
        return statistics

    def remove_clock_session(self, name: str) -> None:
        """Removes a clock session."""
        self.delete(f"roundtrip/clock/sessions/{quote(name, safe='')}")

    def clock_policies(self) -> list[dict[str, Any]]:
        """All policies of negotiation."""
        policies: list[dict[str, Any]] = self.get("roundtrip/clock/policies")["clock-policy"]
        return policies

    def put_clock_policy(self, name: str, policy: Mapping[str, Any]) -> requests.Response:
        """Adds or changes a policy of negotiation."""
        return self.put(f"roundtrip/clock/policies/{quote(name, safe='')}", policy)

    def remove_clock_policy(self, name: str) -> None:
        """Removes a policy of negotiation."""
        self.delete(f"roundtrip/clock/policies/{quote(name, safe='')}")

    def clock_servers(self) -> list[dict[str, Any]]:
        """The servers that sessions and policies name."""
        servers: list[dict[str, Any]] = self.get("roundtrip/clock/servers")["clock-server"]
        return servers

    def virtual_servers(self) -> list[dict[str, Any]]:
        """All virtual servers."""
        servers: list[dict[str, Any]] = self.get("roundtrip/balancer/servers")["virtual-server"]
        return servers

    def virtual_server(self, name: str) -> dict[str, Any]:
        """One virtual server."""
        server: dict[str, Any] = self.get(_virtual_server(name))
        return server

    def put_virtual_server(self, name: str, server: Mapping[str, Any]) -> requests.Response:
        """Asks for a virtual server, or changes it."""
        return self.put(_virtual_server(name), server)

    def change_members(self, name: str, *changes: Mapping[str, Any]) -> requests.Response:
        """Changes members of a virtual server, all or none."""
        return self.request("PATCH", f"{_virtual_server(name)}/members", {"members": changes})

    def remove_member(self, name: str, member: str) -> requests.Response:
        """Removes a member, such as 10.1.0.1 or 10.1.0.1:8080, from a virtual server."""
        return self.delete(f"{_virtual_server(name)}/members/{quote(member, safe='')}")

    def virtual_server_statistics(self, name: str) -> dict[str, Any]:
        """What a virtual server and its members have carried, and what was dropped."""
        statistics: dict[str, Any] = self.get(f"{_virtual_server(name)}/statistics")
        return statistics

    def explain_connection(self, **query: object) -> dict[str, Any]:
        """Where a connection goes and why: vip, client and client-port, and if need be protocol and port."""
        explanation: dict[str, Any] = self.post("roundtrip/balancer/explain", {
            name.replace("_", "-"): value for name, value in query.items()}).json()
        return explanation

    def remove_virtual_server(self, name: str) -> None:
        """Removes a virtual server."""
        self.delete(_virtual_server(name))

    def detections(self) -> list[dict[str, Any]]:
        """All services whose members are probed."""
        detections: list[dict[str, Any]] = self.get("roundtrip/detection/services")["detection"]
        return detections

    def detection(self, service: str) -> dict[str, Any]:
        """What is known of the members of a service, such as balancer/web."""
        detection: dict[str, Any] = self.get(f"roundtrip/detection/services/{quote(service)}")
        return detection

    def member_health(self, service: str) -> dict[str, dict[str, Any]]:
        """What is known of each member of a service, by its id; empty if nobody has requested to probe the service."""
        try:
            return {member["member"]: member for member in self.detection(service)["member-health"]}
        except Refused as refusal:
            if refusal.status == HTTPStatus.NOT_FOUND:
                return {}
            raise

    def detection_alarms(self) -> list[dict[str, Any]]:
        """What is wrong with agents, and with members beyond being down."""
        alarms: list[dict[str, Any]] = self.get("roundtrip/detection/alarms")["detection-alarm"]
        return alarms

    def member_health_history(self, service: str, member: str) -> list[dict[str, Any]]:
        """What has happened to a member of a service lately, the oldest change first."""
        path = f"roundtrip/detection/services/{quote(service)}/members/{quote(member, safe='')}/history"
        history: list[dict[str, Any]] = self.get(path)["history"]
        return history

    def detection_agent_history(self, name: str) -> list[dict[str, Any]]:
        """What has happened to an agent lately, the oldest change first."""
        history: list[dict[str, Any]] = self.get(
            f"roundtrip/detection/agents/{quote(name, safe='')}/history")["history"]
        return history

    def detection_profiles(self) -> list[dict[str, Any]]:
        """All ways to probe members: presets and what was put."""
        profiles: list[dict[str, Any]] = self.get("roundtrip/detection/profiles")["detection-profile"]
        return profiles

    def put_detection_profile(self, name: str, profile: Mapping[str, Any]) -> requests.Response:
        """Adds or changes a way to probe members."""
        return self.put(f"roundtrip/detection/profiles/{quote(name, safe='')}", profile)

    def remove_detection_profile(self, name: str) -> None:
        """Removes a way to probe members."""
        self.delete(f"roundtrip/detection/profiles/{quote(name, safe='')}")

    def detection_agents(self) -> list[dict[str, Any]]:
        """All agents that may report."""
        agents: list[dict[str, Any]] = self.get("roundtrip/detection/agents")["detection-agent"]
        return agents

    def detection_agent(self, name: str) -> dict[str, Any]:
        """One agent."""
        agent: dict[str, Any] = self.get(f"roundtrip/detection/agents/{quote(name, safe='')}")
        return agent

    def put_detection_agent(self, name: str, *, device: str, port: str, secret: str) -> requests.Response:
        """Lets an agent report."""
        return self.put(f"roundtrip/detection/agents/{quote(name, safe='')}",
                        {"device": device, "port": port, "secret": secret})

    def remove_detection_agent(self, name: str) -> None:
        """Takes an agent away."""
        self.delete(f"roundtrip/detection/agents/{quote(name, safe='')}")

    def configure_detection(self, **properties: object) -> None:
        """Sets properties of the component to which agents connect."""
        self.post("v1/configuration/org.roundtrip.detection.impl.DetectionManager",
                  {name: str(value) for name, value in properties.items()})

    def configure_negotiation(self, **properties: object) -> None:
        """Sets properties of the component that negotiates."""
        self.post("v1/configuration/org.roundtrip.clock.impl.negotiation.NegotiationManager",
                  {name: str(value) for name, value in properties.items()})

    def configure_capabilities(self, network: Network) -> None:
        """Tells the controller that every switch of a network can do MPLS and traffic engineering."""
        self.post("v1/network/configuration",
                  {"devices": {switch.device_id: {"mplsTe": dict(MPLS_CAPABILITY)} for switch in network.switches}})

    def configure_capability(self, network: Network, switch: str, **capability: Any) -> None:
        """Says what one switch can do."""
        self.post("v1/network/configuration",
                  {"devices": {network.switch(switch).device_id: {"mplsTe": capability}}})

    def withdraw_capability(self, network: Network, switch: str) -> None:
        """Takes back what was said of what a switch can do."""
        device = quote(network.switch(switch).device_id, safe="")
        self.delete(f"v1/network/configuration/devices/{device}/mplsTe")

    def configure_link(self, network: Network, link: Link, **settings: Any) -> requests.Response:
        """Says what traffic engineering should know of a link; of both directions as long as only one is configured.

        ONOS answers with 207 and a message if it refuses.
        """
        key = f"{network.connect_point(link.a)}-{network.connect_point(link.b)}"
        return self.post("v1/network/configuration", {"links": {key: {"teLink": settings}}})

    def configure_link_delays(self, network: Network, link: Link) -> None:
        """Tells the controller how long a link delays each direction, as it does."""
        for one, other in ((link.a, link.b), (link.b, link.a)):
            self.post("v1/network/configuration", {"links": {
                f"{network.connect_point(one)}-{network.connect_point(other)}":
                    {"teLink": {"delay": link.delay_from(one.switch) * _NANOSECONDS_IN_A_MICROSECOND}}}})

    def forget_links(self) -> None:
        """Takes back all that was said of links."""
        self.delete("v1/network/configuration/links")

    def configure_paths(self, **properties: object) -> None:
        """Sets properties of the component that makes te-paths."""
        self.post("v1/configuration/org.roundtrip.tepath.impl.TePathManager",
                  {name: str(value) for name, value in properties.items()})

    def describe(self) -> str:
        """What the controller knows, for the message of a test that failed."""
        parts: Sequence[tuple[str, str]] = (
            ("devices", "v1/devices"), ("links", "v1/links"), ("hosts", "v1/hosts"), ("intents", "v1/intents"),
            ("te-paths", "roundtrip/tepath/paths"), ("te-links", "roundtrip/tepath/links"),
            ("clock sessions", "roundtrip/clock/sessions"), ("clock servers", "roundtrip/clock/servers"),
            ("virtual servers", "roundtrip/balancer/servers"), ("detection", "roundtrip/detection/services"),
            ("agents", "roundtrip/detection/agents"))
        return "\n".join(f"{name}: {self._shown(path)}" for name, path in parts)

    def _readiness(self) -> requests.Response:
        return self._session.get(f"{self._url}/roundtrip/ready", timeout=_SECONDS_TO_ANSWER)

    def _shown(self, path: str) -> str:
        try:
            return json.dumps(self.get(path))[:6000]
        except Refused as refusal:
            return f"(status {refusal.status})"
        except (OSError, ValueError) as error:
            return f"({error})"


def await_network(controller: Controller, network: Network, timeout: float = 60.0) -> None:
    """Waits until the controller sees every switch and every link of a network, in both directions."""
    devices = {switch.device_id for switch in network.switches}
    links = directed_links(network)
    await_until(lambda: devices <= controller.available_devices(), timeout, f"{len(devices)} switches",
                controller.describe)
    await_until(lambda: links <= controller.links(), timeout, f"{len(links)} links", controller.describe)


def directed_links(network: Network) -> set[tuple[str, str]]:
    """Each link of a network as the two directed links that the controller makes of it."""
    pairs: set[tuple[Port, Port]] = {(link.a, link.b) for link in network.links}
    both = pairs | {(b, a) for a, b in pairs}
    return {(network.connect_point(one), network.connect_point(other)) for one, other in both}


def _virtual_server(name: str) -> str:
    return f"roundtrip/balancer/servers/{quote(name, safe='')}"


def _connect_point(end: Mapping[str, str]) -> str:
    return f"{end['device']}/{end['port']}"

# SPDX-License-Identifier: Apache-2.0
"""The reporter beside ptp4l: what it reads, computes, keeps and sends, and what it says when something is wrong."""

from __future__ import annotations

import http.server
import json
import os
import random
import signal
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Iterator, Mapping

import pytest

import clocks
from roundtrip_clock_reporter import (BackOff, Buffer, ControllerClient, DelayRequest, Malformed, Misconfigured, NotNow,
                                      Pairing, PortState, Refused, Sample, Sender, Settings, Sync, domain_of,
                                      message_type, port_state_request, read_events, read_port_state, read_ptp4l,
                                      read_settings)
from topologies.awaiting import await_until

_REPORTER = Path(clocks.__file__).resolve().parents[2] / "apps" / "clock" / "reporter" / "roundtrip_clock_reporter.py"
_SERVER = bytes.fromhex("020000fffe0000010001")
_INTERVAL = 31_250_000
_MILLISECOND = 1_000_000


def _timestamp(nanoseconds: int) -> bytes:
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return seconds.to_bytes(6, "big") + rest.to_bytes(4, "big")


def _signalling(*tlvs: tuple[int, bytes], domain: int = 0) -> bytes:
    body = bytes(10) + b"".join(struct.pack("!HH", kind, len(value)) + value for kind, value in tlvs)
    return struct.pack("!BBHBB28x", 0xc, 2, 34 + len(body), domain, 0) + body


def _sync_event(sequence: int, left: int, transit: int, correction: int = 0) -> tuple[int, bytes]:
    return 0x8004, _SERVER + struct.pack("!H10sqi10s", sequence, _timestamp(left), correction << 16, 0,
                                         _timestamp(left + transit))


def _delay_event(sequence: int, left: int, transit: int, correction: int = 0) -> tuple[int, bytes]:
    return 0x7f00, _SERVER + struct.pack("!H10sq10s", sequence, _timestamp(left), correction << 16,
                                         _timestamp(left + transit))


def _port_data_set(port: int, state: int) -> bytes:
    data = bytes(8) + struct.pack("!HB", port, state) + bytes(15)
    return struct.pack("!BBHBB28x", 0xd, 2, 54 + len(data), 0, 0) + bytes(14) + struct.pack(
        "!HHH", 1, 2 + len(data), 0x2004) + data


# --- decoder


def test_a_correction_is_taken_off_so_that_a_configured_asymmetry_counts() -> None:
    asymmetry = 400
    datagram = _signalling(_sync_event(1, 10**18, 3_000, asymmetry), _delay_event(2, 10**18, 1_000, -asymmetry))

    sync, request = read_events(datagram)

    assert (sync.transit, request.transit) == (2_600, 1_400)
    assert (sync.at, request.at) == (10**18 + 3_000, 10**18)
    assert sync.server == request.server == "020000.fffe.000001"


def test_tlvs_of_others_are_passed_over() -> None:
    assert not list(read_events(_signalling((0x8005, bytes(40)), (0x0003, b""))))


@pytest.mark.parametrize("tlv", [
    struct.pack("!HH", 0x8004, 44) + bytes(20),
    struct.pack("!HH", 0x8004, 4) + bytes(4),
    struct.pack("!HH", 0x7f00, 11) + bytes(11),
    struct.pack("!HH", 0x7f00, 0),
    struct.pack("!HH", 0x1234, 0xffff),
    b"\x80",
])
def test_truncated_events_and_lengths_that_lie_are_refused(tlv: bytes) -> None:
    with pytest.raises(Malformed):
        list(read_events(_signalling() + tlv))


@pytest.mark.parametrize("datagram", [b"", b"\x0c", bytes(33), struct.pack("!BBHBB28x", 0xc, 2, 200, 0, 0)])
def test_what_is_no_message_is_refused(datagram: bytes) -> None:
    with pytest.raises(Malformed):
        message_type(datagram)


def test_no_datagram_whatsoever_does_anything_but_be_refused() -> None:
    chance = random.Random(4)
    whole = [_signalling(_sync_event(1, 10**18, 5), _delay_event(1, 10**18, 5)), _port_data_set(1, 9)]
    for _ in range(20_000):
        datagram = bytearray(chance.choice(whole))
        for _ in range(chance.randrange(4)):
            datagram[chance.randrange(len(datagram))] = chance.randrange(256)
        cut = bytes(datagram[:chance.randrange(len(datagram) + 1)])
        try:
            message_type(cut)
            list(read_events(cut))
            read_port_state(cut)
        except Malformed:
            continue


def test_the_question_is_for_all_ports_of_the_domain() -> None:
    question = port_state_request(24, 70_000)

    assert (message_type(question), domain_of(question)) == (0xd, 24)
    assert question[34:44] == b"\xff" * 10
    assert question[46] & 0xf == 0, "GET"
    assert question[48:] == bytes.fromhex("000100022004")
    assert read_port_state(question) is None


def test_reads_the_state_of_a_port() -> None:
    assert read_port_state(_port_data_set(3, 9)) == (3, "slave")
    assert read_port_state(_port_data_set(1, 4)) == (1, "listening")
    with pytest.raises(Malformed, match="no port state 10"):
        read_port_state(_port_data_set(1, 10))
    with pytest.raises(Malformed):
        read_port_state(_port_data_set(1, 9)[:60])


# --- samples


class _Exchange:
    """A server and a client that exchange messages, one Sync and one Delay_Req in an interval."""

    def __init__(self, there: int = 5 * _MILLISECOND, back: int = _MILLISECOND) -> None:
        self.there = there
        self.back = back
        self.now = 10**18
        self.server = "a"
        self.pairing = Pairing()
        self.samples: list[Sample] = []

    def run(self, count: int, requests: bool = True) -> None:
        """Lets some intervals pass."""
        for _ in range(count):
            self.now += _INTERVAL
            self._take(Sync(0, self.there, self.now + self.there, self.server))
            if requests:
                self._take(DelayRequest(0, self.back, self.now + _INTERVAL // 2, self.server))

    def _take(self, event: Sync | DelayRequest) -> None:
        self.samples += self.pairing.take(event, 7.0)

    def values(self) -> set[tuple[int, int]]:
        """The different samples."""
        return {(sample.offset, sample.path_delay) for sample in self.samples}


def test_a_sample_has_half_of_the_asymmetry_and_the_mean_delay() -> None:
    exchange = _Exchange()
    exchange.run(50)

    assert exchange.values() == {(2 * _MILLISECOND, 3 * _MILLISECOND)}
    assert 45 <= len(exchange.samples) <= 49
    assert exchange.samples[0].measured == 7.0


def test_no_sample_mixes_messages_before_and_after_a_gap() -> None:
    exchange = _Exchange()
    exchange.run(20)
    exchange.now += 8_000_000_000
    exchange.there = exchange.back = 9 * _MILLISECOND
    exchange.run(20)

    assert exchange.values() == {(2 * _MILLISECOND, 3 * _MILLISECOND), (0, 9 * _MILLISECOND)}


@pytest.mark.parametrize("lost", [1, 2, 10])
def test_a_short_gap_is_one_too(lost: int) -> None:
    exchange = _Exchange()
    exchange.run(20)
    exchange.now += lost * _INTERVAL
    exchange.there = exchange.back = 9 * _MILLISECOND
    exchange.run(20)

    assert exchange.values() == {(2 * _MILLISECOND, 3 * _MILLISECOND), (0, 9 * _MILLISECOND)}


def test_no_sample_mixes_two_servers() -> None:
    exchange = _Exchange()
    exchange.run(20)
    exchange.server = "b"
    exchange.there = exchange.back = 9 * _MILLISECOND
    exchange.run(20)

    assert exchange.values() == {(2 * _MILLISECOND, 3 * _MILLISECOND), (0, 9 * _MILLISECOND)}


def test_a_request_that_waits_for_its_answer_is_paired_with_the_sync_of_its_time() -> None:
    pairing = Pairing()
    samples: list[Sample] = []
    for number in range(30):
        samples += pairing.take(Sync(number, 1_000 * number, number * _INTERVAL + 1_000 * number, "a"), 0.0)
    samples += pairing.take(DelayRequest(1, 0, 10 * _INTERVAL + 20_000, "a"), 0.0)

    assert [sample.offset for sample in samples] == [5_000]


def test_requests_that_are_never_followed_by_a_sync_do_not_pile_up() -> None:
    pairing = Pairing()
    for number in range(1_000):
        assert not list(pairing.take(DelayRequest(number, 1, number, "a"), 0.0))

    assert len(pairing._requests) <= Pairing._MOST_WAITING


def test_the_port_that_takes_the_time_is_reported_as_long_as_ptp4l_answers() -> None:
    port = PortState()
    assert port.state(0.0) == "disabled"

    port.answered(1, "master", 0.0)
    assert port.state(1.0) == "master"
    port.answered(2, "slave", 0.0)
    assert port.state(1.0) == "slave"
    assert port.state(6.0) == "disabled"


# --- buffer, back-off, sending


def _samples(count: int) -> list[Sample]:
    return [Sample(float(number), number, 0) for number in range(count)]


def test_a_full_buffer_loses_the_oldest_and_says_how_many() -> None:
    buffer = Buffer(10)
    buffer.add(_samples(13))

    assert len(buffer) == 10
    assert [sample.offset for sample in buffer.take(4)] == [3, 4, 5, 6]
    assert len(buffer.take(100)) == 6
    assert (buffer.lost(), buffer.lost()) == (3, 0)


@pytest.mark.parametrize(("chance", "waits"), [(1.0, [1, 2, 4, 8, 10, 10]), (0.0, [0.5, 1, 2, 4, 5, 5])])
def test_waits_twice_as_long_after_each_failure_up_to_a_limit(chance: float, waits: list[float]) -> None:
    back_off = BackOff(1.0, 10.0, lambda: chance)

    assert [back_off.failed() for _ in waits] == waits
    back_off.succeeded()
    assert back_off.failed() == waits[0]


def _settings(url: str = "http://127.0.0.1:1/onos", **more: Any) -> Settings:
    values: dict[str, Any] = {"controller": url, "user": "u", "password": "p", "session": "", "client": "10.0.0.2",
                              "ptp4l": Path("none"), "interval": 1.0, "buffer": 10_000, "time_error": False,
                              "ca_file": "", **more}
    return Settings(**values)


class _Controller:
    """Takes reports, or fails as it is told to."""

    def __init__(self) -> None:
        self.failures: list[Exception] = []
        self.reports: list[Mapping[str, Any]] = []

    def send(self, report: Mapping[str, Any]) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.reports.append(report)

    def offsets(self) -> list[int]:
        """What has arrived, report by report."""
        return [sample["offset"] for report in self.reports for sample in report["samples"]]


def _sender(controller: _Controller, buffer: Buffer) -> Sender:
    return Sender(_settings(), controller.send, buffer, lambda: {"client": "10.0.0.2", "port-state": "slave"})


def test_reports_go_even_without_samples() -> None:
    controller = _Controller()
    assert _sender(controller, Buffer(10)).step() == 1.0

    (report,) = controller.reports
    assert (report["client"], report["port-state"], report["samples"]) == ("10.0.0.2", "slave", [])
    assert report["sent"].endswith("Z")


def test_what_was_not_taken_is_sent_again_as_it_was() -> None:
    controller, buffer = _Controller(), Buffer(10_000)
    sender = _sender(controller, buffer)
    controller.failures = [NotNow("away"), NotNow("away")]
    buffer.add(_samples(3))
    assert sender.step() <= 1.0
    buffer.add(_samples(2))
    assert 1.0 <= sender.step() <= 2.0
    sender.step()
    assert controller.offsets() == [0, 1, 2]
    sender.step()
    assert controller.offsets() == [0, 1, 2, 0, 1]


def test_a_backlog_is_sent_without_waiting() -> None:
    controller, buffer = _Controller(), Buffer(10_000)
    buffer.add(_samples(2_500))
    sender = _sender(controller, buffer)

    assert [sender.step() for _ in range(3)] == [0.0, 1.0, 1.0]
    assert controller.offsets() == list(range(2_500))


def test_what_is_refused_is_not_sent_again(caplog: pytest.LogCaptureFixture) -> None:
    controller, buffer = _Controller(), Buffer(10)
    controller.failures = [Refused("no clock session serves 10.0.0.2")]
    buffer.add(_samples(3))
    sender = _sender(controller, buffer)
    sender.step()
    sender.step()

    assert not controller.offsets()
    assert "no clock session serves 10.0.0.2; its 3 samples are lost" in caplog.text


def test_a_problem_that_lasts_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    controller = _Controller()
    controller.failures = [NotNow("away") for _ in range(20)]
    sender = _sender(controller, Buffer(10))
    for _ in range(21):
        sender.step()

    assert caplog.text.count("away") == 1


# --- the controller by HTTP


class _Answers(http.server.BaseHTTPRequestHandler):
    """Answers as the test says, and keeps what it was sent."""

    status = 202
    media_type = "application/json"
    body = "{}"
    seen: list[tuple[str, str, Any]] = []

    def do_POST(self) -> None:  # noqa: N802
        content = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).seen.append((self.path, self.headers["Authorization"], json.loads(content)))
        self.send_response(self.status)
        self.send_header("Content-Type", self.media_type)
        self.end_headers()
        self.wfile.write(self.body.encode())

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(name="answers")
def _answers() -> Iterator[tuple[type[_Answers], str]]:
    class Answers(_Answers):
        seen: list[tuple[str, str, Any]] = []

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield Answers, f"http://127.0.0.1:{server.server_port}/onos"
        server.shutdown()
        thread.join()


def test_a_report_is_posted_with_basic_authentication(answers: tuple[type[_Answers], str]) -> None:
    handler, url = answers
    ControllerClient(_settings(url)).send({"samples": []})

    assert handler.seen == [("/onos/roundtrip/clock/reports", "Basic dTpw", {"samples": []})]


@pytest.mark.parametrize(("status", "media_type", "failure", "words"), [
    (404, "application/problem+json", Refused, "no session"),
    (409, "application/problem+json", Refused, "no session"),
    (400, "application/problem+json", Refused, "no session"),
    (404, "text/html", NotNow, "404"),
    (503, "application/problem+json", NotNow, "no session"),
    (401, "text/html", NotNow, "password"),
    (500, "text/html", NotNow, "500"),
])
def test_answers_tell_whether_to_try_again(answers: tuple[type[_Answers], str], status: int, media_type: str,
                                           failure: type[Exception], words: str) -> None:
    handler, url = answers
    handler.status, handler.media_type, handler.body = status, media_type, '{"detail": "no session"}'

    with pytest.raises(failure, match=words):
        ControllerClient(_settings(url)).send({"samples": []})


def test_a_controller_that_is_away_is_to_be_tried_again() -> None:
    with pytest.raises(NotNow, match="does not answer"):
        ControllerClient(_settings()).send({"samples": []})


# --- configuration


def _write(folder: Path, text: str, name: str = "reporter.conf") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_reads_its_configuration_and_the_password_from_a_file(tmp_path: Path) -> None:
    password = _write(tmp_path, "secret\n", "password")
    file = _write(tmp_path, f"[reporter]\ncontroller = http://c:8181/onos/\nuser = r\npassword-file = {password}\n"
                            "client = 10.0.0.2\ntime-error = yes\n")

    settings = read_settings(file, {}, False)

    assert (settings.controller, settings.user, settings.password) == ("http://c:8181/onos", "r", "secret")
    assert settings.time_error
    assert settings.ptp4l == Path("/etc/linuxptp/ptp4l.conf")
    assert read_settings(file, {"ROUNDTRIP_PASSWORD": "other"}, False).password == "other"


@pytest.mark.parametrize(("text", "words"), [
    ("", "no section"),
    ("controller = x", "no section"),
    ("[reporter]\nclient = a", "controller must be"),
    ("[reporter]\ncontroller = ftp://c\nclient = a", "controller must be"),
    ("[reporter]\ncontroller = http://c", "client is missing"),
    ("[reporter]\ncontroller = http://c\nclient = a\ncolour = blue", "colour: unknown"),
    ("[reporter]\ncontroller = http://c\nclient = a\npassword-file = /nowhere", "password-file"),
    ("[reporter]\ncontroller = http://c\nclient = a", "no password"),
])
def test_says_what_is_wrong_with_its_configuration(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(Misconfigured, match=words):
        read_settings(_write(tmp_path, text), {}, False)


@pytest.mark.parametrize("option", ["interval = 0", "interval = often", "buffer = 0", "time-error = perhaps"])
def test_says_which_value_is_wrong(tmp_path: Path, option: str) -> None:
    file = _write(tmp_path, f"[reporter]\ncontroller = http://c\nclient = a\n{option}")

    with pytest.raises(Misconfigured, match=option.split(" ", maxsplit=1)[0]):
        read_settings(file, {"ROUNDTRIP_PASSWORD": "p"}, False)


def test_reads_what_ptp4l_is_told(tmp_path: Path) -> None:
    file = _write(tmp_path, "# a comment\n[global]\nslave_event_monitor\t/run/e  # here\ndomainNumber 24\n"
                            "[eth0]\ndelayAsymmetry -1600\nnetwork_transport L2\n")

    ptp4l = read_ptp4l(file)

    assert (ptp4l.event_socket, ptp4l.management_socket) == (Path("/run/e"), Path("/var/run/ptp4l"))
    assert (ptp4l.domain, ptp4l.delay_asymmetry) == (24, -1600)


@pytest.mark.parametrize(("text", "words"), [
    ("[global]\n", "slave_event_monitor is missing"),
    ("[eth0]\nslave_event_monitor /run/e\n", "slave_event_monitor is missing"),
    ("[global]\nslave_event_monitor /run/e\ndomainNumber many\n", "domainNumber"),
    ("[global]\nslave_event_monitor /run/e\ndomainNumber 300\n", "domainNumber"),
])
def test_says_what_is_wrong_with_ptp4ls_configuration(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(Misconfigured, match=words):
        read_ptp4l(_write(tmp_path, text))


# --- the program


class _Ptp4l:
    """Stands in for ptp4l at its two sockets."""

    def __init__(self, folder: Path) -> None:
        self.events, self.management = folder / "events", folder / "management"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(self.management))
        self.configuration = _write(folder, f"[global]\nslave_event_monitor {self.events}\n"
                                            f"uds_address {self.management}\n", "ptp4l.conf")

    def answer(self) -> None:
        """Answers a question for the state of its port."""
        self.socket.settimeout(10)
        question, who = self.socket.recvfrom(1024)
        assert message_type(question) == 0xd
        self.socket.sendto(_port_data_set(1, 9), who)

    def measure(self, count: int) -> None:
        """Tells of some exchanges of messages."""
        for number in range(count):
            left = 10**18 + number * _INTERVAL
            for tlv in (_sync_event(number, left, 3_000), _delay_event(number, left + _INTERVAL // 2, 1_000)):
                self.socket.sendto(_signalling(tlv), str(self.events))


def _run(configuration: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, str(_REPORTER), "-c", str(configuration), *arguments], text=True,
                            stderr=subprocess.PIPE, env={**os.environ, "ROUNDTRIP_PASSWORD": "p"})


def test_the_program_reports_what_ptp4l_says_and_ends_in_an_orderly_way(
        tmp_path: Path, answers: tuple[type[_Answers], str]) -> None:
    handler, url = answers
    ptp4l = _Ptp4l(tmp_path)
    file = _write(tmp_path, f"[reporter]\ncontroller = {url}\nclient = 10.0.0.2\nptp4l = {ptp4l.configuration}\n"
                            "interval = 0.1\n")
    process = _run(file, "--time-error")
    try:
        ptp4l.answer()
        ptp4l.measure(30)
        reports = await_until(
            lambda: [report for _, _, report in handler.seen if report["samples"]], 20, "samples at the controller",
            lambda: str(handler.seen))
        ptp4l.socket.sendto(b"rubbish", str(ptp4l.events))
        ptp4l.socket.close()
        ptp4l.management.unlink()
        await_until(lambda: handler.seen[-1][2]["port-state"] == "disabled", 20, "the end of ptp4l",
                    lambda: str(handler.seen[-1]))
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)

    assert (reports[0]["reference"], reports[0]["port-state"], reports[0]["client"]) == ("time-error", "slave",
                                                                                         "10.0.0.2")
    assert {(sample["offset"], sample["path-delay"]) for report in reports for sample in report["samples"]} == {
        (1_000, 2_000)}
    assert process.returncode == 0, errors
    assert "is not from ptp4l" in errors
    assert not ptp4l.events.exists()


def test_the_program_takes_up_a_socket_that_was_left_and_leaves_one_in_use(tmp_path: Path) -> None:
    ptp4l = _Ptp4l(tmp_path)
    file = _write(tmp_path, "[reporter]\ncontroller = http://127.0.0.1:1\nclient = 10.0.0.2\n"
                            f"ptp4l = {ptp4l.configuration}\n")
    first = _run(file)
    ptp4l.answer()
    second = _run(file)
    _, errors = second.communicate(timeout=30)
    first.kill()
    first.communicate()
    assert ptp4l.events.exists()

    third = _run(file)
    try:
        ptp4l.answer()
        ptp4l.answer()
    finally:
        third.terminate()
        third.communicate(timeout=30)

    assert second.returncode == os.EX_CONFIG
    assert "somebody else listens" in errors
    assert third.returncode == 0


def test_the_program_says_that_ptp4l_tells_nobody(tmp_path: Path) -> None:
    ptp4l = _write(tmp_path, "[global]\n", "ptp4l.conf")
    file = _write(tmp_path, f"[reporter]\ncontroller = http://127.0.0.1:1\nclient = a\nptp4l = {ptp4l}\n")

    process = _run(file, "--check")
    _, errors = process.communicate(timeout=30)

    assert process.returncode == os.EX_CONFIG
    assert "slave_event_monitor is missing" in errors

/*
 * Copyright 2026 The Roundtrip Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.roundtrip.detection.agent;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.CheckResult;
import org.roundtrip.detection.protocol.ProbeSettings;
import org.roundtrip.detection.protocol.ProbeType;
import org.roundtrip.detection.protocol.Verdict;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Probes real sockets of this machine. */
class DetectionAgentTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int GENEROUS = 2_000;

    private final BlockingQueue<CheckResult> changes = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DetectionAgent agent = opened(new DetectionAgent(Optional.empty(), 1_000, Clock.systemUTC(),
            changes::add));

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    @AfterEach
    void closeAll() throws Exception {
        threads.shutdownNow();
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private static ProbeSettings.Builder settings(ProbeType type) {
        return ProbeSettings.builder().type(type).interval(GENEROUS).timeout(GENEROUS).rise(1).fall(1);
    }

    private static Check check(String id, int port, ProbeSettings.Builder settings) {
        return Check.builder().id(id).service("balancer/" + id).member("m1").target("127.0.0.1").port(port)
                .host("192.0.2.1").settings(settings.build()).build();
    }

    private CheckResult firstChange() throws InterruptedException {
        CheckResult change = changes.poll(30, TimeUnit.SECONDS);
        assertThat(change).as("a change within 30 s").isNotNull();
        return change;
    }

    private CheckResult resultOf(Check check) throws InterruptedException {
        agent.replace(List.of(check));
        return firstChange();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private HttpServer http(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 16);
        return started(server, status, body);
    }

    private HttpServer started(HttpServer server, int status, String body) {
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
        opened(() -> server.stop(0));
        return server;
    }

    private static int port(HttpServer server) {
        return server.getAddress().getPort();
    }

    @Test
    void findsAPortThatAccepts() throws Exception {
        ServerSocket server = opened(new ServerSocket(0, 16, LOOPBACK));

        CheckResult result = resultOf(check("tcp", server.getLocalPort(), settings(ProbeType.TCP)));

        assertThat(result.verdict()).isEqualTo(Verdict.UP);
        assertThat(result.check()).isEqualTo("tcp");
        assertThat(result.probes()).isEqualTo(1);
        assertThat(result.failures()).isZero();
        assertThat(result.lastProbe()).isPresent();
        assertThat(result.latency()).isPresent();
    }

    @Test
    void findsAPortThatRefuses() throws Exception {
        CheckResult result = resultOf(check("tcp", closedPort(), settings(ProbeType.TCP)));

        assertThat(result.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(result.reason()).isEqualTo("connection refused");
        assertThat(result.failures()).isEqualTo(1);
        assertThat(result.latency()).isEmpty();
    }

    @Test
    void findsAPortThatDoesNotAnswer() throws Exception {
        ServerSocket server = opened(new ServerSocket(0, 1, LOOPBACK));
        fillQueue(server);

        CheckResult result = resultOf(check("tcp", server.getLocalPort(), settings(ProbeType.TCP).timeout(300)));

        assertThat(result.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(result.reason()).isEqualTo("timeout after 300 ms");
    }

    /** Linux drops what would connect to a full queue. */
    private void fillQueue(ServerSocket server) throws IOException {
        for (int i = 0; i < 8; i++) {
            Socket client = opened(new Socket());
            try {
                client.connect(server.getLocalSocketAddress(), 100);
            } catch (java.net.SocketTimeoutException e) {
                return;
            }
        }
        throw new AssertionError("The queue takes all connections");
    }

    @Test
    void blamesNobodyWithoutARoute() throws Exception {
        Check check = check("tcp", 80, settings(ProbeType.TCP));
        // There is no TCP to a group, which the kernel says without sending anything.
        CheckResult result = resultOf(Check.builder().from(check).target("224.0.0.1").build());

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.reason()).isEqualTo("no route");
    }

    @Test
    void followsAMemberThatDiesAndReturns() throws Exception {
        ServerSocket server = opened(new ServerSocket(0, 16, LOOPBACK));
        int port = server.getLocalPort();
        agent.replace(List.of(check("tcp", port, settings(ProbeType.TCP).interval(100).timeout(100))));

        assertThat(firstChange().verdict()).isEqualTo(Verdict.UP);
        server.close();
        assertThat(firstChange().verdict()).isEqualTo(Verdict.DOWN);
        opened(new ServerSocket(port, 16, LOOPBACK));
        assertThat(firstChange().verdict()).isEqualTo(Verdict.UP);
    }

    @Test
    void acceptsTheStatusThatIsExpected() throws Exception {
        CheckResult result = resultOf(check("http", port(http(204, "")), settings(ProbeType.HTTP)));

        assertThat(result.verdict()).isEqualTo(Verdict.UP);
        assertThat(result.reason()).isEqualTo("HTTP 204");
    }

    @Test
    void refusesAnotherStatus() throws Exception {
        CheckResult result = resultOf(check("http", port(http(503, "busy")), settings(ProbeType.HTTP)));

        assertThat(result.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(result.reason()).isEqualTo("HTTP 503");
    }

    @Test
    void looksForTheExpectedTextInTheBody() throws Exception {
        int port = port(http(200, "x".repeat(50_000) + " all is well, schön"));
        ProbeSettings.Builder wants = settings(ProbeType.HTTP);

        assertThat(resultOf(check("good", port, wants.expectedBody("well, schön"))).verdict()).isEqualTo(Verdict.UP);
        CheckResult bad = resultOf(check("bad", port, wants.expectedBody("all is ill")));
        assertThat(bad.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(bad.reason()).isEqualTo("body lacks \"all is ill\"");
    }

    @Test
    void looksNoFurtherThan64Kibibytes() throws Exception {
        int port = port(http(200, "x".repeat(65_536 - 3) + "okay"));

        assertThat(resultOf(check("in", port, settings(ProbeType.HTTP).expectedBody("xoka"))).verdict())
                .isEqualTo(Verdict.UP);
        assertThat(resultOf(check("out", port, settings(ProbeType.HTTP).expectedBody("okay"))).verdict())
                .isEqualTo(Verdict.DOWN);
    }

    @Test
    void asksAsItIsTold() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 16);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        opened(() -> server.stop(0));
        ProbeSettings.Builder settings = settings(ProbeType.HTTP).method("HEAD").path("/health?deep=1");

        resultOf(check("address", port(server), settings));
        resultOf(check("name", port(server), settings.host("shop.example.org")));

        assertThat(seen).containsExactly("HEAD /health?deep=1 192.0.2.1", "HEAD /health?deep=1 shop.example.org");
    }

    @Test
    void saysWhatItWaitsForWhenAResponseIsSlow() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 16);
        server.createContext("/", exchange -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                exchange.close();
            }
        });
        server.setExecutor(threads);
        server.start();
        opened(() -> server.stop(0));

        CheckResult result = resultOf(check("http", port(server), settings(ProbeType.HTTP).timeout(300)));

        assertThat(result.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(result.reason()).isEqualTo("timeout after 300 ms waiting for the HTTP response");
    }

    @Test
    void refusesWhatIsNotHttp() throws Exception {
        int port = serve("SSH-2.0-OpenSSH_9.2\r\n\r\n");

        CheckResult result = resultOf(check("http", port, settings(ProbeType.HTTP)));

        assertThat(result.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(result.reason()).startsWith("no HTTP response");
    }

    @Test
    void refusesAConnectionThatClosesWithoutAResponse() throws Exception {
        assertThat(resultOf(check("http", serve(""), settings(ProbeType.HTTP))).verdict()).isEqualTo(Verdict.DOWN);
    }

    /** Takes connections, reads a request, answers with some text, and closes them. */
    private int serve(String text) throws IOException {
        ServerSocket server = opened(new ServerSocket(0, 16, LOOPBACK));
        threads.execute(() -> {
            try {
                while (true) {
                    try (Socket client = server.accept()) {
                        assertThat(client.getInputStream().read(new byte[4096])).isPositive();
                        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                    }
                }
            } catch (SocketException e) {
                assertThat(server.isClosed()).isTrue();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return server.getLocalPort();
    }

    @Test
    void asksOverTlsWhateverTheCertificateIs(@TempDir Path folder) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 16);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder)));
        started(server, 200, "secure");

        CheckResult result = resultOf(check("https", port(server),
                settings(ProbeType.HTTPS).host("shop.example.org").expectedBody("secure")));

        assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.UP);
        assertThat(result.reason()).isEqualTo("HTTP 200");
    }

    @Test
    void trustsNotEverybodyWhenCertificatesAreVerified(@TempDir Path folder) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 16);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder)));
        started(server, 200, "secure");

        CheckResult result = resultOf(check("https", port(server),
                settings(ProbeType.HTTPS).host("shop.example.org").verifyCertificate(true)));

        assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.DOWN);
        assertThat(result.reason()).startsWith("TLS failed: ").contains("PKIX");
    }

    private static SSLContext selfSigned(Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-keystore", store.toString(), "-storepass",
                "changeit")
                .redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var stream = Files.newInputStream(store)) {
            keys.load(stream, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void refusesPlainTextWhereTlsIsWanted() throws Exception {
        CheckResult result = resultOf(check("https", serve("HTTP/1.1 400 Bad Request\r\n\r\n"),
                settings(ProbeType.HTTPS)));

        assertThat(result.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(result.reason()).startsWith("TLS failed");
    }

    @Test
    void comparesTheResponseToADatagram() throws Exception {
        int port = echo();
        ProbeSettings.Builder settings = settings(ProbeType.UDP).payload("cafe01");

        assertThat(resultOf(check("any", port, settings)).verdict()).isEqualTo(Verdict.UP);
        assertThat(resultOf(check("same", port, settings.expectedResponse("cafe"))).verdict()).isEqualTo(Verdict.UP);
        CheckResult other = resultOf(check("other", port, settings.expectedResponse("caff")));
        assertThat(other.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(other.reason()).isEqualTo("response does not begin with caff");
        assertThat(resultOf(check("longer", port, settings.expectedResponse("cafe0102"))).verdict())
                .isEqualTo(Verdict.DOWN);
    }

    private int echo() throws IOException {
        DatagramSocket server = opened(new DatagramSocket(new InetSocketAddress(LOOPBACK, 0)));
        threads.execute(() -> {
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
                    server.receive(packet);
                    server.send(packet);
                }
            } catch (IOException e) {
                assertThat(server.isClosed()).isTrue();
            }
        });
        return server.getLocalPort();
    }

    @Test
    void seesAnIcmpErrorOfADatagramAsRefusal() throws Exception {
        CheckResult result = resultOf(check("udp", closedPort(), settings(ProbeType.UDP).payload("00")));

        assertThat(result.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(result.reason()).isEqualTo("connection refused");
    }

    @Test
    void waitsForADatagramNoLongerThanTheTimeout() throws Exception {
        DatagramSocket silent = opened(new DatagramSocket(new InetSocketAddress(LOOPBACK, 0)));

        CheckResult result = resultOf(check("udp", silent.getLocalPort(), settings(ProbeType.UDP).timeout(200)));

        assertThat(result.reason()).isEqualTo("timeout after 200 ms");
    }

    @Test
    void sendsEchoRequests() throws Exception {
        assumeTrue(RawSocketPermission.isGiven(), "raw sockets need CAP_NET_RAW");
        Check check = check("icmp", 0, settings(ProbeType.ICMP));

        CheckResult ipv4 = resultOf(check);
        assertThat(ipv4.verdict()).as(ipv4.reason()).isEqualTo(Verdict.UP);
        assertThat(ipv4.reason()).isEqualTo("echo reply");
        CheckResult ipv6 = resultOf(Check.builder().from(check).id("icmpv6").target("::1").build());
        assertThat(ipv6.verdict()).as(ipv6.reason()).isEqualTo(Verdict.UP);
    }

    @Test
    void keepsTheVerdictOfACheckThatIsAskedForAgain() throws Exception {
        Check check = check("tcp", closedPort(), settings(ProbeType.TCP).interval(100).timeout(100));
        assertThat(resultOf(check).verdict()).isEqualTo(Verdict.DOWN);

        agent.replace(List.of(check));

        assertThat(agent.results().join()).singleElement().extracting(CheckResult::verdict).isEqualTo(Verdict.DOWN);
    }

    @Test
    void beginsAnewWhenACheckChanges() throws Exception {
        int port = closedPort();
        assertThat(resultOf(check("tcp", port, settings(ProbeType.TCP))).verdict()).isEqualTo(Verdict.DOWN);

        agent.change(List.of(check("tcp", port, settings(ProbeType.TCP).interval(3_600_000).fall(3))), List.of());

        assertThat(agent.results().join()).singleElement().extracting(CheckResult::verdict).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void endsWhatIsWithdrawn() throws Exception {
        int port = closedPort();
        Check one = check("one", port, settings(ProbeType.TCP).interval(100).timeout(100));
        Check two = check("two", port, settings(ProbeType.TCP).interval(100).timeout(100));
        agent.replace(List.of(one, two));
        await().until(() -> agent.results().join().stream().allMatch(each -> each.verdict() == Verdict.DOWN));
        assertThat(agent.services()).containsExactly("balancer/one", "balancer/two");

        agent.change(List.of(), List.of("one", "never asked for"));

        assertThat(agent.results().join()).extracting(CheckResult::check).containsExactly("two");
        assertThat(agent.services()).containsExactly("balancer/two");
        agent.replace(List.of());
        assertThat(agent.results().join()).isEmpty();
    }

    @Test
    void reportsHowLateItsProbesBegin() throws Exception {
        resultOf(check("tcp", closedPort(), settings(ProbeType.TCP)));

        AgentHealth.Report report = agent.health().report();
        assertThat(report.probes()).isPositive();
        assertThat(report.latenessMaximum()).isGreaterThanOrEqualTo(report.latenessP99());
        assertThat(report.discarded()).isZero();
        assertThat(agent.health().report().probes()).isZero();
    }
}

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
package org.roundtrip.openflow.testing;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A private Open vSwitch for the tests of one class: its own database and switch process, in a folder of its own, with
 * the dummy datapath, which needs no privileges and touches no interface of the machine. OpenFlow runs over Unix
 * sockets, so that tests can't disturb each other.
 * <p>
 * Use it as {@code @RegisterExtension static final OpenVswitch SWITCH = new OpenVswitch();}.
 */
public final class OpenVswitch implements BeforeAllCallback, AfterAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path SCHEMA = Path.of("/usr/share/openvswitch/vswitch.ovsschema");

    private final List<Process> processes = new ArrayList<>();
    private final List<OpenFlowSession> sessions = new ArrayList<>();
    private Path folder;
    private Process vswitchd;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        // Socket names have at most 107 characters, so a folder deep in the build's target won't do.
        folder = Files.createTempDirectory("ovs");
        run("ovsdb-tool", "create", folder.resolve("conf.db").toString(), SCHEMA.toString());
        start("ovsdb-server", "--remote=punix:" + database(), "--unixctl=" + folder.resolve("ovsdb.ctl"),
              folder.resolve("conf.db").toString());
        Awaitility.await("database").atMost(PATIENCE).until(() -> Files.exists(database()));
        vsctl("--no-wait", "init");
        startSwitch();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        sessions.forEach(OpenFlowSession::close);
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).destroyForcibly().onExit().join();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(OpenVswitch::delete);
        }
    }

    /**
     * Adds a bridge that speaks OpenFlow 1.3, forwards nothing by itself and has no ports yet.
     *
     * @param bridge     its name
     * @param datapathId its datapath id
     */
    public void addBridge(String bridge, long datapathId) {
        vsctl("add-br", bridge, "--", "set", "bridge", bridge, "datapath_type=dummy", "protocols=OpenFlow13",
              "fail-mode=secure", String.format("other-config:datapath-id=%016x", datapathId));
    }

    /**
     * Adds a port to a bridge.
     *
     * @param bridge the bridge
     * @param port   the port's name
     * @param number its OpenFlow number
     */
    public void addPort(String bridge, String port, int number) {
        vsctl("add-port", bridge, port, "--", "set", "interface", port, "type=dummy", "ofport_request=" + number);
    }

    /**
     * Lets a bridge connect to a new session, as to its controller, and waits for the end of the handshake.
     *
     * @param bridge the bridge
     * @return the session, closed when the tests of the class have ended at the latest
     */
    public OpenFlowSession connect(String bridge) {
        OpenFlowSession session = new OpenFlowSession(folder.resolve(bridge + "." + sessions.size()));
        sessions.add(session);
        vsctl("set-controller", bridge, "unix:" + session.path(), "--", "set", "controller", bridge,
              "max_backoff=1000", "inactivity_probe=0");
        session.accept();
        return session;
    }

    /**
     * Kills the switch process and starts it again: all flows, groups and meters are gone, ports come back, bridges
     * connect anew.
     */
    public void restartSwitch() {
        vswitchd.destroyForcibly().onExit().join();
        startSwitch();
    }

    /**
     * Runs ovs-vsctl.
     *
     * @param arguments its arguments
     * @return what it printed
     */
    public String vsctl(String... arguments) {
        return run(command("ovs-vsctl", "--db=unix:" + database(), arguments));
    }

    /**
     * Runs ovs-ofctl on a bridge with OpenFlow 1.3.
     *
     * @param bridge    the bridge
     * @param command   the command, as {@code dump-flows}
     * @param arguments what follows the bridge
     * @return what it printed
     */
    public String ofctl(String bridge, String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of("ovs-ofctl", "-O", "OpenFlow13", command,
                                                    folder.resolve(bridge + ".mgmt").toString()));
        line.addAll(List.of(arguments));
        return run(line.toArray(String[]::new));
    }

    /**
     * Runs ovs-appctl on the switch process.
     *
     * @param arguments its arguments
     * @return what it printed
     */
    public String appctl(String... arguments) {
        return run(command("ovs-appctl", "--target=" + folder.resolve("vswitchd.ctl"), arguments));
    }

    private void startSwitch() {
        vswitchd = start("ovs-vswitchd", "--enable-dummy=override", "--disable-system",
                         "--unixctl=" + folder.resolve("vswitchd.ctl"), "unix:" + database());
    }

    private Path database() {
        return folder.resolve("db.sock");
    }

    private static String[] command(String program, String option, String... arguments) {
        return Stream.concat(Stream.of(program, option), Stream.of(arguments)).toArray(String[]::new);
    }

    private Process start(String... command) {
        try {
            Process process = builder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(command[0] + ".log").toFile())
                    .start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(command[0] + " is needed for this test: install openvswitch-switch", e);
        }
    }

    private String run(String... command) {
        try {
            Process process = builder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(command[0] + " is needed for this test: install openvswitch-switch", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        for (String variable : List.of("OVS_RUNDIR", "OVS_DBDIR", "OVS_LOGDIR", "OVS_SYSCONFDIR")) {
            builder.environment().put(variable, folder.toString());
        }
        return builder;
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

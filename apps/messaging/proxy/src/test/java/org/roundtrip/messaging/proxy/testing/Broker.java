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
package org.roundtrip.messaging.proxy.testing;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.properties.MetaPropertiesVersion;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A broker of a storage server, in this process or, by {@link #main}, in one of its own, with all that it stores in one
 * folder. It can be stopped, and started again at the same port. Usually it is the only one of its storage server.
 */
public final class Broker implements AutoCloseable {

    private static final String CLUSTER = "AAAAAAAAAAAAAAAAAAAAAA";

    private final Properties properties;
    private final int port;
    private KafkaRaftServer server;

    /**
     * Creates a broker at any port and starts it.
     *
     * @param folder where it stores
     * @throws IOException if it can't
     */
    public Broker(Path folder) throws IOException {
        this(folder, freePort(), freePort(), Map.of());
    }

    /**
     * Creates a broker and starts it.
     *
     * @param folder         where it stores
     * @param port           where clients connect
     * @param controllerPort where brokers of the same storage server connect
     * @param others         properties that replace the usual ones, or come beside them
     * @throws IOException if it can't
     */
    public Broker(Path folder, int port, int controllerPort, Map<String, String> others) throws IOException {
        this.port = port;
        this.properties = usual(folder, port, controllerPort);
        properties.putAll(others);
        Path logs = Path.of(properties.getProperty("log.dirs"));
        if (!Files.exists(logs.resolve("meta.properties"))) {
            format(logs, Integer.parseInt(properties.getProperty("node.id")));
        }
        start();
    }

    /**
     * Runs a broker in a process of its own, and prints "ready" when it serves.
     *
     * @param arguments FOLDER PORT CONTROLLER-PORT, and other properties as NAME=VALUE
     * @throws IOException if it can't
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> others = Arrays.stream(arguments).skip(3).map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> each[1]));
        Broker broker = new Broker(Path.of(arguments[0]), Integer.parseInt(arguments[1]),
                                   Integer.parseInt(arguments[2]), others);
        System.out.println("ready");
        broker.server.awaitShutdown();
    }

    private static Properties usual(Path folder, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:"
                        + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listener.security.protocol.map",
                          "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL"),
                Map.entry("log.dirs", folder.resolve("logs").toString()),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "2"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "2"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // Otherwise it needs twice the heap.
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152")));
        return properties;
    }

    private static void format(Path logs, int node) throws IOException {
        Files.createDirectories(logs);
        MetaPropertiesEnsemble.Copier format = new MetaPropertiesEnsemble.Copier(MetaPropertiesEnsemble.EMPTY);
        format.setLogDirProps(logs.toString(), new MetaProperties.Builder()
                .setVersion(MetaPropertiesVersion.V1).setClusterId(CLUSTER).setNodeId(node)
                .setDirectoryId(Uuid.randomUuid()).build());
        format.writeLogDirChanges();
    }

    /**
     * Returns a port at which nobody listens.
     *
     * @return the port
     * @throws IOException if there is none
     */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Starts it again. */
    public void start() {
        server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
    }

    /** Stops it. */
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    /**
     * Returns where it is.
     *
     * @return one HOST:PORT
     */
    public List<String> bootstrapServers() {
        return List.of("127.0.0.1:" + port);
    }

    @Override
    public void close() {
        stop();
    }
}

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

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program with the class path of the tests in a JVM of its own. What it prints goes to a file.
 */
public final class JavaProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);

    private final Process process;
    private final Path output;

    private JavaProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public static JavaProcess start(Class<?> main, String heap, Path output, String... arguments) {
        return start(List.of(), main, heap, output, arguments);
    }

    /** One that another command runs, which is in front of its own. */
    private static JavaProcess start(List<String> wrapper, Class<?> main, String heap, Path output,
                                     String... arguments) {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap,
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp",
                System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new JavaProcess(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(
                    ProcessBuilder.Redirect.appendTo(output.toFile())).start(), output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A broker that is ready. */
    public static JavaProcess broker(Path folder, int port, int controllerPort, String... others) throws IOException {
        return broker(List.of(), folder, port, controllerPort, others);
    }

    /** A broker that is ready, and that another command runs. */
    public static JavaProcess broker(List<String> wrapper, Path folder, int port, int controllerPort,
                                     String... others) throws IOException {
        Files.createDirectories(folder);
        Path output = folder.resolve("output-" + System.nanoTime());
        List<String> arguments = new ArrayList<>(List.of(folder.toString(), Integer.toString(port),
                                                         Integer.toString(controllerPort)));
        arguments.addAll(List.of(others));
        JavaProcess broker = start(wrapper, Broker.class, "160m", output, arguments.toArray(String[]::new));
        Awaitility.await("broker in " + folder).atMost(START).failFast(
                "it ended, see " + output, () -> !broker.process.isAlive())
                .until(() -> broker.output().lines().anyMatch("ready"::equals));
        return broker;
    }

    public String output() throws IOException {
        return Files.exists(output) ? Files.readString(output) : "";
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it as kill -9 does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Process " + process.pid() + " does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}

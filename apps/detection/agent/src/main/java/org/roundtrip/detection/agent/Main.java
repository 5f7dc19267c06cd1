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

import org.roundtrip.base.InvalidRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * The command that runs the agent.
 */
@Command(name = "roundtrip-detection-agent", mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class, sortOptions = false,
        description = "Probes the members on this node as its controllers say, and tells them what it finds.",
        footer = {"", "Needs the capability CAP_NET_RAW, and an interface that setup-interface has prepared.",
            "Ends with 0 when it was told to stop, 1 when its configuration is wrong, 2 when its options are."})
public final class Main implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(Main.class);
    private static final int WRONG_CONFIGURATION = 1;

    @Option(names = "--config", required = true, paramLabel = "FILE",
            description = "The configuration: lines such as \"name = node-1\".")
    private Path file;

    @Option(names = "--check-config", description = "Say what is wrong with the configuration, and end.")
    private boolean checkOnly;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Main() {
    }

    /**
     * Runs the agent until it is told to stop.
     *
     * @param arguments what --help says
     */
    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    /** Returns the command, for main and for its tests. */
    static CommandLine command() {
        return new CommandLine(new Main());
    }

    /** Reads the version from the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"roundtrip-detection-agent " + version()};
        }
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("(not packaged)");
    }

    @Override
    public Integer call() throws InterruptedException {
        AgentConfiguration configuration;
        try {
            configuration = AgentConfiguration.read(file);
        } catch (IOException e) {
            complain("can't be read: " + e);
            return WRONG_CONFIGURATION;
        } catch (InvalidRequestException e) {
            e.errors().forEach(error -> complain(error.field() + " " + error.detail()));
            return WRONG_CONFIGURATION;
        }
        if (checkOnly) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(file + " is right");
            out.flush();
            return 0;
        }
        run(configuration);
        return 0;
    }

    private void complain(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(file + ": " + what);
        err.flush();
    }

    private static void run(AgentConfiguration configuration) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            awaitUninterruptibly(stopped);
        }, "stop"));
        try (RunningAgent agent = new RunningAgent(configuration, version(), Clock.systemUTC())) {
            log.info("{} is {}", configuration.credentials().agent(), version());
            agent.start();
            stop.await();
        } finally {
            log.info("Stopped");
            stopped.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

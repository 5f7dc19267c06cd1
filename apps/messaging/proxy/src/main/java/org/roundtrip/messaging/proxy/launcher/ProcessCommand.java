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
package org.roundtrip.messaging.proxy.launcher;

import org.roundtrip.base.InvalidRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * What commands have in common that run until they are told to stop.
 */
abstract class ProcessCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(ProcessCommand.class);
    private static final int WRONG_CONFIGURATION = 1;

    @Option(names = "--config", required = true, paramLabel = "FILE",
            description = "The configuration: lines such as \"name = proxy-1\".")
    private Path file;

    @Option(names = "--check-config", description = "Say what is wrong with the configuration, and end.")
    private boolean checkOnly;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** What runs; ends when it is closed. */
    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Starts it.
     *
     * @throws InvalidRequestException if the configuration is wrong for it
     * @throws IOException             if it can't start
     */
    abstract Running start(ProxyProperties properties) throws IOException;

    /** Refuses what is wrong for it. */
    abstract void check(ProxyProperties properties);

    @Override
    public Integer call() throws InterruptedException {
        try {
            ProxyProperties properties = ProxyProperties.read(file);
            check(properties);
            if (checkOnly) {
                PrintWriter out = spec.commandLine().getOut();
                out.println(file + " is right");
                out.flush();
            } else {
                run(properties);
            }
            return 0;
        } catch (IOException e) {
            complain(e.toString());
        } catch (InvalidRequestException e) {
            e.errors().forEach(error -> complain(error.field() + " " + error.detail()));
        }
        return WRONG_CONFIGURATION;
    }

    private void complain(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(file + ": " + what);
        err.flush();
    }

    private void run(ProxyProperties properties) throws IOException, InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            awaitUninterruptibly(stopped);
        }, "stop"));
        try (Running running = start(properties)) {
            log.info("{} is {}", properties.name(), Main.version());
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

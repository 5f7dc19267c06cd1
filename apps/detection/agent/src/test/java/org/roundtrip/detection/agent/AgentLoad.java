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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.Checks;
import org.roundtrip.detection.protocol.DetectionServer;
import org.roundtrip.detection.protocol.DetectionServerListener;
import org.roundtrip.detection.protocol.DetectionSession;
import org.roundtrip.detection.protocol.Hello;
import org.roundtrip.detection.protocol.Message;
import org.roundtrip.detection.protocol.ProbeSettings;
import org.roundtrip.detection.protocol.Secret;
import org.roundtrip.detection.protocol.ServerLimits;
import org.roundtrip.detection.protocol.Snapshot;
import org.roundtrip.detection.protocol.TransportSecurity;
import org.roundtrip.detection.protocol.Verdict;
import org.roundtrip.detection.protocol.Welcome;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures a packaged agent that probes many members of this machine. Not a test: run it by hand.
 *
 * <p>Arguments: the command of the agent, how many members, the interval in milliseconds, for how many seconds.
 */
final class AgentLoad {

    private static final int SERVICES = 50;
    private static final double TICKS_PER_SECOND = 100;

    private AgentLoad() {
    }

    public static void main(String[] arguments) throws Exception {
        int members = Integer.parseInt(arguments[1]);
        int interval = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        int port = acceptEverything();
        DetectionServer controller = new DetectionServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                TransportSecurity.none(), agent -> Optional.of(Secret.of("load")),
                Welcome.builder().lease(60_000).reportInterval(5_000).build(), ServerLimits.builder().build(),
                new Controller(members, interval, port));
        controller.start();
        Path configuration = Files.createTempFile("agent", ".properties");
        Files.writeString(configuration, "name = load\nsecret = load\ninterface = lo\nsource-ipv4 = 127.0.0.1\n"
                + "controllers = 127.0.0.1:" + controller.address().getPort() + "\n");
        Process agent = new ProcessBuilder(arguments[0], "--config", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(configuration.resolveSibling(configuration.getFileName() + ".log").toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(agent::destroy));
        TimeUnit.SECONDS.sleep(15);
        for (int i = 0; i < seconds / 10; i++) {
            double before = processorSeconds(agent.pid());
            TimeUnit.SECONDS.sleep(10);
            System.out.printf("cores %.2f %s%n", (processorSeconds(agent.pid()) - before) / 10, memory(agent.pid()));
        }
        agent.destroy();
        System.exit(0);
    }

    private static int acceptEverything() throws InterruptedException {
        ServerBootstrap members = new ServerBootstrap().group(new EpollEventLoopGroup(1))
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childHandler(new Ignoring());
        return ((InetSocketAddress) members.bind("0.0.0.0", 0).sync().channel().localAddress()).getPort();
    }

    /** Ignores resets. */
    @io.netty.channel.ChannelHandler.Sharable
    private static final class Ignoring extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(io.netty.channel.ChannelHandlerContext context, Throwable cause) {
            context.channel().unsafe().close(context.voidPromise());
        }
    }

    private static double processorSeconds(long pid) throws Exception {
        String[] fields = Files.readString(Path.of("/proc/" + pid + "/stat")).replaceAll(".*\\) ", "").split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private static List<String> memory(long pid) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.matches("(VmRSS|VmHWM|Threads).*")).toList();
    }

    /** Asks for all checks, and shows what comes back. */
    private record Controller(int members, int interval, int port) implements DetectionServerListener {
        @Override
        public void connected(DetectionSession session, Hello hello) {
            int perPart = 100;
            int parts = (members + perPart - 1) / perPart;
            for (int part = 1; part <= parts; part++) {
                Checks.Builder checks = Checks.builder().revision(1).complete(true).part(part).parts(parts);
                for (int i = (part - 1) * perPart; i < Math.min(part * perPart, members); i++) {
                    checks.addChecks(Check.builder().id("c" + i).service("balancer/s" + i % SERVICES).member("m" + i)
                            .target("127.1." + i / 250 + "." + (i % 250 + 1)).port(port).host("192.0.2.1")
                            .settings(ProbeSettings.builder().interval(interval).build()).build());
                }
                session.send(checks.build());
            }
        }

        @Override
        public void refused(String peer, Optional<String> agent, String reason) {
            System.out.println("refused: " + reason);
        }

        @Override
        public void received(DetectionSession session, Message message) {
            if (message instanceof Snapshot snapshot && snapshot.part() == 1) {
                System.out.printf("starved %s, lateness p99 %.1f ms, max %.1f ms, up %d of %d in this part%n",
                        snapshot.starved(), snapshot.latenessP99() / 1e3, snapshot.latenessMaximum() / 1e3,
                        snapshot.results().stream().filter(each -> each.verdict() == Verdict.UP).count(),
                        snapshot.results().size());
            }
        }

        @Override
        public void disconnected(DetectionSession session, String reason) {
            System.out.println("disconnected: " + reason);
        }
    }
}

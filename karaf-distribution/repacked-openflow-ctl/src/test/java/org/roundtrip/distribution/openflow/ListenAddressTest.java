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

package org.roundtrip.distribution.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.onosproject.openflow.controller.impl.Controller;

class ListenAddressTest {

    private final NioEventLoopGroup threads = new NioEventLoopGroup(1);

    @AfterEach
    void stop() {
        System.clearProperty(ListenAddress.PROPERTY);
        threads.shutdownGracefully().syncUninterruptibly();
    }

    @Test
    void isLoopbackUnlessToldOtherwise() {
        assertThat(boundAddress().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void isThatOfTheSystemProperty() {
        System.setProperty(ListenAddress.PROPERTY, "0.0.0.0");

        assertThat(boundAddress().getAddress().isAnyLocalAddress()).isTrue();
    }

    @Test
    void replacesEveryBindOfTheController() throws IOException {
        String bind = MethodType.methodType(ChannelFuture.class, ServerBootstrap.class, int.class).descriptorString();

        assertThat(callsOfBindIn(Controller.class))
                .containsExactly("org/roundtrip/distribution/openflow/ListenAddress" + bind);
    }

    private InetSocketAddress boundAddress() {
        ServerBootstrap server = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInboundHandlerAdapter());
        Channel channel = ListenAddress.bind(server, 0).syncUninterruptibly().channel();
        try {
            return (InetSocketAddress) channel.localAddress();
        } finally {
            channel.close().syncUninterruptibly();
        }
    }

    private static List<String> callsOfBindIn(Class<?> type) throws IOException {
        List<String> calls = new ArrayList<>();
        try (InputStream bytes = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            new ClassReader(bytes).accept(new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                                                 String[] exceptions) {
                    return new MethodVisitor(Opcodes.ASM9) {
                        @Override
                        public void visitMethodInsn(int opcode, String owner, String called, String calledDescriptor,
                                                    boolean isInterface) {
                            if (called.equals("bind")) {
                                calls.add(owner + calledDescriptor);
                            }
                        }
                    };
                }
            }, 0);
        }
        return calls;
    }
}

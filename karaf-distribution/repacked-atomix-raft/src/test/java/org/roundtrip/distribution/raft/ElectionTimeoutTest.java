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

package org.roundtrip.distribution.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.partition.impl.RaftPartitionServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElectionTimeoutTest {

    private final RaftServer.Builder builder = mock(RaftServer.Builder.class, RETURNS_SELF);

    @AfterEach
    void clear() {
        System.clearProperty(ElectionTimeout.PROPERTY);
    }

    @Test
    void isThatOfRaftUnlessToldOtherwise() {
        ElectionTimeout.withElectionTimeout(builder, Duration.ofMillis(2500));

        verify(builder).withElectionTimeout(Duration.ofMillis(2500));
    }

    @Test
    void isThatOfTheSystemProperty() {
        System.setProperty(ElectionTimeout.PROPERTY, "300");

        ElectionTimeout.withElectionTimeout(builder, Duration.ofMillis(2500));

        verify(builder).withElectionTimeout(Duration.ofMillis(300));
    }

    @Test
    void replacesTheConstantOfThePartitionServer() throws IOException {
        String withElectionTimeout = MethodType
                .methodType(RaftServer.Builder.class, RaftServer.Builder.class, Duration.class).descriptorString();

        assertThat(callsOf("withElectionTimeout", RaftPartitionServer.class))
                .containsExactly("org/roundtrip/distribution/raft/ElectionTimeout" + withElectionTimeout);
    }

    private static List<String> callsOf(String method, Class<?> type) throws IOException {
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
                            if (called.equals(method)) {
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

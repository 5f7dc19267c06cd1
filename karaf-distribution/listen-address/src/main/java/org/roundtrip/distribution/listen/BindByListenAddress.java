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

package org.roundtrip.distribution.listen;

import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Replaces {@code bootstrap.bind(port)} in the OpenFlow controller by {@code ListenAddress.bind(bootstrap, port)}.
 *
 * <p>Byte Buddy's Maven plugin makes and uses it. The call is inside a lambda, so every method is visited, also those
 * that the compiler made.
 */
public final class BindByListenAddress implements Plugin {

    private static final String CONTROLLER = "org.onosproject.openflow.controller.impl.Controller";

    /** Makes the build step; it has no settings. */
    public BindByListenAddress() {
    }

    @Override
    public boolean matches(TypeDescription type) {
        return type.getName().equals(CONTROLLER);
    }

    @Override
    public DynamicType.Builder<?> apply(DynamicType.Builder<?> builder, TypeDescription type,
                                        ClassFileLocator classFiles) {
        return builder.visit(new EveryMethod());
    }

    @Override
    public void close() {
        // Holds nothing open.
    }

    private static final class EveryMethod extends AsmVisitorWrapper.AbstractBase {

        @Override
        public ClassVisitor wrap(TypeDescription type, ClassVisitor classWriter, Implementation.Context context,
                                 TypePool types, FieldList<FieldDescription.InDefinedShape> fields,
                                 MethodList<?> methods, int writerFlags, int readerFlags) {
            return new ClassVisitor(OpenedClassReader.ASM_API, classWriter) {
                @Override
                public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                                                 String[] exceptions) {
                    return new ReplaceBind(super.visitMethod(access, name, descriptor, signature, exceptions));
                }
            };
        }
    }

    private static final class ReplaceBind extends MethodVisitor {

        private ReplaceBind(MethodVisitor methodWriter) {
            super(OpenedClassReader.ASM_API, methodWriter);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.equals("io/netty/bootstrap/ServerBootstrap") && name.equals("bind")
                    && descriptor.equals("(I)Lio/netty/channel/ChannelFuture;")) {
                // A static method takes the receiver as its first argument, so the stack is already right.
                super.visitMethodInsn(Opcodes.INVOKESTATIC, "org/roundtrip/distribution/openflow/ListenAddress", name,
                        "(Lio/netty/bootstrap/AbstractBootstrap;I)Lio/netty/channel/ChannelFuture;", false);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }
    }
}

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

package org.roundtrip.distribution.build;

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
 * Replaces, in one class, the calls of an instance method by calls of a static method of the same name that takes the
 * receiver as its first argument.
 *
 * <p>Byte Buddy's Maven plugin makes and uses its subclasses. Every method is visited, also those that the compiler
 * made of lambdas. Whether a call was found is for a test of the transformed class to say.
 */
public abstract class CallReplacement implements Plugin {

    private final String type;
    private final String owner;
    private final String name;
    private final String descriptor;
    private final String target;

    /**
     * Describes the replacement; the names are those inside class files, with slashes.
     *
     * @param type the class whose calls are replaced
     * @param owner the class on which the method is called
     * @param name the name of the method, and of the static one
     * @param descriptor the descriptor of the method
     * @param target the class of the static method
     */
    protected CallReplacement(String type, String owner, String name, String descriptor, String target) {
        this.type = type;
        this.owner = owner;
        this.name = name;
        this.descriptor = descriptor;
        this.target = target;
    }

    @Override
    public boolean matches(TypeDescription candidate) {
        return candidate.getInternalName().equals(type);
    }

    @Override
    public DynamicType.Builder<?> apply(DynamicType.Builder<?> builder, TypeDescription transformed,
                                        ClassFileLocator classFiles) {
        return builder.visit(new EveryMethod());
    }

    @Override
    public void close() {
        // Holds nothing open.
    }

    private final class EveryMethod extends AsmVisitorWrapper.AbstractBase {

        @Override
        public ClassVisitor wrap(TypeDescription transformed, ClassVisitor writer, Implementation.Context context,
                                 TypePool types, FieldList<FieldDescription.InDefinedShape> fields,
                                 MethodList<?> methods, int writerFlags, int readerFlags) {
            return new ClassVisitor(OpenedClassReader.ASM_API, writer) {
                @Override
                public MethodVisitor visitMethod(int access, String method, String methodDescriptor, String signature,
                                                 String[] exceptions) {
                    return new EveryCall(
                            super.visitMethod(access, method, methodDescriptor, signature, exceptions));
                }
            };
        }
    }

    private final class EveryCall extends MethodVisitor {

        private EveryCall(MethodVisitor writer) {
            super(OpenedClassReader.ASM_API, writer);
        }

        @Override
        public void visitMethodInsn(int opcode, String calledOwner, String calledName, String calledDescriptor,
                                    boolean isInterface) {
            if (calledOwner.equals(owner) && calledName.equals(name) && calledDescriptor.equals(descriptor)) {
                // The receiver lies below the arguments, so the stack is already right for the static method.
                super.visitMethodInsn(Opcodes.INVOKESTATIC, target, name,
                        "(L" + owner + ";" + descriptor.substring(1), false);
            } else {
                super.visitMethodInsn(opcode, calledOwner, calledName, calledDescriptor, isInterface);
            }
        }
    }
}

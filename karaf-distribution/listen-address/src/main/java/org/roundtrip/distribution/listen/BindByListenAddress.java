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

import static net.bytebuddy.matcher.ElementMatchers.any;
import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.pool.TypePool;

/**
 * Replaces {@code bootstrap.bind(port)} in the OpenFlow controller by
 * {@code ListenAddress.bind(bootstrap, port)}.
 *
 * <p>Byte Buddy's Maven plugin makes and uses it; both types are found on the class path of the module it transforms.
 */
public final class BindByListenAddress implements Plugin {

    private static final String CONTROLLER = "org.onosproject.openflow.controller.impl.Controller";
    private static final String REPLACEMENT = "org.roundtrip.distribution.openflow.ListenAddress";

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
        MethodDescription replacement = TypePool.Default.of(classFiles).describe(REPLACEMENT).resolve()
                .getDeclaredMethods()
                .filter(named("bind").and(isStatic()))
                .getOnly();
        // Relaxed: types that the controller names elsewhere need not be on the class path of this build.
        return builder.visit(MemberSubstitution.relaxed()
                .method(named("bind").and(takesArguments(int.class)))
                .replaceWith(replacement)
                .on(any()));
    }

    @Override
    public void close() {
        // Holds nothing open.
    }
}

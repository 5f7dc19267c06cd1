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
package org.roundtrip.base;

import org.immutables.value.Value;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an abstract type as one of our immutable values, beside {@code @Value.Immutable}.
 * <p>
 * The generated class stays hidden in its package: users of a value see the abstract type and its factories only. JDK
 * collections are used instead of Guava's, so that a value does not depend on the Guava that an ONOS release brings;
 * annotations that happen to be on the class path are left out, so that the bundle need not import them.
 */
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Retention(RetentionPolicy.CLASS)
@Value.Style(
        jdkOnly = true,
        allowedClasspathAnnotations = Override.class,
        visibility = Value.Style.ImplementationVisibility.PACKAGE,
        builderVisibility = Value.Style.BuilderVisibility.PACKAGE,
        overshadowImplementation = true,
        typeImmutable = "Immutable*",
        forceJacksonPropertyNames = false)
public @interface ValueType {
}

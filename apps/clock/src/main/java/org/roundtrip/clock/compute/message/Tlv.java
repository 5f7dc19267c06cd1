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
package org.roundtrip.clock.compute.message;

/**
 * One thing that a message says: type, length and value (IEEE 1588-2019, section 14.1). Immutable.
 */
public interface Tlv {

    /**
     * Returns what kind of thing it is.
     *
     * @return 0 to 65535, as in IEEE 1588-2019, table 52
     */
    int type();

    /**
     * Returns what it says.
     *
     * @param <R>     what is made of it
     * @param visitor what makes something of it
     * @return what the visitor returns
     */
    <R> R accept(TlvVisitor<R> visitor);
}

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
package org.roundtrip.tepath.compute;

import java.util.function.UnaryOperator;

/**
 * A change that lets a trial through.
 * <p>
 * Immutable.
 */
final class Relaxation {

    private final UnaryOperator<Trial> change;
    private final String field;
    private final String text;

    Relaxation(UnaryOperator<Trial> change, String field, String text) {
        this.change = change;
        this.field = field;
        this.text = text;
    }

    /** Returns the change itself. */
    UnaryOperator<Trial> change() {
        return change;
    }

    /** Returns the field of the request to change; empty if it is the network that has to change. */
    String field() {
        return field;
    }

    /** Returns what to change, and to what. */
    String text() {
        return text;
    }
}

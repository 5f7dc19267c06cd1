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

/**
 * Where the rules of paths stand in the switches. The rules of different kinds match different packets (labelled ones,
 * and unlabelled ones at an edge port), and those of one kind never overlap: so one priority for each kind is enough.
 */
public final class Pipeline {

    /** The table of all rules of paths: the first. */
    public static final int TABLE = 0;

    /** The priority of rules that match a label: swap it, or pop it at the end of the path. */
    public static final int LABEL_PRIORITY = 42_000;

    /** The priority of rules at the edge: push a label, or drop while an exclusive path is not up. */
    public static final int ADMISSION_PRIORITY = 41_000;

    private Pipeline() {
    }
}

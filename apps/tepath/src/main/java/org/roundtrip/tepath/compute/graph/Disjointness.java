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
package org.roundtrip.tepath.compute.graph;

/** What the two paths of a protected pair must not have in common. Their two ends they always have. */
public enum Disjointness {

    /** Links: no link is used by both, in whichever directions of travel. Parallel links are different links. */
    LINK,

    /** Nodes and links: no node but the two ends is on both, and no link. */
    NODE,

    /**
     * Shared risk link groups and links (RFC 4202 section 2.3): no link of the one is in a group with a link of the
     * other, and no link is used by both. A link without a group is a risk of its own.
     */
    SRLG
}

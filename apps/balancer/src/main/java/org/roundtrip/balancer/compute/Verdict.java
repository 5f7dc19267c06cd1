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
package org.roundtrip.balancer.compute;

/**
 * What detection has found of a member.
 */
public enum Verdict {
    /** Nobody probes it: whether it is located and its port is up is all that counts. */
    NOT_PROBED,
    /** It is probed, and nothing is known: there is no result yet, or who probes it has fallen silent. */
    UNKNOWN,
    /** It answers as it should. */
    UP,
    /** It does not. */
    DOWN
}

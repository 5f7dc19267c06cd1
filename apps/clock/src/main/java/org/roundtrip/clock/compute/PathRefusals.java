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
package org.roundtrip.clock.compute;

import org.roundtrip.base.FieldError;
import org.roundtrip.base.RequestException;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells the user of a session why its te-path was refused, in the fields that this user knows.
 */
public final class PathRefusals {

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("name", "name"),
            Map.entry("source", "server"),
            Map.entry("destination", "client"),
            Map.entry("payload", "transport"),
            Map.entry("forward-traffic", "delivery"),
            Map.entry("reverse-traffic", "delivery"),
            Map.entry("bandwidth", "tunnel.bandwidth"),
            Map.entry("reverse-bandwidth", "tunnel.bandwidth"),
            Map.entry("objective", "tunnel.objective"),
            Map.entry("constraints.max-delay-asymmetry", "tunnel.max-delay-asymmetry"),
            Map.entry("setup-priority", "tunnel.setup-priority"),
            Map.entry("holding-priority", "tunnel.holding-priority"),
            Map.entry("quiesce-time", "tunnel.resume-delay"),
            Map.entry("protection", "tunnel.protection"),
            Map.entry("protection.disjointness", "tunnel.protection.disjointness"),
            Map.entry("protection.best-effort", "tunnel.protection.best-effort"));

    private PathRefusals() {
    }

    /**
     * Returns the refusal of a session that follows from the refusal of its te-path.
     *
     * @param refusal the refusal of the te-path
     * @return a refusal of the same kind
     */
    public static RequestException ofSession(RequestException refusal) {
        return refusal.withErrors(refusal.errors().stream().map(PathRefusals::ofSession).collect(Collectors.toList()));
    }

    private static FieldError ofSession(FieldError error) {
        if (error.field().isEmpty()) {
            return error;
        }
        String field = error.field().replaceFirst("\\[.*", "");
        String above = field.replaceFirst("\\..*", "");
        return Optional.ofNullable(FIELDS.get(field)).or(() -> Optional.ofNullable(FIELDS.get(above)))
                .map(known -> FieldError.of(known, error.detail()))
                .orElseGet(() -> FieldError.of("", "the te-path's " + error.field() + ": " + error.detail()));
    }
}

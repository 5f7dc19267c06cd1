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
package org.roundtrip.tepath.impl;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.Reservations;
import org.roundtrip.tepath.compute.RuleCompiler;
import org.roundtrip.tepath.compute.audit.AuditSubject;
import org.roundtrip.tepath.compute.audit.OtherPaths;

import java.util.Collection;
import java.util.List;

/**
 * The sets of rules of a path and the keys under which they are published. The rules inside the network are published
 * once for each placement and never change; those at the two ends have one key, so that both ends move together.
 */
final class PathRules {

    private final RuleCompiler compiler;

    PathRules(ApplicationId application) {
        this.compiler = new RuleCompiler(application);
    }

    String admissionKey(PathRecord path) {
        return key(path) + "/admission";
    }

    String transitKey(PathRecord path, Placement placement) {
        return key(path) + "/transit/" + placement.generation();
    }

    List<FlowRule> transit(PathRecord path, Placement placement) {
        return compiler.transit(path.request(), placement);
    }

    List<FlowRule> admission(PathRecord path, Placement placement) {
        return compiler.admission(path.request(), placement);
    }

    List<FlowRule> blocking(PathRecord path) {
        return compiler.blocking(path.request());
    }

    /** Returns the name of the path that a key belongs to. */
    static String nameOf(String key) {
        return key.split("/", 3)[1];
    }

    /**
     * Returns the sets of rules by which both ends go over to a way: first to none, if no packet may be mixed, and no
     * further if there has to be a pause.
     */
    List<List<FlowRule>> transition(PathRecord path, Placement next) {
        if (path.request().suspended()) {
            // Also in between: what may be there is taken over only by rules that match the same.
            return path.request().exclusive() ? List.of(blocking(path)) : List.of(blocking(path), List.of());
        }
        if (!path.carries(next)) {
            return List.of(blocking(path));
        }
        return path.request().quiesce() ? List.of(blocking(path), admission(path, next))
                : List.of(admission(path, next));
    }

    /** Returns what the switches should hold of a path that has settled. */
    AuditSubject subject(PathRecord path) {
        return AuditSubject.of(compiler, path.request(), path.active(), path.spare(), path.retiring());
    }

    /** Returns which rules of this application belong to other paths than one, at the ports of that one. */
    OtherPaths others(AuditSubject path, Reservations reservations, Collection<TePathRequest> requests) {
        return OtherPaths.around(compiler, path, reservations, requests);
    }

    private static String key(PathRecord path) {
        return "te-path/" + path.name() + "/" + path.created().toEpochMilli();
    }
}

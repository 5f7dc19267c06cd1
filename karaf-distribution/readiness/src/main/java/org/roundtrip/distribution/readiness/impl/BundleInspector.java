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

package org.roundtrip.distribution.readiness.impl;

import static java.util.stream.Collectors.toUnmodifiableList;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.karaf.bundle.core.BundleService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.roundtrip.distribution.readiness.Obstacle;

/**
 * Finds the bundles that are not active.
 */
final class BundleInspector {

    private static final Map<Integer, String> STATES = Map.of(
            Bundle.INSTALLED, "not resolved",
            Bundle.RESOLVED, "not started",
            Bundle.STARTING, "starting",
            Bundle.STOPPING, "stopping",
            Bundle.UNINSTALLED, "uninstalled");

    private final BundleContext context;
    private final BundleService diagnosis;

    BundleInspector(BundleContext context, BundleService diagnosis) {
        this.context = context;
        this.diagnosis = diagnosis;
    }

    /**
     * The bundles that are not active.
     *
     * @return an obstacle for each
     */
    List<Obstacle> obstacles() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> !isActive(bundle) && !isFragment(bundle) && !isLazy(bundle))
                .map(bundle -> Obstacle.of(Obstacle.Kind.BUNDLE, bundle.getSymbolicName(), reason(bundle)))
                .collect(toUnmodifiableList());
    }

    private String reason(Bundle bundle) {
        String state = STATES.getOrDefault(bundle.getState(), "in state " + bundle.getState());
        // Only of bundles that can't be wired: for the others, the diagnosis has nothing to add.
        return bundle.getState() == Bundle.INSTALLED
                ? state + ": " + diagnosis.getDiag(bundle).strip().replaceAll("\\s+", " ")
                : state;
    }

    private static boolean isActive(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE;
    }

    // A fragment is part of another bundle and is never started itself.
    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
    }

    // Starts when its first class is used, which may be never.
    private static boolean isLazy(Bundle bundle) {
        return bundle.getState() == Bundle.STARTING
                && bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
    }
}

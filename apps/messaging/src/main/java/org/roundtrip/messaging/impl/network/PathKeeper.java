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
package org.roundtrip.messaging.impl.network;

import org.onosproject.core.ApplicationId;
import org.roundtrip.base.RequestException;
import org.roundtrip.messaging.compute.network.NetworkPlan;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathService;
import org.roundtrip.tepath.TePathState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Makes the te-paths that are there those that a plan has. Whatever a controller that dies leaves behind, the next look
 * puts right: all that is ours and not in the plan goes, and what is missing or different is asked for. On one node of
 * the cluster and on one thread; what it knows can be read on any.
 */
final class PathKeeper {

    private static final Logger log = LoggerFactory.getLogger(PathKeeper.class);

    private final ApplicationId owner;
    private final TePathService paths;
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

    PathKeeper(ApplicationId owner, TePathService paths) {
        this.owner = owner;
        this.paths = paths;
    }

    /**
     * Takes the te-paths one step nearer to a plan. What goes, goes first, because what comes may need its traffic or
     * its bandwidth. What was refused is not asked for again in the same way.
     *
     * @param plan the plan
     */
    void keep(NetworkPlan plan) {
        refusals.keySet().removeIf(name -> plan.path(name).isEmpty());
        for (TePath present : paths()) {
            String name = present.request().name();
            if (plan.path(name).filter(wanted -> joins(present, wanted)).isEmpty()) {
                attempt(name, Optional.empty(), () -> remove(present));
            }
        }
        for (TePathRequest wanted : plan.paths()) {
            boolean isRefused = Optional.ofNullable(refusals.get(wanted.name()))
                    .filter(refusal -> refusal.request.equals(Optional.of(wanted))).isPresent();
            if (!isRefused) {
                attempt(wanted.name(), Optional.of(wanted), () -> ensure(wanted));
            }
        }
    }

    /** Lets what was refused be asked for again. */
    void askAgain() {
        refusals.replaceAll((name, refusal) -> new Refusal(Optional.empty(), refusal.reason));
    }

    /** Forgets what was refused, which only the node knows that asks. */
    void forgetRefusals() {
        refusals.clear();
    }

    /** One te-path that fails must not keep the others from being kept. */
    private void attempt(String name, Optional<TePathRequest> request, Runnable step) {
        try {
            step.run();
            refusals.remove(name);
        } catch (RequestException refusal) {
            refusals.put(name, new Refusal(request, refusal.getMessage()));
        } catch (RuntimeException failure) {
            if (refusals.put(name, new Refusal(request, failure.toString())) == null) {
                log.error("The te-path {} can't be kept and will be tried again", name, failure);
            }
        }
    }

    private void ensure(TePathRequest wanted) {
        Optional<TePath> present = path(wanted.name());
        boolean isRight = present.filter(path -> path.status().state() == TePathState.REMOVING
                || path.request().equals(wanted)).isPresent();
        if (!isRight) {
            paths.request(owner, wanted);
        }
    }

    private void remove(TePath path) {
        if (path.status().state() != TePathState.REMOVING) {
            paths.remove(owner, path.request().name());
        }
    }

    /** What has other ends or another payload can't be changed. */
    private static boolean joins(TePath present, TePathRequest wanted) {
        return present.request().source().equals(wanted.source())
                && present.request().destination().equals(wanted.destination())
                && present.request().payload() == wanted.payload();
    }

    /**
     * Returns the te-path of a name.
     *
     * @param name the name
     * @return the te-path if it is ours, or empty
     */
    Optional<TePath> path(String name) {
        return paths.path(name).filter(this::isOurs);
    }

    /**
     * Returns the te-paths that are ours.
     *
     * @return all of them
     */
    List<TePath> paths() {
        return paths.paths().stream().filter(this::isOurs).collect(Collectors.toUnmodifiableList());
    }

    private boolean isOurs(TePath path) {
        return path.owner().equals(owner.name());
    }

    /**
     * Returns why a te-path was refused.
     *
     * @param name the name of the te-path
     * @return the refusal in words, or empty if it was not
     */
    Optional<String> refusal(String name) {
        return Optional.ofNullable(refusals.get(name)).map(refusal -> refusal.reason);
    }

    /**
     * Returns whether something waits for what no event tells.
     *
     * @return true if something was refused
     */
    boolean isRefused() {
        return !refusals.isEmpty();
    }

    /** What was refused, and why. */
    private static final class Refusal {
        private final Optional<TePathRequest> request;
        private final String reason;

        Refusal(Optional<TePathRequest> request, String reason) {
            this.request = request;
            this.reason = reason;
        }
    }
}

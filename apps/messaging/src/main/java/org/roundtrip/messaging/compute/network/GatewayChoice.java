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
package org.roundtrip.messaging.compute.network;

import org.onosproject.net.ConnectPoint;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathState;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of the gateways of a data centre its te-paths have. One that is in use stays in use until its te-paths carry
 * nothing because of it: to change the ends of a te-path, it has to be made anew. So a gateway that comes back is not
 * gone back to, and a controller that starts, and knows of no switch yet, changes nothing.
 */
public final class GatewayChoice {

    private final Set<ConnectPoint> carrying;
    private final Set<ConnectPoint> inUse;
    private final Predicate<ConnectPoint> isUp;

    private GatewayChoice(Set<ConnectPoint> carrying, Set<ConnectPoint> inUse, Predicate<ConnectPoint> isUp) {
        this.carrying = carrying;
        this.inUse = inUse;
        this.isUp = isUp;
    }

    /**
     * Creates the choice that there is now.
     *
     * @param paths the te-paths of messaging
     * @param isUp  whether a port is known to work
     * @return the choice
     */
    public static GatewayChoice of(Collection<TePath> paths, Predicate<ConnectPoint> isUp) {
        List<TePath> staying = paths.stream().filter(path -> path.status().state() != TePathState.REMOVING)
                .collect(Collectors.toList());
        return new GatewayChoice(
                ends(staying.stream().filter(path -> path.status().state() != TePathState.DOWN)),
                ends(staying.stream()), isUp);
    }

    private static Set<ConnectPoint> ends(Stream<TePath> paths) {
        return paths.flatMap(path -> Stream.of(path.request().source(), path.request().destination()))
                .collect(Collectors.toSet());
    }

    /**
     * Chooses a gateway: one whose te-paths carry something, or else one in use that works, or else one that works, or
     * else any; of several, the one that is configured first.
     *
     * @param dataCentre a data centre that has at least one
     * @return its gateway
     */
    public ConnectPoint gateway(DataCentre dataCentre) {
        List<ConnectPoint> gateways = dataCentre.gateways().stream().map(ConnectPoint::deviceConnectPoint)
                .collect(Collectors.toList());
        return Stream.<Predicate<ConnectPoint>>of(
                        carrying::contains, gateway -> inUse.contains(gateway) && isUp.test(gateway), isUp,
                        gateway -> true)
                .flatMap(preferred -> gateways.stream().filter(preferred))
                .findFirst().orElseThrow();
    }
}

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

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;

import java.util.Comparator;

/**
 * One direction of a link. Parallel links have other ports and so stay apart.
 */
@Value.Immutable
@ValueType
public interface LinkDirection {

    /** Orders ports by switch and number. */
    Comparator<ConnectPoint> PORT_ORDER = Comparator.<ConnectPoint, String>comparing(port -> port.deviceId().toString())
            .thenComparing(port -> port.port().toLong());

    /** Orders links by the port where they begin, then by the port where they end. */
    Comparator<LinkDirection> ORDER = Comparator.comparing(LinkDirection::src, PORT_ORDER)
            .thenComparing(LinkDirection::dst, PORT_ORDER);

    /**
     * Returns where packets leave a switch.
     *
     * @return a port
     */
    @Value.Parameter
    ConnectPoint src();

    /**
     * Returns where they enter the next one.
     *
     * @return a port
     */
    @Value.Parameter
    ConnectPoint dst();

    /**
     * Returns the other direction of the same link.
     *
     * @return the same ports the other way round
     */
    default LinkDirection reversed() {
        return of(dst(), src());
    }

    /**
     * Returns a direction of a link.
     *
     * @param src where packets leave a switch
     * @param dst where they enter the next one
     * @return the direction
     */
    static LinkDirection of(ConnectPoint src, ConnectPoint dst) {
        return ImmutableLinkDirection.of(src, dst);
    }
}

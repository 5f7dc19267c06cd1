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

import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.roundtrip.base.ValueType;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.tepath.Payload;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where brokers listen, as switches can tell it: addresses and a TCP port.
 */
@Value.Immutable
@ValueType
public interface StorageAddress {

    /** Either kind of address that the configuration lets through, or a name. */
    Pattern LISTENER = Pattern.compile("(?:\\[(?<six>.*)\\]|(?<four>[0-9./]+)):(?<port>[0-9]+)");

    /**
     * Returns the hosts.
     *
     * @return an address or a prefix
     */
    IpPrefix hosts();

    /**
     * Returns the TCP port.
     *
     * @return 1 to 65,535
     */
    int port();

    /**
     * Returns where a storage server listens, as far as this is said by addresses.
     *
     * @param dataCentre the data centre of the storage server
     * @return each once, in the order of the configuration; bootstrap servers first
     */
    static List<StorageAddress> of(DataCentre dataCentre) {
        return Stream.concat(dataCentre.bootstrapServers().stream(), dataCentre.brokers().stream())
                .flatMap(listener -> parse(listener).stream())
                .distinct()
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Reads where a broker listens.
     *
     * @param listener HOST:PORT or PREFIX:PORT, as the configuration lets it through
     * @return what switches can tell, or empty if the host is a name
     */
    static Optional<StorageAddress> parse(String listener) {
        Matcher matcher = LISTENER.matcher(listener);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String hosts = matcher.group("six") == null ? matcher.group("four") : matcher.group("six");
        try {
            return Optional.of(ImmutableStorageAddress.builder()
                    .hosts(hosts.contains("/") ? IpPrefix.valueOf(hosts) : IpAddress.valueOf(hosts).toIpPrefix())
                    .port(Integer.parseInt(matcher.group("port"))).build());
        } catch (IllegalArgumentException e) {
            // As 1.2.3, which is a name, if a strange one.
            return Optional.empty();
        }
    }

    /**
     * Returns what a te-path carries that leads there.
     *
     * @return the IP version
     */
    default Payload payload() {
        return hosts().isIp4() ? Payload.IPV4 : Payload.IPV6;
    }
}

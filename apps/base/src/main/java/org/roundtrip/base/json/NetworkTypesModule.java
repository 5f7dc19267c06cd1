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
package org.roundtrip.base.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.HostId;
import org.onosproject.net.PortNumber;

import java.io.IOException;
import java.util.function.Function;

/**
 * How the network types of ONOS are written: as strings.
 */
final class NetworkTypesModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    NetworkTypesModule() {
        super("roundtrip-network-types");
        addText(ConnectPoint.class, ConnectPoint::toString, NetworkTypesModule::connectPoint);
        addText(DeviceId.class, DeviceId::toString, NetworkTypesModule::deviceId);
        addText(HostId.class, HostId::toString, HostId::hostId);
        addText(PortNumber.class, PortNumber::toString, PortNumber::fromString);
        addText(MacAddress.class, MacAddress::toString, MacAddress::valueOf);
        addText(IpAddress.class, IpAddress::toString, IpAddress::valueOf);
        addText(IpPrefix.class, IpPrefix::toString, IpPrefix::valueOf);
    }

    private static DeviceId deviceId(String text) {
        return withScheme(DeviceId.deviceId(text));
    }

    private static ConnectPoint connectPoint(String text) {
        ConnectPoint point = ConnectPoint.deviceConnectPoint(text);
        withScheme(point.deviceId());
        return point;
    }

    /** ONOS takes anything for a device; ours have a scheme. */
    private static DeviceId withScheme(DeviceId device) {
        if (device.uri().getScheme() == null) {
            throw new IllegalArgumentException(device.toString());
        }
        return device;
    }

    private <T> void addText(Class<T> type, Function<T, String> writer, Function<String, T> reader) {
        addSerializer(type, new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(writer.apply(value));
            }
        });
        addDeserializer(type, new TextDeserializer<>(type, reader));
    }
}

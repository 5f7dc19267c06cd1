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

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.HostId;
import org.onosproject.net.PortNumber;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * How network types, enumerations and 64-bit numbers are written: as strings, enumerations in lower case with hyphens
 * (RFC 7951, sections 6.1 and 6.4).
 */
final class NetworkTypesModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    private static final Map<Class<?>, String> DESCRIPTIONS = new LinkedHashMap<>();

    static {
        DESCRIPTIONS.put(ConnectPoint.class, "a connect point, such as of:0000000000000001/2");
        DESCRIPTIONS.put(DeviceId.class, "a device, such as of:0000000000000001");
        DESCRIPTIONS.put(HostId.class, "a host, such as 00:00:00:00:00:01/None");
        DESCRIPTIONS.put(PortNumber.class, "a port number");
        DESCRIPTIONS.put(MacAddress.class, "a MAC address, such as 00:00:00:00:00:01");
        DESCRIPTIONS.put(IpAddress.class, "an IP address, such as 10.0.0.1 or 2001:db8::1");
        DESCRIPTIONS.put(IpPrefix.class, "an IP prefix, such as 10.0.0.0/24");
        DESCRIPTIONS.put(long.class, "a whole number of at most 64 bits");
        DESCRIPTIONS.put(Long.class, "a whole number of at most 64 bits");
        DESCRIPTIONS.put(int.class, "a whole number of at most 32 bits");
        DESCRIPTIONS.put(Integer.class, "a whole number of at most 32 bits");
        DESCRIPTIONS.put(boolean.class, "true or false");
        DESCRIPTIONS.put(Boolean.class, "true or false");
        DESCRIPTIONS.put(String.class, "a string");
    }

    NetworkTypesModule() {
        super("roundtrip-network-types");
        addSerializer(long.class, ToStringSerializer.instance);
        addSerializer(Long.class, ToStringSerializer.instance);
        addDeserializer(long.class, new TextDeserializer<>(long.class, Long::valueOf));
        addDeserializer(Long.class, new TextDeserializer<>(long.class, Long::valueOf));
        addText(ConnectPoint.class, ConnectPoint::toString, NetworkTypesModule::connectPoint);
        addText(DeviceId.class, DeviceId::toString, NetworkTypesModule::deviceId);
        addText(HostId.class, HostId::toString, HostId::hostId);
        addText(PortNumber.class, PortNumber::toString, PortNumber::fromString);
        addText(MacAddress.class, MacAddress::toString, MacAddress::valueOf);
        addText(IpAddress.class, IpAddress::toString, IpAddress::valueOf);
        addText(IpPrefix.class, IpPrefix::toString, IpPrefix::valueOf);
        addSerializer(Enum.class, new EnumSerializer());
        setDeserializerModifier(new EnumDeserializerModifier());
    }

    /** Says what a value of a type looks like, for an error message. */
    static String describe(Class<?> type) {
        if (isText(type)) {
            return "a string";
        }
        return DESCRIPTIONS.getOrDefault(type, type.isArray() || Iterable.class.isAssignableFrom(type)
                ? "an array" : "an object");
    }

    private static boolean isText(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.isAnnotationPresent(JsonValue.class)
                        && method.getReturnType() == String.class);
    }

    /** Returns the name of a constant as users write it. */
    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the name of a Java attribute as users write it. */
    static String kebab(String attribute) {
        return attribute.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
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

    private static final class TextDeserializer<T> extends JsonDeserializer<T> {

        private final Class<?> type;
        private final Function<String, T> reader;

        TextDeserializer(Class<?> type, Function<String, T> reader) {
            this.type = type;
            this.reader = reader;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.currentToken().isScalarValue()) {
                return (T) context.handleUnexpectedToken(type, json);
            }
            try {
                return reader.apply(json.getText());
            } catch (RuntimeException e) {
                // The parsers of ONOS throw whatever comes along, from IllegalArgument to IndexOutOfBounds.
                return (T) context.handleWeirdStringValue(type, json.getText(), "not %s", describe(type));
            }
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class EnumSerializer extends JsonSerializer<Enum> {

        @Override
        public void serialize(Enum constant, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(nameOf(constant));
        }
    }

    private static final class EnumDeserializerModifier extends BeanDeserializerModifier {

        @Override
        public JsonDeserializer<?> modifyEnumDeserializer(DeserializationConfig config, JavaType type,
                                                          BeanDescription description, JsonDeserializer<?> standard) {
            return constants(type.getRawClass());
        }

        private static <E> TextDeserializer<E> constants(Class<E> enumeration) {
            return new TextDeserializer<>(enumeration, text -> Arrays.stream(enumeration.getEnumConstants())
                    .filter(constant -> nameOf((Enum<?>) constant).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(text)));
        }
    }
}

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
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How enumerations and 64-bit numbers are written: as strings, enumerations in lower case with hyphens (RFC 7951,
 * sections 6.1 and 6.4). Also says in words what a value of any type looks like.
 */
final class PlainTypesModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /** By the name of a type: a process that is no part of ONOS has not all of them. */
    private static final Map<String, String> DESCRIPTIONS = new HashMap<>();

    static {
        DESCRIPTIONS.put("org.onosproject.net.ConnectPoint", "a connect point, such as of:0000000000000001/2");
        DESCRIPTIONS.put("org.onosproject.net.DeviceId", "a device, such as of:0000000000000001");
        DESCRIPTIONS.put("org.onosproject.net.HostId", "a host, such as 00:00:00:00:00:01/None");
        DESCRIPTIONS.put("org.onosproject.net.PortNumber", "a port number");
        DESCRIPTIONS.put("org.onlab.packet.MacAddress", "a MAC address, such as 00:00:00:00:00:01");
        DESCRIPTIONS.put("org.onlab.packet.IpAddress", "an IP address, such as 10.0.0.1 or 2001:db8::1");
        DESCRIPTIONS.put("org.onlab.packet.IpPrefix", "an IP prefix, such as 10.0.0.0/24");
        DESCRIPTIONS.put(long.class.getName(), "a whole number of at most 64 bits");
        DESCRIPTIONS.put(Long.class.getName(), "a whole number of at most 64 bits");
        DESCRIPTIONS.put(int.class.getName(), "a whole number of at most 32 bits");
        DESCRIPTIONS.put(Integer.class.getName(), "a whole number of at most 32 bits");
        DESCRIPTIONS.put(boolean.class.getName(), "true or false");
        DESCRIPTIONS.put(Boolean.class.getName(), "true or false");
        DESCRIPTIONS.put(String.class.getName(), "a string");
    }

    PlainTypesModule() {
        super("roundtrip-plain-types");
        addSerializer(long.class, ToStringSerializer.instance);
        addSerializer(Long.class, ToStringSerializer.instance);
        addDeserializer(long.class, new TextDeserializer<>(long.class, Long::valueOf));
        addDeserializer(Long.class, new TextDeserializer<>(long.class, Long::valueOf));
        addSerializer(OptionalLong.class, new OptionalLongSerializer());
        addDeserializer(OptionalLong.class, new TextDeserializer<>(
                long.class, text -> OptionalLong.of(Long.parseLong(text))));
        addSerializer(Enum.class, new EnumSerializer());
        setDeserializerModifier(new EnumDeserializerModifier());
    }

    /** Says what a value of a type looks like, for an error message. */
    static String describe(Class<?> type) {
        if (isText(type)) {
            return "a string";
        }
        return DESCRIPTIONS.getOrDefault(type.getName(), type.isArray() || Iterable.class.isAssignableFrom(type)
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

    private static final class OptionalLongSerializer extends JsonSerializer<OptionalLong> {

        @Override
        public boolean isEmpty(SerializerProvider provider, OptionalLong value) {
            return value.isEmpty();
        }

        @Override
        public void serialize(OptionalLong value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (value.isPresent()) {
                json.writeString(Long.toString(value.getAsLong()));
            } else {
                json.writeNull();
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

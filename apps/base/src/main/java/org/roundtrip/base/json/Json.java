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

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.RequestException;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * JSON as YANG encodes it (RFC 7951): names with hyphens, 64-bit numbers as strings, empty members left out. Numbers
 * are also read where a string is written. Unknown members, repeated members and repeated elements of sets are errors.
 * <p>
 * Thread-safe.
 */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(new PlainTypesModule())
            .addModules(networkTypes())
            .addModule(new DistinctSetsModule())
            .propertyNamingStrategy(PropertyNamingStrategy.KEBAB_CASE)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .serializationInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT)
            .build();

    private Json() {
    }

    /** Returns how network types are written, or nothing in a process that is no part of ONOS and has none of them. */
    private static List<Module> networkTypes() {
        try {
            return List.of(new NetworkTypesModule());
        } catch (NoClassDefFoundError absent) {
            return List.of();
        }
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return JSON in one line
     */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON for " + value.getClass(), e);
        }
    }

    /**
     * Writes a value for people.
     *
     * @param value the value
     * @return JSON in several lines
     */
    public static String writePretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON for " + value.getClass(), e);
        }
    }

    /**
     * Reads a value that a user has sent.
     *
     * @param json the text, UTF-8
     * @param type what it should be
     * @param <T>  what it should be
     * @return the value
     * @throws RequestException     if it is malformed or not valid; names the field and what would be right
     * @throws UncheckedIOException if the stream can't be read
     */
    public static <T> T read(InputStream json, Class<T> type) {
        return reading(() -> MAPPER.readValue(json, type));
    }

    /**
     * Reads a value that a user has sent and named elsewhere, as in the address of a request. The text may leave out
     * the name.
     *
     * @param json the text, UTF-8
     * @param type what it should be, an object
     * @param key  the field that holds the name
     * @param name the name to take if the text has none
     * @param <T>  what it should be
     * @return the value
     * @throws RequestException     if it is malformed or not valid; names the field and what would be right
     * @throws UncheckedIOException if the stream can't be read
     */
    public static <T> T read(InputStream json, Class<T> type, String key, String name) {
        return read(json, type, Map.of(key, name));
    }

    /**
     * Reads a value that a user has sent and named elsewhere by several names. The text may leave out any of them.
     *
     * @param json  the text, UTF-8
     * @param type  what it should be, an object
     * @param names the names to take for the fields that the text does not have
     * @param <T>   what it should be
     * @return the value
     * @throws RequestException     if it is malformed or not valid; names the field and what would be right
     * @throws UncheckedIOException if the stream can't be read
     */
    public static <T> T read(InputStream json, Class<T> type, Map<String, String> names) {
        return reading(() -> {
            try (JsonParser parser = MAPPER.getFactory().createParser(json);
                 TokenBuffer named = new TokenBuffer(parser)) {
                // Event by event rather than as a tree: reading a tree of any depth would exhaust the stack.
                Map<String, String> missing = new TreeMap<>(names);
                while (parser.nextToken() != null) {
                    JsonStreamContext context = parser.getParsingContext();
                    if (parser.currentToken() == JsonToken.FIELD_NAME && context.getParent().inRoot()) {
                        missing.remove(parser.getCurrentName());
                    } else if (parser.currentToken() == JsonToken.END_OBJECT && context.inRoot()) {
                        for (Map.Entry<String, String> name : missing.entrySet()) {
                            named.writeStringField(name.getKey(), name.getValue());
                        }
                    }
                    named.copyCurrentEvent(parser);
                }
                return MAPPER.readValue(named.asParser(parser), type);
            }
        });
    }

    /**
     * Reads a value.
     *
     * @param json the text
     * @param type what it should be
     * @param <T>  what it should be
     * @return the value
     * @throws RequestException if it is malformed or not valid; names the field and what would be right
     */
    public static <T> T read(String json, Class<T> type) {
        return reading(() -> MAPPER.readValue(json, type));
    }

    /** What reads JSON fails in these ways. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T reading(Reading<T> reading) {
        try {
            return present(reading.read());
        } catch (JsonProcessingException e) {
            throw refusal(e);
        } catch (CharConversionException e) {
            throw new InvalidRequestException("", "malformed JSON: it is not UTF-8: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the name of a constant as users write it.
     *
     * @param constant a constant of an enumeration
     * @return its name in lower case with hyphens
     */
    public static String name(Enum<?> constant) {
        return PlainTypesModule.nameOf(constant);
    }

    private static <T> T present(T value) {
        if (value == null) {
            throw new InvalidRequestException("", "there is no value: send a JSON object");
        }
        return value;
    }

    private static RequestException refusal(JsonProcessingException failure) {
        if (!(failure instanceof JsonMappingException)) {
            return new InvalidRequestException("", "malformed JSON: " + where(failure));
        }
        String field = path(((JsonMappingException) failure).getPath());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RequestException) {
                return ((RequestException) cause).at(field);
            }
        }
        if (failure instanceof UnrecognizedPropertyException) {
            return new InvalidRequestException(field, "unknown field; known are "
                    + ((UnrecognizedPropertyException) failure).getKnownPropertyIds().stream()
                    .map(String::valueOf).sorted().collect(Collectors.joining(", ")));
        }
        if (failure instanceof InvalidFormatException && ((InvalidFormatException) failure).getTargetType().isEnum()) {
            InvalidFormatException format = (InvalidFormatException) failure;
            return new InvalidRequestException(field, "'" + format.getValue() + "' is none of "
                    + Arrays.stream(format.getTargetType().getEnumConstants())
                    .map(constant -> PlainTypesModule.nameOf((Enum<?>) constant))
                    .collect(Collectors.joining(", ")));
        }
        if (failure instanceof InvalidFormatException) {
            InvalidFormatException format = (InvalidFormatException) failure;
            return new InvalidRequestException(field, "'" + format.getValue() + "' is not "
                    + PlainTypesModule.describe(format.getTargetType()));
        }
        if (failure instanceof MismatchedInputException && failure.getCause() == null) {
            Class<?> target = ((MismatchedInputException) failure).getTargetType();
            return new InvalidRequestException(field, target == null
                    ? where(failure) : "should be " + PlainTypesModule.describe(target));
        }
        return missing(failure).at(field);
    }

    /** Immutables says which attributes are missing in its message only. */
    private static RequestException missing(JsonProcessingException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = String.valueOf(cause.getMessage());
        if (!message.contains("required attributes are not set")) {
            return new InvalidRequestException("", message.split("\n", 2)[0]);
        }
        String names = message.substring(message.indexOf('[') + 1, message.lastIndexOf(']'));
        return new InvalidRequestException(Arrays.stream(names.split(", "))
                                                   .map(PlainTypesModule::kebab)
                                                   .map(name -> FieldError.of(name, "is missing"))
                                                   .collect(Collectors.toList()));
    }

    private static String where(JsonProcessingException failure) {
        String at = failure.getLocation() == null ? "" : String.format(Locale.ROOT, " (line %d, column %d)",
                                                                       failure.getLocation().getLineNr(),
                                                                       failure.getLocation().getColumnNr());
        return failure.getOriginalMessage() + at;
    }

    private static String path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }
}

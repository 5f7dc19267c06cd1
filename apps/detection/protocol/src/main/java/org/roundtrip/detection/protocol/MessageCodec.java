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
package org.roundtrip.detection.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Messages as lines: one JSON object in UTF-8 each, with the names that REST has, so that a capture can be read.
 * Unknown members are ignored, so that later versions may add some. Nothing that a peer sends takes more than a small
 * multiple of the length of a line, in memory or time. Thread-safe.
 */
public final class MessageCodec {

    /** How many bytes a line may have, without its end. */
    public static final int LONGEST_LINE = 65_536;

    /** Deeper than any message, and far from where a parser that calls itself runs out of stack. */
    private static final int GREATEST_DEPTH = 16;

    /** Longer than any 64-bit number. Parsing a number takes a time that grows with the square of its length. */
    private static final int LONGEST_NUMBER = 32;

    private static final int LONGEST_REASON = 200;

    /** Without tables of names, which a peer could fill or make slow. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategy.KEBAB_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .build();

    /**
     * Writes a message.
     *
     * @param message the message
     * @return a line with its end, a line feed
     * @throws IllegalArgumentException if it would be longer than {@link #LONGEST_LINE}
     */
    public byte[] encode(Message message) {
        byte[] line = bytes(message);
        if (line.length > LONGEST_LINE + 1) {
            throw new IllegalArgumentException("A message of " + line.length + " bytes must be sent in parts");
        }
        return line;
    }

    /**
     * Returns how many bytes a value takes in a message.
     *
     * @param value a value
     * @return its length as JSON
     */
    static int length(Object value) {
        return bytes(value).length - 1;
    }

    private static byte[] bytes(Object value) {
        try {
            return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON for " + value.getClass(), e);
        }
    }

    /**
     * Reads a message.
     *
     * @param line a line, without its end
     * @return the message
     * @throws MalformedMessageException if it is none
     */
    public Message decode(byte[] line) throws MalformedMessageException {
        if (line.length > LONGEST_LINE) {
            throw new MalformedMessageException("a line has more than " + LONGEST_LINE + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
            requireBounds(text);
            Message message = MAPPER.readValue(text, Message.class);
            if (message == null) {
                throw new MalformedMessageException("a message must be an object");
            }
            return message;
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException("a line is not UTF-8");
        } catch (InvalidTypeIdException e) {
            throw new MalformedMessageException(e.getTypeId() == null ? "a message must be an object with a type"
                                                        : "unknown type of message: " + printable(e.getTypeId()));
        } catch (IOException e) {
            throw new MalformedMessageException("malformed message: " + printable(reason(e)));
        }
    }

    /** Reads event by event, which takes no stack, before values are built, which does. */
    private static void requireBounds(String text) throws IOException, MalformedMessageException {
        try (JsonParser parser = MAPPER.getFactory().createParser(text)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                }
                if (depth > GREATEST_DEPTH) {
                    throw new MalformedMessageException("a message is nested more than " + GREATEST_DEPTH + " deep");
                }
                if (token.isNumeric() && parser.getTextLength() > LONGEST_NUMBER) {
                    throw new MalformedMessageException("a number has more than " + LONGEST_NUMBER + " characters");
                }
            }
        }
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof JsonProcessingException
                ? ((JsonProcessingException) root).getOriginalMessage() : String.valueOf(root.getMessage());
    }

    /** What a peer has sent may end up in a log: no line breaks, no control sequences, not too long. */
    static String printable(String text) {
        String printable = text.replaceAll("[^\\P{C}]", " ");
        return printable.length() <= LONGEST_REASON ? printable : printable.substring(0, LONGEST_REASON - 3) + "...";
    }
}

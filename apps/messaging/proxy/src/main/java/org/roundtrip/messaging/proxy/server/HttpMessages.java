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
package org.roundtrip.messaging.proxy.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Problem;
import org.roundtrip.base.RequestException;
import org.roundtrip.messaging.proxy.configuration.ControllerJson;
import org.roundtrip.messaging.proxy.message.Delivery;
import org.roundtrip.messaging.proxy.message.MessageHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Messages as plain HTTP has them, and back.
 */
final class HttpMessages {

    private static final Logger log = LoggerFactory.getLogger(HttpMessages.class);

    private HttpMessages() {
    }

    /**
     * A message in JSON.
     *
     * @param receipt  by what it is settled
     * @param id       by what it is known
     * @param sender   who sent it
     * @param key      its key
     * @param payload  what it says, in base64 (RFC 4648)
     * @param headers  what else it says, values in base64
     * @param position where it is
     * @param attempt  1 for the first
     * @param accepted when a proxy accepted it
     */
    record Message(@JsonProperty String receipt, @JsonProperty String id, @JsonProperty String sender,
                   @JsonProperty Optional<String> key, @JsonProperty String payload,
                   @JsonProperty Map<String, String> headers, @JsonProperty Map<String, Object> position,
                   @JsonProperty int attempt, @JsonProperty Instant accepted) {
    }

    /**
     * What an application says of messages that it has got.
     *
     * @param acknowledge receipts of those that it has processed
     * @param refuse      receipts of those that it could not process, and why not
     */
    record Settlements(@JsonProperty("acknowledge") List<String> acknowledge,
                       @JsonProperty("refuse") Map<String, String> refuse) {

        /** Takes what is missing for none. */
        Settlements {
            acknowledge = acknowledge == null ? List.of() : List.copyOf(acknowledge);
            refuse = refuse == null ? Map.of() : Map.copyOf(refuse);
        }
    }

    static Message message(Mailbox.Taken taken) {
        Delivery delivery = taken.delivery();
        Map<String, String> headers = new LinkedHashMap<>();
        for (MessageHeader header : delivery.headers()) {
            headers.put(header.name(), base64(header.value()));
        }
        return new Message(taken.receipt(), delivery.id().toString(), delivery.sender(), delivery.key(),
                           base64(delivery.payload()), headers,
                           Map.of("queue", delivery.position().queue(), "partition", delivery.position().partition(),
                                  "offset", delivery.position().offset()),
                           delivery.attempt(), delivery.accepted());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Reads text of a header, of which HTTP lets pass ASCII only.
     *
     * @param text UTF-8 with percent-encoding (RFC 3986, section 2.1)
     * @throws InvalidRequestException if it is something else
     */
    static String decoded(String field, String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter != '%') {
                bytes.put(String.valueOf(letter).getBytes(StandardCharsets.UTF_8));
            } else {
                int octet = i + 3 > text.length() ? -1
                        : Character.digit(text.charAt(i + 1), 16) * 16 + Character.digit(text.charAt(i + 2), 16);
                if (octet < 0 || Character.digit(text.charAt(i + 2), 16) < 0) {
                    throw new InvalidRequestException(field, "has a '%' that two hexadecimal digits do not follow");
                }
                bytes.put((byte) octet);
                i += 2;
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException(field, "is not UTF-8, percent-encoded");
        }
    }

    static HttpResponse json(HttpStatus status, Object value) {
        return HttpResponse.of(status, MediaType.JSON_UTF_8, HttpData.ofUtf8(ControllerJson.write(value)));
    }

    static HttpResponse problem(Problem problem) {
        return HttpResponse.of(HttpStatus.valueOf(problem.status()), MediaType.parse(Problem.MEDIA_TYPE),
                               HttpData.ofUtf8(ControllerJson.write(problem)));
    }

    /** Returns a failure as a problem document (RFC 9457). */
    static HttpResponse problem(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause() : failure;
        if (cause instanceof RequestException) {
            return problem(Problem.of((RequestException) cause));
        }
        log.error("A request has failed", cause);
        return problem(Problem.of("Internal error", 500, cause.toString()));
    }
}

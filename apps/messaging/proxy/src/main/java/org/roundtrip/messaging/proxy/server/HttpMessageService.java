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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Problem;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.messaging.proxy.configuration.ControllerJson;
import org.roundtrip.messaging.proxy.message.MessageHeader;
import org.roundtrip.messaging.proxy.message.MessageProxy;
import org.roundtrip.messaging.proxy.message.OutgoingMessage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plain HTTP:
 * <ul>
 * <li>{@code POST /v1/messages/PROCESSOR}: the body is the payload, {@code Roundtrip-Key} the key,
 * {@code Roundtrip-Header-NAME} a header, both UTF-8 with percent-encoding; {@code Prefer: wait=SECONDS} (RFC 7240) the
 * deadline, {@code ?when-full=refuse} refuses instead of waiting. 201 when the message is stored.
 * <li>{@code GET /v1/messages?max=N}: with {@code Prefer: wait=SECONDS} waits for messages. 200 with some, or 204.
 * <li>{@code POST /v1/acknowledgements}: {@code {"acknowledge": [RECEIPT...], "refuse": {RECEIPT: REASON}}}. 204, or
 * 409 with those that were not there to be settled.
 * </ul>
 */
final class HttpMessageService {

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,9})\"?(?:$|[,;\\s])");
    private static final String HEADER = "roundtrip-header-";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final MessageProxy proxy;
    private final Authentication authentication;
    private final Mailboxes mailboxes;

    /** What a request that was let in is answered with. */
    private interface Service {
        CompletionStage<HttpResponse> answer(String application, ServiceRequestContext context,
                                             AggregatedHttpRequest request);
    }

    HttpMessageService(MessageProxy proxy, Authentication authentication, Mailboxes mailboxes) {
        this.proxy = proxy;
        this.authentication = authentication;
        this.mailboxes = mailboxes;
    }

    void addTo(ServerBuilder server) {
        server.route().post("/v1/messages/{processor}").build(
                (context, request) -> serve(context, request, this::send));
        server.route().get("/v1/messages").build((context, request) -> serve(context, request, this::take));
        server.route().post("/v1/acknowledgements").build(
                (context, request) -> serve(context, request, this::settle));
    }

    private HttpResponse serve(ServiceRequestContext context, HttpRequest request, Service service) {
        Optional<String> application;
        try {
            application = authentication.application(
                    Optional.ofNullable(request.headers().get(HttpHeaderNames.AUTHORIZATION)));
        } catch (UnavailableException e) {
            return HttpMessages.problem(e);
        }
        if (application.isEmpty()) {
            return HttpMessages.problem(Problem.of("Unauthorized", HttpStatus.UNAUTHORIZED.code(),
                                                   "no application has this token: send \"Authorization: Bearer"
                                                           + " TOKEN\""));
        }
        // Each operation bounds its time itself.
        context.clearRequestTimeout();
        return HttpResponse.of(request.aggregate()
                                       .thenCompose(all -> service.answer(application.get(), context, all))
                                       .exceptionally(HttpMessages::problem));
    }

    private CompletionStage<HttpResponse> send(String application, ServiceRequestContext context,
                                               AggregatedHttpRequest request) {
        List<MessageHeader> headers = new ArrayList<>();
        request.headers().forEach((name, value) -> {
            if (name.toString().startsWith(HEADER)) {
                headers.add(MessageHeader.of(name.toString().substring(HEADER.length()),
                                             HttpMessages.decoded(name.toString(), value)));
            }
        });
        OutgoingMessage message = new OutgoingMessage(
                application, context.pathParam("processor"),
                Optional.ofNullable(request.headers().get("roundtrip-key"))
                        .map(key -> HttpMessages.decoded("Roundtrip-Key", key)),
                request.content().array(), headers, whenFull(context),
                waits(request).orElse(OutgoingMessage.USUAL_DEADLINE));
        return proxy.send(message).thenApply(receipt -> HttpMessages.json(
                HttpStatus.CREATED, Map.of("id", receipt.id().toString(), "data-centre", receipt.dataCentre())));
    }

    private static OutgoingMessage.WhenFull whenFull(ServiceRequestContext context) {
        String text = Optional.ofNullable(context.queryParam("when-full")).orElse("block");
        return switch (text) {
            case "block" -> OutgoingMessage.WhenFull.BLOCK;
            case "refuse" -> OutgoingMessage.WhenFull.REFUSE;
            default -> throw new InvalidRequestException("when-full", "'" + text + "' is neither block nor refuse");
        };
    }

    private static Optional<Duration> waits(AggregatedHttpRequest request) {
        Matcher matcher = WAIT.matcher(request.headers().get("prefer", ""));
        return matcher.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(1))))
                .map(wait -> wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT) : Optional.empty();
    }

    private CompletionStage<HttpResponse> take(String application, ServiceRequestContext context,
                                               AggregatedHttpRequest request) {
        Mailbox mailbox = mailboxes.of(application);
        CompletableFuture<List<Mailbox.Taken>> messages =
                mailbox.take(most(context), waits(request).orElse(Duration.ZERO));
        // What nobody would read must not be taken.
        context.log().whenComplete().thenRun(() -> mailbox.giveUp(messages));
        return messages.thenApply(taken -> taken.isEmpty() ? HttpResponse.of(HttpStatus.NO_CONTENT)
                : HttpMessages.json(HttpStatus.OK, taken.stream().map(HttpMessages::message).toList()));
    }

    private static int most(ServiceRequestContext context) {
        String text = Optional.ofNullable(context.queryParam("max")).orElse("1");
        if (!text.matches("[1-9]\\d{0,2}")) {
            throw new InvalidRequestException("max", "'" + text + "' is not a number from 1 to 999");
        }
        return Integer.parseInt(text);
    }

    private CompletionStage<HttpResponse> settle(String application, ServiceRequestContext context,
                                                 AggregatedHttpRequest request) {
        HttpMessages.Settlements settlements;
        try {
            settlements = ControllerJson.read(request.contentUtf8(), HttpMessages.Settlements.class);
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException("", "malformed JSON: " + e.getOriginalMessage());
        }
        Mailbox mailbox = mailboxes.of(application);
        List<String> unknown = new ArrayList<>();
        settlements.acknowledge().stream().filter(receipt -> !mailbox.acknowledge(receipt)).forEach(unknown::add);
        settlements.refuse().forEach((receipt, reason) -> {
            if (!mailbox.refuse(receipt, reason)) {
                unknown.add(receipt);
            }
        });
        return CompletableFuture.completedFuture(unknown.isEmpty() ? HttpResponse.of(HttpStatus.NO_CONTENT)
                : HttpMessages.problem(Problem.of("Conflict", HttpStatus.CONFLICT.code(),
                        "not there to be settled, or too late, so that they come again: "
                                + String.join(", ", unknown))));
    }
}

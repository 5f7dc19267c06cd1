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

import com.google.protobuf.ByteString;
import io.grpc.Status;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.messaging.proxy.message.Delivery;
import org.roundtrip.messaging.proxy.message.MessageHeader;
import org.roundtrip.messaging.proxy.message.OutgoingMessage;
import org.roundtrip.messaging.proxy.message.Receipt;
import org.roundtrip.messaging.proxy.message.SendFailedException;
import org.roundtrip.messaging.proxy.message.SubscriptionOptions;
import org.roundtrip.messaging.proxy.message.compute.ProcessedPositions;
import org.roundtrip.messaging.proxy.server.v1.Header;
import org.roundtrip.messaging.proxy.server.v1.Position;
import org.roundtrip.messaging.proxy.server.v1.SendRequest;
import org.roundtrip.messaging.proxy.server.v1.SendResponse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Messages as gRPC has them, and back.
 */
final class GrpcMessages {

    private GrpcMessages() {
    }

    static OutgoingMessage outgoing(String sender, SendRequest request, Optional<Duration> callDeadline) {
        Duration deadline = Optional.of(request.getDeadlineMilliseconds())
                .filter(milliseconds -> request.hasDeadlineMilliseconds()).map(Duration::ofMillis)
                .filter(asked -> callDeadline.filter(most -> most.compareTo(asked) < 0).isEmpty())
                .or(() -> callDeadline).orElse(OutgoingMessage.USUAL_DEADLINE);
        return new OutgoingMessage(
                sender, request.getProcessor(), request.hasKey() ? Optional.of(request.getKey()) : Optional.empty(),
                request.getPayload().toByteArray(),
                request.getHeadersList().stream()
                        .map(header -> new MessageHeader(header.getName(), header.getValue().toByteArray())).toList(),
                switch (request.getWhenFull()) {
                    case REFUSE -> OutgoingMessage.WhenFull.REFUSE;
                    case BLOCK -> OutgoingMessage.WhenFull.BLOCK;
                    case UNRECOGNIZED -> throw new InvalidRequestException("when_full", "must be BLOCK or REFUSE");
                }, deadline);
    }

    static SendResponse response(Receipt receipt) {
        return SendResponse.newBuilder().setId(receipt.id().toString()).setDataCentre(receipt.dataCentre()).build();
    }

    static SubscriptionOptions options(org.roundtrip.messaging.proxy.server.v1.Subscription subscription) {
        return new SubscriptionOptions(
                subscription.getWindow() == 0 ? SubscriptionOptions.USUAL.window() : subscription.getWindow(),
                new ProcessedPositions(positions(subscription.getProcessedList()),
                                       positions(subscription.getProcessedThroughList())));
    }

    private static List<org.roundtrip.messaging.proxy.message.compute.Position> positions(List<Position> positions) {
        try {
            return positions.stream().map(each -> new org.roundtrip.messaging.proxy.message.compute.Position(
                    each.getQueue(), each.getPartition(), each.getOffset())).toList();
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("processed", e.getMessage());
        }
    }

    static org.roundtrip.messaging.proxy.server.v1.Delivery delivery(long number, Delivery delivery) {
        var message = org.roundtrip.messaging.proxy.server.v1.Delivery.newBuilder()
                .setNumber(number)
                .setId(delivery.id().toString())
                .setSender(delivery.sender())
                .setPayload(ByteString.copyFrom(delivery.payload()))
                .setPosition(Position.newBuilder().setQueue(delivery.position().queue())
                                     .setPartition(delivery.position().partition())
                                     .setOffset(delivery.position().offset()))
                .setAttempt(delivery.attempt())
                .setAcceptedMilliseconds(delivery.accepted().toEpochMilli())
                .setSettledBelow(delivery.settledBelow());
        delivery.key().ifPresent(message::setKey);
        delivery.headers().forEach(header -> message.addHeaders(
                Header.newBuilder().setName(header.name()).setValue(ByteString.copyFrom(header.value()))));
        return message.build();
    }

    /** Returns a failure as gRPC says it. */
    static Status status(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause() : failure;
        Status status = Status.INTERNAL;
        if (cause instanceof SendFailedException) {
            status = switch (((SendFailedException) cause).kind()) {
                case BACKLOG_FULL -> Status.RESOURCE_EXHAUSTED;
                case STORAGE_UNAVAILABLE -> Status.UNAVAILABLE;
                case NOT_CONFIRMED -> Status.DEADLINE_EXCEEDED;
                case REJECTED -> Status.FAILED_PRECONDITION;
            };
        } else if (cause instanceof InvalidRequestException) {
            status = Status.INVALID_ARGUMENT;
        } else if (cause instanceof NotFoundException) {
            status = Status.NOT_FOUND;
        } else if (cause instanceof UnavailableException) {
            status = Status.UNAVAILABLE;
        }
        return status.withDescription(cause.getMessage()).withCause(cause);
    }
}

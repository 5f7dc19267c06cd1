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

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.roundtrip.base.RequestException;
import org.roundtrip.messaging.proxy.message.MessageProxy;
import org.roundtrip.messaging.proxy.message.OutgoingMessage;
import org.roundtrip.messaging.proxy.server.v1.Delivery;
import org.roundtrip.messaging.proxy.server.v1.MessageProxyGrpc;
import org.roundtrip.messaging.proxy.server.v1.NumberedSendRequest;
import org.roundtrip.messaging.proxy.server.v1.NumberedSendResponse;
import org.roundtrip.messaging.proxy.server.v1.ReceiveRequest;
import org.roundtrip.messaging.proxy.server.v1.Refusal;
import org.roundtrip.messaging.proxy.server.v1.SendRequest;
import org.roundtrip.messaging.proxy.server.v1.SendResponse;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The service that message_proxy.proto describes.
 */
final class GrpcMessageService extends MessageProxyGrpc.MessageProxyImplBase {

    private final MessageProxy proxy;

    GrpcMessageService(MessageProxy proxy) {
        this.proxy = proxy;
    }

    private static Optional<Duration> callDeadline() {
        return Optional.ofNullable(Context.current().getDeadline())
                .map(deadline -> Duration.ofNanos(left(deadline)));
    }

    private static long left(Deadline deadline) {
        return Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS));
    }

    @Override
    public void send(SendRequest request, StreamObserver<SendResponse> observer) {
        try {
            OutgoingMessage message = GrpcMessages.outgoing(GrpcAuthentication.application(), request, callDeadline());
            proxy.send(message).whenComplete((receipt, failure) -> {
                if (failure == null) {
                    observer.onNext(GrpcMessages.response(receipt));
                    observer.onCompleted();
                } else {
                    observer.onError(GrpcMessages.status(failure).asRuntimeException());
                }
            });
        } catch (RequestException e) {
            observer.onError(GrpcMessages.status(e).asRuntimeException());
        }
    }

    @Override
    public StreamObserver<NumberedSendRequest> sendMany(StreamObserver<NumberedSendResponse> observer) {
        return new SendingCall(proxy, GrpcAuthentication.application(),
                               (ServerCallStreamObserver<NumberedSendResponse>) observer);
    }

    @Override
    public StreamObserver<ReceiveRequest> receive(StreamObserver<Delivery> observer) {
        return new ReceivingCall(proxy, GrpcAuthentication.application(),
                                 (ServerCallStreamObserver<Delivery>) observer);
    }

    /** Returns a failure of one message of many. */
    static NumberedSendResponse refusal(long number, Throwable failure) {
        Status status = GrpcMessages.status(failure);
        return NumberedSendResponse.newBuilder().setNumber(number).setRefusal(
                Refusal.newBuilder().setCode(status.getCode().value())
                        .setReason(Optional.ofNullable(status.getDescription()).orElse(""))).build();
    }
}

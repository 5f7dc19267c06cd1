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

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.roundtrip.base.RequestException;
import org.roundtrip.messaging.proxy.message.Delivery;
import org.roundtrip.messaging.proxy.message.MessageProxy;
import org.roundtrip.messaging.proxy.message.Subscription;
import org.roundtrip.messaging.proxy.server.v1.ReceiveRequest;
import org.roundtrip.messaging.proxy.server.v1.Settlement;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An application that receives. Its window bounds what is under way.
 */
final class ReceivingCall implements StreamObserver<ReceiveRequest> {

    private final MessageProxy proxy;
    private final String application;
    private final ServerCallStreamObserver<org.roundtrip.messaging.proxy.server.v1.Delivery> deliveries;
    private final Map<Long, Delivery> open = new HashMap<>();
    private Optional<Subscription> subscription = Optional.empty();
    private long lastNumber;
    private boolean isOver;

    ReceivingCall(MessageProxy proxy, String application,
                  ServerCallStreamObserver<org.roundtrip.messaging.proxy.server.v1.Delivery> deliveries) {
        this.proxy = proxy;
        this.application = application;
        this.deliveries = deliveries;
        deliveries.setOnCancelHandler(this::end);
    }

    @Override
    public void onNext(ReceiveRequest request) {
        try {
            switch (request.getRequestCase()) {
                case SUBSCRIPTION -> subscribe(request);
                case ACKNOWLEDGE -> settled(request.getAcknowledge()).ifPresent(Delivery::acknowledge);
                case REFUSE -> settled(request.getRefuse()).ifPresent(
                        delivery -> delivery.refuse(request.getRefuse().getReason()));
                case REQUEST_NOT_SET -> fail(Status.INVALID_ARGUMENT.withDescription("the request is empty"));
                default -> throw new IllegalStateException();
            }
        } catch (RequestException e) {
            fail(GrpcMessages.status(e));
        }
    }

    private synchronized void subscribe(ReceiveRequest request) {
        if (subscription.isPresent()) {
            fail(Status.INVALID_ARGUMENT.withDescription("there is a subscription already"));
        } else if (!isOver) {
            subscription = Optional.of(proxy.receive(application, GrpcMessages.options(request.getSubscription()),
                                                     this::deliver));
        }
    }

    private synchronized void deliver(Delivery delivery) {
        if (!isOver) {
            lastNumber++;
            open.put(lastNumber, delivery);
            deliveries.onNext(GrpcMessages.delivery(lastNumber, delivery));
        }
    }

    /** What is settled twice, or was never delivered, is passed over: the first settlement stands. */
    private synchronized Optional<Delivery> settled(Settlement settlement) {
        return Optional.ofNullable(open.remove(settlement.getNumber()));
    }

    private synchronized void fail(Status status) {
        if (!isOver) {
            deliveries.onError(status.asRuntimeException());
            end();
        }
    }

    private synchronized void end() {
        isOver = true;
        // Its thread may be waiting for us in deliver.
        subscription.ifPresent(each -> CompletableFuture.runAsync(each::close));
        subscription = Optional.empty();
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public synchronized void onCompleted() {
        if (!isOver) {
            deliveries.onCompleted();
            end();
        }
    }
}

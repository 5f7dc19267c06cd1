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

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.roundtrip.base.RequestException;
import org.roundtrip.messaging.proxy.message.MessageProxy;
import org.roundtrip.messaging.proxy.server.v1.NumberedSendRequest;
import org.roundtrip.messaging.proxy.server.v1.NumberedSendResponse;

import java.util.Optional;

/**
 * An application that sends many messages. No more than some are taken before they are answered, so that whoever sends
 * faster than the storage server stores is held back by its connection.
 */
final class SendingCall implements StreamObserver<NumberedSendRequest> {

    private static final int MOST_UNANSWERED = 1_000;

    private final MessageProxy proxy;
    private final String application;
    private final ServerCallStreamObserver<NumberedSendResponse> responses;
    private int unanswered;
    private boolean isOver;

    SendingCall(MessageProxy proxy, String application, ServerCallStreamObserver<NumberedSendResponse> responses) {
        this.proxy = proxy;
        this.application = application;
        this.responses = responses;
        responses.disableAutoRequest();
        responses.request(MOST_UNANSWERED);
    }

    @Override
    public void onNext(NumberedSendRequest request) {
        synchronized (this) {
            unanswered++;
        }
        try {
            proxy.send(GrpcMessages.outgoing(application, request.getRequest(), Optional.empty()))
                    .whenComplete((receipt, failure) -> answer(
                            failure != null ? GrpcMessageService.refusal(request.getNumber(), failure)
                                    : NumberedSendResponse.newBuilder().setNumber(request.getNumber())
                                            .setResponse(GrpcMessages.response(receipt)).build()));
        } catch (RequestException e) {
            answer(GrpcMessageService.refusal(request.getNumber(), e));
        }
    }

    private synchronized void answer(NumberedSendResponse response) {
        unanswered--;
        if (!responses.isCancelled()) {
            responses.onNext(response);
            responses.request(1);
            completeIfOver();
        }
    }

    private void completeIfOver() {
        if (isOver && unanswered == 0) {
            responses.onCompleted();
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The application has gone; what it has sent is stored all the same.
    }

    @Override
    public synchronized void onCompleted() {
        isOver = true;
        completeIfOver();
    }
}

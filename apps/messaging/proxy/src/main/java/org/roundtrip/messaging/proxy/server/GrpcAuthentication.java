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
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.roundtrip.base.UnavailableException;

import java.util.Optional;

/**
 * Lets in only calls of applications that prove who they are.
 */
final class GrpcAuthentication implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> APPLICATION = Context.key("application");

    private final Authentication authentication;

    GrpcAuthentication(Authentication authentication) {
        this.authentication = authentication;
    }

    /** Returns whose call it is. */
    static String application() {
        return APPLICATION.get();
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
                                                       ServerCallHandler<Q, R> next) {
        Optional<String> application;
        try {
            application = authentication.application(Optional.ofNullable(headers.get(AUTHORIZATION)));
        } catch (UnavailableException e) {
            return refuse(call, GrpcMessages.status(e));
        }
        if (application.isEmpty()) {
            return refuse(call, Status.UNAUTHENTICATED.withDescription(
                    "no application has this token: send \"authorization: Bearer TOKEN\""));
        }
        return Contexts.interceptCall(Context.current().withValue(APPLICATION, application.get()), call, headers,
                                      next);
    }

    private static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() { };
    }
}

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
package org.roundtrip.openflow.testing;

import org.awaitility.Awaitility;
import org.mockito.invocation.InvocationOnMock;
import org.mockito.stubbing.Answer;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a registry answers when a provider registers, if ONOS calls the provider at that very moment, by another thread.
 *
 * @param <S> what the provider gets to report to ONOS
 */
public final class EarlyCall<S> implements Answer<S> {

    private static final Set<Thread.State> DONE_OR_WAITING =
            EnumSet.of(Thread.State.TERMINATED, Thread.State.WAITING, Thread.State.BLOCKED);

    private final S service;
    private final FutureTask<Void> call;

    /**
     * Creates an early call.
     *
     * @param service what the provider gets
     * @param call    what ONOS calls
     */
    public EarlyCall(S service, Runnable call) {
        this.service = service;
        this.call = new FutureTask<>(call, null);
    }

    @Override
    public S answer(InvocationOnMock registration) {
        Thread thread = new Thread(call, "early-call");
        thread.start();
        Awaitility.await().until(() -> DONE_OR_WAITING.contains(thread.getState()));
        return service;
    }

    /**
     * Awaits the end of the call.
     *
     * @throws ExecutionException   if it failed
     * @throws InterruptedException if this thread is interrupted
     * @throws TimeoutException     if it waits still
     */
    public void await() throws ExecutionException, InterruptedException, TimeoutException {
        call.get(10, TimeUnit.SECONDS);
    }
}

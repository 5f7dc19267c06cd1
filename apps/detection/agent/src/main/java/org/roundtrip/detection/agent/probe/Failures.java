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
package org.roundtrip.detection.agent.probe;

import io.netty.channel.unix.Errors;
import org.roundtrip.detection.agent.compute.Outcome;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;

/**
 * Tells what a failed system call says about the member from what it says about the agent.
 */
final class Failures {

    // Error numbers of Linux (asm-generic/errno.h).
    private static final int EACCES = 13;
    private static final int EPIPE = 32;
    private static final int ENETUNREACH = 101;
    private static final int ECONNRESET = 104;
    private static final int ETIMEDOUT = 110;
    private static final int ECONNREFUSED = 111;
    private static final int EHOSTDOWN = 112;
    private static final int EHOSTUNREACH = 113;
    private static final int UNKNOWN = 0;

    private static final int[] OF_CONNECT =
            {ECONNREFUSED, ETIMEDOUT, ECONNRESET, EACCES, EHOSTDOWN};

    private Failures() {
    }

    /**
     * Returns the outcome of a probe that ended with an exception.
     */
    static Outcome outcome(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Errors.NativeIoException io) {
                return ofErrno(-io.expectedErr(), io);
            }
            if (each instanceof PortUnreachableException) {
                return ofErrno(ECONNREFUSED, each);
            }
            if (each instanceof NoRouteToHostException) {
                return ofErrno(EHOSTUNREACH, each);
            }
            if (each instanceof ConnectException) {
                return ofErrno(errnoIn(String.valueOf(each.getMessage())), each);
            }
            if (each instanceof SSLException) {
                return Outcome.bad("TLS failed: " + each.getMessage());
            }
        }
        return cannotProbe(failure);
    }

    /** Netty tells the number of these exceptions to nobody, but they end with the system's words for it. */
    private static int errnoIn(String message) {
        return IntStream.of(OF_CONNECT).filter(errno -> message.contains(words(errno))).findFirst().orElse(UNKNOWN);
    }

    /** Returns the system's words for an error, whatever its language is. */
    private static String words(int errno) {
        String message = new Errors.NativeIoException("", -errno, false).getMessage();
        return message.substring(message.lastIndexOf(": ") + 2);
    }

    private static Outcome ofErrno(int errno, Throwable failure) {
        return switch (errno) {
            case ECONNREFUSED -> Outcome.bad("connection refused");
            case ECONNRESET, EPIPE -> Outcome.bad("connection reset");
            case ETIMEDOUT -> Outcome.bad("connection timed out");
            case EHOSTUNREACH, EHOSTDOWN -> Outcome.bad("host unreachable");
            case EACCES -> Outcome.bad("administratively prohibited");
            // The kernel of this node says so before anything is sent: what is missing is a route of the agent.
            case ENETUNREACH -> Outcome.inconclusive("no route");
            default -> cannotProbe(failure);
        };
    }

    private static Outcome cannotProbe(Throwable failure) {
        String words = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return Outcome.inconclusive("the agent could not probe: " + words);
    }
}

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
package org.roundtrip.clock.compute;

import org.onosproject.net.host.HostService;
import org.roundtrip.clock.EverydayApi;

import java.io.File;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** What a computation must not do. */
public final class OffendingCompute {

    private OffendingCompute() {
    }

    /** Input and output. */
    public static final class ReadsFiles {
        public File file;
    }

    /** ONOS. */
    public static final class AsksAService {
        public HostService hosts;
    }

    /** Threads. */
    public static final class RunsThreads {
        public ExecutorService executor;
    }

    /** The time of the system. */
    public static final class AsksTheTime {
        public Instant now = Instant.now();
    }

    /** A clock of any kind. */
    public static final class HoldsAClock {
        public Clock clock;
    }

    /** Chance. */
    public static final class RollsDice {
        public double chance = Math.random();
    }

    /** A function of its arguments. */
    public static final class Innocent {
        public Instant after(Instant given, EverydayApi api) {
            return given.plus(Duration.of(1, TimeUnit.SECONDS.toChronoUnit()));
        }
    }
}

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
package org.roundtrip.messaging.proxy.routing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows which proxies of a data centre have died, by a log in which each of them writes again and again that it lives.
 * <p>
 * The log itself tells the time: whoever has written nothing between two entries of the reader, one of which was
 * written long enough after what the other one had written last, is dead, or stands still. If it is the reader who
 * stood still, or the log, nobody is taken for dead.
 * <p>
 * Times are those of a clock of the reader that only goes forward, in nanoseconds. Used by one thread.
 */
final class Peers {

    private final String self;
    private final long silence;
    private final Map<String, Long> heard = new HashMap<>();

    /**
     * Creates one that knows nobody.
     *
     * @param self    the name of the reader
     * @param silence after which time one is taken for dead that has written nothing
     */
    Peers(String self, Duration silence) {
        this.self = self;
        this.silence = silence.toNanos();
    }

    /** Takes up that a proxy lives, by an entry that is read now. */
    void heard(String name, long now) {
        if (!name.equals(self)) {
            heard.put(name, now);
        }
    }

    /** Takes up that a proxy has ended in an orderly way. */
    void left(String name) {
        heard.remove(name);
    }

    /**
     * Takes up an entry of the reader itself.
     *
     * @param written when it was written
     * @return who has died; each is named once, unless it is heard of again
     */
    Set<String> silentWhen(long written) {
        Set<String> silent = heard.entrySet().stream().filter(each -> written - each.getValue() > silence)
                .map(Map.Entry::getKey).collect(Collectors.toSet());
        heard.keySet().removeAll(silent);
        return silent;
    }
}

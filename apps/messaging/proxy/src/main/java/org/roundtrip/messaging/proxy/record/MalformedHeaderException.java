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
package org.roundtrip.messaging.proxy.record;

/**
 * A header of a record is not what the proxies write. Trying again does not help: such a record is a dead letter.
 */
public final class MalformedHeaderException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;

    /**
     * Creates an exception.
     *
     * @param header the name of the header
     * @param text   what it says
     * @param rule   what it has to be
     */
    public MalformedHeaderException(String header, String text, String rule) {
        super("Header " + header + " is '" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...")
                      + "': " + rule);
    }
}

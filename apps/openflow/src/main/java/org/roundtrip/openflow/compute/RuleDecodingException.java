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
package org.roundtrip.openflow.compute;

/**
 * Tells that something a switch reported has no counterpart in the ONOS model.
 * <p>
 * Only rules that another hand than ONOS put into the switch can cause it.
 */
public final class RuleDecodingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String element;

    /**
     * Creates the exception.
     *
     * @param element the match field, action or instruction that can't be decoded, as OpenFlow names it
     * @param reason  why
     */
    public RuleDecodingException(String element, String reason) {
        super(element + ": " + reason);
        this.element = element;
    }

    /**
     * Returns what could not be decoded.
     *
     * @return the match field, action or instruction, as OpenFlow names it
     */
    public String element() {
        return element;
    }
}

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
 * Tells that a rule, group or meter of the ONOS model can't be said in OpenFlow 1.3.
 * <p>
 * Whatever can't be said must fail as a whole: leaving out the part that has no words would silently match or do
 * something else than what was asked for.
 */
public final class RuleEncodingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String element;

    /**
     * Creates the exception.
     *
     * @param element the criterion, instruction or property that can't be encoded, as ONOS prints it
     * @param reason  why, and what would be right
     */
    public RuleEncodingException(String element, String reason) {
        super(element + ": " + reason);
        this.element = element;
    }

    /**
     * Returns what could not be encoded.
     *
     * @return the criterion, instruction or property, as ONOS prints it
     */
    public String element() {
        return element;
    }
}

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
package org.roundtrip.detection.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What controller and agent say to each other: a JSON object in one line, whose member "type" tells which of these it
 * is.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(Hello.class),
    @JsonSubTypes.Type(Challenge.class),
    @JsonSubTypes.Type(Authenticate.class),
    @JsonSubTypes.Type(Welcome.class),
    @JsonSubTypes.Type(Refused.class),
    @JsonSubTypes.Type(Checks.class),
    @JsonSubTypes.Type(Accepted.class),
    @JsonSubTypes.Type(Results.class),
    @JsonSubTypes.Type(Snapshot.class),
    @JsonSubTypes.Type(Alive.class)})
public interface Message {

    /** How many values a list in a message may have; the length of a line may allow fewer. */
    int LONGEST_LIST = 100;
}

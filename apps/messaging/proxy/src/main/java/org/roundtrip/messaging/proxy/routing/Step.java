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

/**
 * The steps of carrying, between which a process can die. Tests let it die at each of them.
 */
public enum Step {
    /** The starting point is known, nothing was committed. */
    STARTING_POINT_FOUND,
    /** A new generation is committed. */
    GENERATION_COMMITTED,
    /** The place in a topic of the destination is found. */
    PLACE_FOUND,
    /** The place is committed. */
    PLACE_COMMITTED,
    /** A message was taken. */
    MESSAGE_TAKEN,
    /** The first message into a partition of the destination is acknowledged. */
    FIRST_ACKNOWLEDGED,
    /** A message was given to the producer. */
    MESSAGE_SENT,
    /** A message is about to become a dead letter. */
    DEAD_LETTER_DECIDED,
    /** The dead letter is acknowledged. */
    DEAD_LETTER_WRITTEN,
    /** The positions that an order of an operator asks for are committed. */
    ORDER_COMMITTED,
    /** A commit is about to be made. */
    BEFORE_COMMIT,
    /** A commit was asked for. */
    AFTER_COMMIT
}

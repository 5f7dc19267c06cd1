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
package org.roundtrip.messaging.proxy.message;

import org.roundtrip.messaging.proxy.message.compute.Position;
import org.roundtrip.messaging.proxy.record.Origin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a record of the private area says.
 *
 * @param id       by what it is known
 * @param sender   who sent it
 * @param key      its key
 * @param payload  what it says
 * @param headers  what its sender gave it
 * @param accepted when a proxy accepted it
 * @param expires  from when on it is of no more use
 * @param origin   where it was accepted first, or empty if that is here
 * @param position where it is
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
record ReceivedMessage(MessageId id, String sender, Optional<String> key, byte[] payload, List<MessageHeader> headers,
                       Instant accepted, Optional<Instant> expires, Optional<Origin> origin, Position position) {
}

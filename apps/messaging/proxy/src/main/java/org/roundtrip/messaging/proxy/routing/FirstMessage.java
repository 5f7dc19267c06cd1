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
 * A message that waits before all others of its partition.
 *
 * @param offset   its offset
 * @param accepted when it was accepted, in milliseconds since 1970-01-01T00:00Z, or -1 if that is not known
 * @param bytes    how large it is
 */
record FirstMessage(long offset, long accepted, int bytes) {
}

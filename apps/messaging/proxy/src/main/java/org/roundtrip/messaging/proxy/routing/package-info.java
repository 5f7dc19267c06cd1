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
/**
 * The routing proxy's engine: carries the messages of one route from a public area to another data centre, each
 * exactly once and in the order of its partition, without transactions.
 * <p>
 * Why it holds. Writers append, in each target partition, a gapless part of the sequence that the source partition
 * makes for it: the target partition follows from the record alone ({@link
 * org.roundtrip.messaging.proxy.routing.TargetPartition}), an idempotent producer keeps the order, the first record
 * that it writes into a partition goes alone (before that the broker has no sequence number to hold the next one
 * against), and the first error stops a writer before it can send anything after it. A writer begins no later than
 * after what it has seen in the destination, and skips exactly what it has seen. So the first copies of all messages
 * appear in order, whatever the number of writers, and a reader that drops what is not above its watermark gets each
 * of them once.
 */
package org.roundtrip.messaging.proxy.routing;

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
 * Whether the controller is ready, and if not, what is not and why.
 *
 * <p>ONOS says of an application that it is active also when its bundle did not resolve, and nothing when a component
 * waits for a service that will never come. This looks at the bundles and components themselves.
 */
@Value.Style(jdkOnly = true, overshadowImplementation = true)
package org.roundtrip.distribution.readiness;

import org.immutables.value.Value;

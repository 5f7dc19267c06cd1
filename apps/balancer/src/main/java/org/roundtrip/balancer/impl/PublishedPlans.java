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
package org.roundtrip.balancer.impl;

import org.roundtrip.balancer.compute.NetworkView;
import org.roundtrip.balancer.compute.VipPlan;

import java.util.List;

/**
 * What the rules in the switches follow from at this moment. Thread-safe; no method waits.
 */
public interface PublishedPlans {

    /**
     * Returns the plans of all virtual IP addresses. They are there on every node of the cluster.
     *
     * @return the plans, ordered by address
     */
    List<VipPlan> vips();

    /**
     * Returns the network for which the rules were made.
     *
     * @return what was known of it
     */
    NetworkView network();
}

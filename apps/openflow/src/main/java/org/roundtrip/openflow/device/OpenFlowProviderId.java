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
package org.roundtrip.openflow.device;

import org.onosproject.net.provider.ProviderId;

/**
 * The name under which ONOS knows the OpenFlow providers. ONOS sends a packet through the packet provider whose name is
 * that of the device's own provider, so these must be one.
 */
public final class OpenFlowProviderId {

    /**
     * Name of the device, packet, flow rule, group and meter providers of this application.
     */
    public static final ProviderId OPENFLOW = new ProviderId("of", "org.roundtrip.openflow");

    private OpenFlowProviderId() {
    }
}

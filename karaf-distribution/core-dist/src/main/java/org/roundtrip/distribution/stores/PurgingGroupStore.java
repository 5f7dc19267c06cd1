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

package org.roundtrip.distribution.stores;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.store.group.impl.DistributedGroupStore;

/**
 * The group store of ONOS 2.4 with the one operation that ONOS 2.5 adds to {@code GroupStore}: to forget the groups
 * that one application has in one device.
 *
 * <p>Thread-safe, as the store it extends.
 */
public class PurgingGroupStore extends DistributedGroupStore {

    /**
     * Forgets the groups of an application in a device; the device itself is not touched.
     *
     * @param deviceId the device
     * @param appId the application
     */
    @Override
    public void purgeGroupEntries(DeviceId deviceId, ApplicationId appId) {
        // A copy, because each removal changes the table that getGroups reads.
        Streams.stream(getGroups(deviceId))
                .filter(group -> group.appId().equals(appId))
                .collect(ImmutableList.toImmutableList())
                .forEach(this::removeGroupEntry);
    }
}

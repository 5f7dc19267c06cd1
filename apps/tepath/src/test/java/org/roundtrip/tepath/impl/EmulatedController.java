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
package org.roundtrip.tepath.impl;

import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.cluster.ClusterServiceAdapter;
import org.onosproject.cluster.ControllerNode;
import org.onosproject.cluster.DefaultControllerNode;
import org.onosproject.cluster.LeadershipServiceAdapter;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.event.Event;
import org.onosproject.event.EventDeliveryServiceAdapter;
import org.onosproject.event.EventSink;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.ComponentContext;
import org.roundtrip.tepath.TePathEvent;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Supplier;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/**
 * Runs the whole service over an emulated ONOS.
 */
final class EmulatedController {

    static final NodeId SELF = NodeId.nodeId("self");

    private EmulatedController() {
    }

    /** Starts the service over a network and a store, with properties of the component. */
    static TePathManager start(EmulatedNetwork network, StorageService storage, Supplier<NodeId> leader,
                               Map<String, Object> configured) {
        @SuppressWarnings("JdkObsolete")
        Dictionary<String, Object> properties = new Hashtable<>(configured);
        ComponentContext context = mock(ComponentContext.class);
        when(context.getProperties()).thenReturn(properties);
        TePathManager manager = new TePathManager();
        manager.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                return new DefaultApplicationId(77, name);
            }
        };
        manager.clusterService = new ClusterServiceAdapter() {
            @Override
            public ControllerNode getLocalNode() {
                return new DefaultControllerNode(SELF, "127.0.0.1");
            }
        };
        manager.leadershipService = new LeadershipServiceAdapter() {
            @Override
            public NodeId getLeader(String topic) {
                return leader.get();
            }
        };
        manager.storageService = storage;
        manager.deviceService = network.deviceService();
        manager.linkService = network.linkService();
        manager.networkConfigRegistry = network.configuration();
        manager.intentService = network.framework;
        manager.flowRuleService = network.framework.flowRules();
        manager.componentConfigService = new ComponentConfigAdapter();
        manager.eventDeliveryService = new EventDeliveryServiceAdapter() {
            private EventSink<TePathEvent> sink;

            @Override
            @SuppressWarnings("unchecked")
            public <E extends Event> void addSink(Class<E> type, EventSink<E> added) {
                sink = (EventSink<TePathEvent>) added;
            }

            @Override
            public void post(Event event) {
                sink.process((TePathEvent) event);
            }
        };
        manager.activate(context);
        return manager;
    }
}

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
package org.roundtrip.openflow.testing;

import org.onosproject.net.Device;
import org.onosproject.openflow.controller.DefaultOpenFlowPacketContext;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowClassifierListener;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowEventListener;
import org.onosproject.openflow.controller.OpenFlowMessageListener;
import org.onosproject.openflow.controller.OpenFlowPacketContext;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.OpenFlowSwitchListener;
import org.onosproject.openflow.controller.PacketListener;
import org.onosproject.openflow.controller.RoleState;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterFeatures;
import org.projectfloodlight.openflow.protocol.OFMeterFeaturesStatsReply;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortStatus;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * ONOS's OpenFlow controller over {@link OpenFlowSession}s, as far as providers need it: this node is master of every
 * switch, listeners hear of switches, ports, packets and messages in order.
 */
public final class SessionController implements OpenFlowController {

    private final Map<Dpid, SessionSwitch> switches = new ConcurrentHashMap<>();
    private final List<OpenFlowSwitchListener> switchListeners = new CopyOnWriteArrayList<>();
    private final List<OpenFlowMessageListener> messageListeners = new CopyOnWriteArrayList<>();
    private final List<PacketListener> packetListeners = new CopyOnWriteArrayList<>();

    /**
     * Makes a connected switch known.
     *
     * @param session its session
     * @return the switch
     */
    public SessionSwitch connect(OpenFlowSession session) {
        SessionSwitch connected = new SessionSwitch(session);
        session.listen(message -> hear(connected, message));
        announce(connected);
        return connected;
    }

    /**
     * Makes a switch known, again if its end was made known before, although its session lives on.
     *
     * @param connected the switch
     */
    public void announce(SessionSwitch connected) {
        Dpid dpid = connected.getDpid();
        switches.put(dpid, connected);
        switchListeners.forEach(listener -> listener.switchAdded(dpid));
        switchListeners.forEach(listener -> listener.roleChangedToMaster(dpid));
    }

    private void hear(SessionSwitch from, OFMessage message) {
        Dpid dpid = from.getDpid();
        if (message instanceof OFPortStatus) {
            switchListeners.forEach(listener -> listener.portChanged(dpid, (OFPortStatus) message));
        } else if (message instanceof OFPacketIn) {
            OpenFlowPacketContext context =
                    DefaultOpenFlowPacketContext.packetContextFromPacketIn(from, (OFPacketIn) message);
            packetListeners.forEach(listener -> listener.handlePacket(context));
        }
        messageListeners.forEach(listener -> listener.handleIncomingMessage(dpid, message));
    }

    /**
     * Makes the end of a connection known.
     *
     * @param gone the switch
     */
    public void disconnect(SessionSwitch gone) {
        switches.remove(gone.getDpid());
        switchListeners.forEach(listener -> listener.switchRemoved(gone.getDpid()));
    }

    /** A switch at the other end of a session. */
    public static final class SessionSwitch implements OpenFlowSwitch {

        private final OpenFlowSession session;
        private final OFFeaturesReply features;
        private final List<OFMessage> sent = new CopyOnWriteArrayList<>();

        SessionSwitch(OpenFlowSession session) {
            this.session = session;
            this.features = session.features();
        }

        /**
         * Returns all messages that were sent to this switch so far.
         *
         * @param kind the kind of message
         * @param <M>  the kind of message
         * @return those of this kind
         */
        public <M extends OFMessage> List<M> sent(Class<M> kind) {
            return sent.stream().filter(kind::isInstance).map(kind::cast).collect(Collectors.toList());
        }

        @Override
        public void sendMsg(OFMessage message) {
            sendMsg(List.of(message));
        }

        @Override
        public void sendMsg(List<OFMessage> messages) {
            sent.addAll(messages);
            if (session.isConnected()) {
                session.send(messages);
            }
        }

        @Override
        public OFMeterFeatures getMeterFeatures() {
            return session.statistics(factory().buildMeterFeaturesStatsRequest().build()).stream()
                    .map(OFMeterFeaturesStatsReply::getFeatures).findFirst().orElseThrow();
        }

        @Override
        public OFFactory factory() {
            return session.factory();
        }

        @Override
        public OFFeaturesReply features() {
            return features;
        }

        @Override
        public long getId() {
            return features.getDatapathId().getLong();
        }

        @Override
        public String getStringId() {
            return getDpid().toString();
        }

        @Override
        public List<OFPortDesc> getPorts() {
            return session.ports();
        }

        @Override
        public RoleState getRole() {
            return RoleState.MASTER;
        }

        @Override
        public boolean isConnected() {
            return session.isConnected();
        }

        @Override
        public Device.Type deviceType() {
            return Device.Type.SWITCH;
        }

        @Override
        public String channelId() {
            return session.path().toString();
        }

        @Override
        public String manufacturerDescription() {
            return "Nicira, Inc.";
        }

        @Override
        public String hardwareDescription() {
            return "Open vSwitch";
        }

        @Override
        public String softwareDescription() {
            return "3.1.0";
        }

        @Override
        public String datapathDescription() {
            return "None";
        }

        @Override
        public String serialNumber() {
            return "None";
        }

        @Override
        public void handleMessage(OFMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setRole(RoleState role) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void disconnectSwitch() {
            session.drop();
        }

        @Override
        public void returnRoleReply(RoleState requested, RoleState response) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public Iterable<OpenFlowSwitch> getSwitches() {
        return List.copyOf(switches.values());
    }

    @Override
    public Iterable<OpenFlowSwitch> getMasterSwitches() {
        return getSwitches();
    }

    @Override
    public Iterable<OpenFlowSwitch> getEqualSwitches() {
        return List.of();
    }

    @Override
    public OpenFlowSwitch getSwitch(Dpid dpid) {
        return switches.get(dpid);
    }

    @Override
    public OpenFlowSwitch getMasterSwitch(Dpid dpid) {
        return switches.get(dpid);
    }

    @Override
    public OpenFlowSwitch getEqualSwitch(Dpid dpid) {
        return null;
    }

    @Override
    public void addListener(OpenFlowSwitchListener listener) {
        switchListeners.add(listener);
    }

    @Override
    public void removeListener(OpenFlowSwitchListener listener) {
        switchListeners.remove(listener);
    }

    @Override
    public void addMessageListener(OpenFlowMessageListener listener) {
        messageListeners.add(listener);
    }

    @Override
    public void removeMessageListener(OpenFlowMessageListener listener) {
        messageListeners.remove(listener);
    }

    @Override
    public void write(Dpid dpid, OFMessage message) {
        switches.get(dpid).sendMsg(message);
    }

    @Override
    public void addPacketListener(int priority, PacketListener listener) {
        packetListeners.add(listener);
    }

    @Override
    public void removePacketListener(PacketListener listener) {
        packetListeners.remove(listener);
    }

    @Override
    public void addEventListener(OpenFlowEventListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeEventListener(OpenFlowEventListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<OFMessage> writeResponse(Dpid dpid, OFMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void processPacket(Dpid dpid, OFMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setRole(Dpid dpid, RoleState role) {
        switchListeners.forEach(listener -> listener.receivedRoleReply(dpid, role, role));
    }

    @Override
    public void removeClassifierListener(OpenFlowClassifierListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addClassifierListener(OpenFlowClassifierListener listener) {
        throw new UnsupportedOperationException();
    }
}

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
package org.roundtrip.openflow.group;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.onlab.packet.MacAddress;
import org.onlab.packet.MplsLabel;
import org.onosproject.core.GroupId;
import org.onosproject.driver.extensions.NiciraExtensionSelectorInterpreter;
import org.onosproject.driver.extensions.NiciraExtensionTreatmentInterpreter;
import org.onosproject.driver.extensions.NiciraLoad;
import org.onosproject.driver.extensions.NiciraResubmitTable;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.group.DefaultGroupBucket;
import org.onosproject.net.group.Group;
import org.onosproject.net.group.GroupBucket;
import org.onosproject.net.group.GroupBuckets;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.group.GroupOperation;
import org.onosproject.net.group.GroupOperation.GroupMsgErrorCode;
import org.onosproject.net.group.GroupProvider;
import org.onosproject.net.group.GroupProviderService;
import org.projectfloodlight.openflow.protocol.OFType;
import org.roundtrip.openflow.driver.DriverExtensions;
import org.roundtrip.openflow.session.SwitchSessions;
import org.roundtrip.openflow.testing.OpenVswitch;
import org.roundtrip.openflow.testing.SessionController;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Groups of ONOS in a real switch. */
class SwitchGroupsIT {

    @RegisterExtension
    static final OpenVswitch OPEN_VSWITCH = new OpenVswitch();

    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration NEVER = Duration.ofMinutes(10);

    private final Core core = new Core();
    private SwitchSessions<SwitchGroups> sessions;

    /** Remembers what the provider tells ONOS. */
    private static final class Core implements GroupProviderService {
        private final List<List<Group>> reports = new CopyOnWriteArrayList<>();
        private final List<GroupOperation> failures = new CopyOnWriteArrayList<>();

        @Override
        public void groupOperationFailed(DeviceId deviceId, GroupOperation operation) {
            failures.add(operation);
        }

        @Override
        public void pushGroupMetrics(DeviceId deviceId, Collection<Group> groupEntries) {
            reports.add(List.copyOf(groupEntries));
        }

        @Override
        public void notifyOfFailovers(Collection<Group> failoverGroups) {
            throw new UnsupportedOperationException();
        }

        @Override
        public GroupProvider provider() {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void connect() {
        OPEN_VSWITCH.addBridge("br0", 1);
        OPEN_VSWITCH.addPort("br0", "p1", 1);
        SessionController controller = new SessionController();
        controller.connect(OPEN_VSWITCH.connect("br0"));
        sessions = new SwitchSessions<>(controller, "test/openflow-group",
                                        Set.of(OFType.ERROR, OFType.BARRIER_REPLY, OFType.STATS_REPLY),
                                        (connected, timer) -> new SwitchGroups(
                                                DEVICE, connected, DriverExtensions.of(
                                                        new NiciraExtensionSelectorInterpreter(),
                                                        new NiciraExtensionTreatmentInterpreter()),
                                                core, timer, NEVER, PATIENCE));
        sessions.open();
        Awaitility.await("first audit").atMost(PATIENCE).until(() -> !core.reports.isEmpty());
    }

    @AfterEach
    void stop() {
        sessions.close();
        OPEN_VSWITCH.vsctl("del-br", "br0");
    }

    @Test
    void groupsOfAllTypesComeBackAsTheyWere() {
        GroupBuckets all = buckets(DefaultGroupBucket.createAllGroupBucket(output(1)),
                                   DefaultGroupBucket.createAllGroupBucket(output(2)));
        GroupBuckets indirect = buckets(DefaultGroupBucket.createIndirectGroupBucket(
                DefaultTrafficTreatment.builder().pushMpls().setMpls(MplsLabel.mplsLabel(77))
                        .setEthDst(MacAddress.valueOf(5)).setOutput(PortNumber.portNumber(3)).build()));
        GroupBuckets select = buckets(DefaultGroupBucket.createSelectGroupBucket(output(1), (short) 5),
                                      DefaultGroupBucket.createSelectGroupBucket(output(2), (short) -1),
                                      DefaultGroupBucket.createSelectGroupBucket(
                                              DefaultTrafficTreatment.builder().drop().build()));
        GroupBuckets failover = buckets(
                DefaultGroupBucket.createFailoverGroupBucket(output(1), PortNumber.portNumber(1), null),
                DefaultGroupBucket.createFailoverGroupBucket(output(2), null, new GroupId(2)),
                DefaultGroupBucket.createFailoverGroupBucket(output(3), PortNumber.LOCAL, new GroupId(2)));

        perform(add(1, GroupDescription.Type.ALL, all), add(2, GroupDescription.Type.INDIRECT, indirect),
                add(3, GroupDescription.Type.SELECT, select), add(4, GroupDescription.Type.FAILOVER, failover));

        Awaitility.await().atMost(PATIENCE).until(() -> last().size() == 4);
        assertThat(core.failures).isEmpty();
        assertSame(group(1), GroupDescription.Type.ALL, all);
        assertSame(group(2), GroupDescription.Type.INDIRECT, indirect);
        assertSame(group(3), GroupDescription.Type.SELECT, select);
        assertSame(group(4), GroupDescription.Type.FAILOVER, failover);
        assertThat(last()).extracting(Group::state).containsOnly(Group.GroupState.ADDED);
    }

    @Test
    void twoHundredAndFiftySixSlotsComeBack() {
        GroupBuckets slots = new GroupBuckets(IntStream.range(0, 256).mapToObj(slot ->
                DefaultGroupBucket.createSelectGroupBucket(DefaultTrafficTreatment.builder().setTunnelId(slot)
                        .extension(new NiciraResubmitTable(PortNumber.portNumber(0xfff8), (short) 10), DEVICE)
                        .build())).collect(Collectors.toList()));

        perform(add(9, GroupDescription.Type.SELECT, slots));

        Awaitility.await().atMost(PATIENCE).until(() -> !last().isEmpty());
        assertSame(group(9), GroupDescription.Type.SELECT, slots);
    }

    @Test
    void bucketsThatSetSomeBitsComeBack() {
        GroupBuckets halves = new GroupBuckets(IntStream.range(0, 16).mapToObj(half ->
                DefaultGroupBucket.createSelectGroupBucket(DefaultTrafficTreatment.builder()
                        .extension(new NiciraLoad(4 << 6 | 3, 0x0001_2008L, half), DEVICE)
                        .extension(new NiciraResubmitTable((short) 10), DEVICE)
                        .build())).collect(Collectors.toList()));

        perform(add(9, GroupDescription.Type.SELECT, halves));

        Awaitility.await().atMost(PATIENCE).until(() -> !last().isEmpty());
        assertSame(group(9), GroupDescription.Type.SELECT, halves);
    }

    @Test
    void groupsAreModifiedAndDeleted() {
        GroupBuckets before = buckets(DefaultGroupBucket.createAllGroupBucket(output(1)));
        GroupBuckets after = buckets(DefaultGroupBucket.createAllGroupBucket(output(2)));
        perform(add(1, GroupDescription.Type.ALL, before));
        Awaitility.await().atMost(PATIENCE).until(() -> !last().isEmpty());

        perform(GroupOperation.createModifyGroupOperation(new GroupId(1), GroupDescription.Type.ALL, after));
        Awaitility.await().atMost(PATIENCE).until(() -> group(1).buckets().equals(after));

        perform(GroupOperation.createDeleteGroupOperation(new GroupId(1), GroupDescription.Type.ALL));
        Awaitility.await().atMost(PATIENCE).until(() -> last().isEmpty());
        assertThat(core.failures).isEmpty();
    }

    /** A switch keeps groups while it is away, and ONOS may not have read them when it adds its own. */
    @Test
    void aGroupThatIsThereAlreadyIsReplaced() {
        GroupBuckets wanted = buckets(DefaultGroupBucket.createAllGroupBucket(output(2)));
        OPEN_VSWITCH.ofctl("br0", "add-group", "group_id=1,type=all,bucket=output:1");
        OPEN_VSWITCH.ofctl("br0", "add-group", "group_id=2,type=select,bucket=output:1");
        OPEN_VSWITCH.ofctl("br0", "add-flow", "in_port=1,actions=group:1");

        perform(add(1, GroupDescription.Type.ALL, wanted), add(2, GroupDescription.Type.ALL, wanted));

        Awaitility.await().atMost(PATIENCE).until(() -> !core.reports.isEmpty() && last().size() == 2);
        assertSame(group(1), GroupDescription.Type.ALL, wanted);
        assertSame(group(2), GroupDescription.Type.ALL, wanted);
        assertThat(group(1).referenceCount()).as("rules that name the group").isEqualTo(1);
        assertThat(core.failures).isEmpty();
    }

    @Test
    void refusalsComeBackToTheirOperations() {
        GroupBuckets bucket = buckets(DefaultGroupBucket.createAllGroupBucket(output(1)));
        GroupOperation unknown = GroupOperation.createModifyGroupOperation(new GroupId(2), GroupDescription.Type.ALL,
                                                                           bucket);
        GroupOperation clone = add(3, GroupDescription.Type.CLONE,
                                   buckets(DefaultGroupBucket.createCloneGroupBucket(output(1))));
        GroupOperation transition = add(4, GroupDescription.Type.ALL, buckets(DefaultGroupBucket.createAllGroupBucket(
                DefaultTrafficTreatment.builder().transition(5).build())));
        GroupOperation noSuchPort = add(5, GroupDescription.Type.ALL, buckets(DefaultGroupBucket.createAllGroupBucket(
                output(0xffff_ff80L))));

        perform(unknown, clone, transition, noSuchPort);

        Awaitility.await().atMost(PATIENCE).until(() -> core.failures.size() == 4);
        assertThat(failure(unknown)).isEqualTo(GroupMsgErrorCode.UNKNOWN_GROUP);
        assertThat(failure(clone)).isEqualTo(GroupMsgErrorCode.BAD_BUCKET);
        assertThat(failure(transition)).isEqualTo(GroupMsgErrorCode.BAD_BUCKET);
        assertThat(failure(noSuchPort)).isEqualTo(GroupMsgErrorCode.BAD_BUCKET);
    }

    @Test
    void countersAreThoseOfTheSwitch() {
        GroupBuckets buckets = buckets(DefaultGroupBucket.createAllGroupBucket(output(7)));
        perform(add(1, GroupDescription.Type.ALL, buckets));
        OPEN_VSWITCH.ofctl("br0", "add-flow", "in_port=1,actions=group:1");
        OPEN_VSWITCH.appctl("netdev-dummy/receive", "p1",
                            "in_port(1),eth(src=50:54:00:00:00:05,dst=50:54:00:00:00:07),eth_type(0x1234)");
        OPEN_VSWITCH.appctl("revalidator/purge");

        sessions.execute(DEVICE, SwitchGroups::refresh);

        Awaitility.await().atMost(PATIENCE).until(() -> !last().isEmpty() && group(1).packets() == 1);
        assertThat(group(1).referenceCount()).isEqualTo(1);
        assertThat(group(1).bytes()).isPositive();
        assertThat(group(1).buckets().buckets().get(0).packets()).isEqualTo(1);
    }

    private void perform(GroupOperation... operations) {
        assertThat(sessions.execute(DEVICE, groups -> groups.perform(List.of(operations)))).isTrue();
    }

    private GroupMsgErrorCode failure(GroupOperation operation) {
        return core.failures.stream().filter(operation::equals).map(GroupOperation::failureCode).findFirst()
                .orElseThrow();
    }

    private List<Group> last() {
        return core.reports.get(core.reports.size() - 1);
    }

    private Group group(int id) {
        return last().stream().filter(group -> group.id().equals(new GroupId(id))).findFirst().orElseThrow();
    }

    private static void assertSame(Group group, GroupDescription.Type type, GroupBuckets buckets) {
        assertThat(group.type()).isEqualTo(type);
        assertThat(group.buckets()).isEqualTo(buckets);
        for (int i = 0; i < buckets.buckets().size(); i++) {
            GroupBucket wanted = buckets.buckets().get(i);
            GroupBucket found = group.buckets().buckets().get(i);
            assertThat(found.hasSameParameters(wanted)).as("%s is %s", wanted, found).isTrue();
            assertThat(found.treatment()).isEqualTo(wanted.treatment());
        }
    }

    private static GroupOperation add(int id, GroupDescription.Type type, GroupBuckets buckets) {
        return GroupOperation.createAddGroupOperation(new GroupId(id), type, buckets);
    }

    private static GroupBuckets buckets(GroupBucket... buckets) {
        return new GroupBuckets(List.of(buckets));
    }

    private static TrafficTreatment output(long port) {
        return DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(port)).build();
    }
}

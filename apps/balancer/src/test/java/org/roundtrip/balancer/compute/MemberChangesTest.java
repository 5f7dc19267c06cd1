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
package org.roundtrip.balancer.compute;

import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberChange;
import org.roundtrip.balancer.MemberOperation;
import org.roundtrip.balancer.MemberState;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MemberChangesTest {

    private static final Member ONE = member("192.0.2.1").weight(7).state(MemberState.DRAINING).build();
    private static final Member TWO = member("192.0.2.2").build();
    private static final VirtualServerRequest REQUEST = VirtualServerRequest.builder().name("web")
            .vip(IpAddress.valueOf("198.51.100.1")).addPorts(PortRange.of(80, 80))
            .addAccessSwitches(DeviceId.deviceId("of:0000000000000001")).addMembers(ONE, TWO).build();

    @Test
    void keepsWhatIsNotNamed() {
        assertThat(members(change("192.0.2.1").weight(9).build()))
                .containsExactly(Member.builder().from(ONE).weight(9).build(), TWO);
        assertThat(members(change("192.0.2.1").state(MemberState.ENABLED).build()))
                .containsExactly(Member.builder().from(ONE).state(MemberState.ENABLED).build(), TWO);
    }

    @Test
    void addsAndRemoves() {
        assertThat(members(change("192.0.2.3").build(), removal("192.0.2.1")))
                .containsExactly(TWO, member("192.0.2.3").build());
        assertThat(members(change("192.0.2.3").port(8080).weight(3).state(MemberState.DISABLED).build()))
                .endsWith(member("192.0.2.3").port(8080).weight(3).state(MemberState.DISABLED).build());
        assertThat(members()).containsExactly(ONE, TWO);
    }

    @Test
    void refusesMembersThatAreNamedTwice() {
        assertThatThrownBy(() -> members(change("192.0.2.1").build(), change("192.0.2.3").build(),
                                         removal("192.0.2.1")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("members[2]: is about the same member as members[0], 192.0.2.1");
    }

    @Test
    void refusesToTakeOutWhatIsNotThere() {
        assertThatThrownBy(() -> members(change("192.0.2.3").build(), removal("192.0.2.4")))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("members[1]: the virtual server 'web' has no member 192.0.2.4");
    }

    @Test
    void namesTheChangeThatCannotBe() {
        assertThatThrownBy(() -> members(removal("192.0.2.1"), change("198.51.100.9").build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("members[1].address: 198.51.100.9 is in the segment of the vip");
    }

    private static List<Member> members(MemberChange... changes) {
        return MemberChanges.apply(REQUEST, List.of(changes)).members();
    }

    private static Member.Builder member(String address) {
        Member.Builder member = Member.builder();
        member.address(IpAddress.valueOf(address));
        return member;
    }

    private static MemberChange.Builder change(String address) {
        MemberChange.Builder change = MemberChange.builder();
        change.address(IpAddress.valueOf(address));
        return change;
    }

    private static MemberChange removal(String address) {
        return change(address).operation(MemberOperation.REMOVE).build();
    }
}

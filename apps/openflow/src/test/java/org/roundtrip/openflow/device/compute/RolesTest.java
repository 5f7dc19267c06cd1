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
package org.roundtrip.openflow.device.compute;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onosproject.net.MastershipRole;
import org.onosproject.openflow.controller.RoleState;

import static org.assertj.core.api.Assertions.assertThat;

class RolesTest {

    @ParameterizedTest
    @EnumSource
    void everyMastershipHasARoleOfItsOwn(MastershipRole mastership) {
        assertThat(Roles.mastershipOf(Roles.roleOf(mastership))).isEqualTo(mastership);
    }

    @ParameterizedTest
    @EnumSource
    void everyRoleHasAMastershipOfItsOwn(RoleState role) {
        assertThat(Roles.roleOf(Roles.mastershipOf(role))).isEqualTo(role);
    }
}

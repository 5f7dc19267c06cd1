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
package org.roundtrip.openflow.driver;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onosproject.driver.DefaultDriversLoader;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.driver.DefaultDriverProvider;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.XmlDriverLoader;
import org.onosproject.openflow.controller.ExtensionSelectorInterpreter;
import org.onosproject.openflow.controller.ExtensionTreatmentInterpreter;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class OpenVswitchDriverTest {

    private Map<String, Driver> stock;
    private Driver ours;

    @BeforeEach
    void load() throws IOException {
        Set<Driver> defaults = new XmlDriverLoader(DefaultDriversLoader.class.getClassLoader(), null)
                .loadDrivers(DefaultDriversLoader.class.getResourceAsStream("/onos-drivers.xml"), null).getDrivers();
        stock = defaults.stream().collect(Collectors.toMap(Driver::name, Function.identity()));
        DefaultDriverProvider provider = (DefaultDriverProvider)
                new XmlDriverLoader(getClass().getClassLoader(), null).loadDrivers(
                        OpenVswitchDriverLoader.class.getResourceAsStream("/drivers.xml"), stock::get);
        assertThat(provider.getDrivers()).hasSize(1);
        ours = provider.getDrivers().iterator().next();
    }

    @Test
    void hasTheExtensionsOfTheStockDriver() {
        assertThat(ours.parents()).containsExactly(stock.get("ovs"));
        assertThat(ours.hasBehaviour(ExtensionTreatmentInterpreter.class)).isTrue();
        assertThat(ours.hasBehaviour(ExtensionSelectorInterpreter.class)).isTrue();
        assertThat(ours.hasBehaviour(ExtensionTreatmentResolver.class)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2.17.9, ovs", "3.1.0, ovs-3", "3.5.0, ovs-3", "4.0.1, ovs-3", "10.2.0, ovs-3"})
    void eachVersionHasOneDriver(String version, String name) {
        assertThat(matches(stock.get("ovs"), version)).isEqualTo(name.equals("ovs"));
        assertThat(matches(ours, version)).isEqualTo(name.equals("ovs-3"));
    }

    private static boolean matches(Driver driver, String version) {
        return Pattern.matches(driver.manufacturer(), "Nicira, Inc.")
                && Pattern.matches(driver.hwVersion(), "Open vSwitch")
                && Pattern.matches(driver.swVersion(), version);
    }
}

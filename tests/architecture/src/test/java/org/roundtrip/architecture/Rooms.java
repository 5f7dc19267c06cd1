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
package org.roundtrip.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rooms of the house: what others may see of each, and into which others each may go.
 */
final class Rooms {

    private static final Pattern ROOM = Pattern.compile("org\\.roundtrip\\.([a-z]+)(\\..*)?");

    private static final Map<String, Set<String>> ARROWS = Map.of(
            "base", Set.of(),
            "tepath", Set.of("base"),
            "clock", Set.of("base", "tepath"),
            "detection", Set.of("base"),
            "balancer", Set.of("base", "detection"),
            "messaging", Set.of("base", "tepath"),
            // These stand in for what a stock ONOS has of its own, and know nothing of our services.
            "openflow", Set.of("base"),
            "fabric", Set.of("base", "openflow"));

    /** What a room shows to others: the packages that its bundle exports. */
    private static final Map<String, Pattern> APIS = Map.of(
            "base", Pattern.compile("org\\.roundtrip\\.base(\\..*)?"),
            "tepath", Pattern.compile("org\\.roundtrip\\.tepath"),
            "clock", Pattern.compile("org\\.roundtrip\\.clock"),
            "detection", Pattern.compile("org\\.roundtrip\\.detection(\\.protocol)?"),
            "balancer", Pattern.compile("org\\.roundtrip\\.balancer"),
            "messaging", Pattern.compile("org\\.roundtrip\\.messaging(\\.configuration(\\.compute)?)?"),
            "openflow", Pattern.compile("org\\.roundtrip\\.openflow\\.link"),
            "fabric", Pattern.compile("org\\.roundtrip\\.fabric"));

    static final Set<String> ALL = ARROWS.keySet();

    private Rooms() {
    }

    static ArchCondition<JavaClass> goIntoOtherRoomsAlongTheArrowsOnly() {
        return new DependencyCondition("go into other rooms along the arrows only") {
            @Override
            boolean isAllowed(String from, String to, JavaClass target) {
                return ARROWS.getOrDefault(from, Set.of()).contains(to);
            }
        };
    }

    static ArchCondition<JavaClass> seeOfOtherRoomsTheirApiOnly() {
        return new DependencyCondition("see of other rooms their API only") {
            @Override
            boolean isAllowed(String from, String to, JavaClass target) {
                return APIS.containsKey(to) && APIS.get(to).matcher(target.getPackageName()).matches();
            }
        };
    }

    /** Returns the room of a type, empty if it is in none. */
    static String room(JavaClass type) {
        Matcher room = ROOM.matcher(type.getPackageName());
        return room.matches() ? room.group(1) : "";
    }

    private abstract static class DependencyCondition extends ArchCondition<JavaClass> {

        DependencyCondition(String description) {
            super(description);
        }

        abstract boolean isAllowed(String from, String to, JavaClass target);

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                String from = room(type);
                String to = room(target);
                if (!to.isEmpty() && !to.equals(from)) {
                    events.add(new SimpleConditionEvent(dependency, isAllowed(from, to, target),
                                                        dependency.getDescription()));
                }
            }
        }
    }
}

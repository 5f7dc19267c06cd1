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

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the house. {@link OffendersTest} shows for each that it can fail.
 */
@AnalyzeClasses(packages = "org.roundtrip", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String COMPUTE = "org.roundtrip..compute..";
    private static final String IMPL = "org.roundtrip.*.impl..";
    private static final String[] PORTABLE =
            {"org.roundtrip.base..", "org.roundtrip.tepath..", "org.roundtrip.clock..", "org.roundtrip.detection..",
                "org.roundtrip.balancer..", "org.roundtrip.messaging.."};

    @ArchTest
    static final ArchRule COMPUTE_IS_PURE = noClasses().that().resideInAPackage(COMPUTE)
            .should().dependOnClassesThat(resideInAnyPackage(
                    "org.osgi..", "org.onlab.osgi..", "org.onlab.rest..", "javax.ws.rs..", "org.apache.karaf..",
                    "org.slf4j..", "java.io..", "java.net..", "java.nio.channels..", "java.nio.file.."))
            .orShould().dependOnClassesThat(are(named("a service of ONOS", "org\\.onosproject\\..*Service")))
            .orShould().dependOnClassesThat(are(named("a thread or what runs them",
                    "java\\.lang\\.Thread|java\\.util\\.Timer|java\\.util\\.concurrent\\..*Execut.*")))
            .because("what is computed follows from what is given, and needs no controller to be tested");

    @ArchTest
    static final ArchRule COMPUTE_HAS_NO_CLOCK_AND_NO_DICE = noClasses().that().resideInAPackage(COMPUTE)
            .should().dependOnClassesThat(are(named("a clock or a generator of random numbers",
                    "java\\.time\\.Clock|java\\.util\\.Random|java\\.security\\.SecureRandom"
                            + "|java\\.util\\.concurrent\\.ThreadLocalRandom")))
            .orShould().callMethodWhere(calls("ask for the time or roll dice",
                    "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)|java\\.time\\.[A-Za-z]+\\.now"
                            + "|java\\.lang\\.Math\\.random|java\\.util\\.UUID\\.randomUUID"))
            .because("the same state gives the same rules on every node and at any time");

    @ArchTest
    static final ArchRule ROOMS_KEEP_TO_THE_ARROWS = classes().that().resideInAPackage("org.roundtrip..")
            .should(Rooms.goIntoOtherRoomsAlongTheArrowsOnly());

    @ArchTest
    static final ArchRule ROOMS_MEET_AT_THEIR_APIS = classes().that().resideInAPackage("org.roundtrip..")
            .should(Rooms.seeOfOtherRoomsTheirApiOnly());

    @ArchTest
    static final ArchRule GLUE_IS_HIDDEN = classes().that().resideInAPackage(IMPL)
            .should().onlyHaveDependentClassesThat().resideInAPackage(IMPL)
            .because("commands and REST go through the service, as everybody does");

    @ArchTest
    static final ArchRule APIS_STAND_ALONE = noClasses().that().resideInAnyPackage(
                    "org.roundtrip.base", "org.roundtrip.tepath", "org.roundtrip.clock", "org.roundtrip.detection",
                    "org.roundtrip.balancer", "org.roundtrip.messaging")
            .should().dependOnClassesThat(resideInAnyPackage(
                    "org.roundtrip.*.*..", "javax.ws.rs..", "org.apache.karaf..")
                    .and(not(resideInAnyPackage("org.roundtrip.base.flow", "org.roundtrip.detection.protocol",
                                                 "org.roundtrip.messaging.configuration"))))
            .because("nobody needs more than an API to use it; base.flow only words what the API of ONOS has,"
                    + " detection.protocol what the agents are told, and messaging.configuration what proxies follow");

    @ArchTest
    static final ArchRule FACES_DO_NOT_KNOW_EACH_OTHER = slices().matching("org.roundtrip.*.(cli|rest)..")
            .should().notDependOnEachOther()
            .because("both only parse, call the service and print")
            .allowEmptyShould(false);

    @ArchTest
    static final ArchRule NO_CYCLES_IN_A_ROOM = slices().matching("org.roundtrip.(*).(*)..")
            .should().beFreeOfCycles()
            .allowEmptyShould(false);

    @ArchTest
    static final ArchRule PORTABLE_ROOMS_KNOW_NO_SOUTHBOUND = noClasses().that().resideInAnyPackage(PORTABLE)
            .should().dependOnClassesThat().resideInAnyPackage(
                    "org.projectfloodlight..", "org.onosproject.openflow..", "org.onosproject.driver..",
                    "org.roundtrip.openflow..", "org.roundtrip.fabric..", "org.roundtrip.distribution..")
            .because("they install on a stock ONOS with providers of its own");

    @ArchTest
    static final ArchRule INTENTS_ARE_THE_ONLY_WAY_INTO_THE_NETWORK = noClasses().that().resideInAnyPackage(PORTABLE)
            .and().doNotHaveFullyQualifiedName("org.roundtrip.base.intent.DirectInstallation")
            .should().callMethodWhere(calls("change rules past the intents",
                    "org\\.onosproject\\.net\\.flow\\.FlowRuleService\\.(apply|removeFlowRules|purge).*"
                            + "|org\\.onosproject\\.net\\.flowobjective\\.FlowObjectiveService\\..*"))
            .because("the intent framework finds the difference and installs it, and knows what it has installed;"
                    + " the one class that goes past it, for milliseconds, belongs to what tells it afterwards");

    @ArchTest
    static final ArchRule GROUPS_HAVE_ONE_KEEPER = noClasses().that().resideInAnyPackage(PORTABLE)
            .and().doNotHaveFullyQualifiedName("org.roundtrip.balancer.impl.OpenVswitchPreparation")
            .should().callMethodWhere(calls("change groups",
                    "org\\.onosproject\\.net\\.group\\.GroupService"
                            + "\\.(addGroup|addBuckets|removeGroup|removeBuckets|setBuckets|purge).*"))
            .because("intents know no groups: the one class that makes them looks after them, too");

    @ArchTest
    static final ArchRule THREADS_HAVE_NAMES = noClasses().that().resideInAPackage("org.roundtrip..")
            .should().callMethodWhere(makesNamelessThreads())
            .orShould().callConstructor(Thread.class)
            .orShould().callConstructor(Thread.class, Runnable.class)
            .orShould().callConstructor(java.util.Timer.class);

    @ArchTest
    static void everyRoomIsLookedAt(JavaClasses classes) {
        Set<String> rooms = classes.stream()
                .map(Rooms::room)
                .collect(Collectors.toSet());

        assertThat(rooms).containsExactlyInAnyOrderElementsOf(Rooms.ALL);
    }

    private static DescribedPredicate<JavaClass> named(String what, String pattern) {
        return new DescribedPredicate<>(what) {
            @Override
            public boolean test(JavaClass type) {
                return type.getName().matches(pattern);
            }
        };
    }

    private static DescribedPredicate<JavaCall<?>> calls(String what, String pattern) {
        return new DescribedPredicate<>(what) {
            @Override
            public boolean test(JavaCall<?> call) {
                return (call.getTargetOwner().getName() + "." + call.getName()).matches(pattern);
            }
        };
    }

    private static DescribedPredicate<JavaCall<?>> makesNamelessThreads() {
        return new DescribedPredicate<>("make an executor without a thread factory") {
            @Override
            public boolean test(JavaCall<?> call) {
                return call.getTargetOwner().isEquivalentTo(Executors.class) && call.getName().startsWith("new")
                        && call.getTarget().getRawParameterTypes().stream()
                        .noneMatch(parameter -> parameter.isEquivalentTo(ThreadFactory.class));
            }
        };
    }
}

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

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundtrip.clock.EverydayApi;
import org.roundtrip.clock.cli.CommandPastTheService;
import org.roundtrip.clock.compute.OffendingCompute;
import org.roundtrip.clock.impl.OffendingGlue;
import org.roundtrip.clock.rest.ResourceThatCallsACommand;
import org.roundtrip.openflow.offender.OffendingSouthbound;
import org.roundtrip.tepath.impl.HiddenGlue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Shows for every rule of {@link ArchitectureTest} that it finds those who break it.
 */
class OffendersTest {

    static Stream<Arguments> offences() {
        return Stream.of(
                arguments(ArchitectureTest.COMPUTE_IS_PURE, OffendingCompute.ReadsFiles.class, "java.io.File"),
                arguments(ArchitectureTest.COMPUTE_IS_PURE, OffendingCompute.AsksAService.class, "HostService"),
                arguments(ArchitectureTest.COMPUTE_IS_PURE, OffendingCompute.RunsThreads.class, "ExecutorService"),
                arguments(ArchitectureTest.COMPUTE_HAS_NO_CLOCK_AND_NO_DICE, OffendingCompute.AsksTheTime.class,
                          "Instant.now"),
                arguments(ArchitectureTest.COMPUTE_HAS_NO_CLOCK_AND_NO_DICE, OffendingCompute.HoldsAClock.class,
                          "java.time.Clock"),
                arguments(ArchitectureTest.COMPUTE_HAS_NO_CLOCK_AND_NO_DICE, OffendingCompute.RollsDice.class,
                          "Math.random"),
                arguments(ArchitectureTest.ROOMS_KEEP_TO_THE_ARROWS, OffendingSouthbound.KnowsTheSuite.class,
                          "TePathState"),
                arguments(ArchitectureTest.ROOMS_MEET_AT_THEIR_APIS, OffendingGlue.LooksBehindTheApi.class,
                          "HiddenGlue"),
                arguments(ArchitectureTest.GLUE_IS_HIDDEN, CommandPastTheService.class, "OffendingGlue"),
                arguments(ArchitectureTest.APIS_STAND_ALONE, EverydayApi.KnowsItsGlue.class, "OffendingGlue"),
                arguments(ArchitectureTest.FACES_DO_NOT_KNOW_EACH_OTHER, ResourceThatCallsACommand.class,
                          "CommandPastTheService"),
                arguments(ArchitectureTest.NO_CYCLES_IN_A_ROOM, OffendingGlue.UsesACommand.class, "Cycle"),
                arguments(ArchitectureTest.PORTABLE_ROOMS_KNOW_NO_SOUTHBOUND, OffendingGlue.SpeaksOpenFlow.class,
                          "OFVersion"),
                arguments(ArchitectureTest.INTENTS_ARE_THE_ONLY_WAY_INTO_THE_NETWORK,
                          OffendingGlue.WritesRulesByHand.class, "applyFlowRules"),
                arguments(ArchitectureTest.GROUPS_HAVE_ONE_KEEPER, OffendingGlue.MakesGroups.class, "addGroup"),
                arguments(ArchitectureTest.THREADS_HAVE_NAMES, OffendingGlue.RunsNamelessThreads.class,
                          "newCachedThreadPool"));
    }

    @ParameterizedTest
    @MethodSource("offences")
    void isFound(ArchRule rule, Class<?> offender, String offence) {
        assertThat(failures(rule, offender, HiddenGlue.class, OffendingGlue.class, CommandPastTheService.class))
                .anyMatch(failure -> failure.contains(offence) && failure.contains(offender.getName()));
    }

    @ParameterizedTest
    @MethodSource("offences")
    void isNotFoundInTheInnocent(ArchRule rule, Class<?> offender, String offence) {
        assertThat(failures(rule, EverydayApi.class, OffendingGlue.Innocent.class, OffendingCompute.Innocent.class,
                            ResourceThatCallsACommand.Innocent.class)).isEmpty();
    }

    @Test
    void thereIsOneForEveryRule() {
        Set<Object> rules = offences().map(offence -> offence.get()[0]).collect(Collectors.toSet());

        assertThat(rules).hasSize((int) Arrays.stream(ArchitectureTest.class.getDeclaredFields())
                .filter(field -> field.getType() == ArchRule.class).count());
    }

    private static List<String> failures(ArchRule rule, Class<?>... types) {
        JavaClasses imported = new ClassFileImporter().importClasses(types);
        return rule.allowEmptyShould(true).evaluate(imported).getFailureReport().getDetails();
    }
}

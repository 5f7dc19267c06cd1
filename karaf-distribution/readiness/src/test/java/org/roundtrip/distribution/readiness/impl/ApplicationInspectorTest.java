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

package org.roundtrip.distribution.readiness.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onosproject.app.ApplicationService;
import org.onosproject.app.ApplicationState;
import org.onosproject.core.Application;
import org.onosproject.core.DefaultApplicationId;
import org.roundtrip.distribution.readiness.Obstacle;

class ApplicationInspectorTest {

    private static final String NAME = "org.roundtrip.clock";

    private final ApplicationService applications = mock(ApplicationService.class);
    private final FeaturesService features = mock(FeaturesService.class);
    private final Feature feature = mock(Feature.class);

    @TempDir
    private Path folder;

    private ApplicationInspector inspector;

    @BeforeEach
    void markAnApplicationAsActive() throws Exception {
        Files.createFile(Files.createDirectory(folder.resolve(NAME)).resolve("active"));
        when(features.getFeature("roundtrip-clock")).thenReturn(feature);
        inspector = new ApplicationInspector(folder, applications, features);
    }

    @Test
    void acceptsAnActiveApplicationWithItsFeature() throws IOException {
        onosSays(ApplicationState.ACTIVE);
        when(features.isInstalled(feature)).thenReturn(true);

        assertThat(inspector.obstacles()).isEmpty();
    }

    @Test
    void doesNotBelieveThatAnApplicationIsActiveWithoutItsFeature() throws IOException {
        onosSays(ApplicationState.ACTIVE);

        assertThat(reason()).contains("feature roundtrip-clock is not installed");
    }

    @Test
    void reportsAnApplicationThatIsOnlyInstalled() throws IOException {
        onosSays(ApplicationState.INSTALLED);

        assertThat(reason()).isEqualTo("its state is INSTALLED");
    }

    @Test
    void reportsAnApplicationThatOnosDoesNotKnow() throws IOException {
        when(applications.getApplications()).thenReturn(Set.of());

        assertThat(reason()).contains("did not load it yet");
    }

    @Test
    void expectsNothingOfAnApplicationThatIsNotMarked() throws IOException {
        Files.delete(folder.resolve(NAME).resolve("active"));
        when(applications.getApplications()).thenReturn(Set.of());

        assertThat(inspector.obstacles()).isEmpty();
    }

    @Test
    void expectsNothingWithoutAFolder() throws IOException {
        assertThat(new ApplicationInspector(folder.resolve("none"), applications, features).obstacles()).isEmpty();
    }

    private void onosSays(ApplicationState state) {
        Application application = mock(Application.class);
        DefaultApplicationId id = new DefaultApplicationId(7, NAME);
        when(application.id()).thenReturn(id);
        when(application.features()).thenReturn(List.of("roundtrip-clock"));
        when(applications.getApplications()).thenReturn(Set.of(application));
        when(applications.getState(id)).thenReturn(state);
    }

    private String reason() throws IOException {
        List<Obstacle> obstacles = inspector.obstacles();
        assertThat(obstacles).extracting(Obstacle::name).containsExactly(NAME);
        return obstacles.get(0).reason();
    }
}

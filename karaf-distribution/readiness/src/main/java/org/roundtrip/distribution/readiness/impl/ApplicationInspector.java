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

import static java.util.stream.Collectors.toUnmodifiableList;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.onosproject.app.ApplicationService;
import org.onosproject.app.ApplicationState;
import org.onosproject.core.Application;
import org.roundtrip.distribution.readiness.Obstacle;

/**
 * Finds the applications that are marked to be active and are not: their {@code active} file is there, but ONOS did
 * not come to them yet, or their feature is not installed although ONOS calls them active.
 */
final class ApplicationInspector {

    private static final String ACTIVE_MARK = "active";

    private final Path folder;
    private final ApplicationService applications;
    private final FeaturesService features;

    /**
     * Looks at the applications of a folder.
     *
     * @param folder where ONOS keeps its applications, each in a folder of its name
     * @param applications what ONOS says of them
     * @param features what Karaf says of their features
     */
    ApplicationInspector(Path folder, ApplicationService applications, FeaturesService features) {
        this.folder = folder;
        this.applications = applications;
        this.features = features;
    }

    /**
     * The applications that should be active and are not.
     *
     * @return an obstacle for each
     * @throws IOException when the folder of the applications can't be read
     */
    List<Obstacle> obstacles() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> Files.exists(path.resolve(ACTIVE_MARK)))
                    .map(Path::toFile)
                    .map(File::getName)
                    .sorted()
                    .flatMap(name -> reason(name)
                            .map(reason -> Obstacle.of(Obstacle.Kind.APPLICATION, name, reason)).stream())
                    .collect(toUnmodifiableList());
        }
    }

    private Optional<String> reason(String name) {
        Optional<Application> application = applications.getApplications().stream()
                .filter(candidate -> candidate.id().name().equals(name))
                .findFirst();
        if (application.isEmpty()) {
            return Optional.of("ONOS did not load it yet, or can't read its app.xml");
        }
        ApplicationState state = applications.getState(application.get().id());
        if (state != ApplicationState.ACTIVE) {
            return Optional.of("its state is " + state);
        }
        return application.get().features().stream()
                .filter(feature -> !isInstalled(feature))
                .findFirst()
                .map(feature -> "its feature " + feature + " is not installed; the log says why");
    }

    private boolean isInstalled(String name) {
        try {
            Feature feature = features.getFeature(name);
            return feature != null && features.isInstalled(feature);
        } catch (Exception e) {
            // Karaf declares Exception for a repository that it can't read: then it is not installed.
            return false;
        }
    }
}

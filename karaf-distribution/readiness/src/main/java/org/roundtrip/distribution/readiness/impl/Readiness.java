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

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.ServletException;
import org.apache.karaf.bundle.core.BundleService;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.onosproject.app.ApplicationService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.http.HttpService;
import org.osgi.service.http.NamespaceException;
import org.roundtrip.distribution.readiness.Obstacle;
import org.roundtrip.distribution.readiness.compute.ComponentDiagnosis;

/**
 * Serves {@value #PATH}, without login: it says no more than names of components and what they wait for.
 *
 * <p>It needs nothing of the ONOS core, so it answers also when the core does not start.
 */
@Component(immediate = true, service = {})
public class Readiness {

    /** Where it is served. */
    static final String PATH = "/onos/roundtrip/ready";

    // Where ONOS looks for them, relative to the folder it runs in.
    private static final Path APPLICATIONS = Path.of("..", "apps");

    @Reference
    protected HttpService http;

    @Reference
    protected ServiceComponentRuntime components;

    @Reference
    protected FeaturesService features;

    @Reference
    protected BundleService bundles;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    protected volatile BootFinished bootFinished;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    protected volatile ApplicationService applications;

    private BundleContext context;

    @Activate
    protected void activate(BundleContext bundleContext) throws ServletException, NamespaceException {
        context = bundleContext;
        http.registerServlet(PATH, new ReadinessServlet(this::obstacles), null, null);
    }

    @Deactivate
    protected void deactivate() {
        http.unregister(PATH);
    }

    private List<Obstacle> obstacles() throws IOException {
        List<Obstacle> obstacles = new ArrayList<>();
        if (bootFinished == null) {
            obstacles.add(Obstacle.of(Obstacle.Kind.BOOT, "karaf", "is still installing its boot features"));
        }
        obstacles.addAll(new BundleInspector(context, bundles).obstacles());
        obstacles.addAll(ComponentDiagnosis.of(new ComponentInspector(components).components()));
        obstacles.addAll(new WebApplicationInspector(context).obstacles());
        ApplicationService current = applications;
        if (current != null) {
            obstacles.addAll(new ApplicationInspector(APPLICATIONS, current, features).obstacles());
        } else {
            obstacles.add(Obstacle.of(Obstacle.Kind.BOOT, "onos", "its application service is not there yet"));
        }
        return List.copyOf(obstacles);
    }
}

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
package org.roundtrip.messaging.cli;

import org.roundtrip.base.cli.StatusText;
import org.roundtrip.base.cli.Table;
import org.roundtrip.base.json.Json;
import org.roundtrip.messaging.ConfigurationChange;
import org.roundtrip.messaging.ConfigurationVersion;
import org.roundtrip.messaging.FieldChange;
import org.roundtrip.messaging.ProxyStatus;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.compute.TopicNames;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Configurations and what becomes of them as text for people.
 */
final class ConfigurationText {

    private ConfigurationText() {
    }

    /** Returns a whole configuration. */
    static List<String> whole(MessagingConfiguration configuration) {
        List<String> lines = new ArrayList<>();
        lines.add("Version " + configuration.version());
        lines.addAll(dataCentres(configuration.dataCentres()));
        lines.addAll(applications(configuration.applications()));
        lines.addAll(queues(configuration.queues()));
        Table routes = new Table("FROM", "TO", "COST", "PAUSED");
        configuration.routes().forEach(route -> routes.row(route.from(), route.to(), route.cost(),
                                                           route.isPaused() ? "yes" : "no"));
        lines.addAll(routes.lines());
        return lines;
    }

    /** Returns data centres. */
    static List<String> dataCentres(List<DataCentre> dataCentres) {
        Table table = new Table("DATA CENTRE", "BOOTSTRAP SERVERS", "PUBLIC TOPIC", "PARTITIONS", "GATEWAYS",
                                "PROXIES", "BROKERS");
        dataCentres.forEach(dataCentre -> table.row(
                dataCentre.name(), list(dataCentre.bootstrapServers()), TopicNames.publicTopic(dataCentre),
                dataCentre.partitions(), list(dataCentre.gateways()), list(dataCentre.proxies()),
                list(dataCentre.brokers())));
        return table.lines();
    }

    /** Returns applications. */
    static List<String> applications(List<Application> applications) {
        Table table = new Table("APPLICATION", "DATA CENTRE", "TOKENS");
        applications.forEach(application -> table.row(application.name(), application.dataCentre(),
                                                      application.tokens().size()));
        return table.lines();
    }

    /** Returns queues. */
    static List<String> queues(List<MessageQueue> queues) {
        Table table = new Table("QUEUE", "SENDERS", "PROCESSOR", "PRIVATE TOPIC", "PARTITIONS");
        queues.forEach(queue -> table.row(queue.name(), list(queue.senders()), queue.processor(),
                                          TopicNames.privateTopic(queue), queue.partitions()));
        return table.lines();
    }

    /** Returns proxies. */
    static List<String> proxies(List<ProxyStatus> proxies) {
        Table table = new Table("PROXY", "DATA CENTRE", "STATE", "SINCE", "VERSION", "ROUTES", "QUEUES", "SOFTWARE");
        proxies.forEach(proxy -> table.row(
                proxy.report().name(), proxy.report().dataCentre(), Json.name(proxy.status().state()),
                StatusText.since(proxy.status()), proxy.report().configurationVersion(),
                proxy.report().routes().size(), proxy.report().queues().size(), proxy.report().software()));
        return table.lines(row -> StatusText.reasons(proxies.get(row).status()));
    }

    /** Returns who has changed what. */
    static List<String> history(List<ConfigurationVersion> versions) {
        Table table = new Table("VERSION", "TIME", "AUTHOR", "CHANGES");
        versions.forEach(version -> table.row(version.version(), version.time().truncatedTo(ChronoUnit.SECONDS),
                                              version.author(), version.changes().size()));
        return table.lines(row -> changes(versions.get(row).changes()));
    }

    /** Returns changes. */
    static List<String> changes(List<ConfigurationChange> changes) {
        return changes.stream().map(ConfigurationText::change).collect(Collectors.toList());
    }

    private static String change(ConfigurationChange change) {
        return change.item() + " " + Json.name(change.kind()) + (change.fields().isEmpty() ? "" : ": "
                + change.fields().stream().map(ConfigurationText::field).collect(Collectors.joining(", ")));
    }

    private static String field(FieldChange field) {
        return field.name() + " " + field.before().orElse("none") + " -> " + field.after().orElse("none");
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "none" : String.join(",", names);
    }
}

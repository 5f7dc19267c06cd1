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
package org.roundtrip.messaging;

import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.RouteOrder;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The configuration centre. Every change is checked with all the rest and makes a version; it is made as a whole or
 * not at all, and one that changes nothing makes none. Versions are durable and come back after the controller has
 * died; the latest {@value #KEPT_VERSIONS} are kept.
 * <p>
 * Changes wait for the durable store: never make them on an ONOS event thread. Each returns the configuration as it is
 * then, and throws {@link InvalidRequestException} if the configuration would not hold together, naming everything that
 * is wrong by its path in the whole, {@link VersionMismatchException} if it was made for another version, and
 * {@link UnavailableException} if the store can't be reached or another node leads. Thread-safe.
 */
public interface MessagingConfigurationService {

    /** How many versions are kept. */
    int KEPT_VERSIONS = 100;

    /**
     * Returns the configuration.
     *
     * @return the present version; version 0, which has nothing, before the first change
     */
    MessagingConfiguration configuration();

    /**
     * Waits for a configuration.
     *
     * @param version the version that is known already
     * @return completed with the configuration as soon as its version is another one; whoever waits no longer cancels
     *         it. Fails with {@link UnavailableException} if too many wait
     */
    CompletableFuture<MessagingConfiguration> otherThan(long version);

    /**
     * Returns what has happened.
     *
     * @return who has changed what, the oldest version first
     */
    List<ConfigurationVersion> versions();

    /**
     * Returns a configuration of the past.
     *
     * @param version which version
     * @return the configuration, or empty if it is not kept
     */
    Optional<MessagingConfiguration> configuration(long version);

    /**
     * Compares two configurations.
     *
     * @param from the version to compare with
     * @param to   the version that is compared
     * @return what is different
     * @throws NotFoundException if one of them is not kept
     */
    List<ConfigurationChange> differences(long from, long to);

    /**
     * Puts another configuration in the place of the present one. Its version must be the present one: it says for
     * which version the change is made. Orders for routes stay as they are; it must have these or none.
     *
     * @param configuration the configuration
     * @param request       who asks
     * @return the configuration with its new version
     */
    MessagingConfiguration replace(MessagingConfiguration configuration, ChangeRequest request);

    /**
     * Makes sure that there is a data centre, and that it is so.
     *
     * @param dataCentre the data centre
     * @param request    who asks
     * @return the configuration
     */
    MessagingConfiguration put(DataCentre dataCentre, ChangeRequest request);

    /**
     * Makes sure that there is an application, and that it is so.
     *
     * @param application the application
     * @param request     who asks
     * @return the configuration
     */
    MessagingConfiguration put(Application application, ChangeRequest request);

    /**
     * Makes sure that there is a queue, and that it is so.
     *
     * @param queue   the queue
     * @param request who asks
     * @return the configuration
     */
    MessagingConfiguration put(MessageQueue queue, ChangeRequest request);

    /**
     * Makes sure that there is a route, and that it is so.
     *
     * @param route   the route
     * @param request who asks
     * @return the configuration
     */
    MessagingConfiguration put(MessageRoute route, ChangeRequest request);

    /**
     * Takes a data centre away.
     *
     * @param name    its name
     * @param request who asks
     * @return the configuration
     * @throws NotFoundException if there is none
     */
    MessagingConfiguration removeDataCentre(String name, ChangeRequest request);

    /**
     * Takes an application away.
     *
     * @param name    its name
     * @param request who asks
     * @return the configuration
     * @throws NotFoundException if there is none
     */
    MessagingConfiguration removeApplication(String name, ChangeRequest request);

    /**
     * Takes a queue away. What is in it stays in the storage servers.
     *
     * @param name    its name
     * @param request who asks
     * @return the configuration
     * @throws NotFoundException if there is none
     */
    MessagingConfiguration removeQueue(String name, ChangeRequest request);

    /**
     * Takes a route away. What waits for it stays in the storage server.
     *
     * @param from    where it begins
     * @param to      where it ends
     * @param request who asks
     * @return the configuration
     * @throws NotFoundException if there is none
     */
    MessagingConfiguration removeRoute(String from, String to, ChangeRequest request);

    /**
     * Holds a route, or lets it go on.
     *
     * @param from    where it begins
     * @param to      where it ends
     * @param paused  whether it is held
     * @param request who asks
     * @return the configuration
     * @throws NotFoundException if there is no such route
     */
    MessagingConfiguration pause(String from, String to, boolean paused, ChangeRequest request);

    /**
     * Orders a route to go back, or to leave something out. Its routing proxies do so once. The order takes the place
     * of an earlier one.
     *
     * @param from    where it begins
     * @param to      where it ends
     * @param move    in which direction
     * @param since   when the first message was stored that is sent next
     * @param request who asks
     * @return the configuration
     * @throws NotFoundException if there is no such route
     */
    MessagingConfiguration order(String from, String to, RouteOrder.Move move, Instant since, ChangeRequest request);
}

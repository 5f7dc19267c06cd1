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
package org.roundtrip.tepath;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.Status;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.UnaryOperator;

/**
 * The te-paths of a test of who asks for them, which decides what becomes of each. It outlives what is under test, as
 * the real service does.
 */
public final class FakeTePaths implements TePathService {

    private final Map<String, TePath> paths = new ConcurrentSkipListMap<>();
    private final Set<TePathListener> listeners = new CopyOnWriteArraySet<>();
    /** Every request and removal, in order. */
    public final Collection<String> calls = new ConcurrentLinkedQueue<>();
    private final Map<DeviceId, TeCapability> capabilities = new ConcurrentHashMap<>();
    private volatile Optional<RuntimeException> refusal = Optional.empty();

    /** Refuses all requests from now on. */
    public void refuse(RuntimeException why) {
        refusal = Optional.of(why);
    }

    /** Says what a switch can do. */
    public void allow(DeviceId device, boolean mpls, boolean te) {
        capabilities.put(device, TeCapability.builder().mpls(mpls).te(te).leastLabel(100).greatestLabel(199)
                .maintenance(false).build());
    }

    /** Changes what is seen of a path besides its state. */
    public void become(String name, UnaryOperator<TePath> change) {
        TePath path = change.apply(paths.get(name));
        paths.put(name, path);
        tell(TePathEvent.Type.CHANGED, path);
    }

    /** Grants requests again. */
    public void grant() {
        refusal = Optional.empty();
    }

    /** Lets a path get into a state. */
    public void become(String name, TePathState state, String reason) {
        TePath path = TePath.builder().from(paths.get(name)).status(Status.of(state, reason, Instant.EPOCH)).build();
        paths.put(name, path);
        tell(TePathEvent.Type.CHANGED, path);
    }

    /** What {@link #remove} has begun is done: the switches have nothing of the path any more. */
    public void vanish(String name) {
        tell(TePathEvent.Type.REMOVED, paths.remove(name));
    }

    /** Says that a path is gone if its removal has begun and nobody has said so yet. */
    public void vanishIfRemoving(String name) {
        TePath path = paths.get(name);
        if (path != null && path.status().state() == TePathState.REMOVING && paths.remove(name, path)) {
            tell(TePathEvent.Type.REMOVED, path);
        }
    }

    @Override
    public synchronized TePath request(ApplicationId owner, TePathRequest request) {
        calls.add("request " + request.name());
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        TePath present = paths.get(request.name());
        if (present != null) {
            if (!present.owner().equals(owner.name()) || present.status().state() == TePathState.REMOVING) {
                throw new ConflictException("name", "in use");
            }
            return present.request().equals(request) ? present : change(present, request);
        }
        TePath path = TePath.builder()
                .request(request)
                .owner(owner.name())
                .status(Status.of(TePathState.INSTALLING, "waiting for the switches", Instant.EPOCH))
                .addForward(hop(request.source().deviceId(), request.source().port(), request.destination().port()))
                .addReverse(hop(request.source().deviceId(), request.destination().port(), request.source().port()))
                .build();
        paths.put(request.name(), path);
        tell(TePathEvent.Type.ADDED, path);
        return path;
    }

    private TePath change(TePath present, TePathRequest request) {
        if (!present.request().source().equals(request.source())
                || !present.request().destination().equals(request.destination())) {
            throw new ConflictException("source", "can't be changed");
        }
        boolean moves = present.status().state() == TePathState.UP
                && present.request().suspended() != request.suspended();
        TePath changed = TePath.builder().from(present).request(request)
                .status(moves ? Status.of(TePathState.INSTALLING, "both ends change", Instant.EPOCH)
                                : present.status()).build();
        paths.put(request.name(), changed);
        tell(TePathEvent.Type.CHANGED, changed);
        return changed;
    }

    private static Hop hop(DeviceId device, PortNumber in, PortNumber out) {
        return Hop.builder().device(device).inPort(in).outPort(out).build();
    }

    @Override
    public synchronized TePath remove(ApplicationId owner, String name) throws RequestException {
        calls.add("remove " + name);
        TePath path = path(name).orElseThrow(() -> new NotFoundException("name", "there is no path " + name));
        if (!path.owner().equals(owner.name())) {
            throw new ConflictException("name", "belongs to " + path.owner());
        }
        become(name, TePathState.REMOVING, "being taken out of the switches");
        return paths.get(name);
    }

    @Override
    public PathExplanation explain(TePathRequest request) {
        throw new UnsupportedOperationException("Nobody asks why");
    }

    @Override
    public TePath reoptimise(String name) {
        throw new UnsupportedOperationException("Paths stay where they are");
    }

    @Override
    public PathAudit verify(String name) {
        return PathAudit.builder().time(Instant.EPOCH).correct(true).build();
    }

    @Override
    public PathStatistics statistics(String name) {
        DirectionStatistics forward = counters(7);
        DirectionStatistics reverse = counters(5);
        return PathStatistics.of(forward, reverse);
    }

    private static DirectionStatistics counters(long admitted) {
        return DirectionStatistics.builder().admittedPackets(admitted).admittedBytes(90 * admitted)
                .deliveredPackets(admitted).deliveredBytes(94 * admitted).build();
    }

    @Override
    public List<TeLink> links() {
        throw new UnsupportedOperationException("links");
    }

    @Override
    public Optional<TeCapability> capability(DeviceId device) {
        return Optional.ofNullable(capabilities.get(device));
    }

    @Override
    public List<PathChange> history(String name) {
        return List.of();
    }

    @Override
    public Optional<TePath> path(String name) {
        return Optional.ofNullable(paths.get(name));
    }

    @Override
    public List<TePath> paths() {
        return List.copyOf(paths.values());
    }

    @Override
    public void addListener(TePathListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(TePathListener listener) {
        listeners.remove(listener);
    }

    /** Returns how many listen. */
    public int listenerCount() {
        return listeners.size();
    }

    private void tell(TePathEvent.Type type, TePath path) {
        listeners.forEach(listener -> listener.event(new TePathEvent(type, path)));
    }
}

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
package org.roundtrip.openflow.flow;

import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.openflow.compute.FlowKey;
import org.roundtrip.openflow.compute.FlowRuleCodec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What is known of the flow entries of one switch since it has connected: which ones ONOS asked for, which of these the
 * switch has confirmed, and which ones were there before and wait to be adopted.
 * <p>
 * After a restart ONOS knows no rules, its applications compute the same ones again, and meanwhile the switch forwards
 * with those it has. An entry that stands in the switch is therefore <i>adopted</i> when ONOS asks for an identical
 * rule, without a message; those that no one has asked for yet are withheld from ONOS, which would remove them.
 * <p>
 * Entries are reported as the very rules that ONOS asked for, since a rule may have several forms that are one and the
 * same for a switch, while ONOS compares forms.
 * <p>
 * Not thread-safe. Each change gets a number; {@link #mark()} remembers one, so that a report that was under way while
 * things changed can be told from a newer one.
 */
final class FlowLedger {

    private final Map<FlowKey, Claim> claims = new HashMap<>();
    private final Map<FlowKey, FlowEntry> unclaimed = new HashMap<>();
    private final Map<FlowKey, Long> released = new HashMap<>();
    private boolean adopting = true;
    private long changes;

    /** A rule that ONOS asked for. */
    private static final class Claim {
        private final FlowRule asked;
        private final FlowRule canonical;
        private final long change;
        /** The entry as it was seen last, empty until the switch has confirmed it. */
        private Optional<FlowEntry> seen = Optional.empty();

        Claim(FlowRule asked, FlowRule canonical, long change) {
            this.asked = asked;
            this.canonical = canonical;
            this.change = change;
        }

        boolean isConfirmed() {
            return seen.isPresent();
        }

        FlowEntry see(FlowEntry entry) {
            seen = Optional.of(entry);
            return entry;
        }
    }

    /**
     * Takes a rule that ONOS asks for.
     *
     * @param asked     the rule in ONOS's form
     * @param canonical the rule in canonical form
     * @return the entry that is in the switch already, identical to the rule; empty if the rule must be sent
     */
    Optional<FlowEntry> claim(FlowRule asked, FlowRule canonical) {
        FlowKey key = FlowRuleCodec.key(canonical);
        Claim claim = new Claim(asked, canonical, ++changes);
        Claim former = claims.put(key, claim);
        released.remove(key);
        FlowEntry found = unclaimed.remove(key);
        if (found != null && FlowRuleCodec.identical(canonical, found)) {
            return Optional.of(claim.see(entry(asked, found)));
        }
        if (former != null && FlowRuleCodec.identical(canonical, former.canonical)) {
            return former.seen.map(entry -> claim.see(entry(asked, entry)));
        }
        return Optional.empty();
    }

    /**
     * Tells whether an identical rule has been sent and not been answered yet.
     *
     * @param canonical the rule in canonical form
     * @return true if sending it again would be in vain
     */
    boolean isUnderWay(FlowRule canonical) {
        Claim claim = claims.get(FlowRuleCodec.key(canonical));
        return claim != null && !claim.isConfirmed() && FlowRuleCodec.identical(claim.canonical, canonical);
    }

    /**
     * Notes that the switch has a rule that it was sent.
     *
     * @param asked     the rule in ONOS's form
     * @param canonical the rule in canonical form
     * @return the new entry, empty if ONOS has asked for something else in its place meanwhile
     */
    Optional<FlowEntry> confirm(FlowRule asked, FlowRule canonical) {
        Claim claim = claims.get(FlowRuleCodec.key(canonical));
        if (claim == null || !FlowRuleCodec.identical(claim.canonical, canonical)) {
            return Optional.empty();
        }
        return Optional.of(claim.see(fresh(asked)));
    }

    /**
     * Returns what ONOS asked for last in a place of the table, if the switch has it.
     *
     * @param key the place
     * @return the entry as it was seen last, empty if ONOS asked for nothing or the switch has not confirmed it
     */
    Optional<FlowEntry> confirmed(FlowKey key) {
        return Optional.ofNullable(claims.get(key)).flatMap(claim -> claim.seen);
    }

    /**
     * Notes that the switch refused a rule, or did not answer.
     *
     * @param canonical the rule in canonical form
     */
    void reject(FlowRule canonical) {
        FlowKey key = FlowRuleCodec.key(canonical);
        Claim claim = claims.get(key);
        if (claim != null && FlowRuleCodec.identical(claim.canonical, canonical)) {
            claims.remove(key);
            changes++;
        }
    }

    /**
     * Notes that ONOS asks to remove an entry.
     *
     * @param key the entry's key
     */
    void release(FlowKey key) {
        claims.remove(key);
        unclaimed.remove(key);
        released.put(key, ++changes);
    }

    /**
     * Notes that an entry has gone without ONOS asking for it.
     *
     * @param gone the entry as the switch tells of it
     * @return the rule that ONOS had asked for, empty if it had asked for none or for its removal
     */
    Optional<FlowRule> lose(FlowEntry gone) {
        FlowKey key = FlowRuleCodec.key(gone);
        unclaimed.remove(key);
        Claim claim = claims.get(key);
        if (claim == null || !claim.canonical.id().equals(gone.id())) {
            return Optional.empty();
        }
        claims.remove(key);
        released.put(key, ++changes);
        return Optional.of(claim.asked);
    }

    /**
     * Returns the number of the last change.
     *
     * @return the number, to be given to {@link #report} with a dump that is requested now
     */
    long mark() {
        return changes;
    }

    /**
     * Compares all entries of the switch with what ONOS asked for.
     *
     * @param dump the entries
     * @param mark the change after which the dump was requested
     * @return the entries that ONOS is to know of: those that it asked for, in its own form, and after the adoption
     *         also the others
     */
    List<FlowEntry> report(Collection<FlowEntry> dump, long mark) {
        List<FlowEntry> report = new ArrayList<>(dump.size());
        Map<FlowKey, FlowEntry> nobodys = new HashMap<>();
        Set<FlowKey> present = new HashSet<>();
        for (FlowEntry entry : dump) {
            FlowKey key = FlowRuleCodec.key(entry);
            present.add(key);
            Claim claim = claims.get(key);
            if (claim != null) {
                reported(claim, entry, mark).ifPresent(report::add);
            } else if (released.getOrDefault(key, Long.MIN_VALUE) <= mark) {
                nobodys.put(key, entry);
            }
        }
        claims.entrySet().removeIf(other -> {
            Claim claim = other.getValue();
            if (!claim.isConfirmed() || present.contains(other.getKey())) {
                return false;
            }
            if (claim.change > mark) {
                // Confirmed after the dump was requested, it need not be in it.
                report.add(fresh(claim.asked));
                return false;
            }
            // Gone: ONOS will miss it, and ask for it again.
            return true;
        });
        released.values().removeIf(change -> change <= mark);
        unclaimed.clear();
        if (adopting) {
            unclaimed.putAll(nobodys);
        } else {
            report.addAll(nobodys.values());
        }
        return report;
    }

    /**
     * Returns entries in ONOS's form where they are what ONOS asked for, and the others as they are. Nothing changes.
     *
     * @param dump entries of the switch
     * @return the entries in the same order
     */
    List<FlowEntry> inFormAskedFor(Collection<FlowEntry> dump) {
        List<FlowEntry> entries = new ArrayList<>(dump.size());
        for (FlowEntry entry : dump) {
            Claim claim = claims.get(FlowRuleCodec.key(entry));
            entries.add(claim != null && FlowRuleCodec.identical(claim.canonical, entry)
                    ? entry(claim.asked, entry) : entry);
        }
        return entries;
    }

    /**
     * Ends the adoption: from the next report on, ONOS knows of all entries.
     *
     * @return the number of entries that nobody asked for
     */
    int endAdoption() {
        adopting = false;
        int left = unclaimed.size();
        unclaimed.clear();
        return left;
    }

    private Optional<FlowEntry> reported(Claim claim, FlowEntry entry, long mark) {
        if (FlowRuleCodec.identical(claim.canonical, entry)) {
            // Also if its confirmation is still to come: the switch has it, which is what matters.
            return Optional.of(claim.see(entry(claim.asked, entry)));
        }
        if (!claim.isConfirmed()) {
            return Optional.empty();
        }
        if (claim.change > mark) {
            // The dump is older than the claim.
            return Optional.of(fresh(claim.asked));
        }
        // Another hand has changed it: ONOS will see that, and ask for its own again.
        claims.remove(FlowRuleCodec.key(entry));
        return Optional.of(entry);
    }

    private static FlowEntry fresh(FlowRule asked) {
        return new DefaultFlowEntry(asked, FlowEntry.FlowEntryState.ADDED, 0, 0, 0);
    }

    private static FlowEntry entry(FlowRule asked, FlowEntry counters) {
        return new DefaultFlowEntry(asked, FlowEntry.FlowEntryState.ADDED,
                                    counters.life(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS,
                                    counters.packets(), counters.bytes());
    }
}

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
package org.roundtrip.tepath.impl;

/**
 * Names and defaults of component properties.
 */
public final class OsgiPropertyConstants {

    /** How long, in seconds, switches and links may take to appear after a start before what is missing is lost. */
    public static final String SETTLING_TIME = "settlingTime";

    /** Links are known within seconds after the switches are back, and those try every few seconds. */
    public static final int SETTLING_TIME_DEFAULT = 30;

    /** How long, in seconds, a switch on the way may be away from the controller before paths go elsewhere. */
    public static final String AWAY_TOLERANCE = "awayTolerance";

    /**
     * A switch that restarts, or a controller that stops, is away for a moment only; a switch that has died takes the
     * carrier of its links along, for which nobody waits.
     */
    public static final int AWAY_TOLERANCE_DEFAULT = 3;

    /** The time, in seconds, in which half of the failures of a link are forgotten; 0 switches damping off. */
    public static final String DAMPING_HALF_LIFE = "dampingHalfLife";

    /** As long as networks of links rather than of routes have it: a link is measured in seconds, not in minutes. */
    public static final int DAMPING_HALF_LIFE_DEFAULT = 15;

    /** From how many failures on, in thousandths, a link is unsteady. */
    public static final String DAMPING_SUPPRESS_THRESHOLD = "dampingSuppressThreshold";

    /** Three failures within some seconds: one is a fault and two may be a repair, three are a pattern. */
    public static final int DAMPING_SUPPRESS_THRESHOLD_DEFAULT = 2500;

    /** Down to how many failures, in thousandths, an unsteady link must have decayed to be steady again. */
    public static final String DAMPING_REUSE_THRESHOLD = "dampingReuseThreshold";

    /** Less than the one failure that follows would add. */
    public static final int DAMPING_REUSE_THRESHOLD_DEFAULT = 750;

    /** How long, in seconds, a link is unsteady at most after its last failure. */
    public static final String DAMPING_LONGEST = "dampingLongest";

    /** A link is not lost for ever however often it has failed. */
    public static final int DAMPING_LONGEST_DEFAULT = 60;

    /** Within how many seconds each path is held against the tables of the switches once; 0 for never. */
    public static final String AUDIT_PERIOD = "auditPeriod";

    /** Often enough that nothing stays wrong for long, seldom enough that switches have other things to do. */
    public static final int AUDIT_PERIOD_DEFAULT = 600;

    /** After how many seconds, again and again, all paths go to better ways if there are any; 0 for never. */
    public static final String REOPTIMISATION_PERIOD = "reoptimisationPeriod";

    /** Moving traffic that nobody asked to move is for those who ask for it. */
    public static final int REOPTIMISATION_PERIOD_DEFAULT = 0;

    private OsgiPropertyConstants() {
    }
}

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
package org.roundtrip.clock.compute.quality;

import com.tdunning.math.stats.MergingDigest;
import com.tdunning.math.stats.TDigest;
import org.roundtrip.clock.ErrorStatistics;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.stream.LongStream;

/**
 * How measured values are distributed: a t-digest (T. Dunning and O. Ertl, "Computing Extremely Accurate Quantiles
 * Using t-Digests", 2019) in its smallest encoding. However many values it is of, it takes at most
 * {@link #MOST_BYTES} bytes. The least and the greatest are exact; a quantile near the median is that of a rank which
 * is wrong by about 1 % of the values, and by less towards the ends.
 * <p>
 * Immutable, thread-safe. All that is asked of it takes time in proportion to the number of centroids, some dozens.
 */
public final class Distribution {

    /** No values. */
    public static final Distribution EMPTY = new Distribution(new byte[0]);

    /** How much memory one takes at most, beside a few headers of objects. */
    public static final int MOST_BYTES = 512;

    /** The number of centroids is about this. */
    private static final double COMPRESSION = 50;

    /** A distance is halved so often until it is less than a nanosecond, whatever it was. */
    private static final int HALVINGS = 64;

    private final byte[] digest;

    private Distribution(byte[] digest) {
        this.digest = digest;
    }

    /**
     * Returns the distribution of these values and more.
     *
     * @param more further values
     * @return the distribution of all
     */
    public Distribution plus(long... more) {
        if (more.length == 0) {
            return this;
        }
        TDigest all = open();
        LongStream.of(more).forEach(all::add);
        return close(all);
    }

    /**
     * Returns the distribution of the values of several.
     *
     * @param parts distributions
     * @return the distribution of all their values
     */
    public static Distribution union(Collection<Distribution> parts) {
        TDigest all = EMPTY.open();
        parts.stream().filter(part -> !part.isEmpty()).forEach(part -> all.add(part.open()));
        return all.size() == 0 ? EMPTY : close(all);
    }

    /**
     * Returns whether there are no values.
     *
     * @return true if there are none
     */
    public boolean isEmpty() {
        return digest.length == 0;
    }

    /**
     * Returns of how many values it is.
     *
     * @return 0 or more
     */
    public long count() {
        return isEmpty() ? 0 : open().size();
    }

    /**
     * Returns a quantile.
     *
     * @param fraction 0 for the least to 1 for the greatest
     * @return the value below which this fraction of the values is
     * @throws IllegalStateException if there are no values
     */
    public double quantile(double fraction) {
        requireValues();
        return open().quantile(fraction);
    }

    /**
     * Returns the figures that users see.
     *
     * @return the figures, rounded to whole numbers
     * @throws IllegalStateException if there are no values
     */
    public ErrorStatistics statistics() {
        requireValues();
        TDigest values = open();
        return ErrorStatistics.builder()
                .least(Math.round(values.getMin()))
                .median(Math.round(values.quantile(0.5)))
                .percentile95(Math.round(absoluteQuantile(values, 0.95)))
                .greatest(Math.round(values.getMax()))
                .build();
    }

    /** The distance from 0 within which a fraction of the values lies; by halves, as the share within only grows. */
    private static double absoluteQuantile(TDigest values, double fraction) {
        double tooNear = 0;
        double farEnough = Math.max(Math.abs(values.getMin()), Math.abs(values.getMax()));
        for (int halving = 0; halving < HALVINGS && farEnough - tooNear > 0.5; halving++) {
            double distance = (tooNear + farEnough) / 2;
            if (values.cdf(distance) - values.cdf(-distance) < fraction) {
                tooNear = distance;
            } else {
                farEnough = distance;
            }
        }
        return farEnough;
    }

    private void requireValues() {
        if (isEmpty()) {
            throw new IllegalStateException("no values");
        }
    }

    private TDigest open() {
        TDigest values = new MergingDigest(COMPRESSION);
        if (!isEmpty()) {
            values = MergingDigest.fromBytes(ByteBuffer.wrap(digest));
        }
        return values;
    }

    private static Distribution close(TDigest values) {
        values.compress();
        ByteBuffer bytes = ByteBuffer.allocate(values.smallByteSize());
        values.asSmallBytes(bytes);
        byte[] digest = new byte[bytes.position()];
        bytes.flip().get(digest);
        return new Distribution(digest);
    }

    /**
     * Returns how much memory it takes.
     *
     * @return bytes, {@link #MOST_BYTES} at most
     */
    int size() {
        return digest.length;
    }
}

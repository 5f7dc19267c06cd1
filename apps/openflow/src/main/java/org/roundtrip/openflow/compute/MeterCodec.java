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
package org.roundtrip.openflow.compute;

import com.google.common.collect.ImmutableSet;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.DefaultMeterFeatures;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterState;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterFeatures;
import org.projectfloodlight.openflow.protocol.OFMeterFlags;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFMeterStats;
import org.projectfloodlight.openflow.protocol.errormsg.OFMeterModFailedErrorMsg;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBand;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBandDrop;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBandDscpRemark;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Meters of ONOS and of OpenFlow 1.3 (sections 5.7, 7.3.4.4 and 7.3.5.12 to 7.3.5.14).
 * <p>
 * Immutable and thread-safe.
 */
public final class MeterCodec {

    private static final long MAX_RATE = 0xffff_ffffL;
    private static final int FIRST_METER = 1;
    private static final int DROP = 1;
    private static final int DSCP_REMARK = 2;
    private static final long NO_BURST = 0;

    private final OFFactory factory;
    private final DeviceId deviceId;

    /**
     * Creates a codec.
     *
     * @param factory  makes OpenFlow 1.3 objects
     * @param deviceId the device whose meters these are
     */
    public MeterCodec(OFFactory factory, DeviceId deviceId) {
        this.factory = factory;
        this.deviceId = deviceId;
    }

    /**
     * Encodes an operation. Counters are always asked for.
     *
     * @param operation what to do with which meter
     * @return the message, with a transaction id of its own
     * @throws RuleEncodingException if a part of the meter has no counterpart
     */
    public OFMeterMod encode(MeterOperation operation) {
        Meter meter = operation.meter();
        OFMeterMod.Builder message = factory.buildMeterMod().setMeterId(id(meter.meterCellId()));
        switch (operation.type()) {
            case ADD:
                message.setCommand(OFMeterModCommand.ADD);
                break;
            case MODIFY:
                message.setCommand(OFMeterModCommand.MODIFY);
                break;
            case REMOVE:
                return message.setCommand(OFMeterModCommand.DELETE).build();
            default:
                throw new RuleEncodingException(operation.type().name(), "OpenFlow 1.3 has no such meter command");
        }
        return message.setFlags(flags(meter))
                .setMeters(meter.bands().stream().map(band -> encode(band, meter)).collect(Collectors.toList()))
                .build();
    }

    /**
     * Returns the description of the meter that a message makes.
     *
     * @param message a message that adds or modifies a meter
     * @return the meter as the switch would describe it
     */
    public OFMeterConfig config(OFMeterMod message) {
        return factory.buildMeterConfig().setMeterId(message.getMeterId()).setFlags(message.getFlags())
                .setEntries(message.getMeters()).build();
    }

    /**
     * Decodes a meter.
     *
     * @param config        the meter as the switch describes it
     * @param stats         its counters
     * @param applicationId the application that it belongs to, which OpenFlow does not know
     * @return the meter, in state ADDED
     * @throws RuleDecodingException if a part of it has no counterpart
     */
    public Meter decode(OFMeterConfig config, OFMeterStats stats, ApplicationId applicationId) {
        boolean burst = config.getFlags().contains(OFMeterFlags.BURST);
        List<Band> bands = config.getEntries().stream().map(band -> decode(band, burst))
                .collect(Collectors.toList());
        if (bands.isEmpty()) {
            throw new RuleDecodingException("meter " + config.getMeterId(), "ONOS's meters have at least one band");
        }
        for (int i = 0; i < Math.min(bands.size(), stats.getBandStats().size()); i++) {
            DefaultBand band = (DefaultBand) bands.get(i);
            band.setPackets(stats.getBandStats().get(i).getPacketBandCount().getValue());
            band.setBytes(stats.getBandStats().get(i).getByteBandCount().getValue());
        }
        Meter.Builder builder = DefaultMeter.builder().forDevice(deviceId).fromApp(applicationId)
                .withCellId(MeterId.meterId(config.getMeterId()))
                .withUnit(config.getFlags().contains(OFMeterFlags.PKTPS)
                                  ? Meter.Unit.PKTS_PER_SEC : Meter.Unit.KB_PER_SEC)
                .withBands(bands);
        DefaultMeter meter = (DefaultMeter) (burst ? builder.burst() : builder).build();
        meter.setState(MeterState.ADDED);
        meter.setLife(stats.getDurationSec());
        meter.setReferenceCount(stats.getFlowCount());
        meter.setProcessedPackets(stats.getPacketInCount().getValue());
        meter.setProcessedBytes(stats.getByteInCount().getValue());
        return meter;
    }

    /**
     * Decodes what meters a switch can have.
     *
     * @param features the switch's features
     * @return the same for ONOS
     */
    public MeterFeatures decode(OFMeterFeatures features) {
        Set<Band.Type> bands = EnumSet.noneOf(Band.Type.class);
        if ((features.getBandTypes() & 1 << DROP) != 0) {
            bands.add(Band.Type.DROP);
        }
        if ((features.getBandTypes() & 1 << DSCP_REMARK) != 0) {
            bands.add(Band.Type.REMARK);
        }
        // OFPMF_KBPS, PKTPS, BURST, STATS
        long capabilities = features.getCapabilities();
        Set<Meter.Unit> units = EnumSet.noneOf(Meter.Unit.class);
        if ((capabilities & 1) != 0) {
            units.add(Meter.Unit.KB_PER_SEC);
        }
        if ((capabilities & 1 << 1) != 0) {
            units.add(Meter.Unit.PKTS_PER_SEC);
        }
        MeterFeatures.Builder builder = DefaultMeterFeatures.builder().forDevice(deviceId)
                .withBandTypes(ImmutableSet.copyOf(bands)).withUnits(ImmutableSet.copyOf(units))
                .withMaxBands(features.getMaxBands()).withMaxColors(features.getMaxColor())
                .hasBurst((capabilities & 1 << 2) != 0).hasStats((capabilities & 1 << 3) != 0);
        if (features.getMaxMeter() > 0) {
            builder.withStartIndex(FIRST_METER).withEndIndex(features.getMaxMeter());
        }
        return builder.build();
    }

    /**
     * Decodes why a switch refused an operation.
     *
     * @param error the error message
     * @return ONOS's reason
     */
    public static MeterFailReason decode(OFErrorMsg error) {
        if (!(error instanceof OFMeterModFailedErrorMsg)) {
            return MeterFailReason.UNKNOWN;
        }
        switch (((OFMeterModFailedErrorMsg) error).getCode()) {
            case METER_EXISTS:
                return MeterFailReason.EXISTING_METER;
            case INVALID_METER:
            case UNKNOWN_METER:
                return MeterFailReason.INVALID_METER;
            case BAD_COMMAND:
                return MeterFailReason.UNKNOWN_COMMAND;
            case BAD_FLAGS:
                return MeterFailReason.UNKNOWN_FLAGS;
            case BAD_RATE:
                return MeterFailReason.BAD_RATE;
            case BAD_BURST:
                return MeterFailReason.BAD_BURST;
            case BAD_BAND:
                return MeterFailReason.BAD_BAND;
            case BAD_BAND_VALUE:
                return MeterFailReason.BAD_BAND_VALUE;
            case OUT_OF_METERS:
                return MeterFailReason.OUT_OF_METERS;
            case OUT_OF_BANDS:
                return MeterFailReason.OUT_OF_BANDS;
            default:
                return MeterFailReason.UNKNOWN;
        }
    }

    private static long id(MeterCellId cell) {
        if (!(cell instanceof MeterId)) {
            throw new RuleEncodingException("meter " + cell, "a meter of OpenFlow has a number");
        }
        return ((MeterId) cell).id();
    }

    private static Set<OFMeterFlags> flags(Meter meter) {
        Set<OFMeterFlags> flags = EnumSet.of(OFMeterFlags.STATS);
        switch (meter.unit()) {
            case KB_PER_SEC:
                flags.add(OFMeterFlags.KBPS);
                break;
            case PKTS_PER_SEC:
                flags.add(OFMeterFlags.PKTPS);
                break;
            default:
                throw new RuleEncodingException("unit " + meter.unit(),
                                                "OpenFlow 1.3 counts in kilobits or packets per second");
        }
        if (meter.isBurst()) {
            flags.add(OFMeterFlags.BURST);
        }
        return flags;
    }

    private OFMeterBand encode(Band band, Meter meter) {
        long rate = checked("rate", band.rate(), band);
        long burst = meter.isBurst() && band.burst() != null ? checked("burst size", band.burst(), band) : NO_BURST;
        switch (band.type()) {
            case DROP:
                return factory.meterBands().drop(rate, burst);
            case REMARK:
                return factory.meterBands().buildDscpRemark().setRate(rate).setBurstSize(burst)
                        .setPrecLevel(band.dropPrecedence()).build();
            default:
                throw new RuleEncodingException(band.toString(), "OpenFlow 1.3 has bands that drop or remark only");
        }
    }

    private static long checked(String name, long value, Band band) {
        if (value < 0 || value > MAX_RATE) {
            throw new RuleEncodingException(band.toString(), "a " + name + " is a number from 0 to " + MAX_RATE);
        }
        return value;
    }

    private static Band decode(OFMeterBand band, boolean burst) {
        if (band instanceof OFMeterBandDrop) {
            OFMeterBandDrop drop = (OFMeterBandDrop) band;
            return new DefaultBand(Band.Type.DROP, drop.getRate(), burst ? drop.getBurstSize() : null, null);
        }
        if (band instanceof OFMeterBandDscpRemark) {
            OFMeterBandDscpRemark remark = (OFMeterBandDscpRemark) band;
            return new DefaultBand(Band.Type.REMARK, remark.getRate(), burst ? remark.getBurstSize() : null,
                                   remark.getPrecLevel());
        }
        throw new RuleDecodingException(band.toString(), "ONOS has no such band");
    }
}

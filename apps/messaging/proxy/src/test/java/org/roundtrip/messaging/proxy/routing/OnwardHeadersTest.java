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
package org.roundtrip.messaging.proxy.routing;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.roundtrip.messaging.proxy.record.Decimal;
import org.roundtrip.messaging.proxy.record.HeaderNames;
import org.roundtrip.messaging.proxy.record.Hops;
import org.roundtrip.messaging.proxy.record.MalformedHeaderException;
import org.roundtrip.messaging.proxy.record.Origin;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OnwardHeadersTest {

    private static final long ACCEPTED = 1_000_000;
    private static final long TIME_TO_LIVE = 5_000;

    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void aMessageExpiresByTheClockOfWhoCarriesItWhateverThatOfItsSenderSays() {
        headers.add(HeaderNames.EXPIRES, Decimal.bytes(ACCEPTED + TIME_TO_LIVE));

        assertThatCode(() -> OnwardHeaders.requireFresh(headers, ACCEPTED + TIME_TO_LIVE - 1))
                .doesNotThrowAnyException();
        assertThatCode(() -> OnwardHeaders.requireFresh(headers, ACCEPTED - 86_400_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> OnwardHeaders.requireFresh(headers, ACCEPTED + TIME_TO_LIVE))
                .isInstanceOf(UndeliverableException.class).hasMessageContaining("expired");
    }

    @Test
    void aMessageWithoutAnEndNeverExpires() {
        assertThatCode(() -> OnwardHeaders.requireFresh(headers, Long.MAX_VALUE)).doesNotThrowAnyException();
    }

    @Test
    void anEndThatIsNoTimeIsRefused() {
        headers.add(HeaderNames.EXPIRES, new byte[]{'x'});

        assertThatThrownBy(() -> OnwardHeaders.requireFresh(headers, ACCEPTED))
                .isInstanceOf(MalformedHeaderException.class);
    }

    @Test
    void whatGoesIntoAPublicAreaListsWhereItHasBeen() {
        OnwardHeaders.leave(headers, Way.Area.PUBLIC, "a");
        OnwardHeaders.leave(headers, Way.Area.PUBLIC, "b");

        assertThat(headers.toArray()).hasSize(1);
        assertThat(headers.lastHeader(HeaderNames.HOPS).value())
                .isEqualTo(Hops.NONE.with("a").with("b").bytes());
    }

    @Test
    void whatMeetsADataCentreAgainIsRefused() {
        OnwardHeaders.leave(headers, Way.Area.PUBLIC, "a");
        OnwardHeaders.leave(headers, Way.Area.PUBLIC, "b");

        assertThatThrownBy(() -> OnwardHeaders.leave(headers, Way.Area.PRIVATE, "a"))
                .isInstanceOf(UndeliverableException.class).hasMessageContaining("loop").hasMessageContaining("a");
    }

    @Test
    void whatArrivesNeedsNoRoutingInformationAnyMore() {
        headers.add(HeaderNames.ROUTING, new byte[1]);
        OnwardHeaders.leave(headers, Way.Area.PUBLIC, "a");
        OnwardHeaders.leave(headers, Way.Area.PRIVATE, "b");

        assertThat(headers.toArray()).isEmpty();
    }

    @Test
    void theOriginOfAnotherDataCentreIsKept() {
        assertThat(OnwardHeaders.foreignOrigin(headers)).isEmpty();
        OnwardHeaders.addOrigin(headers, Origin.prefix("a", 2, 7), 9);

        assertThat(OnwardHeaders.foreignOrigin(headers)).isEqualTo(Optional.of(new Origin("a", 2, 7, 9)));
    }
}

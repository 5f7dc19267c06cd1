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
package org.roundtrip.base.cli;

import org.junit.jupiter.api.Test;
import org.roundtrip.base.RequestException;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RequestDraftTest {

    @Test
    void takesWhatIsGivenAndLeavesTheRest() {
        RequestDraft draft = RequestDraft.of(Map.of("inner", Map.of("a", 1, "b", 2), "c", 3))
                .take("inner.a", "7", RequestDraft::number)
                .take("inner.b", (String) null, RequestDraft::number)
                .take("flag", Boolean.FALSE)
                .take("other", (Boolean) null);

        assertThat(draft.request(Map.class))
                .isEqualTo(Map.of("inner", Map.of("a", 7, "b", 2), "c", 3, "flag", false));
        assertThat(draft.has("other")).isFalse();
    }

    @Test
    void takesAwayWhatIsNone() {
        assertThat(RequestDraft.of(Map.of("inner", Map.of("a", 1), "list", List.of("x")))
                           .take("inner.a", "none", RequestDraft::number)
                           .take("list", List.of("none"), (field, text) -> text).request(Map.class))
                .isEqualTo(Map.of("inner", Map.of(), "list", List.of()));
    }

    @Test
    void tellsReadersWhichElementOfAListTheyRead() {
        assertThat(RequestDraft.empty().take("list", List.of("x", "none"), (field, text) -> field + text)
                           .request(Map.class)).isEqualTo(Map.of("list", List.of("list[0]x", "list[1]none")));
    }

    @Test
    void readsNumbersAndLeavesOthersToBeRefused() {
        assertThat(RequestDraft.number("-12")).isEqualTo(-12);
        assertThat(RequestDraft.number("12345678901")).isEqualTo("12345678901");
        assertThat(catchThrowableOfType(() -> RequestDraft.empty().set("a", 1).request(Integer.class),
                                        RequestException.class)).isNotNull();
    }
}

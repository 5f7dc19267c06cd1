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
package org.roundtrip.base.store;

import com.google.common.util.concurrent.MoreExecutors;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DurableMapTest {

    private final InMemoryStorage storage = new InMemoryStorage();
    private final DurableMap<int[]> map = open();

    @Test
    void givesBackWhatItTook() {
        map.put("b", new int[]{2, 3});
        map.put("a", new int[]{1});

        assertThat(map.get("b")).hasValueSatisfying(value -> assertThat(value).containsExactly(2, 3));
        assertThat(map.all().keySet()).containsExactly("a", "b");
    }

    @Test
    void keepsTheFirstOfTwoWithOneName() {
        assertThat(map.putIfAbsent("a", new int[]{1})).isTrue();
        assertThat(map.putIfAbsent("a", new int[]{2})).isFalse();
        assertThat(map.get("a").orElseThrow()).containsExactly(1);
    }

    @Test
    void forgetsWhatIsRemoved() {
        map.put("a", new int[]{1});
        assertThat(map.remove("a")).isPresent();
        assertThat(map.remove("a")).isEmpty();
        assertThat(map.get("a")).isEmpty();
    }

    @Test
    void listensUntilClosed() {
        List<String> changed = new ArrayList<>();
        map.listen(MoreExecutors.directExecutor(), changed::add);

        map.put("a", new int[]{1});
        map.remove("a");
        assertThat(changed).containsExactly("a", "a");

        map.close();
        map.put("b", new int[]{1});
        assertThat(changed).hasSize(2);
    }

    @Test
    void keepsWhatItHasWhenItIsOpenedAgain() {
        map.put("a", new int[]{1});
        map.close();

        assertThat(open().get("a").orElseThrow()).containsExactly(1);
    }

    private DurableMap<int[]> open() {
        return DurableMap.open(storage, new DefaultApplicationId(1, "org.roundtrip.test"), "numbers", int[].class);
    }
}

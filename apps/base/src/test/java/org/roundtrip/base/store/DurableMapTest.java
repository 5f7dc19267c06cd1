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
import org.mockito.ArgumentCaptor;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapBuilder;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.TestStorageService;
import org.onosproject.store.service.Versioned;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Answers.RETURNS_SELF;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

class DurableMapTest {

    private final DurableMap<int[]> map = DurableMap.open(new TestStorageService(),
                                                          new DefaultApplicationId(1, "org.roundtrip.test"),
                                                          "numbers", int[].class);

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
    @SuppressWarnings("unchecked")
    void listensUntilClosed() {
        // The test storage of ONOS does not know listeners with an executor.
        ConsistentMap<String, String> store = mock(ConsistentMap.class);
        StorageService storage = mock(StorageService.class);
        ConsistentMapBuilder<String, String> builder = mock(ConsistentMapBuilder.class, RETURNS_SELF);
        when(storage.<String, String>consistentMapBuilder()).thenReturn(builder);
        when(builder.build()).thenReturn(store);
        List<String> changed = new ArrayList<>();
        DurableMap<int[]> listening = DurableMap.open(storage, new DefaultApplicationId(1, "test"), "n", int[].class);

        listening.listen(MoreExecutors.directExecutor(), changed::add);

        ArgumentCaptor<MapEventListener<String, String>> listener = ArgumentCaptor.forClass(MapEventListener.class);
        verify(store).addListener(listener.capture(), any());
        listener.getValue().event(new MapEvent<>("n", "a", new Versioned<>("[1]", 1), null));
        assertThat(changed).containsExactly("a");
        listening.close();
        verify(store).removeListener(listener.getValue());
    }
}

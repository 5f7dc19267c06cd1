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

package org.roundtrip.distribution.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.util.KryoNamespace;
import org.onosproject.store.service.Serializer;

class LocalPersistenceServiceTest {

    private static final Serializer SERIALIZER = Serializer.using(KryoNamespace.newBuilder()
            .register(String.class, Integer.class).build());

    private final LocalPersistenceService service = new LocalPersistenceService();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        service.open(file());
    }

    @AfterEach
    void stop() {
        service.deactivate();
    }

    @Test
    void keepsMapsAndSetsOverARestart() {
        map("numbers").put("one", 1);
        set("names").add("first");

        restart();

        assertThat(map("numbers")).containsExactly(Map.entry("one", 1));
        assertThat(set("names")).containsExactly("first");
    }

    @Test
    void keepsWhatWasCommittedWhenTheProcessDies() {
        map("numbers").put("one", 1);

        await().until(() -> contentOf(copyOfTheFile()).containsKey("one"));
    }

    @Test
    void keepsAMapApartFromASetOfTheSameName() {
        map("same").put("one", 1);

        assertThat(set("same")).isEmpty();
    }

    @Test
    void opensAMapOnceMoreWithItsContent() {
        map("numbers").put("one", 1);

        assertThat(map("numbers")).containsEntry("one", 1);
    }

    @Test
    void refusesAMapWithoutNameOrSerializer() {
        assertThatIllegalStateException().isThrownBy(() -> service.persistentMapBuilder().withSerializer(SERIALIZER)
                .build()).withMessageContaining("withName");
        assertThatIllegalStateException().isThrownBy(() -> service.persistentMapBuilder().withName("x").build())
                .withMessageContaining("withSerializer");
        assertThatIllegalStateException().isThrownBy(() -> service.persistentSetBuilder().withName("x").build())
                .withMessageContaining("withSerializer");
    }

    @Test
    void refusesToStartOnADamagedFile() throws IOException {
        Path damaged = folder.resolve("damaged.mv");
        Files.writeString(damaged, "this was never a store".repeat(1000));

        assertThatExceptionOfType(MVStoreException.class)
                .isThrownBy(() -> new LocalPersistenceService().open(damaged));
        assertThat(damaged).exists();
    }

    @Test
    void isAFullMap() {
        ConcurrentMap<String, Integer> map = map("numbers");

        assertThat(map.putIfAbsent("a", 1)).isNull();
        assertThat(map.putIfAbsent("a", 2)).isEqualTo(1);
        assertThat(map.put("b", 2)).isNull();
        assertThat(map.replace("a", 1, 10)).isTrue();
        assertThat(map.replace("a", 1, 11)).isFalse();
        assertThat(map.replace("c", 3)).isNull();
        assertThat(map.remove("b", 7)).isFalse();
        assertThat(map.remove("b", 2)).isTrue();
        assertThat(map.merge("a", 5, Integer::sum)).isEqualTo(15);
        assertThat(map.computeIfAbsent("d", key -> 4)).isEqualTo(4);
        assertThat(map.computeIfPresent("d", (key, value) -> null)).isNull();
        assertThat(map).containsExactly(Map.entry("a", 15)).hasSize(1);
        map.replaceAll((key, value) -> value + 1);
        assertThat(map.get("a")).isEqualTo(16);
        map.clear();
        assertThat(map).isEmpty();
    }

    @Test
    void changesThroughItsEntries() {
        ConcurrentMap<String, Integer> map = map("numbers");
        map.put("a", 1);
        map.put("b", 2);

        map.entrySet().forEach(entry -> entry.setValue(entry.getValue() * 10));
        Iterator<String> keys = map.keySet().iterator();
        keys.next();
        keys.remove();

        assertThat(map).containsExactly(Map.entry("b", 20));
        assertThatIllegalStateException().isThrownBy(keys::remove);
    }

    @Test
    void refusesNull() {
        assertThatNullPointerException().isThrownBy(() -> map("numbers").put("a", null));
        assertThatNullPointerException().isThrownBy(() -> map("numbers").get(null));
    }

    @Test
    void runsARemappingOnceForEachCallHoweverManyThreads() {
        ConcurrentMap<String, Integer> map = map("numbers");
        AtomicInteger calls = new AtomicInteger();

        IntStream.range(0, 2000).parallel().forEach(i -> map.compute("count", (key, value) -> {
            calls.incrementAndGet();
            return value == null ? 1 : value + 1;
        }));

        assertThat(map.get("count")).isEqualTo(2000);
        assertThat(calls).hasValue(2000);
    }

    private void restart() {
        service.deactivate();
        service.open(file());
    }

    private Path file() {
        return folder.resolve("db").resolve("persistence.mv");
    }

    // What another process would find, if this one were gone now.
    private Path copyOfTheFile() {
        try {
            Path copy = Files.createTempFile(folder, "copy", ".mv");
            return Files.write(copy, Files.readAllBytes(file()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Integer> contentOf(Path copy) {
        LocalPersistenceService other = new LocalPersistenceService();
        other.open(copy);
        try {
            return Map.copyOf(other.<String, Integer>persistentMapBuilder().withName("numbers")
                    .withSerializer(SERIALIZER).build());
        } finally {
            other.deactivate();
        }
    }

    private ConcurrentMap<String, Integer> map(String name) {
        return (ConcurrentMap<String, Integer>) service.<String, Integer>persistentMapBuilder().withName(name)
                .withSerializer(SERIALIZER).build();
    }

    private Set<String> set(String name) {
        return service.<String>persistentSetBuilder().withName(name).withSerializer(SERIALIZER).build();
    }
}

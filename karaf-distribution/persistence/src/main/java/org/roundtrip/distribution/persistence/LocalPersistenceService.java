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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.onosproject.persistence.PersistenceService;
import org.onosproject.persistence.PersistentMapBuilder;
import org.onosproject.persistence.PersistentSetBuilder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link PersistenceService} over one MVStore file, {@code db/local/persistence.mv} in Karaf's data folder.
 *
 * <p>MVStore appends; what was committed survives the sudden death of the process. Changes are committed
 * {@value #COMMIT_DELAY_MILLIS} ms after they are made at the latest, so that is the most a {@code kill -9} can lose;
 * an orderly stop loses nothing.
 *
 * <p>Maps and sets live in separate name spaces: a map and a set may have the same name. Building a name that exists
 * opens it with the content it has.
 *
 * <p>Thread-safe.
 */
@Component(immediate = true, service = PersistenceService.class)
public class LocalPersistenceService implements PersistenceService {

    /** The longest time in milliseconds that a change stays in memory only. */
    static final int COMMIT_DELAY_MILLIS = 200;

    private static final Path FILE_IN_DATA_FOLDER = Path.of("db", "local", "persistence.mv");

    private final Logger log = LoggerFactory.getLogger(getClass());

    private MVStore store;

    @Activate
    protected void activate() {
        open(Path.of(System.getProperty("karaf.data")).resolve(FILE_IN_DATA_FOLDER));
    }

    @Deactivate
    protected void deactivate() {
        store.close();
        log.info("Stopped");
    }

    /**
     * Opens the store.
     *
     * @param file the file that holds the store; made, with its folders, when there is none
     * @throws UncheckedIOException when its folder can't be made
     * @throws MVStoreException when the file is damaged, or another process has it open
     */
    void open(Path file) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("Can't make the folder of " + file + "; is it writable?", e);
        }
        try {
            store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitBufferSize(1024)
                    .open();
        } catch (MVStoreException e) {
            log.error("Can't open {}: {}. If no other controller runs on it, move the file away and start again;"
                    + " what it held is lost then.", file, e.getMessage());
            throw e;
        }
        store.setAutoCommitDelay(COMMIT_DELAY_MILLIS);
        log.info("Keeps maps and sets in {}", file);
    }

    @Override
    public <K, V> PersistentMapBuilder<K, V> persistentMapBuilder() {
        return new LocalMapBuilder<>(store);
    }

    @Override
    public <E> PersistentSetBuilder<E> persistentSetBuilder() {
        return new LocalSetBuilder<>(store);
    }
}

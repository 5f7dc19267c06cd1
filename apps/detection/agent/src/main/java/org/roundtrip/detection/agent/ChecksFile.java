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
package org.roundtrip.detection.agent;

import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.Checks;
import org.roundtrip.detection.protocol.MalformedMessageException;
import org.roundtrip.detection.protocol.Message;
import org.roundtrip.detection.protocol.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the last request on disk, so that a restarted agent probes at once. Its lines are messages of the protocol.
 * Not thread-safe.
 */
final class ChecksFile {

    private static final Logger log = LoggerFactory.getLogger(ChecksFile.class);
    private static final int PER_LINE = 20;

    private final Path file;
    private final MessageCodec codec = new MessageCodec();

    ChecksFile(Path file) {
        this.file = file;
    }

    /**
     * Returns what was kept last; nothing if there is no file or it can't be understood, because a controller will soon
     * say it again.
     */
    List<Check> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<Check> checks = new ArrayList<>();
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                Message message = codec.decode(line.getBytes(StandardCharsets.UTF_8));
                if (message instanceof Checks part) {
                    checks.addAll(part.checks());
                }
            }
            return checks;
        } catch (IOException | UncheckedIOException | MalformedMessageException e) {
            log.warn("The last request in {} can't be used: {}", file, e.toString());
            return List.of();
        }
    }

    /**
     * Keeps a request. Whenever the machine stops, there is this one or the one before.
     *
     * @throws IOException if it can't be written
     */
    void write(List<Check> checks) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            int parts = Math.max((checks.size() + PER_LINE - 1) / PER_LINE, 1);
            for (int part = 1; part <= parts; part++) {
                byte[] line = codec.encode(Checks.builder().revision(0).complete(true).part(part).parts(parts)
                        .checks(checks.subList((part - 1) * PER_LINE, Math.min(part * PER_LINE, checks.size())))
                        .build());
                writeAll(channel, ByteBuffer.wrap(line));
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

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
package org.roundtrip.detection.protocol;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A peer that sends what it likes, over a socket of its own. */
final class RawPeer implements AutoCloseable {

    /** Long enough for any machine; who reaches it has waited in vain. */
    private static final int PATIENCE_MILLISECONDS = 30_000;

    private final Socket socket = new Socket();
    private final MessageCodec codec = new MessageCodec();
    private final BufferedReader reader;

    RawPeer(InetSocketAddress address) throws IOException {
        socket.setReceiveBufferSize(4_096);
        socket.connect(address, PATIENCE_MILLISECONDS);
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(Message message) throws IOException {
        send(codec.encode(message));
    }

    /** Returns the next message, or empty when the connection has ended. */
    Optional<Message> read() throws IOException, MalformedMessageException {
        try {
            String line = reader.readLine();
            return line == null ? Optional.empty() : Optional.of(codec.decode(line.getBytes(StandardCharsets.UTF_8)));
        } catch (SocketException reset) {
            return Optional.empty();
        }
    }

    /** Returns the next message that is one of these. */
    <T extends Message> T read(Class<T> type) throws IOException, MalformedMessageException {
        Message message = read().orElseThrow(() -> new AssertionError("The connection has ended"));
        if (!type.isInstance(message)) {
            throw new AssertionError("Instead of " + type.getSimpleName() + ": " + message);
        }
        return type.cast(message);
    }

    /** Reads until the connection ends; returns the last message. */
    Optional<Message> readToEnd() throws IOException, MalformedMessageException {
        Optional<Message> last = Optional.empty();
        for (Optional<Message> next = read(); next.isPresent(); next = read()) {
            last = next;
        }
        return last;
    }

    /** Does all that an agent does until it is let in. */
    Welcome authenticate(String agent, String secret, String nonce) throws IOException, MalformedMessageException {
        AgentHandshake handshake = new AgentHandshake(AgentCredentials.of(agent, Secret.of(secret)), nonce, "raw");
        send(handshake.hello());
        send(handshake.receive(read(Challenge.class)).reply().orElseThrow());
        return read(Welcome.class);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

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
package org.roundtrip.base.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;

import java.io.IOException;
import java.util.function.Function;

/**
 * Reads what is written as a string.
 */
final class TextDeserializer<T> extends JsonDeserializer<T> {

    private final Class<?> type;
    private final Function<String, T> reader;

    TextDeserializer(Class<?> type, Function<String, T> reader) {
        this.type = type;
        this.reader = reader;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!json.currentToken().isScalarValue()) {
            return (T) context.handleUnexpectedToken(type, json);
        }
        try {
            return reader.apply(json.getText());
        } catch (RuntimeException e) {
            // The parsers of ONOS throw whatever comes along, from IllegalArgument to IndexOutOfBounds.
            return (T) context.handleWeirdStringValue(type, json.getText(), "not %s", PlainTypesModule.describe(type));
        }
    }
}

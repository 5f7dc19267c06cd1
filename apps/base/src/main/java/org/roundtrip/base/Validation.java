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
package org.roundtrip.base;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Collects everything that is wrong with a request, so that its user sees all errors at once.
 * <p>
 * Not thread-safe; use one for each request.
 */
public final class Validation {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");

    private final List<FieldError> errors = new ArrayList<>();

    /**
     * Records an error if something does not hold.
     *
     * @param holds  what should be true
     * @param field  the path of the field, in JSON notation
     * @param detail what is wrong and what would be right
     * @return this
     */
    public Validation require(boolean holds, String field, String detail) {
        if (!holds) {
            errors.add(FieldError.of(field, detail));
        }
        return this;
    }

    /**
     * Records an error if something does not hold, for requests in which much may be wrong: it is not put into words
     * unless it is.
     *
     * @param holds  what should be true
     * @param field  the path of the field, in JSON notation
     * @param detail says what is wrong and what would be right
     * @return this
     */
    public Validation require(boolean holds, String field, Supplier<String> detail) {
        return holds ? this : require(false, field, detail.get());
    }

    /**
     * Records an error if a value can't be used as the name of something.
     *
     * @param name  the name
     * @param field the path of the field, in JSON notation
     * @return this
     */
    public Validation requireName(String name, String field) {
        return require(NAME.matcher(name).matches(), field, "'" + name + "' is not a name: "
                + "use 1 to 63 letters, digits, '_', '.' and '-', the first one a letter");
    }

    /**
     * Returns whether nothing wrong was found so far.
     *
     * @return true if there is no error
     */
    public boolean isValid() {
        return errors.isEmpty();
    }

    /**
     * Refuses the request if anything is wrong with it.
     *
     * @throws InvalidRequestException with all recorded errors, if there are any
     */
    public void throwIfInvalid() {
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
    }
}

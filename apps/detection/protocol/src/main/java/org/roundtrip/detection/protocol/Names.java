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

import java.util.regex.Pattern;

/**
 * What may name something in a message.
 */
final class Names {

    /** What an id looks like, for an error message. */
    static final String ID = "must be 1 to 256 printable characters";

    /** What an address looks like, for an error message. */
    static final String ADDRESS = "must be an IPv4 or IPv6 address";

    private static final Pattern IDS = Pattern.compile("\\P{C}{1,256}");
    private static final Pattern ADDRESSES =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]{1,44}");

    private Names() {
    }

    static boolean isId(String text) {
        return IDS.matcher(text).matches();
    }

    /** Tells addresses from host names, which nobody should look up; not right ones from wrong ones. */
    static boolean isAddress(String text) {
        return ADDRESSES.matcher(text).matches();
    }
}

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
package org.roundtrip.tepath.cli;

import org.apache.karaf.shell.api.action.lifecycle.Service;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Offers the switches and the links, loose and strict.
 */
@Service
public class RouteHopCompleter extends ElementCompleter {

    @Override
    protected List<String> choices() {
        return super.choices().stream()
                .flatMap(element -> element.equals(PathRequestCommand.NONE) ? Stream.of(element)
                        : Stream.of(element, PathRequestCommand.STRICT + element))
                .collect(Collectors.toList());
    }
}

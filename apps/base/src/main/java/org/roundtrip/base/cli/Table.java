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
package org.roundtrip.base.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Text in columns, for people. Not thread-safe.
 */
public final class Table {

    private static final String GAP = "  ";
    private static final String INDENT = "    ";

    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Creates a table without rows.
     *
     * @param titles the titles of the columns
     */
    public Table(String... titles) {
        rows.add(List.of(titles));
    }

    /**
     * Adds a row.
     *
     * @param cells one text for each column
     * @return this
     */
    public Table row(Object... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + rows.get(0).size() + " columns");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell.toString());
        }
        rows.add(row);
        return this;
    }

    /**
     * Returns the table, each column as wide as its widest text.
     *
     * @return the line of the titles and one line for each row
     */
    public List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(row.get(column)).append(" ".repeat(widths[column] - row.get(column).length())).append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /**
     * Returns the table with more lines below its rows, indented.
     *
     * @param below returns what is below a row, by its place from 0
     * @return the line of the titles, and for each row its line and what is below it
     */
    public List<String> lines(IntFunction<List<String>> below) {
        List<String> lines = new ArrayList<>();
        List<String> own = lines();
        lines.add(own.get(0));
        for (int row = 1; row < own.size(); row++) {
            lines.add(own.get(row));
            below.apply(row - 1).forEach(line -> lines.add(INDENT + line));
        }
        return lines;
    }
}

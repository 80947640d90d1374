package io.leat.source;

import java.util.ArrayList;
import java.util.List;

/** One record of a CSV file, taken line by line until it is whole: for headers. */
final class CsvRecord {

    private final String delimiter;
    private final String quote;
    private final String escape;
    private final StringBuilder text = new StringBuilder();
    private List<String> values = List.of();

    CsvRecord(String delimiter, String quote, String escape) {
        this.delimiter = delimiter;
        this.quote = quote;
        this.escape = escape;
    }

    List<String> values() {
        return values;
    }

    /** Adds a line; false while a quoted value goes on in the next one. */
    boolean isWholeWith(String line) {
        text.append(text.isEmpty() ? "" : "\n").append(line);
        List<String> found = new ArrayList<>();
        var value = new StringBuilder();
        boolean quoted = false;
        String all = text.charAt(0) == '\uFEFF' ? text.substring(1) : text.toString();
        for (int at = 0; at < all.length(); ) {
            if (quoted && startsWith(all, escape + quote, at)) {
                value.append(quote);
                at += 2;
            } else if (startsWith(all, quote, at) && (quoted || value.isEmpty())) {
                quoted = !quoted;
                at++;
            } else if (!quoted && all.startsWith(delimiter, at)) {
                found.add(value.toString());
                value.setLength(0);
                at += delimiter.length();
            } else {
                value.append(all.charAt(at++));
            }
        }
        found.add(value.toString());
        values = found;
        return !quoted;
    }

    private boolean startsWith(String all, String sign, int at) {
        return !quote.isEmpty() && all.startsWith(sign, at);
    }
}

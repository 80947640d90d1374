package io.leat.cli.demo;

import java.util.Locale;

/** What a run must count for one slice: {@code read + expansion = loaded + rejected + filtered + deduplicated}. */
record Totals(long read, long loaded, long rejected, long filtered, long deduplicated, long expansion) {
    static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

    Totals plus(Entry entry) {
        return switch (entry.fate()) {
            case LOADED ->
                new Totals(
                        read + 1,
                        loaded + 1 + entry.expansion(),
                        rejected,
                        filtered,
                        deduplicated,
                        expansion + entry.expansion());
            case REJECTED -> new Totals(read + 1, loaded, rejected + 1, filtered, deduplicated, expansion);
            case FILTERED -> new Totals(read + 1, loaded, rejected, filtered + 1, deduplicated, expansion);
            case DEDUPLICATED -> new Totals(read + 1, loaded, rejected, filtered, deduplicated + 1, expansion);
        };
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "\"read\":%d,\"loaded\":%d,\"rejected\":%d,\"filtered\":%d,\"deduplicated\":%d,\"expansion\":%d",
                read,
                loaded,
                rejected,
                filtered,
                deduplicated,
                expansion);
    }
}

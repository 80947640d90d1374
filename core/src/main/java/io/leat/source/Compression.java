package io.leat.source;

import java.util.Locale;

/** How a file is packed. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD;

    /** By the ending of the name. */
    static Compression ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".gz") || lower.endsWith(".gzip")
                ? GZIP
                : lower.endsWith(".zst") || lower.endsWith(".zstd") ? ZSTD : NONE;
    }

    static String withoutEnding(String name) {
        return ofName(name) == NONE ? name : name.substring(0, name.lastIndexOf('.'));
    }

    String duckDb() {
        return name().toLowerCase(Locale.ROOT);
    }
}

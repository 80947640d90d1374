package io.leat.source;

import java.util.Locale;
import java.util.Optional;

/** How records stand in a file. */
public enum FileFormat {
    CSV,
    /** One list of objects, or an object a line: the first sign of the file tells. */
    JSON,
    /** An object a line. */
    NDJSON,
    PARQUET;

    /** By the ending of the name, apart from that of a compression. */
    static Optional<FileFormat> ofName(String name) {
        String plain = Compression.withoutEnding(name).toLowerCase(Locale.ROOT);
        String ending = plain.substring(plain.lastIndexOf('.') + 1);
        return switch (ending) {
            case "csv", "tsv", "txt", "tab", "psv" -> Optional.of(CSV);
            case "json" -> Optional.of(JSON);
            case "ndjson", "jsonl" -> Optional.of(NDJSON);
            case "parquet", "pq" -> Optional.of(PARQUET);
            default -> Optional.empty();
        };
    }
}

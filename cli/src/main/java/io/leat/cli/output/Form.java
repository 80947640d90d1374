package io.leat.cli.output;

import java.util.Locale;

/** The forms in which a command can write its data. */
public enum Form {
    /** Aligned columns for people. */
    TABLE,
    /** One JSON array of objects. */
    JSON,
    /** One JSON object a line. */
    NDJSON,
    /** A YAML sequence of mappings. */
    YAML,
    /** RFC 4180 with a header; an empty field is null, an empty text is {@code ""}. */
    CSV;

    /** True for every form that programs read. */
    public boolean forPrograms() {
        return this != TABLE;
    }

    /** The word that chooses this form. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.leat.state;

import java.util.Locale;

/** The tables whose rows make up a store, beside the one row of {@code store} and the tokens. */
enum StoredTable {
    RUNS(false),
    PIPELINE_RECORDS(true),
    RECORD_EVENTS(true),
    LEAT_FENCES(false),
    LEAT_LOADS(false),
    ICEBERG_TABLES(false),
    ICEBERG_NAMESPACE_PROPERTIES(false),
    SOURCE_CHANGES(false),
    SOURCE_FILES(true),
    SOURCE_WINDOWS(false),
    SOURCE_LATE_WINDOWS(false),
    PIPELINE_GRIDS(false),
    BACKFILLS(false),
    BACKFILL_RANGES(false),
    CHECK_RESULTS(true),
    AUDIT_LOG(true);

    private final boolean numbered;

    StoredTable(boolean numbered) {
        this.numbered = numbered;
    }

    /** Its name in SQL. */
    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the database numbers its rows, in a column {@code id}. */
    boolean numbered() {
        return numbered;
    }
}

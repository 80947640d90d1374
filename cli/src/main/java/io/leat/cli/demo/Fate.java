package io.leat.cli.demo;

/** What must become of a row. */
enum Fate {
    LOADED,
    REJECTED,
    DEDUPLICATED,
    FILTERED
}

package io.leat.state;

/** SOURCE_TO_STAGE is complete for a record. */
public record Staged(Record record, Staging staging) {}

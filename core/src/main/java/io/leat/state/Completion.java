package io.leat.state;

/** The audit of a published record passed: so many rows were found where readers look. */
public record Completion(Record record, long targetCount) {}

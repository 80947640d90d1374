package io.leat.state;

/** Nothing has to be done for a record, and why. */
public record Skip(Record record, String reason) {}

package io.leat.state;

import io.leat.name.ErrorCode;

/** What readers see of a published record is not what was published. */
public record Violation(Record record, long targetCount, ErrorCode code, String reason) {}

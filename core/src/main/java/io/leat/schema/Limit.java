package io.leat.schema;

/**
 * Values of a column that a target cannot hold.
 *
 * @param condition SQL of DuckDB's, true for rows with such a value
 * @param shown SQL for the value as people may see it
 * @param reason what people should know
 */
public record Limit(String condition, String shown, String reason) {}

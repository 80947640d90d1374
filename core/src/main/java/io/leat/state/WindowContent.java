package io.leat.state;

/**
 * What a file holds of one window.
 *
 * @param content a hash of the rows: equal rows have equal hashes, as long as the same version of the query engine made them
 */
public record WindowContent(long rows, String content) {}

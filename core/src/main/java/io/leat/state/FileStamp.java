package io.leat.state;

import java.time.Instant;

/**
 * How a version of a source file is recognised.
 *
 * @param sha256 of its bytes
 * @param fingerprint of what decides the windows of its rows: another one makes it unscanned
 */
public record FileStamp(String path, long size, Instant modified, String sha256, String fingerprint) {}

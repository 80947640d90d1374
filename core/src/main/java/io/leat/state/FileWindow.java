package io.leat.state;

import java.time.Instant;

/**
 * What a file holds of one window, and where its rows were kept.
 *
 * @param sha256 of the version of the file in whose scan the rows lie
 * @param fingerprint of that scan
 */
public record FileWindow(Instant windowStart, String path, String sha256, String fingerprint, WindowContent content) {}

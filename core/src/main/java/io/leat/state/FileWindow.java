package io.leat.state;

import java.time.Instant;

/**
 * What a file holds of one window, and where its rows were kept.
 *
 * @param sha256 of the version of the file in whose scan the rows lie
 * @param fingerprint of that scan
 * @param kept whether it is an earlier version's, because the window is closed
 */
public record FileWindow(
        Instant windowStart, String path, String sha256, String fingerprint, boolean kept, WindowContent content) {}

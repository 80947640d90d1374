package io.leat.state;

/** How many rows the files of these bytes have outside of windows; 0 for bytes that had some once. */
public record FileOutside(String sha256, long rows) {}

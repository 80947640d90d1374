package io.leat.check;

import io.leat.state.Verdict;

/**
 * What a check said of one slice.
 *
 * @param value what it measured, for people
 * @param threshold what was allowed, for people
 * @param message a sentence; where rows are wrong, with a few of them
 */
public record Answer(String check, Verdict verdict, String value, String threshold, String message) {}

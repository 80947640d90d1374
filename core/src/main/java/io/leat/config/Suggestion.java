package io.leat.config;

import java.util.Locale;
import java.util.Optional;

/** Finds the name that a user probably meant. */
public final class Suggestion {

    private static final int LONGEST = 64;

    private Suggestion() {}

    /**
     * The candidate with the smallest edit distance to the word (insert, delete, replace, swap of neighbours; case and
     * the difference between dash and underscore count for nothing), the first of equals; empty if none is near: at most one
     * edit for three characters.
     */
    public static Optional<String> nearest(String word, Iterable<String> candidates) {
        if (word.isEmpty() || word.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = plain(word);
        int allowed = Math.max(1, wanted.length() / 3);
        String best = null;
        int smallest = allowed + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - wanted.length()) >= smallest) {
                continue;
            }
            int distance = distance(wanted, plain(candidate));
            if (distance < smallest) {
                smallest = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    private static int distance(String left, String right) {
        int[] twoBack = new int[right.length() + 1];
        int[] previous = new int[right.length() + 1];
        int[] current = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    current[j] = Math.min(current[j], twoBack[j - 2] + 1);
                }
            }
            int[] free = twoBack;
            twoBack = previous;
            previous = current;
            current = free;
        }
        return previous[right.length()];
    }
}

package io.leat.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of memory or disk in bytes, not negative. Units are powers of 1000 (KB, MB, GB, TB) or of 1024 (KiB, MiB …). */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

    /** The form that {@link #parse} takes, as a regular expression. */
    static final String FORM = "[0-9]{1,15}(\\.[0-9]{1,6})? ?([kKmMgGtT][iI]?)?[bB]";

    private static final Pattern PARTS = Pattern.compile("([0-9.]+) ?([kmgt]?)(i?)b");
    private static final String UNITS = "kmgt";

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be negative: " + bytes);
        }
    }

    /**
     * Reads {@code 512MB}, {@code 1.5 GiB}, {@code 800B}.
     *
     * @throws IllegalArgumentException if the text is anything else or beyond 2^63 bytes
     */
    public static ByteSize parse(String text) {
        Matcher parts = PARTS.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!Pattern.matches(FORM, text.strip()) || !parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size such as 512MB or 2GB");
        }
        double factor = Math.pow(parts.group(3).isEmpty() ? 1000 : 1024, UNITS.indexOf(parts.group(2)) + 1);
        if (parts.group(2).isEmpty()) {
            factor = 1;
        }
        double bytes = Double.parseDouble(parts.group(1)) * factor;
        if (bytes >= Long.MAX_VALUE) {
            throw new IllegalArgumentException("'" + text + "' is too large");
        }
        return new ByteSize(Math.round(bytes));
    }

    /** The exact size in the largest unit that divides it: {@code 2GB}, {@code 512MiB}, {@code 1234B}; {@link #parse} reads it. */
    public String text() {
        for (int power = UNITS.length(); power > 0; power--) {
            for (int base : new int[] {1000, 1024}) {
                long unit = Math.round(Math.pow(base, power));
                if (bytes >= unit && bytes % unit == 0) {
                    String letter = UNITS.substring(power - 1, power).toUpperCase(Locale.ROOT);
                    return bytes / unit + letter + (base == 1000 ? "B" : "iB");
                }
            }
        }
        return bytes + "B";
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return text();
    }
}

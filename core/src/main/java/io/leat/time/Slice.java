package io.leat.time;

import io.leat.name.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unit of loading: a window, the whole source, a file, or a range of offsets. Each has exactly one text: {@code
 * parse(slice.text())} equals the slice, and {@code parse(text).text()} equals the text.
 */
public sealed interface Slice {

    /** The whole source at once: {@code all}. */
    record All() implements Slice {
        @Override
        public String text() {
            return "all";
        }

        @Override
        public String pathSafe() {
            return "all";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** The rows of one window: {@code w/2001-01-01T08:00:00Z/2001-01-01T10:00:00Z}. */
    record OfWindow(Window window) implements Slice {
        private static final DateTimeFormatter COMPACT =
                DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

        @Override
        public String text() {
            return "w/" + window.start() + "/" + window.end();
        }

        @Override
        public String pathSafe() {
            return "w-" + COMPACT.format(window.start()) + "-" + COMPACT.format(window.end());
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** One version of a file, by the lower-case hex SHA-256 of its bytes: {@code f/9f86d0…}. */
    record OfFile(String sha256) implements Slice {
        private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

        public OfFile {
            if (!HEX.matcher(sha256).matches()) {
                throw new IllegalArgumentException(
                        "expected a SHA-256 as 64 lower-case hex digits, but found '" + sha256 + "'");
            }
        }

        @Override
        public String text() {
            return "f/" + sha256;
        }

        @Override
        public String pathSafe() {
            return "f-" + sha256;
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** The records {@code [from, to)} of one partition of a topic: {@code k/orders/0/100-200}. */
    record OfOffsets(String topic, int partition, long from, long to) implements Slice {
        private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
        private static final int LONGEST_TOPIC_IN_A_PATH = 120;

        public OfOffsets {
            if (!TOPIC.matcher(topic).matches()) {
                throw new IllegalArgumentException(
                        "expected a topic of letters, digits, '.', '_' and '-', but found '" + topic + "'");
            }
            if (partition < 0 || from < 0 || from >= to) {
                throw new IllegalArgumentException("expected a partition from 0 and offsets 0 <= from < to, but found "
                        + partition + " and " + from + "-" + to);
            }
        }

        @Override
        public String text() {
            return "k/" + topic + "/" + partition + "/" + from + "-" + to;
        }

        @Override
        public String pathSafe() {
            return "k-" + topicInPath() + "-" + partition + "-" + from + "-" + to;
        }

        /** Capitals are marked, for file systems that do not tell them apart; a long topic is cut and hashed. */
        private String topicInPath() {
            var marked = new StringBuilder();
            topic.chars()
                    .forEach(c ->
                            marked.append(Character.isUpperCase(c) ? "~" : "").append((char) Character.toLowerCase(c)));
            if (marked.length() <= LONGEST_TOPIC_IN_A_PATH) {
                return marked.toString();
            }
            return marked.substring(0, LONGEST_TOPIC_IN_A_PATH / 2) + "~~" + Sha256.of(topic);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** The one text of this slice, as records, the ledger and messages hold it. */
    String text();

    /**
     * A form that is one component of a path in every file system and object store. Different slices have different forms; those of windows
     * sort as the windows do.
     */
    String pathSafe();

    /**
     * Reads what {@link #text()} writes.
     *
     * @throws IllegalArgumentException if the text is not exactly what {@link #text()} writes
     */
    static Slice parse(String text) {
        var slice = read(text);
        if (!slice.text().equals(text)) {
            throw unexpected(text);
        }
        return slice;
    }

    private static Slice read(String text) {
        var parts = text.split("/", -1);
        if (parts[0].equals("all") && parts.length == 1) {
            return new All();
        }
        if (parts[0].equals("w") && parts.length == 3) {
            return new OfWindow(new Window(instant(parts[1], text), instant(parts[2], text)));
        }
        if (parts[0].equals("f") && parts.length == 2) {
            return new OfFile(parts[1]);
        }
        if (parts[0].equals("k") && parts.length == 4) {
            return offsets(parts, text);
        }
        throw unexpected(text);
    }

    private static Slice offsets(String[] parts, String text) {
        Matcher range = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})").matcher(parts[3]);
        if (!range.matches() || !parts[2].matches("[0-9]{1,9}")) {
            throw unexpected(text);
        }
        return new OfOffsets(
                parts[1], Integer.parseInt(parts[2]), Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
    }

    private static Instant instant(String part, String text) {
        try {
            return Instant.parse(part);
        } catch (DateTimeParseException _) {
            throw unexpected(text);
        }
    }

    private static IllegalArgumentException unexpected(String text) {
        return new IllegalArgumentException("expected a slice: all, w/<start>/<end> with instants such as "
                + "2001-01-01T08:00:00Z, f/<sha256> or k/<topic>/<partition>/<from>-<to>, but found '" + text + "'");
    }
}

package io.leat.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A piece of configuration as it was written, with its place. Immutable; the depth is bounded by {@link Yaml}. */
public sealed interface Node {

    Mark mark();

    /** What it is in words for a user: {@code a list}, {@code the number 5}. Never the text of a secret. */
    String found();

    /** Keys and values in the order of writing; keys are unique. */
    record Mapping(Mark mark, List<Entry> entries) implements Node {

        public Mapping {
            entries = List.copyOf(entries);
        }

        public Optional<Node> find(String key) {
            return entry(key).map(Entry::value);
        }

        public Optional<Entry> entry(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().text().equals(key))
                    .findFirst();
        }

        /** The same mapping with this entry in the place of the one with the same key, or at the end. */
        public Mapping with(Entry entry) {
            var changed = new ArrayList<>(entries);
            for (int i = 0; i < changed.size(); i++) {
                if (changed.get(i).key().text().equals(entry.key().text())) {
                    changed.set(i, entry);
                    return new Mapping(mark, changed);
                }
            }
            changed.add(entry);
            return new Mapping(mark, changed);
        }

        @Override
        public String found() {
            return "a mapping";
        }
    }

    /** One key with its value. */
    record Entry(Scalar key, Node value) {}

    /** A list. */
    record Sequence(Mark mark, List<Node> items) implements Node {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String found() {
            return "a list";
        }
    }

    /** A single value, as text. A scalar with a secret has no text. */
    record Scalar(
            Mark mark, String text, Form form, @Nullable Secret secret) implements Node {

        private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
        private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]++|0o[0-7]++|0x[0-9a-fA-F]++");
        private static final Pattern DECIMAL = Pattern.compile(
                "[-+]?(\\.[0-9]++|[0-9]++(\\.[0-9]*+)?)([eE][-+]?[0-9]++)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
        private static final int LONGEST_SHOWN = 60;

        public Scalar(Mark mark, String text, Form form) {
            this(mark, text, form, null);
        }

        /** What the value is by the YAML 1.2 core schema; what was quoted is a text. */
        public Kind kind() {
            if (form == Form.QUOTED || secret != null) {
                return Kind.TEXT;
            }
            if (NULL.matcher(text).matches()) {
                return Kind.NULL;
            }
            if (BOOLEAN.matcher(text).matches()) {
                return Kind.BOOLEAN;
            }
            if (INTEGER.matcher(text).matches()) {
                return Kind.INTEGER;
            }
            return DECIMAL.matcher(text).matches() ? Kind.DECIMAL : Kind.TEXT;
        }

        /** Whether nothing was written after the key, or {@code null}. */
        public boolean isNull() {
            return form == Form.PLAIN && kind() == Kind.NULL;
        }

        @Override
        public String found() {
            if (secret != null) {
                return "a secret";
            }
            String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
            return switch (form == Form.FREE ? Kind.TEXT : kind()) {
                case NULL -> "nothing";
                case BOOLEAN -> "the truth value " + shown;
                case INTEGER, DECIMAL -> "the number " + shown;
                case TEXT -> text.isEmpty() ? "an empty text" : "'" + shown.replace("\n", "\\n") + "'";
            };
        }
    }

    /** How a scalar came to be. */
    enum Form {
        /** Without quotes: the text decides whether it is a number. */
        PLAIN,
        /** In quotes or as a block: a text. */
        QUOTED,
        /** From an environment variable or a command line, where nobody quotes: whatever is wanted. */
        FREE
    }

    /** What a scalar is. */
    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NULL
    }
}

package io.leat.cli.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fenced block of a document and what the comment on the line before it says is to be done with it:
 *
 * <ul>
 *   <li>{@code <!-- run -->}: console text, commands and what they print; {@code <!-- run if: COMMAND -->} where the command
 *       succeeds
 *   <li>{@code <!-- file: PATH -->}, {@code <!-- append: PATH -->}: the reader writes it to this file, or to its end; the path
 *       starts where the commands before it have led
 *   <li>{@code <!-- pipeline -->}, {@code <!-- settings -->}: a pipeline or leat.yaml, or a part of one, that has to be valid
 *   <li>{@code <!-- not run: REASON -->}
 * </ul>
 *
 * @param line of the opening fence, from 1
 * @param from index of the first line within the document
 * @param to index of the closing fence
 */
record Block(Kind kind, String argument, int line, int from, int to) {
    enum Kind {
        RUN("run"),
        FILE("file"),
        APPEND("append"),
        PIPELINE("pipeline"),
        SETTINGS("settings"),
        NOT_RUN("reason"),
        UNMARKED("");

        private final String group;

        Kind(String group) {
            this.group = group;
        }
    }

    private static final Pattern MARKER = Pattern.compile(
            "\\s*<!-- (?:(?<run>run)(?: if: (?<needs>.+))?|file: (?<file>\\S+)|append: (?<append>\\S+)|(?<pipeline>pipeline)|(?<settings>settings)"
                    + "|not run: (?<reason>.+)) -->");
    private static final Pattern FENCE = Pattern.compile("(?<indent> *)(?<mark>`{3,}|~{3,}).*");

    /** All fenced blocks of a document; one that is not closed ends with the document. */
    static List<Block> in(List<String> lines) {
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int end = end(lines, i + 1, fence.group("mark"));
                blocks.add(block(i == 0 ? "" : lines.get(i - 1), i, end));
                i = end;
            }
        }
        return blocks;
    }

    private static int end(List<String> lines, int start, String mark) {
        int i = start;
        while (i < lines.size() && !lines.get(i).strip().equals(mark)) {
            i++;
        }
        return i;
    }

    private static Block block(String before, int fence, int end) {
        Matcher marker = MARKER.matcher(before);
        if (!marker.matches()) {
            return new Block(Kind.UNMARKED, "", fence + 1, fence + 1, end);
        }
        Kind kind = kind(marker);
        String argument =
                first(marker.group("needs"), marker.group("file"), marker.group("append"), marker.group("reason"));
        return new Block(kind, argument, fence + 1, fence + 1, end);
    }

    private static Kind kind(Matcher marker) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.UNMARKED && marker.group(kind.group) != null) {
                return kind;
            }
        }
        throw new IllegalStateException(marker.group());
    }

    private static String first(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return "";
    }

    String text(List<String> lines) {
        return String.join("\n", lines.subList(from, to)) + "\n";
    }
}

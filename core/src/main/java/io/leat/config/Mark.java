package io.leat.config;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * A place in a source. Line and column count from 1, the column in code points; line 0 means the source as a whole.
 */
public record Mark(SourceText source, int line, int column) implements Comparable<Mark> {

    private static final Comparator<Mark> ORDER = Comparator.comparing(
                    (Mark mark) -> mark.source().name())
            .thenComparingInt(Mark::line)
            .thenComparingInt(Mark::column);

    /** The source as a whole. */
    public static Mark whole(SourceText source) {
        return new Mark(source, 0, 0);
    }

    /** The file as a whole, for problems such as a missing file. */
    public static Mark whole(Path file) {
        return whole(SourceText.ofFile(file));
    }

    /** The place of the character at this offset in the content of a source. */
    public static Mark at(SourceText source, String content, int offset) {
        String before = content.substring(0, Math.min(offset, content.length()));
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int start = before.lastIndexOf('\n') + 1;
        return new Mark(source, line, before.codePointCount(start, before.length()) + 1);
    }

    @Override
    public int compareTo(Mark other) {
        return ORDER.compare(this, other);
    }

    /** {@code pipelines/flights.yaml:12:3}. */
    @Override
    public String toString() {
        return line == 0 ? source.name() : source.name() + ":" + line + ":" + column;
    }
}

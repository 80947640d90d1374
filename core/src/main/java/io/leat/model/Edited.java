package io.leat.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A slice of a text with some parts replaced, which still knows where each character came from. */
final class Edited {

    /** Replaces from {@code start} to {@code end} of the original text. */
    record Edit(int start, int end, String replacement) {}

    private final String text;
    private final int sliceStart;
    private final List<Edit> edits;
    private final int[] charAtByte;

    private Edited(String text, int sliceStart, List<Edit> edits) {
        this.text = text;
        this.sliceStart = sliceStart;
        this.edits = List.copyOf(edits);
        this.charAtByte = charAtByte(text);
    }

    /** Applies the edits within the slice; one that begins inside another is dropped. */
    static Edited of(String original, int start, int end, List<Edit> edits) {
        var ordered = new ArrayList<>(edits);
        ordered.sort(Comparator.comparingInt(Edit::start).thenComparing(Edit::end, Comparator.reverseOrder()));
        var kept = new ArrayList<Edit>();
        var text = new StringBuilder();
        int at = start;
        for (Edit edit : ordered) {
            if (edit.start() >= at) {
                text.append(original, at, edit.start()).append(edit.replacement());
                at = edit.end();
                kept.add(edit);
            }
        }
        return new Edited(text.append(original, at, end).toString(), start, kept);
    }

    String text() {
        return text;
    }

    int sliceStart() {
        return sliceStart;
    }

    /** Where in the original the character at this place of the new text came from; a replaced part counts as its start. */
    int origin(int offset) {
        int shift = sliceStart;
        for (Edit edit : edits) {
            int newStart = edit.start() - shift;
            int newEnd = newStart + edit.replacement().length();
            if (offset < newStart) {
                break;
            }
            if (offset < newEnd) {
                return edit.start();
            }
            shift = edit.end() - newEnd;
        }
        return offset + shift;
    }

    /** Like {@link #origin} for the end of a range: a replaced part counts as its end. */
    int originOfEnd(int offset) {
        int shift = sliceStart;
        for (Edit edit : edits) {
            int newStart = edit.start() - shift;
            int newEnd = newStart + edit.replacement().length();
            if (offset <= newStart) {
                break;
            }
            if (offset <= newEnd) {
                return edit.end();
            }
            shift = edit.end() - newEnd;
        }
        return offset + shift;
    }

    /** The character offset of a byte offset in UTF-8, as DuckDB counts. */
    int fromBytes(long bytes) {
        return bytes >= charAtByte.length ? text.length() : charAtByte[(int) Math.max(0, bytes)];
    }

    private static int[] charAtByte(String text) {
        var offsets = new int[text.getBytes(StandardCharsets.UTF_8).length];
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            boolean alone = codePoint >= 0xD800 && codePoint <= 0xDFFF;
            int length = codePoint < 0x80 || alone ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            for (int i = 0; i < length; i++) {
                offsets[bytes++] = at;
            }
            at += Character.charCount(codePoint);
        }
        return offsets;
    }
}

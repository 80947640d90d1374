package io.leat.model;

import io.leat.config.Mark;
import io.leat.config.Problem;
import io.leat.config.SourceText;
import io.leat.name.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A text with SQL in it, and the place of each of its characters as users count: line and column. */
final class Script {

    private final String text;
    private final Places places;

    private Script(String text, Places places) {
        this.text = text;
        this.places = places;
    }

    private sealed interface Places {
        /** Where its lines begin. */
        record InFile(SourceText source, List<Integer> lineStarts) implements Places {}

        /** A text that Leat wrote: everything in it comes from one place of a file. */
        record OnePlace(Mark mark) implements Places {}
    }

    /** A file under the name by which problems show it. */
    static Script ofFile(Path shown, String text) {
        var starts = new ArrayList<Integer>();
        starts.add(0);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean first = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if ((c == '\n' || c == '\r') && !first) {
                starts.add(i + 1);
            }
        }
        return new Script(text, new Places.InFile(SourceText.ofFile(shown, text), starts));
    }

    /** A text made for what stands at the mark. */
    static Script madeFor(Mark mark, String text) {
        return new Script(text, new Places.OnePlace(mark));
    }

    String text() {
        return text;
    }

    String slice(int start, int end) {
        return text.substring(start, end);
    }

    Mark mark(int offset) {
        return switch (places) {
            case Places.OnePlace(Mark mark) -> mark;
            case Places.InFile(SourceText source, List<Integer> starts) -> {
                int found = Collections.binarySearch(starts, offset);
                int line = found >= 0 ? found : -found - 2;
                int within = Math.min(offset, text.length());
                yield new Mark(source, line + 1, text.codePointCount(starts.get(line), within) + 1);
            }
        };
    }

    Problem problem(ErrorCode code, int offset, String message) {
        return new Problem(code, mark(offset), message);
    }
}

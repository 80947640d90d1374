package io.leat.cli.demo;

import org.jspecify.annotations.Nullable;

/**
 * One record of a file, as text, without the line end that closes it.
 *
 * @param slice label of the slice it belongs to; null if it belongs to no window and counts on the file's own account
 * @param defect null for an ordinary record, which must be loaded
 * @param expansion rows that come out of it beyond the first, if it is loaded
 */
record Entry(String text, @Nullable String slice, @Nullable Defect defect, int expansion) {
    static Entry of(String text, String slice) {
        return new Entry(text, slice, null, 0);
    }

    static Entry of(String text, String slice, Defect defect) {
        return new Entry(text, slice, defect, 0);
    }

    static Entry outside(String text, Defect defect) {
        return new Entry(text, null, defect, 0);
    }

    Entry as(Defect other) {
        return new Entry(text, slice, other, expansion);
    }

    Entry expanding(int rows) {
        return new Entry(text, slice, defect, rows);
    }

    Fate fate() {
        return defect == null ? Fate.LOADED : defect.fate();
    }
}

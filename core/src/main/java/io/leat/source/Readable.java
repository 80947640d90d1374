package io.leat.source;

import java.nio.file.Path;

/**
 * A file in the form in which DuckDB reads it: itself, or a copy in UTF-8 with plain line ends.
 *
 * @param array whether a JSON file is one list
 */
record Readable(SourceFile file, Path path, FileFormat format, Compression compression, boolean isCopy, boolean array) {

    /** What SQL reads. */
    String location() {
        return path.toString();
    }

    /** What rows bear as {@code _leat_path}: the file itself, copied or not. */
    String origin() {
        return file.path().toString();
    }

    String encoding(CsvForm form) {
        return isCopy ? "utf-8" : form.duckDbEncoding().orElse("utf-8");
    }

    Readable copiedTo(Path copy) {
        return new Readable(file, copy, format, Compression.NONE, true, array);
    }

    Readable asArray(boolean isArray) {
        return new Readable(file, path, format, compression, isCopy, isArray);
    }
}

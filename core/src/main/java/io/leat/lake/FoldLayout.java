package io.leat.lake;

/**
 * How the rows of a folded table are divided into files. A file is written anew when one of its rows changes, so it must not be large;
 * and every reader opens all files, so it must not be small.
 *
 * @param rows about so many rows are in a file
 * @param bytes but not so many that it becomes much larger than this
 * @param fewestSmall so many files of less than a quarter of that are joined by a commit that writes anyway
 */
record FoldLayout(long rows, long bytes, int fewestSmall) {

    /** Rows of one row group of Parquet. */
    static final FoldLayout DEFAULT = new FoldLayout(122_880, 8L << 20, 8);

    private static final long FEWEST_ROWS = 1_000;

    FoldLayout {
        if (rows < 1 || bytes < 1 || fewestSmall < 2) {
            throw new IllegalArgumentException("a file needs rows and bytes, and a join two files");
        }
    }

    /** Rows for a file if rows have this size. */
    long rowsOf(long bytesPerRow) {
        return Math.min(rows, Math.max(FEWEST_ROWS, bytes / Math.max(1, bytesPerRow)));
    }

    boolean isSmall(LakeFile file) {
        return file.rows() * 4 < rows && file.bytes() * 4 < bytes;
    }
}

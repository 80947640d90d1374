package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.schema.RawSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of some source as SQL, as they are there: nothing cast, nothing judged. Raw columns are called by their places, see
 * {@link RawSchema#sqlName}.
 */
public sealed interface RawRows permits FileRows, WindowRows {

    RawSchema schema();

    /** By name of a column, the paths (as in {@code _leat_path}) of files that have rows and do not have it. */
    Map<String, List<String>> lacking();

    /** SQL over {@link #numbered}: the record as a person would look at it. */
    String recordText();

    /** A query: raw columns and {@code _leat_window}. It fails at the first record that is broken. */
    String clean();

    /** The same with {@code _leat_file} and {@code _leat_record}, the origin as it is shown; empty where that costs much. */
    default Optional<String> traced() {
        return Optional.empty();
    }

    /**
     * A query: raw columns, {@code _leat_window}, {@code _leat_path}, {@code _leat_row} (grows with the place in the file) and {@code
     * _leat_malformed}, a text where the record is broken. Records that cannot even be told apart are left out; {@link #origins}
     * knows them.
     */
    String numbered();

    /**
     * What is known about the origins of rows once {@link #numbered} has been read, once and to its end, into a table by this
     * connection. It holds names of temporary tables of the connection.
     */
    Origins origins(DuckDb duckDb, String table);

    /**
     * The same rows out of copies, where records seemed broken only because lines end now in one way, now in another; empty if
     * nothing is to be gained. Looks at every byte of the files.
     */
    Optional<RawRows> plainly();

    /**
     * How the origins of rows are shown.
     *
     * @param files a table: {@code path}, {@code name}, {@code first_row} (the least {@code _leat_row} in it)
     * @param shifts a table: {@code path}, {@code after}, {@code shift}: of the rows that come after so many others of their file, the
     *     record number is higher by the shift
     * @param broken a table of records that could not be read: {@code path}, {@code record}, {@code code}, {@code reason}, {@code raw}
     */
    record Origins(String files, String shifts, String broken) {

        /** Drops the tables. */
        public void drop(DuckDb duckDb) {
            for (String table : List.of(files, shifts, broken)) {
                duckDb.execute("DROP TABLE IF EXISTS " + table);
            }
        }
    }
}

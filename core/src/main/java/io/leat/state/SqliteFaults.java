package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what a failure of SQLite means for whoever runs Leat. */
final class SqliteFaults {
    private static final long HARDLY_ANY_SPACE = 1 << 20;
    /** The low byte of an extended result code is the plain one. */
    private static final int PLAIN = 0xff;

    private SqliteFaults() {}

    /**
     * Whether a COMMIT that ended so has certainly not taken place. The frame that commits is the last to be written and
     * nothing is written after it, so a failed write is a failed commit; after a failed sync nobody knows.
     */
    static boolean notCommitted(SQLException failure) {
        return switch (plain(failure)) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL -> true;
            default -> writeFailed(failure);
        };
    }

    private static boolean writeFailed(SQLException failure) {
        return failure instanceof SQLiteException exact && exact.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_WRITE;
    }

    static PipelineException explain(Path file, SQLException failure) {
        return switch (plain(failure)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                fault(ErrorCode.STATE_BUSY, "the state store stayed locked by another process", file, failure)
                        .withHint("Try again when the other run has ended; `leat status` shows what runs.");
            case SQLITE_CORRUPT -> damaged(file, failure, "the state store is damaged");
            case SQLITE_NOTADB -> damaged(file, failure, "this file is not a state store, nor any SQLite database");
            case SQLITE_FULL -> diskFull(file, failure);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                unreachable(file, failure, "the state store cannot be written");
            case SQLITE_CANTOPEN -> unreachable(file, failure, "the state store cannot be opened");
            case SQLITE_IOERR ->
                cannotGrow(file, failure)
                        ? diskFull(file, failure)
                        : unreachable(file, failure, "reading or writing the state store failed");
            default ->
                fault(
                        ErrorCode.INTERNAL,
                        "the state store refused a statement: " + failure.getMessage(),
                        file,
                        failure);
        };
    }

    private static PipelineException damaged(Path file, SQLException failure, String message) {
        return fault(ErrorCode.STATE_CORRUPT, message, file, failure)
                .withHint("Restore it from a backup; the lake itself can be read without it.");
    }

    private static PipelineException diskFull(Path file, SQLException failure) {
        return fault(
                        ErrorCode.DISK_FULL,
                        "there is no space left for the state store, or a quota or limit is reached",
                        file,
                        failure)
                .withHint("Free some space, then run again: nothing is lost.");
    }

    private static PipelineException unreachable(Path file, SQLException failure, String message) {
        return fault(ErrorCode.STATE_UNREACHABLE, message + " (" + words(failure) + ")", file, failure)
                .withHint("The file and its folder must be readable and writable, on a local disk.");
    }

    private static PipelineException fault(ErrorCode code, String message, Path file, SQLException failure) {
        return new PipelineException(code, message, Map.of("file", file.toString()), failure);
    }

    /** SQLite says "full" only for one of the reasons for which a file cannot grow; quotas and limits are write errors. */
    private static boolean cannotGrow(Path file, SQLException failure) {
        try {
            return writeFailed(failure)
                    || Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() < HARDLY_ANY_SPACE;
        } catch (IOException _) {
            return false;
        }
    }

    /** The driver's sentence without its repeated code. */
    private static String words(SQLException failure) {
        return failure instanceof SQLiteException exact
                ? exact.getResultCode().message
                : String.valueOf(failure.getMessage());
    }

    private static SQLiteErrorCode plain(SQLException failure) {
        int code = failure instanceof SQLiteException exact ? exact.getResultCode().code : failure.getErrorCode();
        return SQLiteErrorCode.getErrorCode(code & PLAIN);
    }
}

package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.ErrorCode;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteFaultsTest {
    @TempDir
    Path folder;

    private static SQLException failure(SQLiteErrorCode code) {
        return new SQLiteException("[" + code + "] something", code);
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_BUSY, STATE_BUSY",
        "SQLITE_BUSY_SNAPSHOT, STATE_BUSY",
        "SQLITE_LOCKED, STATE_BUSY",
        "SQLITE_CORRUPT_INDEX, STATE_CORRUPT",
        "SQLITE_NOTADB, STATE_CORRUPT",
        "SQLITE_FULL, DISK_FULL",
        "SQLITE_IOERR_WRITE, DISK_FULL",
        "SQLITE_IOERR_FSYNC, STATE_UNREACHABLE",
        "SQLITE_READONLY_DBMOVED, STATE_UNREACHABLE",
        "SQLITE_CANTOPEN, STATE_UNREACHABLE",
        "SQLITE_PERM, STATE_UNREACHABLE",
        "SQLITE_CONSTRAINT_CHECK, INTERNAL",
    })
    void saysWhatAFailureMeansAndWhichFile(SQLiteErrorCode code, ErrorCode expected) {
        Path file = folder.resolve("state.db");

        var explained = SqliteFaults.explain(file, failure(code));

        assertThat(explained.code()).isEqualTo(expected);
        assertThat(explained.context()).containsEntry("file", file.toString());
        assertThat(explained.hint().isPresent()).isEqualTo(expected != ErrorCode.INTERNAL);
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_BUSY, true",
        "SQLITE_FULL, true",
        "SQLITE_IOERR_WRITE, true",
        "SQLITE_IOERR_FSYNC, false",
        "SQLITE_IOERR, false",
        "SQLITE_CORRUPT, false",
    })
    void knowsWhichFailuresOfACommitAreCertain(SQLiteErrorCode code, boolean certain) {
        assertThat(SqliteFaults.notCommitted(failure(code))).isEqualTo(certain);
    }

    @Test
    void takesFailuresOfTheDriverItselfToo() {
        var explained = SqliteFaults.explain(folder.resolve("gone/state.db"), new SQLException("closed", "", 10));

        assertThat(explained.code()).isEqualTo(ErrorCode.STATE_UNREACHABLE);
        assertThat(explained.message()).contains("closed");
    }
}

package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.ErrorCode;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

class PostgresFaultsTest {
    private static final String PLACE = "postgresql://db:5432/leat, schema leat";

    private final PostgresFaults faults = new PostgresFaults(PLACE);

    /** As the server says it. */
    private static SQLException answer(String severity, String state) {
        return new PSQLException(new ServerErrorMessage(
                "S" + severity + "\0V" + severity + "\0C" + state + "\0Msomething\0DDetail: which nobody needs\0"));
    }

    @ParameterizedTest
    @CsvSource({
        "08006, NETWORK",
        "57P01, NETWORK",
        "57P03, NETWORK",
        "25P03, NETWORK",
        "08001, STATE_UNREACHABLE",
        "25006, STATE_UNREACHABLE",
        "3D000, STATE_UNREACHABLE",
        "58030, STATE_UNREACHABLE",
        "28P01, PERMISSION",
        "28000, PERMISSION",
        "42501, PERMISSION",
        "53100, DISK_FULL",
        "53300, STATE_BUSY",
        "55P03, STATE_BUSY",
        "57014, STATE_BUSY",
        "40001, STATE_BUSY",
        "40P01, STATE_BUSY",
        "XX001, STATE_CORRUPT",
        "42P01, INTERNAL",
        "23514, INTERNAL",
    })
    void saysWhatAFailureMeansAndOfWhichStore(String state, ErrorCode expected) {
        var explained = faults.explain(answer("ERROR", state));

        assertThat(explained.code()).isEqualTo(expected);
        assertThat(explained.context()).containsEntry("store", PLACE);
        assertThat(explained.message()).doesNotContain("nobody needs");
        assertThat(explained.hint().isPresent()).isEqualTo(expected != ErrorCode.INTERNAL);
    }

    @Test
    void takesFailuresOfThePoolToo() {
        var refused = new PSQLException("Connection refused", PSQLState.CONNECTION_UNABLE_TO_CONNECT);

        assertThat(faults.explain(new SQLTransientConnectionException("30 seconds", "08001", refused))
                        .code())
                .isEqualTo(ErrorCode.NETWORK);
        assertThat(faults.explain(new SQLTransientConnectionException("30 seconds", "08001", answer("FATAL", "53300")))
                        .code())
                .isEqualTo(ErrorCode.STATE_BUSY);
        assertThat(faults.explain(new SQLTransientConnectionException("30 seconds"))
                        .message())
                .isEqualTo("all connections to the state store stayed in use");
        assertThat(faults.explain(new SQLTimeoutException("too long")).code()).isEqualTo(ErrorCode.STATE_BUSY);
    }

    @ParameterizedTest
    @CsvSource({"ERROR, 53100, true", "ERROR, 40001, true", "FATAL, 57P01, false"})
    void knowsWhichFailuresOfACommitAreCertain(String severity, String state, boolean certain) {
        assertThat(PostgresFaults.notCommitted(answer(severity, state))).isEqualTo(certain);
    }

    @Test
    void knowsNothingOfACommitThatGotNoAnswer() {
        var cut = new PSQLException("An I/O error occurred", PSQLState.CONNECTION_FAILURE);

        assertThat(PostgresFaults.notCommitted(cut)).isFalse();
        assertThat(PostgresFaults.notCommitted(new SQLException("closed"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "40001, true",
        "40P01, true",
        "08006, true",
        "57P01, true",
        "55P03, false",
        "53100, false",
        "42P01, false"
    })
    void knowsWhatMaySucceedAgain(String state, boolean again) {
        assertThat(PostgresFaults.maySucceedAgain(answer("ERROR", state))).isEqualTo(again);
    }
}

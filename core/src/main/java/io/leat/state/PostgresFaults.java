package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says what a failure of PostgreSQL means for whoever runs Leat. */
final class PostgresFaults {
    /** Aborted for the sake of others: the same again may pass. */
    private static final Set<String> COLLISIONS = Set.of("40001", "40P01");
    /** The server ends sessions: an administrator, a crash of another session, starting or stopping, idleness. */
    private static final Set<String> SESSION_ENDED = Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "25P04");

    private final String place;

    /** @param place server, database and schema, for people */
    PostgresFaults(String place) {
        this.place = place;
    }

    /** Whether a COMMIT that ended so has certainly not taken place: the server itself says that it aborted. */
    static boolean notCommitted(SQLException failure) {
        return answer(failure)
                .filter(answer -> "ERROR".equals(answer.getSeverity()))
                .isPresent();
    }

    /** Whether the connection is gone, so that nothing is left to be done with it. */
    static boolean connectionLost(SQLException failure) {
        String state = state(failure);
        return state.startsWith("08") || SESSION_ENDED.contains(state);
    }

    /** Whether a transaction that ended so before its COMMIT may pass when it is run again at once. */
    static boolean maySucceedAgain(SQLException failure) {
        boolean waitedAlready = failure instanceof SQLTransientConnectionException;
        return !waitedAlready && (connectionLost(failure) || COLLISIONS.contains(state(failure)));
    }

    PipelineException explain(SQLException failure) {
        if (failure instanceof SQLTransientConnectionException waited) {
            return waited.getCause() instanceof SQLException reason
                    ? explainReconnecting(reason)
                    : busy(failure, "all connections to the state store stayed in use");
        }
        if (failure instanceof SQLTimeoutException) {
            return busy(failure, String.valueOf(failure.getMessage()));
        }
        String state = state(failure);
        return switch (state) {
            case "08001", "08004" ->
                unreachable(failure, "the database server cannot be reached")
                        .withHint("Check host and port of the connection, and that the server runs.");
            case "25006" ->
                unreachable(failure, "the state store can only be read: the server is a standby")
                        .withHint("Let the connection name the primary server.");
            case "28P01", "28000" ->
                fault(ErrorCode.PERMISSION, "the database server refuses this user (" + words(failure) + ")", failure)
                        .withHint("Check user and password of the connection, and pg_hba.conf of the server.");
            case "42501" ->
                fault(ErrorCode.PERMISSION, "the user lacks a right (" + words(failure) + ")", failure)
                        .withHint("The user must own the schema, or be allowed to create it.");
            case "3D000" ->
                unreachable(failure, "there is no such database")
                        .withHint("Make it with CREATE DATABASE, or correct the connection.");
            case "53100" ->
                fault(ErrorCode.DISK_FULL, "there is no space left for the state store", failure)
                        .withHint("Free some space on the database server, then run again: nothing is lost.");
            case "53300" -> busy(failure, "the database server has no connection left");
            case "55P03", "57014" -> busy(failure, "the state store stayed locked by somebody else");
            case "57P03" -> lost(failure, "the database server is starting or stopping");
            case "40001", "40P01" -> busy(failure, "others changed the same records again and again");
            case "58030", "53200", "53400" ->
                unreachable(failure, "the database server is in trouble").withHint("Look at the server's log.");
            case "XX001", "XX002" ->
                fault(ErrorCode.STATE_CORRUPT, "the state store is damaged", failure)
                        .withHint("Restore it from a backup; the lake itself can be read without it.");
            default ->
                connectionLost(failure)
                        ? lost(failure, "the connection to the state store was lost")
                        : fault(ErrorCode.INTERNAL, "the state store refused a statement: " + words(failure), failure);
        };
    }

    /** It could be reached when the store was opened. */
    private PipelineException explainReconnecting(SQLException failure) {
        return connectionLost(failure)
                ? lost(failure, "the database server cannot be reached any more")
                : explain(failure);
    }

    private PipelineException busy(SQLException failure, String message) {
        return fault(ErrorCode.STATE_BUSY, message, failure)
                .withHint("Try again; `leat status` shows what runs, pg_stat_activity who waits for whom.");
    }

    private PipelineException lost(SQLException failure, String message) {
        return fault(ErrorCode.NETWORK, message + " (" + words(failure) + ")", failure)
                .withHint("Run again: nothing was lost. If it happens often, look at the server's log.");
    }

    private PipelineException unreachable(SQLException failure, String message) {
        return fault(ErrorCode.STATE_UNREACHABLE, message + " (" + words(failure) + ")", failure);
    }

    private PipelineException fault(ErrorCode code, String message, SQLException failure) {
        return new PipelineException(code, message, Map.of("store", place), failure);
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }

    /** The server's sentence, else the driver's, on one line. */
    private static String words(SQLException failure) {
        String said = answer(failure).map(ServerErrorMessage::getMessage).orElse(failure.getMessage());
        return firstLine(said);
    }

    /** What the server itself said; empty if the driver has found out. */
    private static Optional<ServerErrorMessage> answer(SQLException failure) {
        return failure instanceof PSQLException exact
                ? Optional.ofNullable(exact.getServerErrorMessage())
                : Optional.empty();
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "no reason given" : text.lines().findFirst().orElse("");
    }
}

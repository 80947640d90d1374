package io.leat.target.postgres;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.state.PostgresDoor;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says what a failure of the target's database means for whoever runs Leat. */
final class TargetFaults {
    private final String target;

    /** @param target connection and table, for people */
    TargetFaults(String target) {
        this.target = target;
    }

    /** Whether a statement failed because somebody else holds a lock for too long. */
    static boolean isLocked(SQLException failure) {
        return "55P03".equals(failure.getSQLState());
    }

    PipelineException explain(SQLException failure) {
        if (failure instanceof SQLTimeoutException) {
            return fault(ErrorCode.TIMEOUT, String.valueOf(failure.getMessage()), failure);
        }
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "08001", "08004", "57P03" ->
                fault(ErrorCode.NETWORK, "the database server cannot be reached" + words(failure), failure)
                        .withHint("Check host and port of the connection, and that the server runs.");
            case "53300" -> fault(ErrorCode.NETWORK, "the database server has no connection left", failure);
            case "28P01", "28000" ->
                fault(ErrorCode.PERMISSION, "the database server refuses this user" + words(failure), failure)
                        .withHint("Check user and password of the connection, and pg_hba.conf of the server.");
            case "42501" ->
                fault(ErrorCode.PERMISSION, "the user lacks a right" + words(failure), failure)
                        .withHint("The user must own the table, and may create schemas and tables in the database.");
            case "3D000" ->
                fault(ErrorCode.CONFIGURATION, "there is no such database", failure)
                        .withHint("Make it with CREATE DATABASE, or correct the connection.");
            case "25006" ->
                fault(ErrorCode.CONFIGURATION, "the database can only be read: the server is a standby", failure)
                        .withHint("Let the connection name the primary server.");
            case "53100" ->
                fault(ErrorCode.DISK_FULL, "there is no space left on the database server", failure)
                        .withHint("Free some space there, then run again: nothing was changed.");
            case "55P03" ->
                fault(ErrorCode.TIMEOUT, "the table stayed locked by somebody else", failure)
                        .withHint("Try again; pg_stat_activity shows who waits for whom.");
            case "57014" -> fault(ErrorCode.TIMEOUT, "a statement took too long on the database server", failure);
            case "40001", "40P01" ->
                fault(ErrorCode.COMMIT_CONFLICT, "others changed the same at the same time" + words(failure), failure);
            case "42P01", "42703", "42804", "3F000" ->
                fault(ErrorCode.COMMIT_CONFLICT, "the table was changed meanwhile" + words(failure), failure);
            default -> explainByClass(state, failure);
        };
    }

    private PipelineException explainByClass(String state, SQLException failure) {
        if (PostgresDoor.connectionLost(failure)) {
            return fault(ErrorCode.NETWORK, "the connection to the database server was lost" + words(failure), failure)
                    .withHint("Run again: nothing was lost. If it happens often, look at the server's log.");
        }
        if (state.startsWith("22")) {
            return fault(ErrorCode.SCHEMA_VALIDATION, "the database cannot hold a value" + words(failure), failure);
        }
        if (state.startsWith("23")) {
            return fault(
                            ErrorCode.SCHEMA_VALIDATION,
                            "a constraint of the table refuses a row" + words(failure),
                            failure)
                    .withHint("Let a check or a column's rule refuse such rows before, or drop the constraint.");
        }
        return fault(ErrorCode.STORAGE_ACCESS, "the database server refused a statement" + words(failure), failure);
    }

    private PipelineException fault(ErrorCode code, String message, SQLException failure) {
        return new PipelineException(code, message, Map.of("target", target), failure);
    }

    /** The server's sentence with what it says of the place, else the driver's, on one line. */
    private static String words(SQLException failure) {
        Optional<ServerErrorMessage> answer = failure instanceof PSQLException exact
                ? Optional.ofNullable(exact.getServerErrorMessage())
                : Optional.empty();
        if (answer.isEmpty()) {
            return ": " + firstLine(failure.getMessage());
        }
        var text = new StringBuilder(": ").append(firstLine(answer.get().getMessage()));
        more(text, answer.get().getDetail());
        more(text, answer.get().getWhere());
        return text.toString();
    }

    private static void more(StringBuilder text, @Nullable String sentence) {
        if (sentence != null && !sentence.isBlank()) {
            text.append(" (").append(firstLine(sentence)).append(')');
        }
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "no reason given" : text.lines().findFirst().orElse("");
    }
}

package io.leat.model;

import io.leat.model.ModelKind.TimeColumn;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.LeatType;
import io.leat.time.Window;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Keeps rows outside of a window out of an incremental model, whatever its query says: half-open, in UTC. */
final class TimeGuard {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String DAYS = "%Y-%m-%d";

    private final String column;
    private final LeatType type;
    private final String format;

    private TimeGuard(String column, LeatType type, String format) {
        this.column = column;
        this.type = type;
        this.format = format;
    }

    static TimeGuard of(TimeColumn time, LeatType type) {
        return new TimeGuard(Sql.identifier(time.name()), type, time.format() == null ? DAYS : time.format());
    }

    /** Why a column of this type cannot put rows into windows, if so. */
    static Optional<String> objection(TimeColumn time, LeatType type) {
        boolean integer = type instanceof LeatType.Simple simple && simple.isInteger();
        if (integer && time.format() == null) {
            return Optional.of("is a number: say how to read it, as in (" + time.name() + ", '%Y%m%d')");
        }
        boolean fits = integer
                || type == LeatType.STRING
                || type == LeatType.DATE
                || type == LeatType.TIMESTAMP
                || type == LeatType.LOCAL_TIMESTAMP;
        return fits ? Optional.empty() : Optional.of("is " + type.text() + ", which is no time");
    }

    String condition(Window window) {
        String value = type == LeatType.TIMESTAMP ? column : local();
        return value + " >= " + literal(window.start()) + " AND " + value + " < " + literal(window.end());
    }

    /** The instant at which a row lies, as a TIMESTAMPTZ, in a session whose time zone is UTC. */
    String instant() {
        return type == LeatType.TIMESTAMP ? column : "CAST(" + local() + " AS TIMESTAMPTZ)";
    }

    private String local() {
        return switch (type) {
            case LeatType.Simple simple when simple == LeatType.LOCAL_TIMESTAMP -> column;
            case LeatType.Simple simple when simple == LeatType.DATE -> "CAST(" + column + " AS TIMESTAMP)";
            case LeatType.Simple simple when simple == LeatType.STRING -> parsed(column);
            case LeatType.Simple simple when simple.isInteger() -> parsed("CAST(" + column + " AS VARCHAR)");
            default ->
                throw new PipelineException(
                        ErrorCode.INTERNAL, "a time column of type " + type.text() + " was let through");
        };
    }

    private String parsed(String text) {
        return "CAST(strptime(" + text + ", " + Sql.literal(format) + ") AS TIMESTAMP)";
    }

    private String literal(Instant instant) {
        String text = SECOND.format(instant);
        return type == LeatType.TIMESTAMP ? "TIMESTAMPTZ '" + text + "+00'" : "TIMESTAMP '" + text + "'";
    }
}

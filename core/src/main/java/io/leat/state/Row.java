package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.LoadId;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import io.leat.time.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of a result, read from left to right: each call takes the next column. */
final class Row {
    private final ResultSet result;
    private int column;

    Row(ResultSet result) {
        this.result = result;
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /** Takes a row. */
    @FunctionalInterface
    interface Consumer {
        void take(Row row) throws SQLException;
    }

    void rewind() {
        column = 0;
    }

    String text() throws SQLException {
        String text = textOrNull();
        if (text == null) {
            throw missing();
        }
        return text;
    }

    @Nullable
    String textOrNull() throws SQLException {
        return result.getString(++column);
    }

    Object value() throws SQLException {
        Object value = valueOrNull();
        if (value == null) {
            throw missing();
        }
        return value;
    }

    /** As the database has it: a number or a text. */
    @Nullable
    Object valueOrNull() throws SQLException {
        return result.getObject(++column);
    }

    long number() throws SQLException {
        return result.getLong(++column);
    }

    int integer() throws SQLException {
        return result.getInt(++column);
    }

    /** A truth value, or a number that is 0 for false. */
    boolean truth() throws SQLException {
        return result.getBoolean(++column);
    }

    @Nullable
    Long numberOrNull() throws SQLException {
        long number = result.getLong(++column);
        return result.wasNull() ? null : number;
    }

    @Nullable
    Integer integerOrNull() throws SQLException {
        int number = result.getInt(++column);
        return result.wasNull() ? null : number;
    }

    Instant instant() throws SQLException {
        Instant instant = instantOrNull();
        if (instant == null) {
            throw missing();
        }
        return instant;
    }

    @Nullable
    Instant instantOrNull() throws SQLException {
        Long milliseconds = numberOrNull();
        return milliseconds == null ? null : Instant.ofEpochMilli(milliseconds);
    }

    <E extends Enum<E>> E constant(Class<E> type) throws SQLException {
        return Enum.valueOf(type, text());
    }

    <E extends Enum<E>> @Nullable E constantOrNull(Class<E> type) throws SQLException {
        String text = textOrNull();
        return text == null ? null : Enum.valueOf(type, text);
    }

    EnvironmentName environment() throws SQLException {
        return new EnvironmentName(text());
    }

    PipelineName pipeline() throws SQLException {
        return new PipelineName(text());
    }

    Slice slice() throws SQLException {
        return Slice.parse(text());
    }

    @Nullable
    LoadId loadOrNull() throws SQLException {
        String text = textOrNull();
        return text == null ? null : new LoadId(text);
    }

    @Nullable
    RunId runOrNull() throws SQLException {
        String text = textOrNull();
        return text == null ? null : new RunId(text);
    }

    @Nullable
    ErrorCode codeOrNull() throws SQLException {
        String text = textOrNull();
        return text == null ? null : ErrorCode.parse(text).orElse(ErrorCode.INTERNAL);
    }

    private SQLException missing() throws SQLException {
        return new SQLException("column " + result.getMetaData().getColumnName(column) + " is NULL and must not be");
    }
}

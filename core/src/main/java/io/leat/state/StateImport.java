package io.leat.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.state.StateFile.Head;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Puts all rows of an exported store into an empty one, within one transaction; see {@link StateFile}. */
final class StateImport {
    private static final int ROWS_AT_ONCE = 500;

    private final Session session;
    private final Keeping keeping;
    private final Path file;
    private final BufferedReader lines;
    private final MessageDigest sum = StateExport.sha256();
    private long number;

    StateImport(Session session, Keeping keeping, Path file, BufferedReader lines) {
        this.session = session;
        this.keeping = keeping;
        this.file = file;
        this.lines = lines;
    }

    /** Gives the number of rows. */
    long read() throws SQLException, IOException {
        keeping.excludeWriters(session);
        refuseUnlessEmpty();
        try {
            return readAll();
        } catch (IllegalArgumentException | JacksonException missing) {
            throw StateFile.damaged(file, "line " + number + " lacks something");
        }
    }

    private long readAll() throws SQLException, IOException {
        Head head = Head.parse(next(), file);
        requireSameVersion(head.version());
        for (var table : head.rows().entrySet()) {
            read(table.getKey(), table.getValue());
        }
        requireEnd();
        new StoreTable(session).become(head.storeId(), Instant.ofEpochMilli(head.created()));
        keeping.drawAfter(session, Math.max(head.lastToken(), greatestToken()));
        for (StoredTable table : StoredTable.values()) {
            if (table.numbered()) {
                keeping.numberAfter(session, table);
            }
        }
        return head.rows().values().stream().mapToLong(Long::longValue).sum();
    }

    private void refuseUnlessEmpty() throws SQLException {
        Map<StoredTable, Long> rows = StateExport.counts(session);
        for (var table : rows.entrySet()) {
            if (table.getValue() > 0) {
                throw new PipelineException(
                                ErrorCode.BAD_ARGUMENT,
                                "the state store is not empty: its table "
                                        + table.getKey().table() + " has " + table.getValue() + " rows")
                        .withHint("Let `state:` name a file or schema that is not there yet.");
            }
        }
    }

    private void requireSameVersion(int version) {
        if (version > StoreVersion.VERSION) {
            throw new PipelineException(
                            ErrorCode.STATE_NEWER,
                            "the store was exported at version " + version + ", this program knows "
                                    + StoreVersion.VERSION,
                            Map.of("file", file.toString()),
                            null)
                    .withHint("Use the program that exported it, or a newer one.");
        }
        if (version < StoreVersion.VERSION) {
            throw new PipelineException(
                            ErrorCode.BAD_ARGUMENT,
                            "the store was exported at version " + version + ", this program writes "
                                    + StoreVersion.VERSION,
                            Map.of("file", file.toString()),
                            null)
                    .withHint("Export it again with this program: a store that has moved can still be exported.");
        }
    }

    private void read(StoredTable table, long rows) throws SQLException, IOException {
        JsonNode begin = next();
        if (!begin.path("table").asString("").equals(table.table())
                || begin.required("rows").asLong() != rows) {
            throw StateFile.damaged(
                    file, "line " + number + " does not begin the " + rows + " rows of " + table.table());
        }
        List<String> columns = new ArrayList<>();
        begin.required("columns").forEach(column -> columns.add(column.asString()));
        if (!session.columns(table.table()).containsAll(columns)) {
            throw StateFile.damaged(file, "line " + number + " names columns that " + table.table() + " has not");
        }
        String insert = "INSERT INTO " + table.table() + " (" + Sql.identifiers(columns) + ") VALUES ("
                + String.join(", ", columns.stream().map(_ -> "?").toList()) + ")";
        List<List<@Nullable Object>> some = new ArrayList<>();
        for (long i = 0; i < rows; i++) {
            some.add(row(columns.size()));
            if (some.size() == ROWS_AT_ONCE) {
                session.changeAll(insert, some);
                some.clear();
            }
        }
        session.changeAll(insert, some);
    }

    private List<@Nullable Object> row(int size) throws IOException {
        JsonNode line = next();
        if (!line.isArray() || line.size() != size) {
            throw StateFile.damaged(file, "line " + number + " is not a row of " + size + " values");
        }
        List<@Nullable Object> row = new ArrayList<>();
        for (JsonNode value : line) {
            row.add(value(value));
        }
        return row;
    }

    private @Nullable Object value(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> null;
            case STRING -> value.asString();
            case NUMBER -> value.isIntegralNumber() ? (Object) value.asLong() : (Object) value.asDouble();
            case ARRAY, BINARY, BOOLEAN, MISSING, OBJECT, POJO ->
                throw StateFile.damaged(file, "line " + number + " holds a value of another kind");
        };
    }

    private void requireEnd() throws IOException {
        String expected = HexFormat.of().formatHex(sum.digest());
        JsonNode end = next();
        if (!end.path(StateFile.END).asString("").equals(expected)) {
            throw StateFile.damaged(file, "its lines are not those that were written");
        }
    }

    private JsonNode next() throws IOException {
        String line = lines.readLine();
        number++;
        if (line == null) {
            throw StateFile.damaged(file, "it ends after " + (number - 1) + " lines");
        }
        sum.update((line + "\n").getBytes(UTF_8));
        return StateFile.parse(line, file, number);
    }

    private long greatestToken() throws SQLException {
        long greatest = 0;
        for (String table : List.of("pipeline_records", "leat_fences", "leat_loads", "record_events")) {
            greatest = Math.max(
                    greatest,
                    session.one("SELECT coalesce(max(token), 0) FROM " + table, Row::number)
                            .orElse(0L));
        }
        return greatest;
    }
}

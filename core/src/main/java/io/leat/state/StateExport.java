package io.leat.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leat.name.Sql;
import io.leat.state.StateFile.Head;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes all rows of a store, as one moment has them, to a stream; see {@link StateFile}. */
final class StateExport {
    private final Session session;
    private final Keeping keeping;
    private final DigestOutputStream out;

    StateExport(Session session, Keeping keeping, OutputStream out) {
        this.session = session;
        this.keeping = keeping;
        this.out = new DigestOutputStream(out, sha256());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Gives the number of rows. @throws UncheckedIOException if the stream does not take them */
    long write() throws SQLException {
        var identity = new StoreTable(session).identity();
        Map<StoredTable, Long> rows = counts(session);
        var head = new Head(
                StoreVersion.version(session),
                identity.id(),
                identity.created().toEpochMilli(),
                keeping.lastToken(session),
                rows);
        line(head.json());
        for (var table : rows.entrySet()) {
            write(table.getKey(), table.getValue());
        }
        String sum = HexFormat.of().formatHex(out.getMessageDigest().digest());
        line(StateFile.JSON.createObjectNode().put(StateFile.END, sum).toString());
        flush();
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    static Map<StoredTable, Long> counts(Session session) throws SQLException {
        Map<StoredTable, Long> rows = new EnumMap<>(StoredTable.class);
        for (StoredTable table : StoredTable.values()) {
            rows.put(
                    table,
                    session.one("SELECT count(*) FROM " + table.table(), Row::number)
                            .orElseThrow());
        }
        return rows;
    }

    private void write(StoredTable table, long rows) throws SQLException {
        List<String> columns = session.columns(table.table()).stream().sorted().toList();
        ObjectNode begin = StateFile.JSON.createObjectNode();
        begin.put("table", table.table());
        ArrayNode names = begin.putArray("columns");
        columns.forEach(names::add);
        begin.put("rows", rows);
        line(begin.toString());
        session.each("SELECT " + Sql.identifiers(columns) + " FROM " + table.table(), row -> {
            ArrayNode values = StateFile.JSON.createArrayNode();
            for (int i = 0; i < columns.size(); i++) {
                add(values, row.valueOrNull());
            }
            line(values.toString());
        });
    }

    private static void add(ArrayNode values, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> values.addNull();
            case Integer number -> values.add(number.longValue());
            case Long number -> values.add(number);
            case Double number -> values.add(number);
            case String text -> values.add(text);
            default -> throw new SQLException("a value of the kind " + value.getClass() + " has no form in a file");
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private void line(String json) {
        try {
            out.write((json + "\n").getBytes(UTF_8));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}

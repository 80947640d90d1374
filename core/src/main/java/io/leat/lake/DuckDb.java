package io.leat.lake;

import io.leat.config.Problem;
import io.leat.config.ProblemsException;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an in-memory DuckDB instance with fixed limits. The session's time zone is UTC, insertion order is not
 * preserved, and no extension is ever loaded or downloaded.
 *
 * <p>One thread uses a connection at a time; {@link #duplicate()} opens another one to the same instance, which shares the
 * limits, the tables and, once locked, the lock. {@link #interrupt()} may be called from any thread. Result sets are
 * streamed: a mapper must not run SQL on the connection that it reads from.
 *
 * <p>Every SQL error becomes a {@link PipelineException}: E402 when a disk or the spill area is full, E410 when
 * memory is, E403 when a file may not be accessed, else E006.
 */
public final class DuckDb implements AutoCloseable {
    private final Connection connection;
    private final AtomicReference<@Nullable Statement> running = new AtomicReference<>();

    private volatile boolean interrupted;
    private volatile @Nullable FunctionCatalog functions;

    private DuckDb(Connection connection) {
        this.connection = connection;
    }

    /** What the engine knows of its functions; read when it is first asked for. */
    public FunctionCatalog functions() {
        FunctionCatalog known = functions;
        if (known == null) {
            known = FunctionCatalog.of(this);
            functions = known;
        }
        return known;
    }

    /** Memory in bytes (DuckDB's own, the JVM's heap is apart), threads, and where and how much may be spilled. */
    public record Limits(long memoryBytes, int threads, Path temp, long maxTempBytes) {
        public Limits {
            if (memoryBytes <= 0 || threads <= 0 || maxTempBytes < 0) {
                throw new IllegalArgumentException("memory and threads must be positive");
            }
            Objects.requireNonNull(temp);
        }
    }

    /** Receives columns of some thousand rows at a time; they are gone when it returns. */
    @FunctionalInterface
    public interface ChunkConsumer {
        void accept(DuckDBDataChunkReader chunk) throws SQLException;
    }

    /** Reads one row; it must not advance the result set. */
    @FunctionalInterface
    public interface RowMapper<T extends @Nullable Object> {
        T map(ResultSet row) throws SQLException;
    }

    /** Receives rows one by one; it must not advance the result set. */
    @FunctionalInterface
    public interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    public static DuckDb open(Limits limits) {
        var settings = new Properties();
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        settings.setProperty("memory_limit", limits.memoryBytes() + "B");
        settings.setProperty("threads", Integer.toString(limits.threads()));
        settings.setProperty("preserve_insertion_order", "false");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        try {
            var duckDb = new DuckDb(DriverManager.getConnection("jdbc:duckdb:", settings));
            UnpackedLibrary.remove();
            try {
                duckDb.execute("SET GLOBAL TimeZone = 'UTC'");
                // so that SqlFault knows the place
                duckDb.execute("SET GLOBAL errors_as_json = true");
                // as start-up properties these two are shown but not enforced
                duckDb.execute("SET GLOBAL temp_directory = "
                        + Sql.literal(limits.temp().toAbsolutePath().toString()));
                duckDb.execute("SET GLOBAL max_temp_directory_size = '" + limits.maxTempBytes() + "B'");
                duckDb.execute("SET GLOBAL partitioned_write_max_open_files = 300");
            } catch (RuntimeException failure) {
                duckDb.close();
                throw failure;
            }
            return duckDb;
        } catch (SQLException failure) {
            throw translated(failure);
        }
    }

    /** Runs one statement, or several without binds, and answers how many rows it changed or copied (0 if that means nothing). */
    public long execute(String sql, @Nullable Object... binds) {
        return with(sql, binds, statement -> {
            if (!statement.execute()) {
                return Math.max(0, statement.getLargeUpdateCount());
            }
            try (var rows = statement.getResultSet()) {
                while (rows.next()) {
                    // a streamed statement only runs to its end when it is read to its end
                }
                return 0L;
            }
        });
    }

    /** All rows in memory: for results known to be small; {@link #stream} for others. */
    public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... binds) {
        var rows = new ArrayList<T>();
        stream(sql, row -> rows.add(mapper.map(row)), binds);
        return rows;
    }

    /** The only row of a query; none is empty, a second one is an error of the caller. A row that maps to null is empty too. */
    public <T> Optional<T> one(String sql, RowMapper<@Nullable T> mapper, @Nullable Object... binds) {
        var rows = new ArrayList<Optional<T>>();
        stream(sql, row -> rows.add(Optional.ofNullable(mapper.map(row))), binds);
        if (rows.size() > 1) {
            throw new IllegalStateException("one row expected, found " + rows.size() + ": " + sql);
        }
        return rows.isEmpty() ? Optional.empty() : rows.getFirst();
    }

    /** Hands every row to the consumer as it arrives, in bounded memory, and answers how many there were. */
    public long stream(String sql, RowConsumer consumer, @Nullable Object... binds) {
        return with(sql, binds, statement -> {
            try (var rows = statement.executeQuery()) {
                long count = 0;
                while (rows.next()) {
                    // rows that come as they are asked for are not ended by the engine
                    if (interrupted) {
                        throw new SQLException("INTERRUPT Error: Interrupted!");
                    }
                    consumer.accept(rows);
                    count++;
                }
                return count;
            }
        });
    }

    /**
     * Hands over the result column by column, in bounded memory and without an object for each row.
     *
     * @param rows how many rows the query gives: an error in it ends the driver's chunks as if there were no more
     * @throws PipelineException E006 also if there are more or fewer rows, or it was interrupted
     */
    public void chunks(String sql, long rows, ChunkConsumer consumer) {
        long read = with(sql, new @Nullable Object[0], statement -> {
            try (var result = statement.unwrap(DuckDBPreparedStatement.class).query()) {
                long count = 0;
                while (!interrupted && result.nextChunk()) {
                    count += result.chunk().rowCount();
                    consumer.accept(result.chunk());
                }
                return count;
            }
        });
        if (interrupted) {
            throw new PipelineException(ErrorCode.DUCKDB, "interrupted");
        }
        if (read != rows) {
            raiseUnstreamed(sql, new @Nullable Object[0]);
            throw new PipelineException(ErrorCode.DUCKDB, "%,d rows were expected, but %,d came".formatted(rows, read));
        }
    }

    /** A streamed query that fails before its first row loses its message; run to its end by a statement it has one. */
    private void raiseUnstreamed(String sql, @Nullable Object[] binds) {
        execute(
                "CREATE OR REPLACE TEMP TABLE _leat_failure AS SELECT max(hash(row)) AS h FROM (" + sql + "\n) AS row",
                binds);
        execute("DROP TABLE _leat_failure");
    }

    /** Another connection to the same instance, to be closed on its own. Temporary tables are not shared. */
    public DuckDb duplicate() {
        try {
            var other = new DuckDb(connection.unwrap(DuckDBConnection.class).duplicate());
            other.functions = functions;
            return other;
        } catch (SQLException failure) {
            throw translated(failure);
        }
    }

    /** Ends what runs on this connection with an error there; without effect when nothing runs. */
    public void interrupt() {
        var statement = running.get();
        if (statement != null) {
            interrupted = true;
            try {
                statement.cancel();
            } catch (SQLException closedMeanwhile) {
                // it ended by itself
            }
        }
    }

    /**
     * Closes the instance to the outside for good, before it runs SQL that a user typed: it reads the given files and
     * nothing else, writes no file, attaches nothing, and its configuration cannot change. It cannot be undone and holds
     * for every connection of the instance. The statement itself is checked by {@link #requireQuery(String)}.
     */
    public void lockDown(Collection<Path> readable) {
        String paths = readable.stream()
                .map(path -> Sql.literal(path.toAbsolutePath().normalize().toString()))
                .collect(Collectors.joining(", ", "[", "]"));
        execute("SET GLOBAL allowed_paths = " + paths);
        execute("SET GLOBAL enable_external_access = false");
        execute("SET GLOBAL lock_configuration = true");
    }

    /** Refuses everything but a single query (SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE, SHOW) with E505. */
    public void requireQuery(String sql) {
        record Parsed(boolean failed, @Nullable String message, long place, int statements) {}
        var parsed = one(
                        """
                        SELECT json_extract_string(tree, '$.error') = 'true', json_extract_string(tree, '$.error_message'),
                               coalesce(CAST(json_extract_string(tree, '$.position') AS BIGINT), -1),
                               coalesce(json_array_length(tree, '$.statements'), 0)
                        FROM (SELECT json_serialize_sql(?) AS tree)""", row -> new Parsed(row.getBoolean(1), row.getString(2), row.getLong(3), row.getInt(4)), sql)
                .orElseThrow();
        if (parsed.failed()) {
            String message = Objects.requireNonNullElse(parsed.message(), "it cannot be parsed");
            if (message.startsWith("Only SELECT")) {
                throw new PipelineException(
                        ErrorCode.BAD_QUERY, "only queries can be run here, nothing that changes data");
            }
            SqlFault fault = SqlFault.ofParser(message, parsed.place());
            throw new ProblemsException(
                    List.of(new Problem(ErrorCode.BAD_QUERY, fault.markIn("query", sql), fault.message())));
        }
        if (parsed.statements() != 1) {
            throw new PipelineException(ErrorCode.BAD_QUERY, "one query expected, found " + parsed.statements());
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw translated(failure);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, @Nullable Object[] binds, Work<T> work) {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < binds.length; i++) {
                statement.setObject(
                        i + 1, binds[i] instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : binds[i]);
            }
            interrupted = false;
            running.set(statement);
            try {
                return work.run(statement);
            } finally {
                running.set(null);
            }
        } catch (SQLException failure) {
            var translated = translated(failure);
            if (translated.message().endsWith("Invalid result set") && !interrupted) {
                raiseUnstreamed(sql, binds);
            }
            throw translated;
        }
    }

    private static PipelineException translated(SQLException failure) {
        String message = SqlFault.plain(Objects.requireNonNullElse(failure.getMessage(), "DuckDB failed"));
        String brief = brief(message);
        if (message.contains("No space left on device")
                || message.contains("Disk quota exceeded")
                || message.contains("File too large")
                || message.contains("max_temp_directory_size")) {
            return new PipelineException(ErrorCode.DISK_FULL, brief, failure);
        }
        if (message.startsWith("Out of Memory Error")) {
            return new PipelineException(ErrorCode.OUT_OF_MEMORY, brief, failure)
                    .withHint("give it more `memory`, or fewer slots that share it");
        }
        boolean denied = message.startsWith("Permission Error") || message.contains("Permission denied");
        return new PipelineException(denied ? ErrorCode.PERMISSION : ErrorCode.DUCKDB, brief, failure);
    }

    /** What went wrong, without DuckDB's general advice. */
    private static String brief(String message) {
        String first = message.lines()
                .takeWhile(line -> !line.startsWith("Possible solutions") && !line.startsWith("See also"))
                .collect(Collectors.joining("\n"))
                .strip();
        int limit = 2_000;
        return first.length() <= limit ? first : first.substring(0, limit) + " …";
    }
}

package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.lake.SqlFault;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.LeatType;
import io.leat.schema.RawColumn;
import io.leat.schema.RawSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows of files, read from the files. The record number of a row counts the records of its file from 1, neither a header
 * nor blank lines.
 */
public final class FileRows implements RawRows {

    /** A path in what DuckDB says. */
    private static final Pattern PATH = Pattern.compile("(?:file )?['\"](?<quoted>/[^'\"]+)['\"]|(?<=: )/.+$");

    private final List<FileGroup> groups;
    private final RawSchema schema;
    private final Copies copies;
    private final Map<String, List<String>> lacking;

    private FileRows(List<FileGroup> groups, RawSchema schema, Copies copies) {
        this.copies = copies;
        this.groups = List.copyOf(groups);
        this.schema = schema;
        this.lacking = lacking(groups, schema);
    }

    /**
     * Opens files: finds their columns, reads no more.
     *
     * @param copies where files are copied to that DuckDB cannot read as they are
     * @param expected the columns to assume if every file is empty
     * @throws PipelineException E305 if a file is not what it should be, with what to do
     */
    public static FileRows open(
            DuckDb duckDb, FileSource source, List<SourceFile> files, Copies copies, List<String> expected) {
        var groups = new Grouping(duckDb, source, copies).of(files);
        RawSchema schema = groups.isEmpty() ? RawSchema.ofTexts(expected) : union(groups);
        return new FileRows(groups, schema, copies);
    }

    @Override
    public RawSchema schema() {
        return schema;
    }

    @Override
    public Map<String, List<String>> lacking() {
        return lacking;
    }

    /** Whether every file is JSON: there a key that no record has is no sign of a mistake. */
    boolean isJson() {
        return groups.stream()
                .allMatch(group -> group.format() == FileFormat.JSON || group.format() == FileFormat.NDJSON);
    }

    @Override
    public String recordText() {
        boolean some = groups.stream()
                .anyMatch(group -> group.format() == FileFormat.JSON || group.format() == FileFormat.NDJSON);
        return some && isJson() ? "_leat_line" : schema.recordText();
    }

    @Override
    public String clean() {
        return groups.isEmpty()
                ? nothing("")
                : groups.stream().map(group -> group.clean(schema)).collect(Collectors.joining(" UNION ALL "));
    }

    @Override
    public String numbered() {
        boolean lines = recordText().equals("_leat_line");
        return groups.isEmpty()
                ? nothing(", CAST(NULL AS VARCHAR) AS _leat_path, CAST(NULL AS BIGINT) AS _leat_row,"
                        + " CAST(NULL AS VARCHAR) AS _leat_malformed")
                : groups.stream()
                        .map(group -> lines ? group.numbered(schema) : withoutLine(group))
                        .collect(Collectors.joining(" UNION ALL "));
    }

    @Override
    public Origins origins(DuckDb duckDb, String table) {
        String id = "_leat_" + UUID.randomUUID().toString().replace("-", "");
        var origins = new Origins(id + "_files", id + "_shifts", id + "_broken");
        duckDb.execute("CREATE TEMP TABLE " + origins.broken()
                + " (path VARCHAR, record BIGINT, code VARCHAR, reason VARCHAR, raw VARCHAR)");
        duckDb.execute("CREATE TEMP TABLE " + origins.shifts() + " (path VARCHAR, after BIGINT, shift BIGINT)");
        duckDb.execute("CREATE TEMP TABLE " + origins.files() + " (path VARCHAR, name VARCHAR, first_row BIGINT)");
        for (FileGroup group : groups) {
            for (Readable file : group.files()) {
                duckDb.execute(
                        "INSERT INTO " + origins.files() + " VALUES (?, ?, 1)",
                        file.origin(),
                        file.file().name());
            }
            if (group.isReadAsText()) {
                collectBroken(duckDb, group, origins);
            }
        }
        if (groups.stream().anyMatch(group -> group.format() != FileFormat.PARQUET)) {
            duckDb.execute("UPDATE " + origins.files()
                    + " AS f SET first_row = r.first FROM (SELECT _leat_path, min(_leat_row) AS first" + " FROM "
                    + table + " GROUP BY _leat_path) AS r WHERE f.path = r._leat_path");
        }
        return origins;
    }

    @Override
    public Optional<RawRows> plainly() {
        List<FileGroup> plain =
                groups.stream().map(group -> group.plainly(copies)).toList();
        return plain.equals(groups) ? Optional.empty() : Optional.of(new FileRows(plain, schema, copies));
    }

    /**
     * What DuckDB says about a file, as a sentence for the person whose file it is; other failures as they are. The file is named by
     * the failure's context, else by what DuckDB says.
     */
    public static PipelineException explained(PipelineException failure) {
        if (failure.code() != ErrorCode.DUCKDB) {
            return failure;
        }
        String message = failure.message();
        if (message.contains("Unexpected end of GZIP") || message.contains("ZSTD") || message.contains("GZIP")) {
            return malformed(failure, "is cut off or damaged", "get the file again; check it with gzip -t or zstd -t");
        }
        if (message.contains("Malformed JSON")) {
            return malformed(failure, "is broken JSON", "get the file again, or repair it at the place that is named");
        }
        if (message.contains("No magic bytes") || message.contains("too small to be a Parquet file")) {
            return malformed(failure, "is no Parquet file", "get the file again, or correct the source's `format:`");
        }
        if (message.contains("not utf-8 encoded") || message.contains("Invalid unicode")) {
            return malformed(
                    failure,
                    "has a header that is not in the declared encoding",
                    "write `files: { path: …, encoding: latin-1 }`");
        }
        return failure;
    }

    private static PipelineException malformed(PipelineException failure, String what, String hint) {
        String detail = SqlFault.of(failure).message();
        Matcher path = PATH.matcher(detail);
        boolean told = path.find();
        String file = failure.context()
                .getOrDefault(
                        "file", told ? path.group("quoted") != null ? path.group("quoted") : path.group() : "a file");
        String rest = told ? path.replaceFirst("it") : detail;
        return new PipelineException(
                        ErrorCode.MALFORMED_FILE, file + " " + what + ": " + rest, failure.context(), failure)
                .withHint(hint);
    }

    /** A record that is broken in two ways is one reject. */
    private static void collectBroken(DuckDb duckDb, FileGroup group, Origins origins) {
        boolean read = duckDb.one(
                        "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?",
                        row -> row.getLong(1) > 0,
                        group.errorTable())
                .orElse(false);
        if (!read) {
            return;
        }
        duckDb.execute("""
                INSERT INTO %s
                SELECT %s, e.line - %d,
                       CASE WHEN any_value(e.error_type) FILTER (WHERE e.error_type = 'INVALID ENCODING') IS NOT NULL
                            THEN 'ENCODING' ELSE 'MALFORMED' END,
                       CASE min(e.error_type::VARCHAR)
                            WHEN 'INVALID ENCODING' THEN 'the record holds bytes that are no text in the declared encoding'
                            WHEN 'MISSING COLUMNS' THEN 'the record has too few values: ' || min(e.error_message)
                            WHEN 'TOO MANY COLUMNS' THEN 'the record has too many values: ' || min(e.error_message)
                            WHEN 'UNQUOTED VALUE' THEN 'a quote is opened and not closed, or stands within a value'
                            WHEN 'LINE SIZE OVER MAXIMUM' THEN 'the record is longer than 2 MB'
                            ELSE 'the record does not have the form of its file' END,
                       left(min(e.csv_line), 10000)
                FROM %s AS e JOIN %s AS s USING (scan_id, file_id)
                GROUP BY ALL""".formatted(
                        origins.broken(),
                        group.origin("s.file_path"),
                        group.hasHeader() ? 1 : 0,
                        group.errorTable(),
                        group.scanTable()));
        duckDb.execute("""
                INSERT INTO %s
                SELECT path, record - number AS after, number AS shift
                FROM (SELECT path, record, row_number() OVER (PARTITION BY path ORDER BY record) AS number FROM %s
                      WHERE path IN (%s))
                QUALIFY row_number() OVER (PARTITION BY path, after ORDER BY number DESC) = 1""".formatted(
                origins.shifts(),
                origins.broken(),
                Sql.literals(group.files().stream().map(Readable::origin).toList())));
        duckDb.execute("DROP TABLE " + group.errorTable());
        duckDb.execute("DROP TABLE " + group.scanTable());
    }

    private String withoutLine(FileGroup group) {
        boolean json = group.format() == FileFormat.JSON || group.format() == FileFormat.NDJSON;
        return json ? "SELECT * EXCLUDE (_leat_line) FROM (" + group.numbered(schema) + ")" : group.numbered(schema);
    }

    private String nothing(String more) {
        String columns = IntStream.range(0, schema.columns().size())
                .mapToObj(place -> "CAST(NULL AS VARCHAR) AS " + RawSchema.sqlName(place) + ", ")
                .collect(Collectors.joining());
        return "SELECT " + columns + "CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS _leat_window" + more + " WHERE false";
    }

    /** Columns in the order in which they first occur; of different types they are read as texts. */
    static RawSchema union(List<FileGroup> groups) {
        Map<String, RawColumn> byName = new LinkedHashMap<>();
        for (FileGroup group : groups) {
            for (RawColumn column : group.columns()) {
                byName.merge(
                        column.name().toLowerCase(Locale.ROOT),
                        new RawColumn(column.name(), readType(column.sqlType())),
                        (known, other) ->
                                known.sqlType().equals(other.sqlType()) ? known : RawColumn.text(known.name()));
            }
        }
        return new RawSchema(List.copyOf(byName.values()));
    }

    private static String readType(String sqlType) {
        try {
            LeatType.ofDuckDb(sqlType);
            return sqlType;
        } catch (IllegalArgumentException unknown) {
            return "VARCHAR";
        }
    }

    private static Map<String, List<String>> lacking(List<FileGroup> groups, RawSchema schema) {
        Map<String, List<String>> lacking = new LinkedHashMap<>();
        for (FileGroup group : groups) {
            if (group.format() == FileFormat.JSON || group.format() == FileFormat.NDJSON) {
                continue;
            }
            for (RawColumn column : schema.columns()) {
                if (group.columns().stream().noneMatch(own -> own.name().equalsIgnoreCase(column.name()))) {
                    lacking.computeIfAbsent(column.name(), name -> new ArrayList<>())
                            .addAll(group.files().stream().map(Readable::origin).toList());
                }
            }
        }
        return lacking;
    }
}

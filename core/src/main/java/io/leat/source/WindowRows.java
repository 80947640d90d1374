package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.Sql;
import io.leat.schema.RawColumn;
import io.leat.schema.RawSchema;
import io.leat.time.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows of some windows, out of scans that a {@link FileIndex} made. */
public final class WindowRows implements RawRows {

    /**
     * A file that has rows for the windows.
     *
     * @param rows where its scan is kept: {@link FileIndex#rows}
     * @param windows those whose rows are read out of this scan; it may have rows of others
     */
    public record Part(String name, Path path, Path rows, List<Window> windows) {
        public Part {
            windows = windows.stream().sorted().toList();
        }
    }

    private record Kept(Part part, KeptSchema columns) {}

    private final List<Kept> parts;
    private final RawSchema schema;

    private WindowRows(List<Kept> parts, RawSchema schema) {
        this.parts = List.copyOf(parts);
        this.schema = schema;
    }

    /**
     * Opens the scans of files.
     *
     * @param declared names of columns that a JSON file is not expected to have in every scan: they count as there
     */
    public static WindowRows open(DuckDb duckDb, List<Part> parts, Collection<String> declared) {
        List<Kept> kept = parts.stream()
                .map(part -> new Kept(part, KeptSchema.read(duckDb, part.rows())))
                .toList();
        Map<String, RawColumn> columns = new LinkedHashMap<>();
        for (Kept file : kept) {
            file.columns().schema().columns().forEach(column -> put(columns, column));
        }
        if (kept.stream().allMatch(file -> file.columns().isJson())) {
            declared.forEach(name -> columns.putIfAbsent(name.toLowerCase(Locale.ROOT), RawColumn.text(name)));
        }
        return new WindowRows(kept, new RawSchema(List.copyOf(columns.values())));
    }

    private static void put(Map<String, RawColumn> columns, RawColumn column) {
        columns.merge(
                column.name().toLowerCase(Locale.ROOT),
                column,
                (known, other) -> known.sqlType().equals(other.sqlType()) ? known : RawColumn.text(known.name()));
    }

    @Override
    public RawSchema schema() {
        return schema;
    }

    @Override
    public Map<String, List<String>> lacking() {
        Map<String, List<String>> lacking = new LinkedHashMap<>();
        for (Kept file : parts) {
            for (RawColumn column : schema.columns()) {
                if (!file.columns().isJson() && place(file, column).isEmpty()) {
                    lacking.computeIfAbsent(column.name(), name -> new ArrayList<>())
                            .add(file.part().path().toString());
                }
            }
        }
        return lacking;
    }

    @Override
    public String recordText() {
        boolean json = !parts.isEmpty()
                && parts.stream().allMatch(file -> file.columns().isJson());
        return json ? "_leat_line" : schema.recordText();
    }

    @Override
    public String clean() {
        return all(file -> "");
    }

    @Override
    public Optional<String> traced() {
        return Optional.of(all(file -> ", " + Sql.literal(file.part().name()) + " AS _leat_file, _leat_record"));
    }

    @Override
    public String numbered() {
        String line = recordText().equals("_leat_line") ? ", _leat_line" : "";
        return all(file -> ", " + Sql.literal(file.part().path().toString())
                + " AS _leat_path, _leat_record AS _leat_row, CAST(NULL AS VARCHAR) AS _leat_malformed" + line);
    }

    @Override
    public Origins origins(DuckDb duckDb, String table) {
        String id = "_leat_" + UUID.randomUUID().toString().replace("-", "");
        var origins = new Origins(id + "_files", id + "_shifts", id + "_broken");
        duckDb.execute("CREATE TEMP TABLE " + origins.files() + " (path VARCHAR, name VARCHAR, first_row BIGINT)");
        duckDb.execute("CREATE TEMP TABLE " + origins.shifts() + " (path VARCHAR, after BIGINT, shift BIGINT)");
        duckDb.execute("CREATE TEMP TABLE " + origins.broken()
                + " (path VARCHAR, record BIGINT, code VARCHAR, reason VARCHAR, raw VARCHAR)");
        for (Kept file : parts) {
            duckDb.execute(
                    "INSERT INTO " + origins.files() + " VALUES (?, ?, 1)",
                    file.part().path().toString(),
                    file.part().name());
        }
        return origins;
    }

    @Override
    public Optional<RawRows> plainly() {
        return Optional.empty();
    }

    /** @param more columns of the rows of a file */
    private String all(Function<Kept, String> more) {
        if (parts.isEmpty()) {
            return "SELECT CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS _leat_window, CAST(NULL AS VARCHAR) AS _leat_path,"
                    + " CAST(NULL AS BIGINT) AS _leat_row, CAST(NULL AS VARCHAR) AS _leat_malformed,"
                    + " CAST(NULL AS VARCHAR) AS _leat_file, CAST(NULL AS BIGINT) AS _leat_record WHERE false";
        }
        return parts.stream().map(file -> one(file, more.apply(file))).collect(Collectors.joining(" UNION ALL "));
    }

    private String one(Kept file, String more) {
        String columns = IntStream.range(0, schema.columns().size())
                .mapToObj(place -> value(file, schema.columns().get(place)) + " AS " + RawSchema.sqlName(place) + ", ")
                .collect(Collectors.joining());
        return "SELECT " + columns + "_leat_window" + more + " FROM read_parquet("
                + Sql.literal(file.part().rows().toString()) + ") WHERE "
                + condition(file.part().windows());
    }

    private static String value(Kept file, RawColumn column) {
        Optional<Integer> own = place(file, column);
        if (own.isEmpty()) {
            return "CAST(NULL AS " + column.sqlType() + ")";
        }
        String name = RawSchema.sqlName(own.get());
        boolean same =
                file.columns().schema().columns().get(own.get()).sqlType().equals(column.sqlType());
        return same ? name : "CAST(" + name + " AS " + column.sqlType() + ")";
    }

    private static Optional<Integer> place(Kept file, RawColumn column) {
        List<String> names = file.columns().schema().names();
        for (int place = 0; place < names.size(); place++) {
            if (names.get(place).equalsIgnoreCase(column.name())) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** A range, so that most of each file need not be read; and the windows one by one where they do not adjoin. */
    private static String condition(List<Window> ordered) {
        if (ordered.isEmpty()) {
            return "false";
        }
        boolean adjoin = IntStream.range(1, ordered.size())
                .allMatch(i -> ordered.get(i - 1).end().equals(ordered.get(i).start()));
        String range = "_leat_window BETWEEN " + instant(ordered.getFirst()) + " AND " + instant(ordered.getLast());
        return adjoin
                ? range
                : range + " AND _leat_window IN ("
                        + ordered.stream().map(WindowRows::instant).collect(Collectors.joining(", ")) + ")";
    }

    private static String instant(Window window) {
        return "TIMESTAMP WITH TIME ZONE " + Sql.literal(window.start().toString());
    }
}

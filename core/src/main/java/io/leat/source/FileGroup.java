package io.leat.source;

import io.leat.name.Sql;
import io.leat.schema.RawColumn;
import io.leat.schema.RawSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Files of one format with the same columns, read by one call. */
record FileGroup(List<Readable> files, CsvForm csv, List<RawColumn> columns, String id) {

    private static final String WINDOW = "CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS _leat_window";
    private static final String BIG_OBJECT = ", maximum_object_size = 67108864";

    FileFormat format() {
        return files.getFirst().format();
    }

    boolean hasHeader() {
        return format() == FileFormat.CSV && csv.header();
    }

    /** Records that cannot be read go to tables of these names. */
    String errorTable() {
        return id + "_errors";
    }

    String scanTable() {
        return id + "_scans";
    }

    boolean isReadAsText() {
        return format() == FileFormat.CSV
                || format() != FileFormat.PARQUET && !files.getFirst().array();
    }

    String clean(RawSchema schema) {
        return select(schema, false);
    }

    String numbered(RawSchema schema) {
        return select(schema, true);
    }

    /** The keys of all objects, in the order in which they first occur. */
    String keys() {
        return "SELECT key FROM (SELECT unnest(json_keys(line)) AS key, unnest(range(len(json_keys(line)))) AS place, row FROM"
                + " (SELECT CASE WHEN json_valid(line) THEN CASE WHEN json_type(line) = 'OBJECT' THEN line END END AS line,"
                + " row_number() OVER () AS row FROM (" + objects(false, ", ignore_errors = true") + "))) GROUP BY key"
                + " ORDER BY min(row), min(place)";
    }

    private String select(RawSchema schema, boolean numbered) {
        return switch (format()) {
            case CSV -> csv(schema, numbered);
            case PARQUET -> parquet(schema, numbered);
            case JSON, NDJSON -> json(schema, numbered);
        };
    }

    /** The origin of a location, as SQL. */
    String origin(String location) {
        if (files.stream().noneMatch(Readable::isCopy)) {
            return location;
        }
        return files.stream()
                .filter(Readable::isCopy)
                .map(file -> " WHEN " + Sql.literal(file.location()) + " THEN " + Sql.literal(file.origin()))
                .collect(Collectors.joining("", "CASE " + location, " ELSE " + location + " END"));
    }

    /** The same files, those copied whose lines end in several ways. */
    FileGroup plainly(Copies copies) {
        List<Readable> plain = files.stream()
                .map(file -> isReadAsText() && !file.isCopy() && new LineEnds(file).areMixed()
                        ? file.copiedTo(new PlainCopy(file, csv).in(copies.folder()))
                        : file)
                .toList();
        return new FileGroup(plain, csv, columns, id);
    }

    private String csv(RawSchema schema, boolean numbered) {
        List<String> list = new ArrayList<>();
        for (int place = 0; place < schema.columns().size(); place++) {
            int own = own(schema, place);
            list.add((own < 0 ? "CAST(NULL AS VARCHAR)" : "c" + own) + " AS " + RawSchema.sqlName(place));
        }
        list.add(WINDOW);
        if (numbered) {
            list.add(origin("filename")
                    + " AS _leat_path, row_number() OVER () AS _leat_row, CAST(NULL AS VARCHAR) AS _leat_malformed");
        }
        return "SELECT " + String.join(", ", list) + " FROM "
                + CsvReading.table(files, csv, columns.size(), numbered ? kept() : "");
    }

    private String kept() {
        return ", filename = true, store_rejects = true, rejects_table = '" + errorTable() + "', rejects_scan = '"
                + scanTable() + "'";
    }

    private String parquet(RawSchema schema, boolean numbered) {
        List<String> list = new ArrayList<>();
        for (int place = 0; place < schema.columns().size(); place++) {
            int own = own(schema, place);
            String wanted = schema.columns().get(place).sqlType();
            list.add(parquetValue(own, wanted) + " AS " + RawSchema.sqlName(place));
        }
        list.add(WINDOW);
        if (numbered) {
            list.add(
                    "filename AS _leat_path, file_row_number + 1 AS _leat_row, CAST(NULL AS VARCHAR) AS _leat_malformed");
        }
        return "SELECT " + String.join(", ", list) + " FROM read_parquet(" + CsvReading.paths(files)
                + (numbered ? ", filename = true, file_row_number = true" : "") + ")";
    }

    private String parquetValue(int own, String wanted) {
        if (own < 0) {
            return "CAST(NULL AS " + wanted + ")";
        }
        String name = Sql.identifier(columns.get(own).name());
        if (columns.get(own).sqlType().equals(wanted)) {
            return name;
        }
        return columns.get(own).sqlType().startsWith("MAP(")
                ? "CAST(to_json(" + name + ") AS VARCHAR)"
                : "CAST(" + name + " AS " + wanted + ")";
    }

    private String json(RawSchema schema, boolean numbered) {
        String pointers = schema.columns().stream()
                .map(column ->
                        Sql.literal("/" + column.name().replace("~", "~0").replace("/", "~1")))
                .collect(Collectors.joining(", ", "[", "]"));
        String values =
                schema.columns().isEmpty() ? "CAST([] AS VARCHAR[])" : "json_extract_string(line, " + pointers + ")";
        String broken = numbered ? "NULL" : "error('LEAT_REJECT: not an object')";
        String parsed = "SELECT *, CASE WHEN json_valid(line) THEN CASE WHEN json_type(line) = 'OBJECT' THEN " + values
                + " ELSE " + broken + " END ELSE " + broken + " END AS _leat_values FROM ("
                + objects(numbered, numbered && isReadAsText() ? kept() : "") + ")";
        List<String> list = new ArrayList<>();
        for (int place = 0; place < schema.columns().size(); place++) {
            list.add("_leat_values[" + (place + 1) + "] AS " + RawSchema.sqlName(place));
        }
        list.add(WINDOW);
        if (numbered) {
            list.add(
                    "_leat_path, _leat_row, CASE WHEN _leat_values IS NULL THEN 'x' END AS _leat_malformed, line AS _leat_line");
        }
        return "SELECT " + String.join(", ", list) + " FROM (" + parsed + ")";
    }

    /** A query of the objects as texts, {@code line}. */
    private String objects(boolean numbered, String more) {
        String origin = numbered ? ", " + origin("filename") + " AS _leat_path, row_number() OVER () AS _leat_row" : "";
        if (files.getFirst().array()) {
            return "SELECT CAST(json AS VARCHAR) AS line" + origin + " FROM read_json_objects("
                    + CsvReading.paths(files)
                    + ", format = 'array', compression = '"
                    + files.getFirst().compression().duckDb() + "'" + BIG_OBJECT
                    + (numbered ? ", filename = true" : "") + ")";
        }
        return "SELECT line" + origin + " FROM " + CsvReading.lines(files, csv, more);
    }

    private int own(RawSchema schema, int place) {
        String name = schema.columns().get(place).name();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}

package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.Sql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** SQL that reads CSV files of one form, or lines of text files. */
final class CsvReading {

    /** Stands in no text that is JSON, and hardly in any other. */
    private static final String NEVER = "chr(31)";

    private static final int LONGEST_HEADER = 200;

    private CsvReading() {}

    /** A call of {@code read_csv} with columns {@code c0}, {@code c1}, … of texts. */
    static String table(List<Readable> files, CsvForm form, int columns, String more) {
        Readable first = files.getFirst();
        String list = IntStream.range(0, columns)
                .mapToObj(i -> "'c" + i + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        return "read_csv(" + paths(files) + ", auto_detect = false, header = " + form.header() + ", columns = " + list
                + ", delim = "
                + Sql.literal(form.delimiterOf(first.file().name())) + ", quote = " + Sql.literal(form.quote())
                + ", escape = "
                + Sql.literal(form.quote().isEmpty() ? "" : form.escapeOrQuote()) + ", nullstr = ["
                + Sql.literals(form.nulls())
                + "], encoding = '" + first.encoding(form) + "', compression = '"
                + first.compression().duckDb() + "'" + more + ")";
    }

    /** A call of {@code read_csv} whose column {@code line} is a line as it stands there. */
    static String lines(List<Readable> files, CsvForm form, String more) {
        Readable first = files.getFirst();
        return "read_csv(" + paths(files)
                + ", auto_detect = false, header = false, columns = {'line': 'VARCHAR'}, delim = " + NEVER
                + ", quote = '', escape = '', nullstr = [chr(30)], strict_mode = false, encoding = '"
                + first.encoding(form)
                + "', compression = '" + first.compression().duckDb() + "'" + more + ")";
    }

    static String paths(List<Readable> files) {
        return "[" + Sql.literals(files.stream().map(Readable::location).toList()) + "]";
    }

    /** The values of the first record; none if the file is empty. */
    static List<String> firstRecord(DuckDb duckDb, Readable file, CsvForm form) {
        if (file.compression() != Compression.ZSTD) {
            return new TextHead(file).record(form);
        }
        List<String> lines = duckDb.query(
                "SELECT line FROM " + lines(List.of(file), form, ", parallel = false, ignore_errors = true") + " LIMIT "
                        + LONGEST_HEADER,
                row -> row.getString(1));
        var record = new CsvRecord(form.delimiterOf(file.file().name()), form.quote(), form.escapeOrQuote());
        for (String line : lines) {
            if (record.isWholeWith(line)) {
                break;
            }
        }
        return record.values();
    }

    /** Names that are there once each, whatever their case; without a name a column is called by its number. */
    static List<String> uniqueNames(List<String> header) {
        Set<String> taken = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            String wanted =
                    header.get(i).isBlank() ? "column" + (i + 1) : header.get(i).strip();
            String name = wanted;
            for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
                name = wanted + "_" + number;
            }
            names.add(name);
        }
        return names;
    }
}

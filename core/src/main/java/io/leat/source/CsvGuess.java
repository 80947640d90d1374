package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a CSV file seems to be written, by its first lines. DuckDB's sniffer guesses first; whether it holds, all rows tell later. */
final class CsvGuess {

    private static final int LINES = 300;
    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
    private static final String NUMBER = "[+-]?([0-9]+([.,][0-9]*)*|[.,][0-9]+)([eE][+-]?[0-9]+)?%?";
    private static final String TIME = "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([ T].*)?";

    private final DuckDb duckDb;
    private final FileLook look;

    CsvGuess(DuckDb duckDb, FileLook look) {
        this.duckDb = duckDb;
        this.look = look;
    }

    private record Sniffed(Optional<String> delimiter, String quote, Optional<String> escape) {}

    /** The first lines as records, and how many of them have the number of values that most have. */
    private record Parsed(String delimiter, List<List<String>> records, int width, double share) {

        static Parsed of(List<String> lines, String delimiter, Sniffed sniffed) {
            List<List<String>> records = new ArrayList<>();
            String escape = sniffed.escape().orElse(sniffed.quote());
            var record = new CsvRecord(delimiter, sniffed.quote(), escape);
            for (String line : lines) {
                if (record.isWholeWith(line)) {
                    records.add(record.values());
                    record = new CsvRecord(delimiter, sniffed.quote(), escape);
                }
            }
            Map<Integer, Integer> widths = new HashMap<>();
            records.forEach(values -> widths.merge(values.size(), 1, Integer::sum));
            int width = widths.entrySet().stream()
                    .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .orElse(1);
            double share = records.isEmpty() ? 0 : widths.getOrDefault(width, 0) / (double) records.size();
            return new Parsed(delimiter, List.copyOf(records), width, share);
        }

        double worth() {
            return width == 1 ? 0 : share;
        }
    }

    /**
     * Forms to try, the likeliest first.
     *
     * @throws PipelineException E305 if the lines make no table
     */
    List<CsvForm> forms(Readable file) {
        List<String> lines = lines(file);
        Sniffed sniffed = sniff(file);
        Set<String> delimiters = new LinkedHashSet<>();
        sniffed.delimiter().ifPresent(delimiters::add);
        delimiters.addAll(DELIMITERS);
        Parsed best = Parsed.of(lines, delimiters.iterator().next(), sniffed);
        for (String delimiter : delimiters) {
            Parsed other = Parsed.of(lines, delimiter, sniffed);
            best = other.worth() > best.worth() + 0.001 ? other : best;
        }
        requireTable(best);
        CsvForm named = CsvForm.DEFAULT;
        boolean known =
                best.width() == 1 || named.delimiterOf(look.file().name()).equals(best.delimiter());
        var first = new CsvForm(
                known ? Optional.empty() : Optional.of(best.delimiter()),
                sniffed.quote(),
                sniffed.escape(),
                hasHeader(best.records()),
                look.encoding(),
                named.nulls());
        List<CsvForm> forms = new ArrayList<>();
        forms.add(first);
        forms.add(
                new CsvForm(first.delimiter(), "", Optional.empty(), first.header(), first.encoding(), first.nulls()));
        return forms;
    }

    private void requireTable(Parsed parsed) {
        if (parsed.records().isEmpty()) {
            throw new PipelineException(ErrorCode.MALFORMED_FILE, "the file holds nothing but blank lines")
                    .withHint("add a file that has rows: they tell what its columns are");
        }
        boolean begins = parsed.records().getFirst().size() == parsed.width();
        boolean unsure = look.declaredFormat().isPresent() && (parsed.width() == 1 || !begins);
        if (parsed.share() < 0.5 || unsure) {
            throw new PipelineException(
                            ErrorCode.MALFORMED_FILE,
                            "the file is text, but no table: its lines do not divide into the same columns by comma,"
                                    + " semicolon, tab or |")
                    .withHint("Leat reads CSV, JSON, NDJSON and Parquet, plain or packed by gzip or zstd");
        }
        if (!begins) {
            String first = String.join(" ", parsed.records().getFirst()).strip();
            throw new PipelineException(
                            ErrorCode.MALFORMED_FILE,
                            "the table does not begin with the file: the first line, '" + shortened(first)
                                    + "', has another number of values than the others")
                    .withHint("remove the lines before the header");
        }
    }

    private Sniffed sniff(Readable file) {
        String sql = "SELECT Delimiter, Quote, Escape FROM sniff_csv(" + Sql.literal(file.location())
                + ", all_varchar = true, encoding = '" + file.encoding(form("\"", false)) + "', compression = '"
                + file.compression().duckDb() + "')";
        try {
            return duckDb.one(sql, row -> {
                        String quote = sign(row.getString(2)).orElse("\"");
                        return new Sniffed(
                                sign(row.getString(1)).filter(delimiter -> !delimiter.equals(quote)),
                                quote,
                                sign(row.getString(3)).filter(escape -> !escape.equals(quote)));
                    })
                    .orElse(new Sniffed(Optional.empty(), "\"", Optional.empty()));
        } catch (PipelineException unsure) {
            return new Sniffed(Optional.empty(), "\"", Optional.empty());
        }
    }

    private static Optional<String> sign(@Nullable String text) {
        String plain = text == null ? "" : text.equals("\\t") ? "\t" : text;
        return plain.length() == 1 && !Character.isLetterOrDigit(plain.charAt(0)) && plain.charAt(0) != ' '
                ? Optional.of(plain)
                : Optional.empty();
    }

    private List<String> lines(Readable file) {
        return duckDb
                .query(
                        "SELECT line FROM " + CsvReading.lines(List.of(file), form("", false), ", parallel = false")
                                + " LIMIT " + LINES,
                        row -> row.getString(1))
                .stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private CsvForm form(String quote, boolean header) {
        return new CsvForm(Optional.of(","), quote, Optional.empty(), header, look.encoding(), CsvForm.DEFAULT.nulls());
    }

    /**
     * There is a header if a word stands above numbers or times; without such a column, if the first record is all words and none of
     * them comes again below. Years are names too, above numbers.
     */
    private static boolean hasHeader(List<List<String>> records) {
        List<String> first = records.getFirst();
        List<List<String>> others = records.subList(1, records.size());
        int values = 0;
        int years = 0;
        boolean above = false;
        boolean again = false;
        for (int i = 0; i < first.size(); i++) {
            String name = first.get(i).strip();
            int place = i;
            List<String> below = others.stream()
                    .filter(record -> place < record.size())
                    .map(record -> record.get(place).strip())
                    .filter(value -> !value.isEmpty())
                    .toList();
            boolean value = isValue(name);
            values += value ? 1 : 0;
            years += value && name.matches("(1[5-9]|2[01])[0-9]{2}") ? 1 : 0;
            above |= !value
                    && !name.isEmpty()
                    && !below.isEmpty()
                    && below.stream().allMatch(CsvGuess::isValue);
            again |= !name.isEmpty() && below.contains(name);
        }
        boolean named = values == 0 && !first.stream().allMatch(String::isBlank);
        return above && values == years || !again && (named || values == years && values > 1 && values < first.size());
    }

    private static boolean isValue(String text) {
        return text.matches(NUMBER) || text.matches(TIME);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}

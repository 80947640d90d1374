package io.leat.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How CSV files are written. Nothing of it is guessed from the content: the same files read the same way each time.
 *
 * @param delimiter absent for a comma, or a tab where the name ends in {@code .tsv} or {@code .tab}
 * @param escape absent for the quote itself, doubled
 * @param nulls texts that stand for no value, quoted or not
 */
public record CsvForm(
        Optional<String> delimiter,
        String quote,
        Optional<String> escape,
        boolean header,
        Charset encoding,
        List<String> nulls) {

    public static final CsvForm DEFAULT =
            new CsvForm(Optional.empty(), "\"", Optional.empty(), true, StandardCharsets.UTF_8, List.of(""));

    public CsvForm {
        nulls = List.copyOf(nulls);
        if (quote.length() > 1 || escape.orElse("").length() > 1) {
            throw new IllegalArgumentException("quote and escape are single characters");
        }
        if (delimiter.isPresent()
                && (delimiter.get().isEmpty() || delimiter.get().length() > 4)) {
            throw new IllegalArgumentException("a delimiter has one to four characters");
        }
        if (delimiter.isPresent() && delimiter.get().equals(quote)) {
            throw new IllegalArgumentException("delimiter and quote cannot be the same");
        }
    }

    String delimiterOf(String fileName) {
        String plain = Compression.withoutEnding(fileName).toLowerCase(Locale.ROOT);
        return delimiter.orElse(
                plain.endsWith(".tsv") || plain.endsWith(".tab") ? "\t" : plain.endsWith(".psv") ? "|" : ",");
    }

    String escapeOrQuote() {
        return escape.orElse(quote);
    }

    /** What DuckDB calls the encoding, if it can read it by itself. */
    Optional<String> duckDbEncoding() {
        if (encoding.equals(StandardCharsets.UTF_8) || encoding.equals(StandardCharsets.US_ASCII)) {
            return Optional.of("utf-8");
        }
        if (encoding.equals(StandardCharsets.ISO_8859_1)) {
            return Optional.of("latin-1");
        }
        // its utf-16 is little-endian whatever the file says
        return Optional.empty();
    }
}

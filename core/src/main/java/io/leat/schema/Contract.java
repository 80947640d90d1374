package io.leat.schema;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The columns of a table that belong to its user, in order. Names are unique whatever their case, and none is a
 * {@linkplain Provenance provenance} column's.
 */
public record Contract(List<Column> columns) {

    public Contract {
        columns = List.copyOf(columns);
        Names.requireUnique(columns.stream().map(Column::name).toList(), "column");
        for (Column column : columns) {
            if (Provenance.isReserved(column.name())) {
                throw new IllegalArgumentException("the column " + column.name()
                        + " cannot be a user's: names that begin with " + Provenance.PREFIX + " are Leat's own");
            }
        }
    }

    public static Contract of(Column... columns) {
        return new Contract(List.of(columns));
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** These columns alone, in this order, as far as they are there. */
    public Contract only(List<String> names) {
        return new Contract(
                names.stream().flatMap(name -> column(name).stream()).toList());
    }

    /** The column of that name, whatever its case. */
    public Optional<Column> column(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return columns.stream()
                .filter(column -> column.name().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }
}

package io.leat.schema;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns of a source, in order. In SQL a raw column is called by its place, {@code _leat_r0}, {@code _leat_r1}, …: names in sources
 * may be anything, and never clash with a user's columns.
 */
public record RawSchema(List<RawColumn> columns) {

    public RawSchema {
        columns = List.copyOf(columns);
    }

    public static RawSchema ofTexts(List<String> names) {
        return new RawSchema(names.stream().map(RawColumn::text).toList());
    }

    public List<String> names() {
        return columns.stream().map(RawColumn::name).toList();
    }

    /** What the raw column at this place is called in SQL. */
    public static String sqlName(int place) {
        return "_leat_r" + place;
    }

    /** The place of the column of exactly this name, or else of the only one that differs by case alone. */
    public OptionalInt find(String name) {
        int exact = names().indexOf(name);
        if (exact >= 0) {
            return OptionalInt.of(exact);
        }
        int[] alike = IntStream.range(0, columns.size())
                .filter(place -> columns.get(place).name().equalsIgnoreCase(name))
                .toArray();
        return alike.length == 1 ? OptionalInt.of(alike[0]) : OptionalInt.empty();
    }

    /** The raw record as a text of JSON, as an SQL expression over the columns by their places. */
    public String recordText() {
        if (columns.isEmpty()) {
            return "'{}'";
        }
        return IntStream.range(0, columns.size())
                .mapToObj(place ->
                        Names.literal(columns.get(place).name()) + ", " + shown(columns.get(place), sqlName(place)))
                .collect(Collectors.joining(", ", "CAST(json_object(", ") AS VARCHAR)"));
    }

    private static String shown(RawColumn column, String name) {
        return column.sqlType().equals("BLOB") ? "CAST(" + name + " AS VARCHAR)" : name;
    }
}

package io.leat.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of what a command prints, for rows of type {@code T}. Immutable; every {@code with…} returns a new listing.
 *
 * <p>Values are null, text, numbers, booleans, {@link java.time} values, and lists and maps of these.
 */
public final class Listing<T> {
    private final List<Column<T>> columns;

    private Listing(List<Column<T>> columns) {
        this.columns = List.copyOf(columns);
    }

    /** A listing without columns, to start from. */
    public static <T> Listing<T> empty() {
        return new Listing<>(List.of());
    }

    public Listing<T> with(String name, Kind kind, Function<T, @Nullable Object> value) {
        return plus(new Column<>(name, name, kind, false, value));
    }

    /** A column whose table heading differs from its name, for instance without a unit. */
    public Listing<T> with(String name, String heading, Kind kind, Function<T, @Nullable Object> value) {
        return plus(new Column<>(name, heading, kind, false, value));
    }

    public Listing<T> withText(String name, Function<T, @Nullable Object> value) {
        return with(name, Kind.TEXT, value);
    }

    public Listing<T> withNumber(String name, Function<T, @Nullable Object> value) {
        return with(name, Kind.NUMBER, value);
    }

    /** A column that only the forms for programs carry. */
    public Listing<T> withDetail(String name, Function<T, @Nullable Object> value) {
        return plus(new Column<>(name, name, Kind.TEXT, true, value));
    }

    public List<Column<T>> columns() {
        return columns;
    }

    List<Column<T>> columnsOf(Form form) {
        return form.forPrograms()
                ? columns
                : columns.stream().filter(column -> !column.detail()).toList();
    }

    private Listing<T> plus(Column<T> column) {
        var more = new ArrayList<>(columns);
        more.add(column);
        return new Listing<>(more);
    }

    /**
     * One column.
     *
     * @param name the field's name in every form for programs
     * @param heading the table's heading
     * @param detail true if tables leave the column out
     */
    public record Column<T>(
            String name, String heading, Kind kind, boolean detail, Function<T, @Nullable Object> value) {
        @Nullable
        Object of(T row) {
            return value.apply(row);
        }
    }
}

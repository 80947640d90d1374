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
        return plus(new Column<>(name, name, kind, Shown.ALWAYS, value));
    }

    /** A column whose table heading differs from its name, for instance without a unit. */
    public Listing<T> with(String name, String heading, Kind kind, Function<T, @Nullable Object> value) {
        return plus(new Column<>(name, heading, kind, Shown.ALWAYS, value));
    }

    public Listing<T> withText(String name, Function<T, @Nullable Object> value) {
        return with(name, Kind.TEXT, value);
    }

    public Listing<T> withNumber(String name, Function<T, @Nullable Object> value) {
        return with(name, Kind.NUMBER, value);
    }

    /** A column that only the forms for programs carry. */
    public Listing<T> withDetail(String name, Function<T, @Nullable Object> value) {
        return plus(new Column<>(name, name, Kind.TEXT, Shown.TO_PROGRAMS, value));
    }

    /** A column that only tables have: what people see in place of several values. */
    public Listing<T> withCell(String heading, Kind kind, Function<T, @Nullable Object> value) {
        return plus(new Column<>(heading, heading, kind, Shown.TO_PEOPLE, value));
    }

    /** The columns of another listing for what belongs to a row, for programs; without those whose names are taken. */
    public <R> Listing<T> withDetails(Listing<R> others, Function<T, @Nullable R> part) {
        var more = new ArrayList<>(columns);
        for (Column<R> other : others.columns) {
            if (other.shown() != Shown.TO_PEOPLE
                    && columns.stream().noneMatch(column -> column.name().equals(other.name()))) {
                more.add(new Column<>(other.name(), other.heading(), other.kind(), Shown.TO_PROGRAMS, row -> {
                    R of = part.apply(row);
                    return of == null ? null : other.of(of);
                }));
            }
        }
        return new Listing<>(more);
    }

    public List<Column<T>> columns() {
        return columns;
    }

    /** A column that a table leaves out where the rows are known beforehand and none has anything but null, 0 or "" in it. */
    public Listing<T> withIfAny(String name, String heading, Kind kind, Function<T, @Nullable Object> value) {
        return plus(new Column<>(name, heading, kind, Shown.IF_ANY, value));
    }

    List<Column<T>> columnsOf(Form form) {
        Shown others = form.forPrograms() ? Shown.TO_PEOPLE : Shown.TO_PROGRAMS;
        return columns.stream().filter(column -> column.shown() != others).toList();
    }

    /** The listing that a table of these rows needs. */
    Listing<T> telling(List<T> rows) {
        return new Listing<>(columns.stream()
                .filter(column ->
                        column.shown() != Shown.IF_ANY || rows.stream().anyMatch(column::says))
                .toList());
    }

    private Listing<T> plus(Column<T> column) {
        var more = new ArrayList<>(columns);
        more.add(column);
        return new Listing<>(more);
    }

    /** Who gets a column: {@code ALWAYS} and {@code IF_ANY} are for programs, too. */
    public enum Shown {
        ALWAYS,
        IF_ANY,
        TO_PEOPLE,
        TO_PROGRAMS
    }

    /**
     * One column.
     *
     * @param name the field's name in every form for programs
     * @param heading the table's heading
     * @param shown when tables have the column
     */
    public record Column<T>(String name, String heading, Kind kind, Shown shown, Function<T, @Nullable Object> value) {
        @Nullable
        Object of(T row) {
            return value.apply(row);
        }

        private boolean says(T row) {
            Object told = value.apply(row);
            return told != null && !told.equals("") && !(told instanceof Number number && number.doubleValue() == 0);
        }
    }
}

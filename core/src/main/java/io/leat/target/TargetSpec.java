package io.leat.target;

import io.leat.config.Fields;
import io.leat.config.Key;
import io.leat.config.Located;
import io.leat.config.ObjectShape;
import io.leat.config.Problem;
import io.leat.config.Shape;
import io.leat.lake.WriteMode;
import io.leat.name.ErrorCode;
import io.leat.name.TableName;
import io.leat.schema.Fold;
import io.leat.schema.FoldSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table that a pipeline fills, and how.
 *
 * @param fold how the table is made of the changes that are loaded; empty: it holds what is loaded
 * @param connection the name of the connection to its database; empty: it is a table of the lake
 * @param renamed new names of columns to those by which the table knows them
 * @param keepPrevious whether rows that are replaced are kept in {@link #previous}
 */
public record TargetSpec(
        Optional<Located<String>> connection,
        TableName table,
        WriteMode write,
        Optional<FoldSpec> fold,
        Map<String, String> renamed,
        boolean keepPrevious) {

    private static final String PREVIOUS = "__previous";
    private static final int LONGEST_NAME = 63;

    private static final Key<Optional<Located<String>>> CONNECTION = Key.optional(
            "connection",
            Shape.text().located(),
            "The name of an entry of connections, in whose database the table is; absent: the lake.");
    private static final Key<Located<TableName>> TABLE =
            Key.required("table", Shape.tableName().located(), "The table that is filled, schema and name.");
    private static final Key<WriteMode> WRITE = Key.optional(
            "write",
            Shape.oneOf(WriteMode.class),
            "What loading a slice again does: replace its rows, append to them, or replace its changes, of which the table has the newest"
                    + " of each key (merge) or every version (history).",
            "replace");

    private static final Key<Optional<List<Located<String>>>> KEY = Key.optional(
            "key", Shape.oneOrList(Shape.text().located()), "For merge and history: the columns that tell rows apart.");
    private static final Key<Optional<List<Located<String>>>> ORDER = Key.optional(
            "order",
            Shape.oneOrList(Shape.text().located()),
            "For merge and history: the columns by which changes of a key follow each other, oldest first. A history begins its versions"
                    + " with the first. A merge without it goes by window.");
    private static final Key<Optional<Located<String>>> DELETE_WHEN = Key.optional(
            "delete_when",
            Shape.text().located(),
            "For merge and history: an SQL condition on the row; where it is true the row with this key is gone.");

    private static final Key<Map<String, String>> RENAMED = Key.optional(
            "renamed",
            Shape.map(Shape.text()),
            "Columns that have another name now: the new name, and the one by which the table knows it.",
            "{}");

    private static final Key<Boolean> KEEP_PREVIOUS = Key.optional(
            "keep_previous",
            Shape.bool(),
            "Whether the rows that a load replaces are kept in a table beside it, <table>__previous; the lake keeps them anyway.",
            "false");

    public static final ObjectShape<TargetSpec> SHAPE = Shape.object(
            "target",
            "Where the rows go.",
            TargetSpec::of,
            CONNECTION,
            TABLE,
            WRITE,
            KEY,
            ORDER,
            DELETE_WHEN,
            RENAMED,
            KEEP_PREVIOUS);

    private static TargetSpec of(Fields fields) {
        TableName table = fields.value(TABLE).value();
        boolean keeps = fields.value(KEEP_PREVIOUS);
        if (fields.value(CONNECTION).isPresent()) {
            refuseReserved(fields, table);
        } else {
            refuseLakes(fields, table);
            if (keeps) {
                fields.refuse(
                        new Problem(
                                ErrorCode.UNSUPPORTED,
                                fields.mark(KEEP_PREVIOUS),
                                "keep_previous is for tables of a database: the lake keeps earlier versions of its tables anyway"));
            }
        }
        if (keeps && fields.value(WRITE) != WriteMode.REPLACE) {
            fields.refuse(KEEP_PREVIOUS, "only `write: replace` replaces rows that readers see");
        }
        if (keeps && table.name().length() + PREVIOUS.length() > LONGEST_NAME) {
            fields.refuse(
                    TABLE,
                    "the name of the table is too long for keep_previous: " + table.name() + PREVIOUS
                            + " has more than " + LONGEST_NAME + " characters");
        }
        return new TargetSpec(
                fields.value(CONNECTION),
                table,
                fields.value(WRITE),
                fold(fields),
                Map.copyOf(fields.value(RENAMED)),
                keeps);
    }

    private static Optional<FoldSpec> fold(Fields fields) {
        return switch (fields.value(WRITE)) {
            case REPLACE, APPEND -> {
                for (Key<?> key : List.of(KEY, ORDER, DELETE_WHEN)) {
                    if (fields.has(key)) {
                        fields.refuse(key, "'" + key + "' has a meaning only with `write: merge` or `write: history`");
                    }
                }
                yield Optional.empty();
            }
            case MERGE -> fold(fields, Fold.Kind.MERGE);
            case HISTORY -> fold(fields, Fold.Kind.HISTORY);
        };
    }

    private static Optional<FoldSpec> fold(Fields fields, Fold.Kind kind) {
        List<Located<String>> key = fields.value(KEY).orElse(List.of());
        List<Located<String>> order = fields.value(ORDER).orElse(List.of());
        if (key.isEmpty()) {
            lacks(fields, KEY, "the columns that tell rows apart", "key: [id]");
        }
        if (order.isEmpty() && kind == Fold.Kind.HISTORY) {
            lacks(fields, ORDER, "the column whose value begins a version", "order: updated_at");
        }
        Set<String> named = new HashSet<>();
        for (List<Located<String>> names : List.of(key, order)) {
            for (Located<String> name : names) {
                if (!named.add(name.value().toLowerCase(Locale.ROOT))) {
                    fields.refuse(new Problem(
                            ErrorCode.WRONG_VALUE,
                            name.mark(),
                            "'" + name.value()
                                    + "' stands twice in key and order; a column of the key orders nothing"));
                }
            }
        }
        try {
            Fold.changesOf(fields.value(TABLE).value());
        } catch (IllegalArgumentException tooLong) {
            fields.refuse(TABLE, "the changes need a table of their own: " + tooLong.getMessage());
        }
        return Optional.of(new FoldSpec(kind, key, order, fields.value(DELETE_WHEN)));
    }

    private static void lacks(Fields fields, Key<?> key, String what, String example) {
        String write = fields.value(WRITE).name().toLowerCase(Locale.ROOT);
        fields.refuse(new Problem(
                        ErrorCode.MISSING_KEY,
                        fields.mark(WRITE),
                        "`write: " + write + "` needs '" + key + "', " + what)
                .expecting(example));
    }

    private static void refuseLakes(Fields fields, TableName table) {
        try {
            table.requireUsers();
        } catch (IllegalArgumentException reserved) {
            fields.refuse(TABLE, String.valueOf(reserved.getMessage()));
        }
    }

    private static void refuseReserved(Fields fields, TableName table) {
        String schema = table.schema();
        if (schema.startsWith("pg_") || schema.equals("information_schema") || schema.equals("leat_target")) {
            fields.refuse(
                    TABLE,
                    "the schema " + schema + " is not for tables of yours: it is "
                            + (schema.equals("leat_target") ? "Leat's" : "PostgreSQL's") + " own");
        }
    }

    /** What is filled, by the name that records, the ledger and people use: {@code schema.name}, after its connection if there is one. */
    public String name() {
        return name(connection.map(Located::value), table);
    }

    /** The name by which a table of a connection's database, or else of the lake, is filled. */
    public static String name(Optional<String> connection, TableName table) {
        return connection.map(named -> named + ":").orElse("") + table;
    }

    /** The table, if it is one of the lake. */
    public Optional<TableName> inLake() {
        return connection.isPresent() ? Optional.empty() : Optional.of(table);
    }

    /** Where rows are kept that were replaced. */
    public TableName previous() {
        return new TableName(table.schema(), table.name() + PREVIOUS);
    }
}

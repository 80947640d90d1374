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
 * The table of the lake that a pipeline fills, and how.
 *
 * @param fold how the table is made of the changes that are loaded; empty: it holds what is loaded
 * @param renamed new names of columns to those by which the table knows them
 */
public record TargetSpec(TableName table, WriteMode write, Optional<FoldSpec> fold, Map<String, String> renamed) {

    private static final Key<TableName> TABLE = Key.required(
            "table",
            Shape.tableName().as(TableName::requireUsers),
            "The table of the lake that is filled, schema and name.");
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

    public static final ObjectShape<TargetSpec> SHAPE = Shape.object(
            "target",
            "Where the rows go.",
            fields -> new TargetSpec(
                    fields.value(TABLE), fields.value(WRITE), fold(fields), Map.copyOf(fields.value(RENAMED))),
            TABLE,
            WRITE,
            KEY,
            ORDER,
            DELETE_WHEN,
            RENAMED);

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
            Fold.changesOf(fields.value(TABLE));
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
}

package io.leat.schema;

import io.leat.name.Sql;
import io.leat.name.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How all changes of a key become the rows of it that readers see, as SQL that DuckDB and PostgreSQL understand alike.
 *
 * <p>A relation of changes has the columns of a contract, those of {@link #columns()} and those of {@link Provenance}. The changes of one
 * key have one order, in which no two are alike: by the declared columns, NULL before all values; then by window, none before all;
 * then by pipeline, file, place in the file. So the rows are a function of the set of changes, in whatever order these were loaded.
 *
 * @param key the columns that tell rows apart, by their names in the contract; a change without one of them changes nothing
 * @param order the columns by which changes follow each other, oldest first; none: by window alone. In a history a change without a
 *     value of the first changes nothing
 */
public record Fold(Kind kind, List<String> key, List<String> order) {

    /** What readers see of the changes of a key. */
    public enum Kind {
        /** The newest, unless it is a deletion. */
        MERGE,
        /**
         * A version for each change of content: from the first order column's value of it to that of the next change. Of changes with
         * the same such value the last one counts. A deletion ends a version and begins none.
         */
        HISTORY
    }

    /** Whether the change says that the row is gone. */
    public static final String DELETED = "_leat_deleted";

    /** The file that the change came from. */
    public static final String FILE = "_leat_file";

    /** The number of the record in the file. */
    public static final String RECORD = "_leat_record";

    /** The place among the rows that an unpivot step made of the record; NULL without such a step. */
    public static final String CHILD = "_leat_child";

    /** In a history: when the version began, included; of the type of the first order column. */
    public static final String VALID_FROM = "valid_from";

    /** In a history: when the version ended, excluded; NULL while it lasts. */
    public static final String VALID_TO = "valid_to";

    /** In a history: whether the version lasts. */
    public static final String IS_CURRENT = "is_current";

    private static final String SUFFIX = "__changes";

    /** Texts follow each other by their bytes, whatever the language of a database is. */
    private static final String BY_BYTES = " COLLATE \"C\"";

    private static final JsonMapper JSON = JsonMapper.shared();

    public Fold {
        key = List.copyOf(key);
        order = List.copyOf(order);
        if (key.isEmpty() || kind == Kind.HISTORY && order.isEmpty()) {
            throw new IllegalArgumentException("a fold needs a key, and for a history an order");
        }
    }

    /** Where the changes lie of which a table is made. */
    public static TableName changesOf(TableName table) {
        return new TableName(table.schema(), table.name() + SUFFIX);
    }

    /** The table that is made of the changes in this one, by its name; empty if the name is no such. */
    public static Optional<TableName> madeOf(TableName changes) {
        String name = changes.name();
        return name.endsWith(SUFFIX) && name.length() > SUFFIX.length()
                ? Optional.of(new TableName(changes.schema(), name.substring(0, name.length() - SUFFIX.length())))
                : Optional.empty();
    }

    /** The columns that changes have between those of the user and those of provenance. */
    public static List<Column> columns() {
        return List.of(
                new Column(DELETED, LeatType.BOOLEAN, true, "whether the row is gone with this change"),
                new Column(FILE, LeatType.STRING, false, "the file that the change came from"),
                new Column(RECORD, LeatType.INTEGER, false, "the number of the record in the file"),
                new Column(CHILD, LeatType.INTEGER, false, "the place among the rows made of the record"));
    }

    /** The columns that readers see of changes with these. */
    public Contract output(Contract changes) {
        if (kind == Kind.MERGE) {
            return changes;
        }
        LeatType time = changes.column(order.getFirst()).orElseThrow().type();
        List<Column> columns = new ArrayList<>(changes.columns());
        columns.add(new Column(VALID_FROM, time, true, "when this version began, included"));
        columns.add(new Column(VALID_TO, time, false, "when it ended, excluded; none while it lasts"));
        columns.add(new Column(IS_CURRENT, LeatType.BOOLEAN, true, "whether it lasts"));
        return new Contract(columns);
    }

    /** What is known of the columns that readers see, if this is known of the changes. */
    public KnownColumns output(KnownColumns changes) {
        return kind == Kind.MERGE
                ? changes
                : changes.with(VALID_FROM, changes.type(order.getFirst()))
                        .with(VALID_TO, changes.type(order.getFirst()))
                        .with(IS_CURRENT, Optional.of(LeatType.BOOLEAN));
    }

    /** The columns by which rows that readers see can be told apart, in the order of the table. */
    public List<String> rowKey() {
        List<String> columns = new ArrayList<>(key);
        if (kind == Kind.HISTORY) {
            columns.add(VALID_FROM);
        }
        return columns;
    }

    /**
     * A query of the rows that readers see: the columns of {@link #output} and those of {@link Provenance}.
     *
     * @param contract the user's columns of the changes
     * @param changes a query of all changes of some keys
     */
    public String sql(Contract contract, String changes) {
        List<String> keys = actual(contract, key);
        List<String> orders = actual(contract, order);
        List<String> needed = new ArrayList<>(keys);
        if (kind == Kind.HISTORY) {
            needed.add(orders.getFirst());
        }
        String placed = "(SELECT * FROM (" + changes + "\n) AS changes WHERE "
                + needed.stream()
                        .map(name -> Sql.identifier(name) + " IS NOT NULL")
                        .collect(Collectors.joining(" AND "))
                + ")";
        return switch (kind) {
            case MERGE ->
                "SELECT " + seen(contract, List.of()) + " FROM (" + last(contract, placed, keys, orders)
                        + ") AS folded WHERE NOT " + DELETED;
            case HISTORY -> versions(contract, placed, keys, orders);
        };
    }

    /** The last of the changes that are alike in some columns. */
    private static String last(Contract contract, String changes, List<String> of, List<String> by) {
        List<String> terms = new ArrayList<>();
        for (String name : by) {
            boolean text = contract.column(name).orElseThrow().type() == LeatType.STRING;
            terms.add(Sql.identifier(name) + (text ? BY_BYTES : ""));
        }
        terms.addAll(List.of(Provenance.WINDOW, Provenance.PIPELINE + BY_BYTES, FILE + BY_BYTES, RECORD, CHILD));
        String newestFirst =
                terms.stream().map(term -> term + " DESC NULLS LAST").collect(Collectors.joining(", "));
        return "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY " + Sql.identifiers(of) + " ORDER BY "
                + newestFirst + ") AS _leat_place FROM " + changes + " AS changes) AS placed WHERE _leat_place = 1";
    }

    private static String versions(Contract contract, String changes, List<String> keys, List<String> orders) {
        String time = Sql.identifier(orders.getFirst());
        String ofKey = "PARTITION BY " + Sql.identifiers(keys) + " ORDER BY " + time;
        List<String> instant = new ArrayList<>(keys);
        instant.add(orders.getFirst());
        String settled = last(contract, changes, instant, orders.subList(1, orders.size()));
        String otherContent = contract.names().stream()
                .filter(name -> !keys.contains(name) && !orders.contains(name))
                .map(Sql::identifier)
                .map(name -> " OR " + name + " IS DISTINCT FROM lag(" + name + ") OVER earlier")
                .collect(Collectors.joining());
        String before = "lag(" + DELETED + ") OVER earlier";
        String turns = "SELECT *, CASE WHEN " + DELETED + " THEN NOT " + before + " ELSE coalesce(" + before + ", TRUE)"
                + otherContent + " END AS _leat_turn FROM (" + settled + ") AS settled WINDOW earlier AS (" + ofKey
                + ")";
        String bounded = "SELECT *, lead(" + time + ") OVER (" + ofKey + ") AS _leat_until FROM (" + turns
                + ") AS turns WHERE _leat_turn";
        List<String> bounds = List.of(
                time + " AS " + VALID_FROM, "_leat_until AS " + VALID_TO, "_leat_until IS NULL AS " + IS_CURRENT);
        return "SELECT " + seen(contract, bounds) + " FROM (" + bounded + ") AS folded WHERE NOT " + DELETED;
    }

    private static String seen(Contract contract, List<String> more) {
        List<String> columns = new ArrayList<>();
        contract.names().forEach(name -> columns.add(Sql.identifier(name)));
        columns.addAll(more);
        Provenance.columns().forEach(column -> columns.add(column.name()));
        return String.join(", ", columns);
    }

    private static List<String> actual(Contract contract, List<String> names) {
        return names.stream()
                .map(name -> contract.column(name)
                        .orElseThrow(() -> new IllegalArgumentException("the changes have no column " + name))
                        .name())
                .toList();
    }

    /** One line of JSON that {@link #parse} reads: two folds that give the same rows of the same changes have the same. */
    public String json() {
        ObjectNode root = JSON.createObjectNode().put("kind", kind.name());
        ArrayNode keys = root.putArray("key");
        key.forEach(keys::add);
        ArrayNode orders = root.putArray("order");
        order.forEach(orders::add);
        return root.toString();
    }

    public static Fold parse(String json) {
        JsonNode root = JSON.readTree(json);
        return new Fold(
                Kind.valueOf(root.required("kind").asString()),
                texts(root.required("key")),
                texts(root.required("order")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(Objects.requireNonNull(item.asString())));
        return texts;
    }
}

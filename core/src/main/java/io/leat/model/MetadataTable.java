package io.leat.model;

import io.leat.name.Sql;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import io.leat.schema.LeatType.Field;
import io.leat.schema.LeatType.ListOf;
import io.leat.schema.LeatType.Struct;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table that every project has without a file: its models and their columns, as rows. It is never filled; reading it is a query. */
public final class MetadataTable {

    public static final TableName NAME = new TableName("_metadata", "all_models");

    private static final LeatType TEXTS = new ListOf(LeatType.STRING);
    private static final LeatType COLUMNS = new ListOf(new Struct(List.of(
            new Field("name", LeatType.STRING),
            new Field("type", LeatType.STRING),
            new Field("description", LeatType.STRING))));

    public static final Contract CONTRACT = new Contract(List.of(
            required("name", LeatType.STRING, "the table that the model fills"),
            required("kind", LeatType.STRING, "FULL, VIEW or INCREMENTAL_BY_TIME_RANGE"),
            new Column("description", LeatType.STRING, false, "what the model's header says"),
            required("columns", COLUMNS, "in order"),
            required("depends_on", TEXTS, "tables that the model reads"),
            new Column("owner", LeatType.STRING, false, "who to ask"),
            required("tags", TEXTS, "words to select models by"),
            required("cron", LeatType.STRING, "when it runs, in UTC"),
            required("file", LeatType.STRING, "where it is defined")));

    private MetadataTable() {}

    /** The rows, as a query that reads no table; a model without contract has no columns. */
    public static String relation(Collection<Model> models, Map<TableName, Contract> contracts) {
        if (models.isEmpty()) {
            return CONTRACT.columns().stream()
                    .map(column -> cast("NULL", column.type()) + " AS " + Sql.identifier(column.name()))
                    .collect(Collectors.joining(", ", "SELECT ", " WHERE FALSE"));
        }
        String rows = models.stream()
                .map(model -> row(model, contracts.get(model.name())))
                .collect(Collectors.joining(",\n", "VALUES\n", ""));
        return "SELECT * FROM (" + rows + ") AS all_models(" + Sql.identifiers(CONTRACT.names()) + ")";
    }

    private static String row(Model model, @Nullable Contract contract) {
        var about = model.about();
        var columns = contract == null ? List.<Column>of() : contract.columns();
        return List.of(
                        text(model.name().toString()),
                        text(model.kind().text()),
                        text(about.description().orElse(null)),
                        cast(
                                columns.stream().map(MetadataTable::struct).collect(Collectors.joining(", ", "[", "]")),
                                COLUMNS),
                        texts(model.dependencies().stream()
                                .map(TableName::toString)
                                .toList()),
                        text(about.owner().orElse(null)),
                        texts(about.tags()),
                        text(model.cron().text()),
                        text(model.mark().source().name()))
                .stream()
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String struct(Column column) {
        return "{'name': " + Sql.literal(column.name()) + ", 'type': "
                + Sql.literal(column.type().text()) + ", 'description': " + text(column.description()) + "}";
    }

    private static String texts(List<String> texts) {
        return cast("[" + Sql.literals(texts) + "]", TEXTS);
    }

    private static String text(@Nullable String text) {
        return text == null ? cast("NULL", LeatType.STRING) : Sql.literal(text);
    }

    private static String cast(String value, LeatType type) {
        return "CAST(" + value + " AS " + type.duckDb() + ")";
    }

    private static Column required(String name, LeatType type, String description) {
        return new Column(name, type, true, description);
    }
}

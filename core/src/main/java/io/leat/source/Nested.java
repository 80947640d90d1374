package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.PipelineException;
import io.leat.schema.LeatType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists and structs that texts of JSON may be, by the structure that DuckDB finds in a sample. */
final class Nested {

    private static final int MOST_FIELDS = 30;

    private Nested() {}

    /** @param sample a query of texts, {@code t} */
    static List<Candidate> candidates(DuckDb duckDb, String sample) {
        String sql = "SELECT CAST(json_group_structure(CAST(t AS JSON)) AS VARCHAR) FROM (" + sample
                + ") WHERE json_valid(t)";
        List<Candidate> found = new ArrayList<>();
        try {
            duckDb.one(sql, row -> row.getString(1))
                    .map(text -> JsonMapper.shared().readTree(text))
                    .flatMap(Nested::type)
                    .filter(type -> type instanceof LeatType.ListOf || type instanceof LeatType.Struct)
                    .ifPresent(type -> found.add(Candidate.ofStructure(type)));
        } catch (PipelineException unclear) {
            return List.of();
        }
        return found;
    }

    private static Optional<LeatType> type(JsonNode structure) {
        try {
            return Optional.of(typeOf(structure));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static LeatType typeOf(JsonNode structure) {
        if (structure.isArray() && structure.size() == 1) {
            return new LeatType.ListOf(typeOf(structure.get(0)));
        }
        if (structure.isObject() && structure.size() <= MOST_FIELDS) {
            List<LeatType.Field> fields = new ArrayList<>();
            structure.properties().forEach(entry -> {
                if (!entry.getKey().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                    throw new IllegalArgumentException("no name of a field: " + entry.getKey());
                }
                fields.add(new LeatType.Field(entry.getKey(), typeOf(entry.getValue())));
            });
            return new LeatType.Struct(fields);
        }
        return switch (structure.asString("")) {
            case "UBIGINT", "BIGINT" -> LeatType.INTEGER;
            case "DOUBLE" -> LeatType.DOUBLE;
            case "BOOLEAN" -> LeatType.BOOLEAN;
            case "VARCHAR" -> LeatType.STRING;
            default -> throw new IllegalArgumentException("no type: " + structure);
        };
    }
}

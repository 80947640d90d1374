package io.leat.model;

import io.leat.model.Edited.Edit;
import io.leat.name.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * SQLMesh calls a column that is only cast, {@code id::INT}, by its own name; DuckDB calls it {@code CAST(id AS INTEGER)}. An alias
 * that is added makes such models give the columns that their authors meant.
 */
final class CastNames {

    private static final Set<String> QUERY_WORDS = Set.of("SELECT", "WITH", "FROM", "VALUES", "TABLE");

    private final Edited sample;
    private final List<Token> tokens;
    private final List<Edit> edits = new ArrayList<>();

    CastNames(Edited sample, List<Token> tokens) {
        this.sample = sample;
        this.tokens = tokens;
    }

    List<Edit> edits() {
        return List.copyOf(edits);
    }

    void read(JsonNode select) {
        for (JsonNode item : select.path("select_list")) {
            boolean cast = item.path("class").asString("").equals("CAST")
                    && item.path("alias").asString("").isEmpty();
            if (cast) {
                column(item)
                        .ifPresent(name -> end(item).ifPresent(end -> {
                            int place = sample.originOfEnd(end);
                            edits.add(new Edit(place, place, " AS " + Sql.identifier(name)));
                        }));
            }
        }
    }

    private static Optional<String> column(JsonNode cast) {
        var child = cast.path("child");
        return switch (child.path("class").asString("")) {
            case "CAST" -> column(child);
            case "COLUMN_REF" -> {
                var names = child.path("column_names");
                yield Optional.of(names.get(names.size() - 1).asString()).filter(name -> !name.isEmpty());
            }
            default -> Optional.empty();
        };
    }

    /** Where the item ends, brackets around it included. */
    private Optional<Integer> end(JsonNode item) {
        long start = Locations.of(item);
        if (start < 0) {
            return Optional.empty();
        }
        int end = sample.fromBytes(start + item.path(Locations.LENGTH_KEY).asLong(0));
        int next = 0;
        while (next < tokens.size() && tokens.get(next).start() < end) {
            next++;
        }
        while (next < tokens.size() && tokens.get(next).is(")") && isBracket(next)) {
            end = tokens.get(next).end();
            next++;
        }
        return Optional.of(end);
    }

    /** Whether the bracket that is closed here is one around an expression, not around a query. */
    private boolean isBracket(int close) {
        int depth = 0;
        for (int i = close; i >= 0; i--) {
            if (tokens.get(i).is(")")) {
                depth++;
            } else if (tokens.get(i).is("(") && --depth == 0) {
                boolean query = tokens.get(i + 1).kind() == Token.Kind.WORD
                        && QUERY_WORDS.contains(tokens.get(i + 1).text().toUpperCase(Locale.ROOT));
                return !query;
            }
        }
        return false;
    }
}

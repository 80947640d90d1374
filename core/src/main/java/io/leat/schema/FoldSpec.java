package io.leat.schema;

import io.leat.config.Located;
import java.util.List;
import java.util.Optional;

/**
 * What a project says of a table that is made of changes: names and SQL as a user wrote them, with their places.
 *
 * @param deleteWhen true for a change that says that its row is gone; empty: none does
 */
public record FoldSpec(
        Fold.Kind kind, List<Located<String>> key, List<Located<String>> order, Optional<Located<String>> deleteWhen) {

    public FoldSpec {
        key = List.copyOf(key);
        order = List.copyOf(order);
    }

    public Fold fold() {
        return new Fold(kind, values(key), values(order));
    }

    private static List<String> values(List<Located<String>> names) {
        return names.stream().map(Located::value).toList();
    }
}

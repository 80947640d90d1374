package io.leat.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a model's header says for people: nothing of it changes the rows. */
public final class About {

    private final @Nullable String description;
    private final @Nullable String owner;
    private final List<String> tags;
    private final List<List<String>> grains;
    private final Map<String, String> columns;

    About(
            @Nullable String description,
            @Nullable String owner,
            List<String> tags,
            List<List<String>> grains,
            Map<String, String> columns) {
        this.description = description;
        this.owner = owner;
        this.tags = List.copyOf(tags);
        this.grains = List.copyOf(grains);
        this.columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** The same with these descriptions of columns where it has none at all. */
    About orColumns(Map<String, String> descriptions) {
        return columns.isEmpty() ? new About(description, owner, tags, grains, descriptions) : this;
    }

    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    public List<String> tags() {
        return tags;
    }

    /** Each a combination of columns that a row has alone. */
    public List<List<String>> grains() {
        return grains;
    }

    /** Descriptions by column, names in lower case: the header's, else the comments behind the columns of the query. */
    public Map<String, String> columns() {
        return columns;
    }
}

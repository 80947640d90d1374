package io.leat.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the columns of rows before any row is read.
 *
 * @param typed those whose type is known, by name
 * @param untyped those of which only the name is known
 * @param open whether there may be others
 */
public record KnownColumns(Map<String, LeatType> typed, Set<String> untyped, boolean open) {

    /** Nothing is known. */
    public static final KnownColumns UNKNOWN = new KnownColumns(Map.of(), Set.of(), true);

    public KnownColumns {
        typed = Collections.unmodifiableMap(new LinkedHashMap<>(typed));
        untyped = Collections.unmodifiableSet(new LinkedHashSet<>(untyped));
    }

    /** The name as it is written in the rows, whatever the case of the given one. */
    public Optional<String> actual(String name) {
        return names().stream().filter(name::equalsIgnoreCase).findFirst();
    }

    public List<String> names() {
        var names = new LinkedHashSet<>(typed.keySet());
        names.addAll(untyped);
        return List.copyOf(names);
    }

    /** The type of a column; empty if it is not known. */
    public Optional<LeatType> type(String name) {
        return actual(name).map(typed::get);
    }

    /** Whether there certainly is no such column. */
    public boolean lacks(String name) {
        return !open && actual(name).isEmpty();
    }

    /** The same with a column of this type, or of a type that is not known. */
    public KnownColumns with(String name, Optional<LeatType> type) {
        String own = actual(name).orElse(name);
        var types = new LinkedHashMap<>(typed);
        var others = new LinkedHashSet<>(untyped);
        types.remove(own);
        others.remove(own);
        type.ifPresentOrElse(known -> types.put(own, known), () -> others.add(own));
        return new KnownColumns(types, others, open);
    }

    public KnownColumns without(String name) {
        var types = new LinkedHashMap<>(typed);
        var others = new LinkedHashSet<>(untyped);
        types.keySet().removeIf(name::equalsIgnoreCase);
        others.removeIf(name::equalsIgnoreCase);
        return new KnownColumns(types, others, open);
    }

    /** What is known where rows of either kind lie. */
    public KnownColumns or(KnownColumns other) {
        KnownColumns both = this;
        for (String name : other.names()) {
            Optional<LeatType> type = other.type(name);
            both = both.with(name, actual(name).isEmpty() || type(name).equals(type) ? type : Optional.empty());
        }
        return new KnownColumns(both.typed, both.untyped, open || other.open);
    }
}

package io.leat.model;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which macros a text may use: the project's variables, and within an audit its arguments and {@code @this_model}. */
record MacroScope(Variables variables, Map<String, String> arguments, Place place) {

    enum Place {
        MODEL,
        AUDIT
    }

    static MacroScope ofModel(Variables variables) {
        return new MacroScope(variables, Map.of(), Place.MODEL);
    }

    static MacroScope ofAudit(Variables variables, Map<String, String> arguments) {
        return new MacroScope(variables, arguments, Place.AUDIT);
    }

    /** What stands for {@code @name}. */
    Optional<String> text(String name) {
        return Optional.ofNullable(arguments.get(name)).or(() -> variables.literal(name));
    }

    /** What stands for <code>@{name}</code>, which is part of a name. */
    Optional<String> part(String name) {
        return Optional.ofNullable(arguments.get(name)).or(() -> variables.plain(name));
    }

    Set<String> names() {
        var names = new LinkedHashSet<>(arguments.keySet());
        names.addAll(variables.names());
        names.addAll(TimeMacro.names());
        return names;
    }
}

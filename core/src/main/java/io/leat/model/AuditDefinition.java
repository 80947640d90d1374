package io.leat.model;

import io.leat.config.Mark;
import io.leat.config.Problems;
import io.leat.name.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An audit of the project's own: an {@code AUDIT} block and its query, which finds bad rows. */
record AuditDefinition(
        String name, Script script, List<Token> query, Map<String, String> defaults, Effect effect, Mark mark) {

    enum Effect {
        BLOCKS,
        WARNS,
        SKIPPED
    }

    private static final List<String> KNOWN =
            List.of("name", "dialect", "blocking", "skip", "defaults", "description", "owner", "standalone", "tags");

    static Optional<AuditDefinition> of(
            Script script, Token word, Map<String, HeaderValue> properties, List<Token> query, Problems problems) {
        int before = problems.count();
        HeaderBlock.refuseUnknown(properties, KNOWN, problems);
        var name = Optional.ofNullable(properties.get("name")).flatMap(HeaderValue::text);
        if (!properties.containsKey("name")) {
            problems.add(script.problem(ErrorCode.MISSING_KEY, word.start(), "the audit has no name")
                    .expecting("name an_audit"));
        }
        Optional.ofNullable(properties.get("dialect"))
                .filter(value -> !value.text().orElse("").equalsIgnoreCase("duckdb"))
                .ifPresent(value -> problems.add(
                        value.problem(ErrorCode.UNSUPPORTED, "the dialect '" + value.slice() + "' is not supported")
                                .expecting("duckdb")));
        Optional.ofNullable(properties.get("standalone"))
                .filter(value -> value.flag().orElse(true))
                .ifPresent(value -> problems.add(value.keyProblem(
                        ErrorCode.UNSUPPORTED, "audits that belong to no model are not supported yet")));
        boolean blocking = flag(properties, "blocking", true);
        boolean skip = flag(properties, "skip", false);
        var defaults = defaults(properties);
        if (problems.count() > before || name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AuditDefinition(
                name.get().toLowerCase(Locale.ROOT),
                script,
                List.copyOf(query),
                defaults,
                skip ? Effect.SKIPPED : blocking ? Effect.BLOCKS : Effect.WARNS,
                script.mark(word.start())));
    }

    private static boolean flag(Map<String, HeaderValue> properties, String key, boolean otherwise) {
        var value = properties.get(key);
        return value == null ? otherwise : value.flag().orElse(otherwise);
    }

    private static Map<String, String> defaults(Map<String, HeaderValue> properties) {
        var defaults = new LinkedHashMap<String, String>();
        var value = properties.get("defaults");
        for (HeaderValue item : value == null ? List.<HeaderValue>of() : value.items()) {
            var tokens = item.tokens();
            if (tokens.size() > 2
                    && tokens.getFirst().isName()
                    && (tokens.get(1).is("=") || tokens.get(1).is(":="))) {
                defaults.put(
                        tokens.getFirst().value().toLowerCase(Locale.ROOT),
                        item.script()
                                .slice(tokens.get(2).start(), tokens.getLast().end()));
            } else {
                item.expected("defaults (name = value, …)");
            }
        }
        return defaults;
    }
}

package io.leat.model;

import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.model.Audit.Severity;
import io.leat.name.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The audits that a model can ask for by name: SQLMesh's own and the project's. */
final class AuditLibrary {

    private static final String NON_BLOCKING = "_non_blocking";
    /** SQLMesh has them, Leat does not yet. */
    private static final List<String> MISSING = List.of(
            "not_match_like_pattern_list",
            "match_like_pattern_list",
            "valid_uuid",
            "valid_email",
            "valid_url",
            "valid_http_method",
            "sequential_values",
            "mean_in_range",
            "stddev_in_range",
            "z_score",
            "kl_divergence",
            "chi_square",
            "mutually_exclusive_ranges",
            "column_comparison",
            "min_in_range",
            "max_in_range",
            "sum_in_range");

    private final Map<String, AuditDefinition> definitions = new HashMap<>();
    private final Variables variables;
    private final Analyzer analyzer;
    private final Problems problems;

    AuditLibrary(Variables variables, Analyzer analyzer, Problems problems) {
        this.variables = variables;
        this.analyzer = analyzer;
        this.problems = problems;
    }

    void add(AuditDefinition definition) {
        var other = definitions.putIfAbsent(definition.name(), definition);
        if (other != null) {
            problems.add(new Problem(
                    ErrorCode.DUPLICATE_NAME,
                    definition.mark(),
                    "the audit '" + definition.name() + "' is also defined at " + other.mark()));
        } else if (BuiltInAudit.named(definition.name()).isPresent()) {
            problems.add(new Problem(
                    ErrorCode.DUPLICATE_NAME,
                    definition.mark(),
                    "the audit '" + definition.name() + "' exists already: it is one of SQLMesh's own"));
        }
    }

    /** The audits of one model; those that have a problem are left out. */
    List<Audit> audits(List<AuditCall> calls) {
        var audits = new ArrayList<Audit>();
        for (AuditCall call : calls) {
            audit(call).ifPresent(audits::add);
        }
        return audits;
    }

    private Optional<Audit> audit(AuditCall call) {
        var definition = definitions.get(call.name());
        if (definition != null) {
            return defined(call, definition);
        }
        boolean suffix = call.name().endsWith(NON_BLOCKING);
        String name = suffix ? call.name().substring(0, call.name().length() - NON_BLOCKING.length()) : call.name();
        var builtIn = BuiltInAudit.named(name);
        if (builtIn.isPresent()) {
            return builtIn(call, builtIn.get(), suffix ? Severity.WARNS : Severity.BLOCKS);
        }
        if (MISSING.contains(name)) {
            problems.add(
                    new Problem(ErrorCode.UNSUPPORTED, call.mark(), "the audit '" + name + "' is not supported yet")
                            .hinting("write it as a query into audits/" + name + ".sql"));
            return Optional.empty();
        }
        var known = new ArrayList<>(definitions.keySet());
        known.addAll(BuiltInAudit.names());
        problems.add(new Problem(ErrorCode.UNKNOWN_NAME, call.mark(), "there is no audit '" + call.name() + "'")
                .hinting("define it in a file of the folder audits: AUDIT (name " + call.name() + "); SELECT …")
                .didYouMean(call.name(), known));
        return Optional.empty();
    }

    private Optional<Audit> builtIn(AuditCall call, BuiltInAudit audit, Severity severity) {
        int before = problems.count();
        HeaderBlock.refuseUnknown(call.arguments(), audit.known(), problems);
        for (String required : audit.required()) {
            var value = call.arguments().get(required);
            if (value == null
                    || value.items().stream().allMatch(item -> item.tokens().isEmpty())) {
                problems.add(new Problem(
                                ErrorCode.MISSING_KEY,
                                call.mark(),
                                "the audit " + call.name() + " needs '" + required + "'")
                        .expecting(call.name() + "(" + String.join(", ", example(audit)) + ")"));
            }
        }
        if (problems.count() > before) {
            return Optional.empty();
        }
        var script = Script.madeFor(call.mark(), audit.sql(call.arguments()));
        return template(script, Tokenizer.tokens(script, problems), Map.of())
                .map(template ->
                        new Audit(audit.text(), call.label(), severity(call, severity), call.mark(), template));
    }

    private static List<String> example(BuiltInAudit audit) {
        return audit.required().stream()
                .map(key -> key + " := " + (key.endsWith("s") || key.equals("is_in") ? "(…)" : "…"))
                .toList();
    }

    private Optional<Audit> defined(AuditCall call, AuditDefinition definition) {
        var arguments = new LinkedHashMap<>(definition.defaults());
        call.arguments().forEach((key, value) -> arguments.put(key, value.slice()));
        arguments.remove("blocking");
        if (!usesAll(call, definition) || definition.effect() == AuditDefinition.Effect.SKIPPED) {
            return Optional.empty();
        }
        var severity = definition.effect() == AuditDefinition.Effect.BLOCKS ? Severity.BLOCKS : Severity.WARNS;
        return template(definition.script(), definition.query(), arguments)
                .map(template -> new Audit(call.name(), call.label(), severity(call, severity), call.mark(), template));
    }

    /** An argument that the audit's query never mentions is a slip. */
    private boolean usesAll(AuditCall call, AuditDefinition definition) {
        var used = new HashSet<String>();
        for (Token token : definition.query()) {
            if (token.kind() == Token.Kind.MACRO) {
                used.add(token.value());
            }
        }
        used.addAll(definition.defaults().keySet());
        used.add("blocking");
        int before = problems.count();
        HeaderBlock.refuseUnknown(call.arguments(), List.copyOf(used), problems);
        return problems.count() == before;
    }

    private static Severity severity(AuditCall call, Severity otherwise) {
        var blocking = call.arguments().get("blocking");
        return blocking == null ? otherwise : blocking.flag().orElse(true) ? Severity.BLOCKS : Severity.WARNS;
    }

    private Optional<Template> template(Script script, List<Token> tokens, Map<String, String> arguments) {
        return Template.of(script, tokens, MacroScope.ofAudit(variables, arguments), analyzer, problems);
    }
}

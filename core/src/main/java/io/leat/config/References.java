package io.leat.config;

import io.leat.config.Node.Entry;
import io.leat.config.Node.Form;
import io.leat.config.Node.Mapping;
import io.leat.config.Node.Scalar;
import io.leat.config.Node.Sequence;
import io.leat.name.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fills in <code>${env:X}</code> and <code>${secret:X}</code> in values (not in keys). A variable that is not set is a
 * problem at its place; a value with a secret becomes a {@link Secret} as a whole. <code>$${</code> stands for <code>${</code>.
 */
public final class References {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*+)}?");
    private static final Pattern KNOWN = Pattern.compile("(env|secret):([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> variables;
    private final SecretProvider secrets;

    public References(Map<String, String> variables, SecretProvider secrets) {
        this.variables = Map.copyOf(variables);
        this.secrets = secrets;
    }

    /** The node with all references in it filled in; one that cannot be filled in stays, after a problem was added. */
    public Node fill(Node node, Problems problems) {
        return switch (node) {
            case Mapping mapping -> fillMapping(mapping, problems);
            case Sequence sequence ->
                new Sequence(
                        sequence.mark(),
                        sequence.items().stream()
                                .map(item -> fill(item, problems))
                                .toList());
            case Scalar scalar ->
                scalar.form() != Form.FREE && scalar.text().contains("${") ? fillScalar(scalar, problems) : scalar;
        };
    }

    /** Like {@link #fill} for a mapping. */
    public Mapping fillMapping(Mapping mapping, Problems problems) {
        return new Mapping(
                mapping.mark(),
                mapping.entries().stream()
                        .map(entry -> new Entry(entry.key(), fill(entry.value(), problems)))
                        .toList());
    }

    private Scalar fillScalar(Scalar scalar, Problems problems) {
        var parts = new ArrayList<Supplier<Optional<String>>>();
        var names = new LinkedHashSet<String>();
        boolean filled = false;
        int end = 0;
        Matcher matcher = REFERENCE.matcher(scalar.text());
        for (; matcher.find(); end = matcher.end()) {
            add(parts, scalar.text().substring(end, matcher.start()));
            if (matcher.group().equals("$${")) {
                add(parts, "${");
                continue;
            }
            String inner = matcher.group(1);
            Matcher known = KNOWN.matcher(inner);
            if (!known.matches() || !matcher.group().endsWith("}")) {
                problems.add(unknown(scalar, matcher.toMatchResult(), inner));
                return scalar;
            }
            String name = known.group(2);
            filled = true;
            if (known.group(1).equals("secret")) {
                names.add(name);
                parts.add(() -> secrets.find(name));
            } else if (variables.containsKey(name)) {
                add(parts, String.valueOf(variables.get(name)));
            } else {
                problems.add(new Problem(
                                ErrorCode.UNSET_REFERENCE,
                                placeOf(scalar, matcher.start()),
                                "the environment variable " + name + " is not set")
                        .hinting("set it in the environment or in .env"));
                return scalar;
            }
        }
        add(parts, scalar.text().substring(end));
        if (names.isEmpty()) {
            return new Scalar(scalar.mark(), joined(parts).orElseThrow(), filled ? Form.FREE : scalar.form());
        }
        Secret secret = Secret.lookedUp(String.join(", ", names), scalar.mark(), () -> joined(parts));
        return new Scalar(scalar.mark(), "", Form.QUOTED, secret);
    }

    private static Problem unknown(Scalar scalar, MatchResult reference, String inner) {
        Problem problem = new Problem(
                        ErrorCode.WRONG_VALUE,
                        placeOf(scalar, reference.start()),
                        "'" + reference.group() + "' is not a reference")
                .expecting("${env:NAME} or ${secret:NAME}");
        return NAME.matcher(inner).matches()
                ? problem.hinting("did you mean '${env:" + inner + "}'?")
                : problem.hinting("write $${ for a plain ${");
    }

    /** The place within a scalar that stands on one line; its beginning otherwise. */
    private static Mark placeOf(Scalar scalar, int offset) {
        Mark mark = scalar.mark();
        boolean shown = mark.source()
                .line(mark.line())
                .map(line -> line.contains(scalar.text()))
                .orElse(false);
        int quote = scalar.form() == Form.QUOTED ? 1 : 0;
        return shown
                ? new Mark(
                        mark.source(),
                        mark.line(),
                        mark.column() + quote + scalar.text().codePointCount(0, offset))
                : mark;
    }

    private static void add(List<Supplier<Optional<String>>> parts, String text) {
        parts.add(() -> Optional.of(text));
    }

    private static Optional<String> joined(List<Supplier<Optional<String>>> parts) {
        List<Optional<String>> texts = parts.stream().map(Supplier::get).toList();
        return texts.stream().allMatch(Optional::isPresent)
                ? Optional.of(texts.stream().map(Optional::orElseThrow).collect(Collectors.joining()))
                : Optional.empty();
    }
}

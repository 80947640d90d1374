package io.leat.project;

import io.leat.config.Suggestion;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which pipelines and models a command is about, in dbt's grammar: names ({@code flights}, {@code gold.sales}, {@code
 * gold.*}), {@code tag:daily}, {@code path:models/gold}, each with {@code +} before it for all that it reads and {@code +}
 * behind it for all that reads it. Several words are united; what is excluded is taken away.
 */
public record Selection(List<String> include, List<String> exclude) {

    public static final Selection ALL = new Selection(List.of(), List.of());

    public Selection {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /**
     * The selected nodes in their order.
     *
     * @throws PipelineException E501 if a word matches nothing
     */
    public List<Node> of(Dag dag) {
        Set<Node> chosen = include.isEmpty() ? new LinkedHashSet<>(dag.nodes()) : matched(include, dag);
        chosen.removeAll(matched(exclude, dag));
        return dag.nodes().stream().filter(chosen::contains).toList();
    }

    /** Whether the user named the node itself, not by a pattern, tag or path. */
    public boolean names(Node node) {
        return include.stream().anyMatch(word -> bare(word).equals(node.name().value()));
    }

    private static Set<Node> matched(List<String> words, Dag dag) {
        Set<Node> found = new LinkedHashSet<>();
        for (String several : words) {
            List<String> parts = Stream.of(several.split("[,\\s]+"))
                    .filter(word -> !word.isBlank())
                    .toList();
            if (parts.isEmpty()) {
                // a variable of a script that is not set: neither everything nor nothing is meant
                throw new PipelineException(ErrorCode.BAD_SELECTION, "the selection is empty")
                        .withHint("name something, or leave it out");
            }
            parts.forEach(word -> found.addAll(matched(word, dag)));
        }
        return found;
    }

    private static Collection<Node> matched(String word, Dag dag) {
        List<Node> exact =
                dag.nodes().stream().filter(node -> matches(node, bare(word))).toList();
        if (exact.isEmpty()) {
            throw nothing(word, dag);
        }
        Set<Node> found = new LinkedHashSet<>(exact);
        if (word.startsWith("+")) {
            found.addAll(dag.withUpstream(exact));
        }
        if (word.endsWith("+")) {
            found.addAll(dag.withDownstream(exact));
        }
        return found;
    }

    private static String bare(String word) {
        String start = word.startsWith("+") ? word.substring(1) : word;
        return start.endsWith("+") ? start.substring(0, start.length() - 1) : start;
    }

    private static boolean matches(Node node, String word) {
        if (word.startsWith("tag:")) {
            return node.tags().contains(word.substring("tag:".length()));
        }
        if (word.startsWith("path:")) {
            String path = word.substring("path:".length()).replaceFirst("/+$", "");
            return node.path().equals(path) || node.path().startsWith(path + "/");
        }
        String name = node.name().value();
        if (word.contains("*")) {
            String pattern = Stream.of(word.split("\\*", -1))
                    .map(Pattern::quote)
                    .reduce((a, b) -> a + ".*" + b)
                    .orElse("");
            return name.matches(pattern) || node.target().matches(pattern);
        }
        return name.equals(word) || node.target().equals(word);
    }

    private static PipelineException nothing(String word, Dag dag) {
        var problem = new PipelineException(ErrorCode.BAD_SELECTION, "'" + word + "' matches no pipeline and no model");
        Optional<String> near = Suggestion.nearest(
                bare(word),
                dag.nodes().stream().map(node -> node.name().value()).toList());
        return problem.withHint(near.map(name -> "did you mean " + name + "?").orElse("`leat ls` lists what there is"));
    }
}

package io.leat.project;

import io.leat.name.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The pipelines and models of a project in an order in which each comes after all that it reads. */
public final class Dag {

    private final List<Node> nodes;
    private final Map<TableName, List<Node>> writers = new HashMap<>();

    /** The nodes, already in order: the models' own order is known, and pipelines come before what reads their tables. */
    public Dag(List<Node> inOrder) {
        nodes = List.copyOf(inOrder);
        for (Node node : nodes) {
            node.table()
                    .ifPresent(table -> writers.computeIfAbsent(table, none -> new ArrayList<>())
                            .add(node));
        }
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** Who fills a table: several pipelines may share one. */
    public List<Node> writers(TableName table) {
        return writers.getOrDefault(table, List.of());
    }

    /** The nodes and all that they read, directly or not, in order. */
    public List<Node> withUpstream(Collection<Node> some) {
        return closure(
                some,
                node -> node.reads().stream()
                        .flatMap(table -> writers(table).stream())
                        .toList());
    }

    /** The nodes and all that read them, directly or not, in order. */
    public List<Node> withDownstream(Collection<Node> some) {
        return closure(
                some, node -> nodes.stream().filter(other -> other.reads(node)).toList());
    }

    private List<Node> closure(Collection<Node> some, Function<Node, List<Node>> neighbours) {
        Set<Node> found = new LinkedHashSet<>(some);
        var open = new ArrayDeque<>(some);
        while (!open.isEmpty()) {
            neighbours.apply(open.poll()).stream().filter(found::add).forEach(open::add);
        }
        return nodes.stream().filter(found::contains).toList();
    }
}

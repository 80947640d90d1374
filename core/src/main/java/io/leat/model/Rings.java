package io.leat.model;

import static java.util.Objects.requireNonNull;

import io.leat.config.Mark;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.name.ErrorCode;
import io.leat.name.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds circles among models that cannot be ordered, and tells each once. */
final class Rings {

    private Rings() {}

    static void report(SortedMap<TableName, Model> models, List<Model> ordered, Problems problems) {
        var stuck = new TreeSet<>(models.keySet());
        ordered.forEach(model -> stuck.remove(model.name()));
        var told = new HashSet<TableName>();
        for (TableName start : stuck) {
            var ring = ring(models, stuck, start);
            if (ring.contains(start) && ring.stream().noneMatch(told::contains)) {
                told.addAll(ring);
                tell(models, ring, problems);
            }
        }
    }

    /** Follows unordered models from one to the next until one comes again: from there on it is a ring. */
    private static List<TableName> ring(SortedMap<TableName, Model> models, Set<TableName> stuck, TableName start) {
        var path = new ArrayList<TableName>();
        var dead = new HashSet<TableName>();
        path.add(start);
        while (!path.isEmpty()) {
            var last = path.getLast();
            var next = requireNonNull(models.get(last)).dependencies().stream()
                    .filter(table -> stuck.contains(table) && !dead.contains(table))
                    .findFirst();
            if (next.isEmpty()) {
                dead.add(path.removeLast());
                continue;
            }
            int before = path.indexOf(next.get());
            if (before == 0) {
                return path;
            }
            if (before > 0) {
                // a ring that does not come back here: told when its own members are asked
                dead.add(path.removeLast());
            } else {
                path.add(next.get());
            }
        }
        return List.of();
    }

    private static void tell(SortedMap<TableName, Model> models, List<TableName> ring, Problems problems) {
        var first = requireNonNull(models.get(ring.getFirst()));
        var second = ring.size() > 1 ? ring.get(1) : ring.getFirst();
        String names = ring.stream().map(TableName::toString).collect(Collectors.joining(" reads "));
        problems.add(new Problem(
                        ErrorCode.CIRCULAR_MODELS,
                        mark(first, second),
                        ring.size() == 1
                                ? "the model " + first.name() + " reads itself"
                                : "models read each other in a circle: " + names + " reads " + first.name())
                .hinting(
                        ring.size() == 1
                                ? "models that go on from their own rows are not supported yet"
                                : "one of them must not read the other"));
    }

    private static Mark mark(Model model, TableName table) {
        var references = new ArrayList<>(model.references());
        model.audits().forEach(audit -> references.addAll(audit.references()));
        return references.stream()
                .filter(reference -> reference.table().equals(table))
                .map(TableReference::mark)
                .findFirst()
                .orElse(model.mark());
    }
}

package io.leat.run;

import io.leat.schema.AuditLevel;
import io.leat.schema.Sums;
import io.leat.state.Load;
import io.leat.time.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Compares the values that readers see of slices with those that were staged, where readers see copies. */
final class TargetSums {

    private final Session session;
    private final SliceLoader loader;

    TargetSums(Session session, SliceLoader loader) {
        this.session = session;
        this.loader = loader;
    }

    /** What is compared, and how closely. */
    private record Form(List<String> columns, AuditLevel level) {}

    /**
     * What is different, in words, by slice; nothing where all is equal or cannot be told.
     *
     * @param loads those of each slice that readers see together
     */
    Map<Slice, String> differences(Map<Slice, List<Load>> loads) {
        Map<Form, Map<Slice, Sums>> expected = new HashMap<>();
        loads.forEach((slice, some) -> together(some)
                .ifPresent(sums -> expected.computeIfAbsent(form(sums), none -> new HashMap<>())
                        .put(slice, sums)));
        Map<Slice, String> different = new HashMap<>();
        expected.forEach((form, staged) -> {
            Map<Slice, Sums> found = loader.target()
                    .sums(session.duck(), loader.node().name(), staged.keySet(), form.columns(), form.level());
            staged.forEach((slice, sums) -> sums.difference(Objects.requireNonNull(found.get(slice)))
                    .ifPresent(words -> different.put(slice, words)));
        });
        return different;
    }

    private static Form form(Sums sums) {
        return new Form(
                List.copyOf(sums.columns().keySet()), sums.content() == null ? AuditLevel.SUMS : AuditLevel.CONTENT);
    }

    /** Nothing if there are no rows, or if the loads had other columns, whose names may have changed since. */
    private static Optional<Sums> together(List<Load> loads) {
        List<Sums> all = new ArrayList<>();
        for (Load load : loads) {
            if (load.rows() > 0) {
                String sums = load.sums();
                if (sums == null) {
                    return Optional.empty();
                }
                all.add(Sums.parse(sums));
            }
        }
        boolean alike = all.stream()
                        .map(sums -> List.copyOf(sums.columns().keySet()))
                        .distinct()
                        .count()
                == 1;
        return alike ? all.stream().reduce(Sums::plus) : Optional.empty();
    }
}

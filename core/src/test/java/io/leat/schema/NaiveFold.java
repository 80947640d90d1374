package io.leat.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a fold has to give, worked out change by change: the oracle of the tests of folds. */
public final class NaiveFold {

    private NaiveFold() {}

    /**
     * A change of one row.
     *
     * @param at by which changes follow each other; null comes first
     * @param window the window that it was loaded in, as a number; null comes first
     */
    public record Change(
            String key,
            @Nullable Long at,
            boolean deleted,
            String content,
            @Nullable Long window,
            String pipeline,
            String file,
            long record) {}

    private static final Comparator<Change> OLDEST_FIRST = Comparator.comparing(
                    Change::at, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
            .thenComparing(Change::window, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
            .thenComparing(Change::pipeline)
            .thenComparing(Change::file)
            .thenComparing(Change::record);

    /** {@code key|at|content} of the rows that are there in the end. */
    public static List<String> merged(Collection<Change> changes) {
        List<String> rows = new ArrayList<>();
        byKey(changes).values().forEach(all -> {
            Change newest = all.getLast();
            if (!newest.deleted()) {
                rows.add(newest.key() + "|" + newest.at() + "|" + newest.content());
            }
        });
        return rows;
    }

    /** {@code key|at|content|valid_from|valid_to|is_current} of all versions that ever were. */
    public static List<String> versions(Collection<Change> changes) {
        List<String> rows = new ArrayList<>();
        byKey(changes).values().forEach(all -> {
            TreeMap<Long, Change> settled = new TreeMap<>();
            all.stream().filter(change -> change.at() != null).forEach(change -> settled.put(change.at(), change));
            Change open = null;
            for (Change next : settled.values()) {
                if (open != null && (next.deleted() || !next.content().equals(open.content()))) {
                    rows.add(version(open, next.at()));
                    open = null;
                }
                if (open == null && !next.deleted()) {
                    open = next;
                }
            }
            if (open != null) {
                rows.add(version(open, null));
            }
        });
        return rows;
    }

    private static String version(Change change, @Nullable Long until) {
        return change.key() + "|" + change.at() + "|" + change.content() + "|" + Objects.requireNonNull(change.at())
                + "|" + until + "|" + (until == null);
    }

    private static Map<String, List<Change>> byKey(Collection<Change> changes) {
        Map<String, List<Change>> byKey = new TreeMap<>();
        changes.stream()
                .sorted(OLDEST_FIRST)
                .forEach(change -> byKey.computeIfAbsent(change.key(), _ -> new ArrayList<>())
                        .add(change));
        return byKey;
    }
}

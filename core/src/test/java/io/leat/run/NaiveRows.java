package io.leat.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes dirty files and a pipeline for them, and works out in plain Java what has to become of every record. */
final class NaiveRows {

    record Expected(List<String> good, List<String> rejects, List<Long> totals, Map<String, Long> readByFile) {}

    private enum Fate {
        ALIVE,
        REJECTED,
        FILTERED,
        DEDUPLICATED
    }

    /** A row on its way; several of one origin after unpivoting. */
    private static final class Row {
        final String file;
        final int record;
        final int child;
        final Map<String, @Nullable Object> values;
        Fate fate = Fate.ALIVE;
        int step = -1;

        @Nullable
        String code;

        Row(String file, int record, int child, Map<String, @Nullable Object> values) {
            this.file = file;
            this.record = record;
            this.child = child;
            this.values = values;
        }

        String origin() {
            return file + "#" + record;
        }

        void end(Fate how, int at, @Nullable String why) {
            if (fate == Fate.ALIVE) {
                fate = how;
                step = at;
                code = why;
            }
        }
    }

    private record Broken(String file, int record) {}

    private static final List<String> NUMBERS =
            List.of("1", "2", "3", " 4 ", "05", "x", "", "1.5", "1.0", "-7", "99", "1e2");
    private static final List<String> KEYS = List.of("a", "b", "c", "", " a", "\"q\"\"q\"", "\"l\nl\"");

    private final Random random;
    private final boolean dirty;
    private final List<String> kinds = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Broken> broken = new ArrayList<>();
    private final Map<String, Long> readByFile = new TreeMap<>();

    NaiveRows(Random random) {
        this.random = random;
        this.dirty = random.nextInt(4) > 0;
        List<String> possible =
                new ArrayList<>(List.of("trim", "fill", "derive", "filter", "deduplicate", "last", "unpivot", "castu"));
        for (int i = random.nextInt(5); i > 0; i--) {
            kinds.add(possible.remove(random.nextInt(possible.size())));
        }
        if (random.nextBoolean()) {
            kinds.removeAll(List.of("filter", "deduplicate", "last", "unpivot", "castu"));
        }
        if (!kinds.contains("unpivot")) {
            kinds.remove("castu");
        } else if (kinds.contains("castu") && kinds.indexOf("castu") < kinds.indexOf("unpivot")) {
            kinds.remove("castu");
            kinds.add("castu");
        }
    }

    /** Columns k (text), n (integer, required, at most 50), u and v (texts). */
    String file(String name) {
        var text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "").append("k,n,u,v\n");
        int count = random.nextInt(30);
        for (int record = 1; record <= count; record++) {
            String k = pick(KEYS);
            String n = dirty ? pick(NUMBERS) : pick(List.of("1", "2", " 3", "04", "1.0"));
            String u = dirty ? pick(NUMBERS) : pick(List.of("1", "2", ""));
            String v = dirty ? pick(NUMBERS) : pick(List.of("5", "6", ""));
            text.append(k)
                    .append(',')
                    .append(n)
                    .append(',')
                    .append(u)
                    .append(',')
                    .append(v);
            if (dirty && random.nextInt(12) == 0) {
                text.append(",more");
                broken.add(new Broken(name, record));
            } else {
                var values = new LinkedHashMap<String, @Nullable Object>();
                values.put("k", k.equals("\"q\"\"q\"") ? "q\"q" : k.equals("\"l\nl\"") ? "l\nl" : orNull(k));
                values.put("n", orNull(n));
                values.put("u", orNull(u));
                values.put("v", orNull(v));
                rows.add(new Row(name, record, 0, values));
            }
            text.append('\n');
        }
        readByFile.put(name, (long) count);
        return text.toString();
    }

    String pipeline() {
        var yaml = new StringBuilder("""
                files: "*.csv"
                columns:
                  k: string
                  n: { type: integer, required: true, max: 50 }
                  u: string
                  v: string
                steps:
                """);
        for (String kind : kinds) {
            yaml.append(
                    switch (kind) {
                        case "trim" -> "  - trim: [k]\n";
                        case "fill" -> "  - fill: { k: none }\n";
                        case "derive" ->
                            "  - derive: { d: \"100 // CAST(n + 7 AS INTEGER) + CAST(coalesce(k, '') <> 'b' AS INTEGER)\" }\n";
                        case "filter" -> "  - filter: \"n > 1\"\n";
                        case "deduplicate" -> "  - deduplicate: { key: [k], keep: { order: \"n DESC\" } }\n";
                        case "last" -> "  - deduplicate: { key: [k, n], keep: last }\n";
                        case "unpivot" -> "  - unpivot: { columns: [u, v], name: which, value: cell }\n";
                        case "castu" -> "  - cast: { cell: integer }\n";
                        default -> throw new IllegalStateException(kind);
                    });
        }
        return kinds.isEmpty() ? yaml.append("  []\n").toString() : yaml.toString();
    }

    Expected evaluate() {
        boolean trimFirst = !kinds.isEmpty() && kinds.getFirst().equals("trim");
        List<Row> now = rows;
        for (Row row : now) {
            if (trimFirst) {
                trim(row);
            }
            Object n = row.values.get("n");
            Long number = integer((String) n);
            if (n != null && number == null) {
                row.end(Fate.REJECTED, 1, "TYPE");
            } else if (number == null) {
                row.end(Fate.REJECTED, 1, "REQUIRED");
            } else if (number > 50) {
                row.end(Fate.REJECTED, 1, "RANGE");
            }
            row.values.put("n", number);
        }
        boolean unpivoted = false;
        for (int i = 0; i < kinds.size(); i++) {
            int step = i + 2;
            switch (kinds.get(i)) {
                case "trim" -> now.forEach(NaiveRows::trim);
                case "fill" -> now.forEach(row -> row.values.computeIfAbsent("k", key -> "none"));
                case "derive" -> {
                    for (Row row : now) {
                        if (Long.valueOf(-7).equals(row.values.get("n"))) {
                            row.end(Fate.REJECTED, step, "EXPRESSION");
                        }
                        row.values.put("d", derived(row));
                    }
                }
                case "filter" ->
                    now.stream()
                            .filter(row -> row.fate == Fate.ALIVE && (long) row.values.get("n") <= 1)
                            .forEach(row -> row.end(Fate.FILTERED, step, null));
                case "deduplicate" -> {
                    rejectOrigins(now);
                    deduplicate(
                            now,
                            step,
                            List.of("k"),
                            Comparator.comparing((Row row) -> (Long) row.values.get("n"), Comparator.reverseOrder())
                                    .thenComparing(BY_ORIGIN));
                }
                case "last" -> {
                    rejectOrigins(now);
                    deduplicate(now, step, List.of("k", "n"), BY_ORIGIN.reversed());
                }
                case "unpivot" -> {
                    now = unpivot(now, step);
                    unpivoted = true;
                }
                case "castu" -> {
                    for (Row row : now) {
                        Object cell = row.values.get("cell");
                        Long number = integer((String) cell);
                        if (cell != null && number == null) {
                            row.end(Fate.REJECTED, step, "TYPE");
                        }
                        row.values.put("cell", number);
                    }
                }
                default -> throw new IllegalStateException();
            }
        }
        if (unpivoted) {
            rejectOrigins(now);
        }
        return expected(now);
    }

    private Expected expected(List<Row> now) {
        List<String> good = new ArrayList<>();
        List<String> rejects = new ArrayList<>();
        broken.forEach(record -> rejects.add(record.file() + " " + record.record() + " MALFORMED"));
        Map<String, List<Row>> byOrigin = new LinkedHashMap<>();
        now.forEach(row ->
                byOrigin.computeIfAbsent(row.origin(), key -> new ArrayList<>()).add(row));
        long[] totals = {rows.size() + broken.size(), 0, broken.size(), 0, 0, 0};
        for (List<Row> origin : byOrigin.values()) {
            long alive = origin.stream().filter(row -> row.fate == Fate.ALIVE).count();
            if (origin.stream().anyMatch(row -> row.fate == Fate.REJECTED)) {
                totals[2]++;
                Row first = origin.stream()
                        .filter(row -> row.code != null && row.fate == Fate.REJECTED)
                        .min(Comparator.comparingInt(row -> row.step))
                        .orElseThrow();
                rejects.add(first.file + " " + first.record + " " + first.code);
            } else if (alive > 0) {
                totals[1] += alive;
                totals[5] += alive - 1;
            } else if (origin.stream().anyMatch(row -> row.fate == Fate.DEDUPLICATED)) {
                totals[4]++;
            } else {
                totals[3]++;
            }
        }
        now.stream().filter(row -> row.fate == Fate.ALIVE).forEach(row -> good.add(text(row)));
        return new Expected(
                good, rejects, List.of(totals[0], totals[1], totals[2], totals[3], totals[4], totals[5]), readByFile);
    }

    private static final Comparator<Row> BY_ORIGIN = Comparator.comparing((Row row) -> row.file)
            .thenComparingInt(row -> row.record)
            .thenComparingInt(row -> row.child);

    private static void deduplicate(List<Row> now, int step, List<String> key, Comparator<Row> order) {
        Map<List<@Nullable Object>, Row> kept = new HashMap<>();
        now.stream().filter(row -> row.fate == Fate.ALIVE).sorted(order).forEach(row -> {
            List<@Nullable Object> values = new ArrayList<>();
            key.forEach(name -> values.add(row.values.get(name)));
            if (kept.putIfAbsent(values, row) != null) {
                row.end(Fate.DEDUPLICATED, step, null);
            }
        });
    }

    private static List<Row> unpivot(List<Row> now, int step) {
        List<Row> children = new ArrayList<>();
        for (Row row : now) {
            int made = 0;
            for (String name : List.of("u", "v")) {
                if (row.fate == Fate.ALIVE && row.values.get(name) != null) {
                    var values = new LinkedHashMap<>(row.values);
                    values.remove("u");
                    values.remove("v");
                    values.put("which", name);
                    values.put("cell", row.values.get(name));
                    children.add(new Row(row.file, row.record, name.equals("u") ? 0 : 1, values));
                    made++;
                }
            }
            if (made == 0) {
                row.end(Fate.FILTERED, step, null);
                children.add(row);
            }
        }
        return children;
    }

    private static void rejectOrigins(List<Row> now) {
        Map<String, Integer> falls = new HashMap<>();
        now.stream()
                .filter(row -> row.fate == Fate.REJECTED)
                .forEach(row -> falls.merge(row.origin(), row.step, Math::min));
        for (Row row : now) {
            Integer fall = falls.get(row.origin());
            if (fall != null && (row.fate == Fate.ALIVE || row.step > fall)) {
                row.fate = Fate.REJECTED;
                row.step = fall;
                row.code = null;
            }
        }
    }

    private static @Nullable Long derived(Row row) {
        Long n = (Long) row.values.get("n");
        if (row.fate != Fate.ALIVE || n == null) {
            return null;
        }
        Object k = row.values.get("k");
        return 100 / (n + 7) + ("b".equals(k) ? 0 : 1);
    }

    private static void trim(Row row) {
        Object k = row.values.get("k");
        row.values.put("k", k == null ? null : ((String) k).strip());
    }

    private static @Nullable Long integer(@Nullable String text) {
        return text != null && text.strip().matches("[+-]?[0-9]+([.]0*)?")
                ? Long.valueOf(text.strip().replaceAll("[.]0*$", ""))
                : null;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** As DuckDB writes a struct, with quotes where it wants them: compared through the same function. */
    private static String text(Row row) {
        List<String> values = new ArrayList<>();
        row.values.forEach((name, value) -> values.add(name + "=" + value));
        return String.join("|", values);
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}

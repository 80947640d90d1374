package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.schema.LeatType;
import io.leat.schema.RawSchema;
import io.leat.schema.StrictCast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads all rows once more, as a run will: what was chosen must hold for every one of them. */
final class Proof {

    private final DuckDb duckDb;
    private final OpenRows rows;

    Proof(DuckDb duckDb, OpenRows rows) {
        this.duckDb = duckDb;
        this.rows = rows;
    }

    /**
     * @param columns with what the rows proved: a type that does not hold for all has become string
     * @param key the first of the keys that holds; empty for none
     * @param span least and greatest time, if a column of times was asked
     */
    record Proved(long rows, List<DraftColumn> columns, List<Integer> key, Optional<Span> span) {}

    /** Times as DuckDB writes them, in UTC. */
    record Span(DraftColumn column, String least, String greatest) {}

    /** @param keys places of columns that may be unique together, the best first */
    Proved of(List<DraftColumn> columns, List<List<Integer>> keys, Optional<DraftColumn> time) {
        List<String> list = new ArrayList<>(List.of("count(*)"));
        List<String> values = new ArrayList<>();
        for (int place = 0; place < columns.size(); place++) {
            DraftColumn column = columns.get(place);
            String raw = RawSchema.sqlName(place);
            String sqlType = rows.columns().get(place).sqlType();
            values.add(
                    StrictCast.sql(raw, sqlType, column.type(), column.format().orElse(null)) + " AS v" + place);
            list.add("count(" + raw + ")");
            list.add("count(*) FILTER (WHERE " + raw + " IS NOT NULL AND v" + place + " IS NULL)");
        }
        for (List<Integer> key : keys) {
            list.add("count(DISTINCT hash("
                    + key.stream().map(place -> "v" + place).collect(Collectors.joining(", ")) + "))");
        }
        time.ifPresent(column -> {
            int place = columns.indexOf(column);
            list.add("CAST(min(v" + place + ") AS VARCHAR)");
            list.add("CAST(max(v" + place + ") AS VARCHAR)");
        });
        String sql = "SELECT " + String.join(", ", list) + " FROM (SELECT *, " + String.join(", ", values) + " FROM ("
                + rows.relation() + "))";
        return duckDb.one(sql, row -> {
                    long count = row.getLong(1);
                    List<DraftColumn> proved = new ArrayList<>();
                    int at = 2;
                    for (DraftColumn column : columns) {
                        boolean required = row.getLong(at++) == count;
                        proved.add(row.getLong(at++) == 0 ? with(column, required) : asText(column, required));
                    }
                    List<Integer> unique = List.of();
                    for (List<Integer> key : keys) {
                        boolean holds = row.getLong(at++) == count
                                && key.stream()
                                        .allMatch(place -> proved.get(place).required());
                        unique = unique.isEmpty() && holds ? key : unique;
                    }
                    Optional<Span> span = Optional.empty();
                    if (time.isPresent() && row.getString(at) != null) {
                        span = Optional.of(new Span(time.get(), row.getString(at), row.getString(at + 1)));
                    }
                    return new Proved(count, proved, unique, span);
                })
                .orElseThrow();
    }

    private static DraftColumn with(DraftColumn column, boolean required) {
        return new DraftColumn(
                column.name(), column.source(), column.type(), column.format(), required, column.remark());
    }

    private static DraftColumn asText(DraftColumn column, boolean required) {
        return new DraftColumn(
                column.name(), column.source(), LeatType.STRING, Optional.empty(), required, column.remark());
    }
}

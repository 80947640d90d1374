package io.leat.run;

import io.leat.Leat;
import io.leat.lake.Rejects;
import io.leat.name.EnvironmentName;
import io.leat.project.Node;
import io.leat.state.CatalogTable;
import io.leat.state.Load;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.time.Slice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a project's lake and state hold, free of everything that may differ between two ways to the same end: times, tokens,
 * ids and attempts. Two projects with the same history of inputs have equal evidence, whatever died in between.
 */
record Evidence(Map<String, List<String>> tables, List<String> rejects, List<String> ledger, List<String> records) {

    private static final String REJECTS = """
            SELECT pipeline, slice, regexp_extract(file, '[^/]*$'), record, step, "column", code, reason, value, raw
            FROM leat.rejects ORDER BY ALL""";

    static Evidence of(TestProject project) {
        return project.ask(Evidence::of);
    }

    static Evidence of(Leat leat) {
        EnvironmentName environment = leat.project().environment();
        Map<String, List<String>> tables = new TreeMap<>();
        for (CatalogTable table : leat.state().tables(environment)) {
            if (!table.table().equals(Rejects.TABLE)) {
                tables.put(
                        table.table().toString(),
                        TestProject.query(leat, "SELECT * FROM " + table.table() + " ORDER BY ALL"));
            }
        }
        List<String> ledger = new ArrayList<>();
        List<String> records = new ArrayList<>();
        for (Record record : records(leat)) {
            records.add("%s gen %d %s %s %s %s %s %s target %s %s"
                    .formatted(
                            record.name(),
                            record.generation(),
                            record.cause(),
                            record.status(),
                            record.phaseCompleted(),
                            record.errorCode(),
                            record.reason(),
                            record.staging() == null ? null : record.staging().counts(),
                            record.targetCount(),
                            record.auditResult()));
        }
        for (Node node : leat.project().dag().nodes()) {
            for (Load load : leat.state().loads(environment, node.name())) {
                ledger.add("%s %s -> %s: %d rows, %d rejected, sums %s, quarantine %s"
                        .formatted(
                                load.pipeline(),
                                load.slice().text(),
                                load.target(),
                                load.rows(),
                                load.rejected(),
                                load.sums(),
                                load.quarantine()));
            }
        }
        return new Evidence(tables, TestProject.query(leat, REJECTS), ledger, records);
    }

    /** What readers see, however often it was tried: a failure ends a generation, so that there are more of them. */
    Evidence withoutRecords() {
        return new Evidence(tables, rejects, ledger, List.of());
    }

    /** All generations of all slices. */
    static List<Record> records(Leat leat) {
        List<Record> records = new ArrayList<>();
        for (Node node : leat.project().dag().nodes()) {
            Set<Slice> slices = new LinkedHashSet<>();
            RecordQuery all = RecordQuery.of(leat.project().environment())
                    .pipeline(node.name())
                    .order(RecordQuery.Order.OLDEST_WINDOW_FIRST)
                    .page(10_000, 0);
            leat.state().records(all).forEach(record -> slices.add(record.slice()));
            slices.forEach(slice ->
                    records.addAll(leat.state().generations(leat.project().environment(), node.name(), slice)));
        }
        return records;
    }

    /** The same without the ledgers' generations and the records: what was loaded after how many tries. */
    Evidence readersSee() {
        Map<String, List<String>> seen = new TreeMap<>(tables);
        seen.remove("ledger");
        return new Evidence(seen, rejects, ledger, List.of());
    }
}

package io.leat.lake;

import io.leat.name.TableName;
import io.leat.state.NewLoad;
import io.leat.state.Record;
import io.leat.state.Retirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one commit does to a table, and what goes into the same transaction.
 *
 * @param plan columns of the rows; the change of columns is part of the commit
 * @param added files that become part of the table, unless they are already
 * @param replaced whose rows leave the table before
 * @param loads for the ledger
 * @param retired windows whose rows leave the table with it
 * @param guards records whose claims must still hold
 * @param summary keys for the snapshot
 */
record TableChange(
        SchemaPlan plan,
        List<StagedFile> added,
        Set<LakeFile.Provenances> replaced,
        List<NewLoad> loads,
        Retirement retired,
        List<Record> guards,
        Map<String, String> summary) {

    /** The metadata is written whole with each commit, so a big group names only its first loads; the ledger has all. */
    private static final int MOST_NAMED = 16;

    /** @param target what the loads fill, by the name that the ledger uses */
    static TableChange of(SchemaPlan plan, TableName target, List<SliceLoad> loads, Retirement retired) {
        Set<LakeFile.Provenances> replaced = new LinkedHashSet<>();
        List<StagedFile> added = new ArrayList<>();
        for (SliceLoad load : loads) {
            if (load.mode().replaces()) {
                replaced.add(load.provenances());
            }
            added.addAll(load.files());
        }
        retired.records().forEach(record -> replaced.add(SliceLoad.provenances(record)));
        return new TableChange(
                plan,
                added,
                replaced,
                loads.stream().map(load -> load.newLoad(target.toString())).toList(),
                retired,
                List.of(),
                summary(loads));
    }

    /** Files alone, under the claims of these records. */
    static TableChange ofFiles(SchemaPlan plan, List<StagedFile> added, List<Record> guards) {
        return new TableChange(plan, added, Set.of(), List.of(), Retirement.NONE, guards, Map.of());
    }

    private static Map<String, String> summary(List<SliceLoad> loads) {
        return Map.of(
                "leat.loads", Integer.toString(loads.size()),
                "leat.load-ids",
                        loads.stream()
                                .limit(MOST_NAMED)
                                .map(load -> load.loadId().value())
                                .collect(Collectors.joining(",")),
                "leat.pipeline",
                        loads.stream()
                                .map(load -> load.record().pipeline().value())
                                .distinct()
                                .collect(Collectors.joining(",")),
                "leat.run",
                        loads.stream()
                                .map(load -> run(load.record()))
                                .distinct()
                                .collect(Collectors.joining(",")));
    }

    private static String run(Record record) {
        return record.lease() == null ? "" : record.lease().run().value();
    }
}

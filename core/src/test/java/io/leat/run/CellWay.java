package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.Leat;
import io.leat.name.FaultPoint;
import io.leat.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The undisturbed way of one cell, with which every other way is compared: an empty project, its first run, late file and correction,
 * and the run that loads them.
 */
final class CellWay implements AutoCloseable {

    private static final int FAR_MORE_THAN_THERE_ARE = 10_000;
    private static final int RUNS_UNTIL_AT_REST = 3;

    private final Cell cell;
    private final CellProject project;
    private final CellProject.Saved empty;
    private final CellProject.Saved changed;
    private final List<FaultPoint> first;
    private final List<FaultPoint> again;
    private final Evidence afterFirst;
    private final Evidence afterAgain;
    private final List<Map<String, List<String>>> seen = new ArrayList<>();

    /** What of it is disturbed. */
    enum Part {
        /** The first run. */
        FIRST,
        /** The run that loads late file and correction. */
        AGAIN,
        /** The first run; before the next one late file and correction come. */
        MEANWHILE,
        /** As {@link #AGAIN}, and then the run that recovers from that, too. */
        RECOVERY;

        boolean begins() {
            return this == FIRST || this == MEANWHILE;
        }
    }

    CellWay(Path folder, Cell cell) {
        this.cell = cell;
        this.project = CellProject.in(folder.resolve("project"), cell);
        this.empty = project.save(folder.resolve("empty"));
        seen.add(Map.of());
        this.first = undisturbed();
        this.afterFirst = look();
        project.change();
        this.changed = project.save(folder.resolve("changed"));
        this.again = undisturbed();
        this.afterAgain = look();
    }

    private List<FaultPoint> undisturbed() {
        System.setProperty(FaultPoint.PROPERTY, "*:" + FAR_MORE_THAN_THERE_ARE + ":error");
        try {
            assertThat(project.project().run().exitCode()).isZero();
            return FaultPoint.passed();
        } finally {
            System.clearProperty(FaultPoint.PROPERTY);
            FaultPoint.reset();
        }
    }

    private Evidence look() {
        return project.project().ask(leat -> {
            project.requireSound(leat, cell + ", undisturbed");
            seen.add(project.windows(leat));
            return project.evidence(leat);
        });
    }

    Path root() {
        return project.project().root();
    }

    Cell cell() {
        return cell;
    }

    /** The durable effects of the run that is disturbed, in their order. */
    List<FaultPoint> passages(Part part) {
        return part.begins() ? first : again;
    }

    /** Sets the project back to where the part begins. */
    void begin(Part part) {
        (part.begins() ? empty : changed).restore();
    }

    /** After a death: what readers see now is whole, nothing stays held, and the next run ends where the undisturbed one ends. */
    void requireRecovery(Part part, String context) {
        if (part == Part.MEANWHILE) {
            project.change();
        }
        List<Map<String, List<String>>> allowed = part.begins() ? seen.subList(0, 2) : seen.subList(1, 3);
        Evidence evidence = project.project().ask(leat -> {
            requireWholeWindows(leat, allowed, context);
            project.requireMade(leat, context);
            project.requireFree(leat, context);
            toRest(leat, part == Part.MEANWHILE ? RUNS_UNTIL_AT_REST : 1, context);
            project.requireSound(leat, context);
            if (part == Part.MEANWHILE && !cell.write().replaces()) {
                requireAppended(leat, context);
            }
            return project.evidence(leat);
        });
        if (part != Part.MEANWHILE || cell.write().replaces()) {
            requireExpected(part, evidence, context);
        }
    }

    /** Where rows add up, those of the first run are there or are not, as far as it came; those of the source as it is now are. */
    private void requireAppended(Leat leat, String context) {
        Map<String, List<String>> before = seen.get(1);
        Map<String, List<String>> after = seen.get(2);
        Map<String, List<String>> now = project.windows(leat);
        after.forEach((window, rows) -> {
            List<String> alone = new ArrayList<>(rows);
            if (!rows.equals(before.get(window))) {
                before.getOrDefault(window, List.of()).forEach(alone::remove);
            }
            assertThat(now.get(window)).as("%s: rows of %s", context, window).isIn(rows, alone);
        });
        assertThat(after.keySet()).as(context).containsAll(now.keySet());
    }

    /** All is as the undisturbed run left it, and nothing is left to do. */
    void requireEnd(Part part, String context) {
        Evidence evidence = project.project().ask(leat -> {
            assertThat(isIdle(leat.run(RunRequest.EVERYTHING, RunListener.SILENT)))
                    .as("%s: nothing is left to do", context)
                    .isTrue();
            project.requireSound(leat, context);
            return project.evidence(leat);
        });
        requireExpected(part, evidence, context);
    }

    private void requireExpected(Part part, Evidence evidence, String context) {
        Evidence expected = part == Part.FIRST ? afterFirst : afterAgain;
        if (part == Part.MEANWHILE) {
            // a window that was not loaded before the source changed has one generation, not two
            assertThat(evidence.readersSee()).as(context).isEqualTo(expected.readersSee());
        } else {
            assertThat(evidence).as(context).isEqualTo(expected);
        }
    }

    private void requireWholeWindows(Leat leat, List<Map<String, List<String>>> allowed, String context) {
        project.windows(leat)
                .forEach((window, rows) -> assertThat(rows)
                        .as("%s: what readers see of %s", context, window)
                        .isIn(allowed.stream()
                                .map(each -> each.getOrDefault(window, List.of()))
                                .toList()));
    }

    /** Runs so often at most; afterwards nothing is left to do. */
    private static void toRest(Leat leat, int runs, String context) {
        for (int i = 0; i < runs; i++) {
            RunReport report = leat.run(RunRequest.EVERYTHING, RunListener.SILENT);
            assertThat(report.exitCode()).as("%s: %s", context, report).isZero();
            if (isIdle(report)) {
                return;
            }
        }
        assertThat(isIdle(leat.run(RunRequest.EVERYTHING, RunListener.SILENT)))
                .as("%s: nothing is left to do", context)
                .isTrue();
    }

    private static boolean isIdle(RunReport report) {
        return report.nodes().stream().noneMatch(node -> node.idle().isEmpty());
    }

    @Override
    public void close() {
        empty.copy().ifPresent(TestDatabase::drop);
        changed.copy().ifPresent(TestDatabase::drop);
        project.forget();
    }
}

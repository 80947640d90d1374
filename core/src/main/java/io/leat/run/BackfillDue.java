package io.leat.run;

import io.leat.state.Backfill;
import io.leat.state.Cause;
import io.leat.state.Record;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What of a pipeline or model is left to load for a backfill. */
final class BackfillDue {

    private final Session session;
    private final SliceLoader loader;
    private final Backfill backfill;

    BackfillDue(Session session, SliceLoader loader, Backfill backfill) {
        this.session = session;
        this.loader = loader;
        this.backfill = backfill;
    }

    Due due() {
        Optional<Backfill.Range> range = backfill.range(loader.node().name());
        if (range.isEmpty()) {
            return Due.nothing("no part of the backfill");
        }
        Window bounds = range.get().bounds();
        return bounds == null ? whole() : windows(bounds);
    }

    private Due whole() {
        Slice all = new Slice.All();
        Optional<Record> newest =
                session.state().record(session.environment(), loader.node().name(), all);
        return newest.filter(record -> endedBy(record, backfill)).isPresent()
                ? Due.nothing("done: the backfill has loaded it")
                : new Due(1, List.of(wish(all, newest)).iterator(), "");
    }

    static boolean endedBy(Record record, Backfill backfill) {
        return Objects.equals(record.backfill(), backfill.id())
                && !record.status().live();
    }

    private Due windows(Window bounds) {
        var windows = new BackfillWindows(
                session.state(), backfill, loader.node().name(), loader.grid().orElseThrow());
        long count = windows.count(bounds);
        if (count == 0) {
            return Due.nothing("done: nothing is left of the backfill");
        }
        return new Due(
                count,
                Paged.of(whileItRuns(windows.windows(bounds).iterator()), this::wishes)
                        .iterator(),
                "");
    }

    /** A person may pause or cancel it at any time: then nothing more is begun. */
    private Iterator<Window> whileItRuns(Iterator<Window> all) {
        return new Iterator<>() {
            private int taken;
            private boolean runs = true;

            @Override
            public boolean hasNext() {
                if (taken % Session.GROUP == 0 && runs) {
                    runs = session.state()
                            .backfill(backfill.id())
                            .filter(now -> now.stage() == Backfill.Stage.RUNNING)
                            .isPresent();
                }
                return runs && all.hasNext();
            }

            @Override
            public Window next() {
                taken++;
                return all.next();
            }
        };
    }

    private List<DueSlice> wishes(List<Window> page) {
        List<Slice.OfWindow> slices = page.stream().map(Slice.OfWindow::new).toList();
        Map<Slice, Record> newest =
                session.state().records(session.environment(), loader.node().name(), slices);
        return slices.stream()
                .map(slice -> wish(slice, Optional.ofNullable(newest.get(slice))))
                .toList();
    }

    /** A restatement makes even what has failed anew; a backfill goes on with it. */
    private DueSlice wish(Slice slice, Optional<Record> newest) {
        boolean anew = backfill.kind() == Backfill.Kind.RESTATE
                || newest.filter(record -> record.status().done()).isPresent();
        return loader.wish(slice, newest, anew ? Cause.RESTATE : Cause.LATE, backfill.id());
    }
}

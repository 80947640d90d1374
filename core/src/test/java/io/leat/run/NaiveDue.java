package io.leat.run;

import io.leat.project.WindowSpec;
import io.leat.state.Cause;
import io.leat.state.Status;
import io.leat.time.Grid;
import io.leat.time.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is due of a pipeline with windows, by the rules as they are documented: every window from the first on is looked at, one by one,
 * beside what the test itself wrote down about it.
 */
final class NaiveDue {

    /** The newest generation of a window's record. */
    record Newest(
            Status status,
            int generation,
            Instant created,
            @Nullable Made failedOn) {}

    /** What a window is made of: the pipeline, and what each file holds of the window. */
    record Made(String fingerprint, Map<String, String> files) {}

    /** What is in the table of a window. */
    record Published(Made of, boolean quarantined) {}

    /** A window that is due. */
    record Wanted(Window window, Cause cause, int after) {}

    final Map<Window, Newest> newest = new HashMap<>();
    final Map<Window, Published> published = new HashMap<>();
    /** What each file holds of the windows that start at these instants. */
    final Map<String, Map<Instant, String>> files = new TreeMap<>();

    private @Nullable Instant firstPlanned;

    void planned(Instant now) {
        firstPlanned = firstPlanned == null ? now : firstPlanned;
    }

    Made made(Window window, String fingerprint) {
        Map<String, String> held = new TreeMap<>();
        files.forEach((path, windows) -> {
            if (windows.containsKey(window.start())) {
                held.put(path, windows.get(window.start()));
            }
        });
        return new Made(fingerprint, held);
    }

    /** The question: which pipeline, when, and within which bounds. */
    record Question(WindowCalendar calendar, WindowSpec spec, String fingerprint, DueRequest request, Instant now) {
        Grid grid() {
            return calendar.grid();
        }

        /** Its end is old enough; with a schedule also a time of the schedule has come since. */
        boolean dueAt(Window window, Instant when) {
            return !dueFrom(window).isAfter(when);
        }

        Instant dueFrom(Window window) {
            Instant stable = window.end().plus(spec.stability().length());
            return calendar.schedule()
                    .map(cron -> cron.next(stable.minusMillis(1), spec.zone()))
                    .orElse(stable);
        }

        boolean inScope(Window window) {
            String start = request.scope().start();
            String end = request.scope().end();
            return (start == null || !window.start().isBefore(grid().bound(start)))
                    && (end == null || !window.end().isAfter(grid().bound(end)));
        }
    }

    List<Wanted> due(Question question) {
        List<Window> all = new ArrayList<>();
        Optional<Window> next = question.grid().windowAt(question.grid().start());
        while (next.isPresent()
                && question.dueAt(next.get(), question.now())
                && (question.spec().end().isEmpty()
                        || question.spec()
                                .end()
                                .filter(next.get().start()::isBefore)
                                .isPresent())) {
            all.add(next.get());
            next = question.grid().windowAt(next.get().end());
        }
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Window window = all.get(i);
            if (question.inScope(window)) {
                Optional<Cause> cause = changed(window, question)
                        .or(() -> missing(window, window.equals(all.getLast()), question))
                        .or(() -> again(window, all, question));
                cause.ifPresent(why -> wanted.add(wanted(window, why)));
            }
        }
        return wanted;
    }

    private Wanted wanted(Window window, Cause why) {
        Newest record = newest.get(window);
        if (record == null) {
            return new Wanted(window, Cause.NEW, 0);
        }
        boolean ended = record.status() == Status.FAILED || record.status() == Status.CANCELLED;
        boolean goesOn = ended || record.status() == Status.PENDING || record.status() == Status.IN_PROGRESS;
        return new Wanted(window, ended ? Cause.RETRY : why, goesOn ? record.generation() - 1 : record.generation());
    }

    /** It is loaded, and would be loaded differently now. */
    private Optional<Cause> changed(Window window, Question question) {
        Published load = published.get(window);
        if (load == null || load.quarantined()) {
            return Optional.empty();
        }
        Made now = made(window, question.fingerprint());
        boolean open = question.spec()
                .renewal()
                .late()
                .map(late -> window.end().plus(late.length()).isAfter(question.now()))
                .orElse(true);
        if (open && !now.files().equals(load.of().files())) {
            return Optional.of(now.fingerprint().equals(load.of().fingerprint()) ? Cause.LATE : Cause.CHANGED);
        }
        return !now.fingerprint().equals(load.of().fingerprint())
                        && !now.files().isEmpty()
                ? Optional.of(Cause.CHANGED)
                : Optional.empty();
    }

    /** It is not loaded: it has no record, or one that waits or has failed. */
    private Optional<Cause> missing(Window window, boolean last, Question question) {
        Newest record = newest.get(window);
        Published load = published.get(window);
        if (load != null && load.quarantined()) {
            return Optional.empty();
        }
        if (record == null) {
            return caughtUp(window, last, question) ? Optional.of(Cause.LATE) : Optional.empty();
        }
        return switch (record.status()) {
            case PENDING, IN_PROGRESS -> Optional.of(Cause.LATE);
            case FAILED ->
                question.request().retriesFailed()
                                || !Objects.equals(record.failedOn(), made(window, question.fingerprint()))
                        ? Optional.of(Cause.LATE)
                        : Optional.empty();
            case COMPLETED, SKIPPED, CANCELLED, SUPERSEDED -> Optional.empty();
        };
    }

    private boolean caughtUp(Window window, boolean last, Question question) {
        if (!question.request().scope().isEverything()) {
            return true;
        }
        return switch (question.spec().catchup()) {
            case ALL -> true;
            case LAST -> last;
            case NONE -> firstPlanned != null && !question.dueAt(window, firstPlanned);
        };
    }

    /** One of the windows before the newest, loaded before the newest was due. */
    private Optional<Cause> again(Window window, List<Window> all, Question question) {
        int back = all.size() - 1 - all.indexOf(window);
        Newest record = newest.get(window);
        return back >= 1
                        && back <= question.spec().renewal().lookback()
                        && record != null
                        && (record.status() == Status.COMPLETED || record.status() == Status.SKIPPED)
                        && record.created().isBefore(question.dueFrom(all.getLast()))
                ? Optional.of(Cause.LOOKBACK)
                : Optional.empty();
    }
}

package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.ErrorCode;
import io.leat.name.LoadId;
import io.leat.project.WindowSpec;
import io.leat.state.Cause;
import io.leat.state.Completion;
import io.leat.state.Counts;
import io.leat.state.Failure;
import io.leat.state.FileStamp;
import io.leat.state.FileVersion;
import io.leat.state.NewFileVersion;
import io.leat.state.NewLoad;
import io.leat.state.Publication;
import io.leat.state.PublishResult;
import io.leat.state.Record;
import io.leat.state.Skip;
import io.leat.state.SliceRequest;
import io.leat.state.Staged;
import io.leat.state.Staging;
import io.leat.state.Status;
import io.leat.state.Violation;
import io.leat.state.WindowContent;
import io.leat.time.Grid;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A pipeline that lives through some random moments; in each, what is due is compared, and then something happens to its windows. */
final class RandomPast {

    private static final List<String> LENGTHS = List.of("1h", "2h", "6h", "1d");
    private static final List<String> ZONES = List.of(
            "UTC", "America/Los_Angeles", "Australia/Lord_Howe", "Europe/Berlin", "Asia/Kathmandu", "America/Havana");
    private static final List<String> SCHEDULES = List.of("", "", "0 2 * * *", "30 */6 * * *", "15 * * * *");
    private static final List<Instant> DAYS = List.of(
            Instant.parse("2024-03-10T03:17:23Z"),
            Instant.parse("2024-11-03T11:17:23Z"),
            Instant.parse("2024-04-06T16:17:23Z"),
            Instant.parse("2024-06-30T12:17:23Z"));

    /** What can become of a claim. */
    private enum Fate {
        COMPLETED,
        COMPLETED_TOO,
        SKIPPED,
        FAILED,
        FAILED_FOR_NOW,
        RELEASED,
        HELD,
        CANCELLED,
        VIOLATED
    }

    private final PlannedPipeline.Engine engine;
    private final RandomGenerator random;
    private final String name;
    private final NaiveDue naive = new NaiveDue();
    private final List<Instant> moments = new ArrayList<>();
    private String every;
    private String zone;
    private final String renewal;
    private Instant start;
    private Optional<Instant> end = Optional.empty();
    private int version;

    RandomPast(PlannedPipeline.Engine engine, RandomGenerator random) {
        this.engine = engine;
        this.random = random;
        this.name = "p" + HexFormat.of().toHexDigits(random.nextInt());
        this.every = one(LENGTHS);
        this.zone = one(ZONES);
        Instant now = one(DAYS).plus(random.nextInt(72), ChronoUnit.HOURS);
        long length = hours(every) * 3600L;
        this.start = now.minusSeconds(length * (1 + random.nextInt(50)));
        for (int past = random.nextInt(5); past > 0; past--) {
            moments.add(start.plusSeconds(
                    random.nextLong(Duration.between(start, now).toSeconds() + length)));
        }
        moments.add(now);
        moments.sort(null);
        this.renewal = "stability: %s, lookback: %d, catchup: %s%s"
                .formatted(
                        one(List.of("0s", "1h", "500ms", "1d")),
                        one(List.of(0, 0, 1, 3, 20)),
                        one(List.of("all", "all", "last", "none")),
                        random.nextInt(3) == 0 ? ", late: " + one(List.of("1h", "12h", "3d")) : "");
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static int hours(String every) {
        return every.equals("1d") ? 24 : Integer.parseInt(every.substring(0, 1));
    }

    /** How many windows were due in all its moments together. */
    int live() {
        String schedule = one(SCHEDULES);
        TestProject project = new TestProject(engine.root());
        int due = 0;
        for (Instant now : moments) {
            project.file("pipelines/p.yaml", yaml(schedule));
            try (var pipeline = PlannedPipeline.at(engine, now)) {
                due += compare(pipeline, now, schedule);
                for (int times = random.nextInt(5); times > 0; times--) {
                    happen(pipeline, now);
                }
                due += compare(pipeline, now, schedule);
            }
            change(now);
        }
        return due;
    }

    private String yaml(String schedule) {
        return """
                pipeline: %s
                source: { files: "data/*.csv" }
                window: { column: at, every: %s, timezone: %s, start: "%s"%s, %s }
                columns: { at: { type: local_timestamp } }
                steps: [ { derive: { version: "%d" } } ]
                target: { table: bronze.%1$s }
                %s
                """.formatted(
                        name,
                        every,
                        zone,
                        local(start),
                        end.map(at -> ", end: \"" + local(at) + '"').orElse(""),
                        renewal,
                        version,
                        schedule.isEmpty() ? "" : "schedule: \"" + schedule + '"');
    }

    private String local(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneId.of(zone))
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    /** The file changes before the next moment, now and then. */
    private void change(Instant now) {
        long length = hours(every) * 3600L;
        switch (random.nextInt(8)) {
            case 0 -> every = one(LENGTHS);
            case 1 -> zone = one(ZONES);
            case 2 -> start = start.minusSeconds(random.nextLong(5 * length));
            case 3 ->
                start = start.plusSeconds(
                        random.nextLong(Duration.between(start, now).toSeconds() / 2 + 1));
            case 4 -> end = Optional.of(now.plusSeconds(random.nextLong(-3 * length, 3 * length)));
            case 5 -> version++;
            case 6 -> end = Optional.empty();
            default -> {}
        }
        if (end.isPresent() && end.get().isBefore(start.plusSeconds(3 * 3600))) {
            end = Optional.empty();
        }
    }

    private int compare(PlannedPipeline pipeline, Instant now, String schedule) {
        naive.planned(now);
        var occasion = random.nextBoolean() ? DueRequest.Occasion.PLANNED : DueRequest.Occasion.ASKED;
        var request = new DueRequest(scope(now), occasion);
        WindowSpec spec = pipeline.pipeline.window().orElseThrow();
        var calendar = WindowCalendar.of(pipeline.pipeline, pipeline.grid());
        var question = new NaiveDue.Question(calendar, spec, pipeline.loader.fingerprint(), request, now);
        List<NaiveDue.Wanted> found = pipeline.due(request).stream()
                .map(DueSlice::request)
                .map(slice -> new NaiveDue.Wanted(slice.window().orElseThrow(), slice.cause(), slice.after()))
                .toList();
        assertThat(found)
                .as("%s at %s\n%s%s", request, now, yaml(schedule), pipeline.grid())
                .isEqualTo(naive.due(question));
        return found.size();
    }

    private Scope scope(Instant now) {
        return switch (random.nextInt(4)) {
            case 0 -> new Scope(local(between(now)), null);
            case 1 -> new Scope(local(between(now)), local(now));
            default -> Scope.EVERYTHING;
        };
    }

    private Instant between(Instant now) {
        return start.plusSeconds(
                random.nextLong(Math.max(1, Duration.between(start, now).toSeconds())));
    }

    /** Adjacent windows are claimed and meet their fate, or a file comes. */
    private void happen(PlannedPipeline pipeline, Instant now) {
        Grid grid = pipeline.grid();
        List<Window> windows = new ArrayList<>();
        Optional<Window> next = grid.windowAt(between(now).isBefore(grid.start()) ? grid.start() : between(now));
        for (int count = 1 + random.nextInt(8);
                count > 0 && next.isPresent() && !next.get().end().isAfter(now);
                count--) {
            windows.add(next.get());
            next = grid.windowAt(next.get().end());
        }
        if (random.nextInt(3) == 0) {
            file(pipeline, windows);
        } else {
            claim(pipeline, windows, one(List.of(Fate.values())), now);
        }
    }

    private void file(PlannedPipeline pipeline, List<Window> windows) {
        String path = "data/f" + random.nextInt(3) + ".csv";
        Map<Instant, String> held = new HashMap<>();
        SortedMap<Instant, WindowContent> content = new TreeMap<>();
        for (Window window : windows) {
            held.put(window.start(), one(List.of("a", "b")));
            content.put(window.start(), new WindowContent(1, held.get(window.start())));
        }
        naive.files.put(path, held);
        var stamp = new FileStamp(
                path,
                1,
                Instant.EPOCH,
                HexFormat.of().toHexDigits(random.nextLong()).repeat(4),
                "scan");
        pipeline.state.indexFiles(
                pipeline.session.environment(),
                pipeline.pipeline.name(),
                List.of(new NewFileVersion(
                        new FileVersion(stamp, content.size(), content, new TreeMap<>()), Set.of())));
    }

    private void claim(PlannedPipeline pipeline, List<Window> windows, Fate fate, Instant now) {
        List<SliceRequest> requests = windows.stream()
                .filter(this::claimable)
                .map(Slice.OfWindow::new)
                .map(slice -> pipeline.loader.wish(
                        slice,
                        pipeline.state.record(pipeline.session.environment(), pipeline.pipeline.name(), slice),
                        Cause.LATE,
                        null))
                .map(DueSlice::request)
                .toList();
        if (requests.isEmpty()) {
            return;
        }
        List<Record> won = pipeline.state
                .claim(pipeline.session.environment(), pipeline.pipeline.name(), requests, pipeline.claimant())
                .won();
        assertThat(won).hasSameSizeAs(requests);
        for (Record record : won) {
            Window window = record.window().orElseThrow();
            meet(pipeline, record, fate, now);
            NaiveDue.Newest before = naive.newest.get(window);
            boolean same = before != null && before.generation() == record.generation();
            naive.newest.put(
                    window,
                    new NaiveDue.Newest(
                            status(fate),
                            record.generation(),
                            same ? before.created() : now,
                            fate == Fate.FAILED ? failedOn(pipeline, window) : null));
        }
    }

    private boolean claimable(Window window) {
        var record = naive.newest.get(window);
        var load = naive.published.get(window);
        return (record == null || record.status() != Status.IN_PROGRESS) && (load == null || !load.quarantined());
    }

    private static Status status(Fate fate) {
        return switch (fate) {
            case COMPLETED, COMPLETED_TOO -> Status.COMPLETED;
            case SKIPPED -> Status.SKIPPED;
            case FAILED, VIOLATED -> Status.FAILED;
            case FAILED_FOR_NOW, RELEASED -> Status.PENDING;
            case HELD -> Status.IN_PROGRESS;
            case CANCELLED -> Status.CANCELLED;
        };
    }

    /** What has failed may be known to fail again as long as it is made of the same. */
    private NaiveDue.Made failedOn(PlannedPipeline pipeline, Window window) {
        return naive.made(window, pipeline.loader.fingerprint());
    }

    private void meet(PlannedPipeline pipeline, Record record, Fate fate, Instant now) {
        var state = pipeline.state;
        switch (fate) {
            case COMPLETED, COMPLETED_TOO ->
                state.completed(List.of(new Completion(published(pipeline, record), 1)))
                        .orThrow();
            case VIOLATED -> {
                state.violated(List.of(new Violation(published(pipeline, record), 0, ErrorCode.INTEGRITY, "changed")))
                        .orThrow();
                Window window = record.window().orElseThrow();
                naive.published.put(
                        window,
                        new NaiveDue.Published(naive.published.get(window).of(), true));
            }
            case SKIPPED -> state.skipped(List.of(new Skip(record, "the same"))).orThrow();
            case FAILED ->
                state.failed(new Failure(record, ErrorCode.CHECK_FAILED, "bad", null, madeOf(pipeline, record)));
            case FAILED_FOR_NOW ->
                state.failed(new Failure(record, ErrorCode.COMMIT_CONFLICT, "away", now.minusSeconds(1)));
            case RELEASED -> state.release(List.of(record), "stopped").orThrow();
            case CANCELLED -> state.cancel(List.of(record), "no");
            case HELD -> {}
        }
    }

    private static String madeOf(PlannedPipeline pipeline, Record record) {
        return Requests.madeOf(
                pipeline.loader,
                pipeline.loader.sourceTokens(List.of(record.slice())).get(record.slice()));
    }

    /** As a load does it, apart from the rows. */
    private Record published(PlannedPipeline pipeline, Record record) {
        Window window = record.window().orElseThrow();
        WindowSources sources =
                WindowSources.of(pipeline.state, record.environment(), record.pipeline(), List.of(record.slice()));
        String fingerprint = pipeline.loader.fingerprint();
        LoadId load = LoadId.at(Instant.EPOCH, random);
        var staging = new Staging(load, new Counts(1, 1, 0, 0, 0, 0), "{}", null, "{}", fingerprint, "");
        Record staged = pipeline.state
                .staged(List.of(new Staged(record, staging)))
                .orThrow()
                .getFirst();
        var result = pipeline.state.publish(Publication.of(
                record.environment(),
                List.of(new NewLoad(
                        staged,
                        load,
                        "bronze." + name,
                        1,
                        0,
                        null,
                        "",
                        fingerprint,
                        String.join("\n", sources.of(window)),
                        sources.seen())),
                List.of()));
        assertThat(result).isInstanceOf(PublishResult.Published.class);
        naive.published.put(window, new NaiveDue.Published(naive.made(window, fingerprint), false));
        return ((PublishResult.Published) result).records().getFirst();
    }
}

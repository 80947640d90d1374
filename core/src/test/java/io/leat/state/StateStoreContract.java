package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.EnvironmentName;
import io.leat.name.LoadId;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import io.leat.name.TableName;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every contract test of a state store starts from; a subclass for each database says how to open one. */
abstract class StateStoreContract {
    static final EnvironmentName DEV = new EnvironmentName("dev");
    static final PipelineName TRIPS = new PipelineName("trips");
    static final TableName TABLE = TableName.parse("bronze.trips");
    static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");
    static final Duration LEASE = Duration.ofSeconds(90);
    static final Owner ME = Owner.current();
    /** On another machine: nobody here can know whether it lives. */
    static final Owner FAR = new Owner("elsewhere", "boot", 4711, "123");
    /** Of this machine, under a number that no process here can have. */
    static final Owner DEAD = new Owner(ME.host(), ME.boot(), Integer.MAX_VALUE, "123");

    private final List<StateStore> opened = new ArrayList<>();
    private final Random random = new Random(7);
    StateStore store;
    RunId run;

    /** Opens the same store each time within one test, with the clock ahead by this much. */
    abstract StateStore open(Duration clockOffset);

    @BeforeEach
    void openStore() {
        store = opened(Duration.ZERO);
        run = store.startRun(DEV, "run", List.of("--env", "dev"), ME);
    }

    @AfterEach
    void closeStores() {
        opened.reversed().forEach(StateStore::close);
    }

    StateStore opened(Duration clockOffset) {
        var another = open(clockOffset);
        opened.add(another);
        return another;
    }

    static Slice hour(int n) {
        Instant start = FIRST.plus(Duration.ofHours(n));
        return new Slice.OfWindow(new Window(start, start.plus(Duration.ofHours(1))));
    }

    static SliceRequest request(int n) {
        return request(n, Cause.NEW, 0);
    }

    static SliceRequest request(int n, Cause cause, int after) {
        var window = ((Slice.OfWindow) hour(n)).window();
        var day = LocalDate.ofInstant(window.start(), ZoneOffset.UTC);
        return new SliceRequest(
                hour(n),
                window.start().toString().substring(0, 13),
                "files data/*.json",
                TABLE.toString(),
                new CalendarColumns(day, "1h"),
                "{\"key_x\":\"" + day + "\"}",
                cause,
                after);
    }

    static List<SliceRequest> requests(int from, int to) {
        return IntStream.range(from, to).mapToObj(StateStoreContract::request).toList();
    }

    ClaimResult claim(SliceRequest... candidates) {
        return store.claim(DEV, TRIPS, List.of(candidates), new Claimant(ME, run, LEASE));
    }

    /** Claims one slice that must be free. */
    Record claimed(SliceRequest request) {
        return claimed(store, request, ME);
    }

    Record claimed(StateStore with, SliceRequest request, Owner owner) {
        var result = with.claim(DEV, TRIPS, List.of(request), new Claimant(owner, run, LEASE));
        assertThat(result.won()).as("claim of %s: %s", request.slice(), result).hasSize(1);
        return result.won().getFirst();
    }

    LoadId loadId() {
        return LoadId.at(FIRST, random);
    }

    Staging staging() {
        return staging(loadId(), 10, 1);
    }

    static Staging staging(LoadId load, long staged, long rejected) {
        return new Staging(
                load,
                new Counts(staged + rejected, staged, rejected, 0, 0, 0),
                "{\"steps\":[]}",
                "{\"n\":1}",
                "{\"files\":[]}",
                "fingerprint",
                "token of the source");
    }

    Record staged(Record record) {
        return store.staged(List.of(new Staged(record, staging()))).orThrow().getFirst();
    }

    static NewLoad load(Record record) {
        return load(record, stagingOf(record).loadId());
    }

    static NewLoad load(Record record, LoadId id) {
        return new NewLoad(
                record, id, TABLE.toString(), 10, 1, "{\"n\":1}", "token of the source", "fingerprint", "[]", null);
    }

    static Staging stagingOf(Record record) {
        var staging = record.staging();
        assertThat(staging).isNotNull();
        return staging;
    }

    PublishResult publish(Record record) {
        return store.publish(Publication.of(DEV, List.of(load(record)), List.of()));
    }

    Record published(Record record) {
        var result = publish(record);
        assertThat(result).isInstanceOf(PublishResult.Published.class);
        return ((PublishResult.Published) result).records().getFirst();
    }

    Record completed(SliceRequest request) {
        var record = published(staged(claimed(request)));
        return store.completed(List.of(new Completion(record, 10))).orThrow().getFirst();
    }

    Record reread(Record record) {
        return store.record(record.id()).orElseThrow();
    }

    static PointerSwap swap(@Nullable String from, @Nullable String to) {
        return new PointerSwap(TABLE, from, to);
    }
}

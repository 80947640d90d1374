package io.leat.cli;

import io.leat.cli.output.Human;
import io.leat.state.Cause;
import io.leat.state.CheckResult;
import io.leat.state.Counts;
import io.leat.state.Lease;
import io.leat.state.Load;
import io.leat.state.PhaseTimes;
import io.leat.state.Record;
import io.leat.state.RecordEvent;
import io.leat.state.Staging;
import io.leat.state.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole story of a record in sentences: what it is, why it was opened, what happened to its rows, what was checked, who held
 * it, how it ended, and what comes next.
 */
final class RecordStory {
    private final Record record;
    private final ZoneId zone;
    private final List<String> lines = new ArrayList<>();

    private RecordStory(Record record, ZoneId zone) {
        this.record = record;
        this.zone = zone;
    }

    /**
     * @param zone the pipeline's
     * @param published the published load of the record's slice, if there is one
     */
    static List<String> of(
            Record record, ZoneId zone, List<CheckResult> checks, List<RecordEvent> events, Optional<Load> published) {
        var story = new RecordStory(record, zone);
        story.outcome();
        story.origin();
        story.events(events);
        story.rows();
        story.checks(checks);
        story.phases();
        story.holder();
        published.ifPresent(story::load);
        return story.lines;
    }

    private void outcome() {
        String reason = record.reason() == null ? "" : ": " + record.reason();
        String code = record.errorCode() == null ? "" : " (" + record.errorCode() + ")";
        say(record.name() + " " + word(record.status()) + reason + code);
        if (record.errorCode() != null) {
            say("  more: `leat explain " + record.errorCode() + "`");
        }
    }

    private void origin() {
        record.window()
                .ifPresent(window ->
                        say("window    " + Human.time(window.start(), zone) + " to " + Human.time(window.end(), zone)));
        say("from      " + record.source());
        say("into      " + record.target());
        String again = record.generation() == 1 ? "" : ", generation " + record.generation();
        say("opened    " + time(record.created()) + ", because " + because(record.cause()) + again);
    }

    private void events(List<RecordEvent> events) {
        for (RecordEvent event : events) {
            String code = event.code() == null ? "" : " " + event.code();
            String reason = event.reason() == null ? "" : ": " + event.reason();
            say("then      " + time(event.at()) + " " + word(event.kind()) + code + reason);
        }
    }

    private void rows() {
        Staging staging = record.staging();
        if (staging == null) {
            return;
        }
        Counts counts = staging.counts();
        var fates = new ArrayList<String>();
        fates.add(Human.count(counts.staged()) + " to load");
        add(fates, counts.rejected(), "rejected");
        add(fates, counts.filtered(), "filtered");
        add(fates, counts.deduplicated(), "deduplicated");
        String more = counts.expansion() == 0 ? "" : " and " + Human.count(counts.expansion()) + " added by steps";
        say("rows      " + Human.count(counts.read()) + " read" + more + ": " + String.join(", ", fates));
        Long found = record.targetCount();
        if (found != null) {
            say("recount   " + Human.count(found) + " in the target, " + word(record.auditResult()));
        }
    }

    private void checks(List<CheckResult> checks) {
        List<CheckResult> last = checks.stream()
                .filter(check -> check.attempt() == record.attempt())
                .toList();
        for (CheckResult check : last) {
            String verdict = check.verdict() == Verdict.PASS ? "passed" : word(check.verdict());
            String message = check.message().isEmpty() ? "" : ": " + check.message();
            say("check     " + check.name() + " " + verdict + message);
        }
    }

    private void phases() {
        phase("stage     ", record.sourceToStage());
        phase("publish   ", record.stageToTarget());
        phase("audit     ", record.audit());
    }

    private void phase(String name, PhaseTimes times) {
        Instant start = times.start();
        if (start != null) {
            String took =
                    times.took().map(Human::duration).map(text -> " in " + text).orElse("");
            say(name + word(times.status()) + took + ", begun " + time(start));
        }
    }

    private void holder() {
        Lease lease = record.lease();
        if (lease == null) {
            return;
        }
        Instant until = lease.until();
        String held = "run " + lease.run() + " (" + lease.owner() + ", token " + lease.token() + ")";
        say(
                until == null
                        ? "held      last by " + held
                        : "held      by " + held + " since " + time(lease.lockedAt()) + ", lease ends " + time(until));
    }

    private void load(Load load) {
        String quarantine = load.quarantine() == null ? "" : "; quarantined: " + load.quarantine();
        say("in table  load " + load.loadId() + ", " + Human.count(load.rows(), "row", "rows") + ", committed "
                + time(load.committedAt()) + quarantine);
    }

    private void say(String line) {
        lines.add(line);
    }

    private String time(Instant instant) {
        return Human.time(Instant.ofEpochSecond(instant.getEpochSecond()), zone);
    }

    private static void add(List<String> fates, long rows, String fate) {
        if (rows > 0) {
            fates.add(Human.count(rows) + " " + fate);
        }
    }

    private static String word(@Nullable Enum<?> value) {
        return value == null ? "" : value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String because(Cause cause) {
        return switch (cause) {
            case NEW -> "it became due";
            case RETRY -> "it had failed before";
            case LOOKBACK -> "the newest windows are loaded again";
            case LATE -> "rows arrived for a complete window";
            case RESTATE -> "somebody asked to load it again";
            case RESTORE -> "readers saw something else than was published";
            case REPLAY -> "rejected rows were corrected";
            case CHANGED -> "the source, the pipeline or what it looks up has changed";
        };
    }
}

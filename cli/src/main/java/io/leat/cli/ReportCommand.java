package io.leat.cli;

import io.leat.cli.output.Form;
import io.leat.cli.output.Human;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.cli.output.Output;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.run.Report;
import io.leat.state.CheckResult;
import io.leat.state.Record;
import io.leat.storage.LocalStore;
import io.leat.time.TimeSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "report",
        description = {
            "What was loaded, rejected, failed and late in a stretch of time: to read, to mail, to process.",
            "Each slice counts as it stands now, if it changed in that time."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat report --since 1d",
            "  leat report --since 1w --html report.html",
            "  leat report --since 1h -o json"
        })
final class ReportCommand implements Callable<Integer> {
    private static final Listing<Report.Line> LINES = Listing.<Report.Line>empty()
            .with("name", Kind.TEXT, line -> line.node().name())
            .with(
                    "loaded_slices",
                    "slices",
                    Kind.NUMBER,
                    line -> line.activity().loaded())
            .withIfAny(
                    "skipped_slices",
                    "skipped",
                    Kind.NUMBER,
                    line -> line.activity().skipped())
            .withIfAny(
                    "failed_slices",
                    "failed",
                    Kind.NUMBER,
                    line -> line.activity().failed())
            .withIfAny(
                    "cancelled_slices",
                    "cancelled",
                    Kind.NUMBER,
                    line -> line.activity().cancelled())
            .withIfAny(
                    "retries", "retries", Kind.NUMBER, line -> line.activity().attempts())
            .with("read", Kind.NUMBER, line -> line.activity().read())
            .with("loaded", Kind.NUMBER, line -> line.activity().staged())
            .withIfAny(
                    "rejected", "rejected", Kind.NUMBER, line -> line.activity().rejected())
            .withIfAny(
                    "longest_wait_ms",
                    "longest wait",
                    Kind.MILLIS,
                    line -> line.activity().longestWaitMillis())
            .withIfAny(
                    "overdue",
                    "overdue now",
                    Kind.NUMBER,
                    line -> line.overdue().orElse(null))
            .withDetail("target", line -> line.node().target());

    private static final Listing<Record> FAILURES = Listing.<Record>empty()
            .with("name", "failed", Kind.TEXT, Record::name)
            .with("error_code", "code", Kind.TEXT, Record::errorCode)
            .with("retry_attempt", "attempts", Kind.NUMBER, record -> record.attempt() + 1)
            .with("record_last_updated_time", "at", Kind.INSTANT, Record::updated)
            .with("reason", Kind.TEXT, Record::reason);

    private static final Listing<CheckResult> CHECKS = Listing.<CheckResult>empty()
            .with("name", "check", Kind.TEXT, CheckResult::name)
            .with("verdict", Kind.STATUS, CheckResult::verdict)
            .with("checked_at", "at", Kind.INSTANT, CheckResult::at)
            .with("message", Kind.TEXT, CheckResult::message)
            .withDetail("record_id", CheckResult::recordId);

    /** All of it as one row, for forms that nest. */
    private static final Listing<Report> WHOLE = Listing.<Report>empty()
            .with("project", Kind.TEXT, Report::project)
            .with("environment", Kind.TEXT, Report::environment)
            .with("since", Kind.INSTANT, Report::since)
            .with("until", Kind.INSTANT, Report::until)
            .with("pipelines", Kind.TEXT, report -> fields(LINES, report.lines()))
            .with("failures", Kind.TEXT, report -> fields(FAILURES, report.failures()))
            .with("checks", Kind.TEXT, report -> fields(CHECKS, report.checks()));

    private final Session session;

    @Option(names = "--since", paramLabel = "TIME", description = "How far back: 1h, 1d, 1w. 1d if nothing is said.")
    String since = "1d";

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Writes a page that needs nothing else, instead of printing.")
    @Nullable
    Path html;

    ReportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Duration back = span(since);
        try (var leat = session.leat()) {
            Report report = leat.report(leat.state().now().minus(back));
            Path page = html;
            if (page == null) {
                print(report);
            } else {
                write(report, session.resolve(page));
            }
        }
        return 0;
    }

    private void print(Report report) {
        Output output = session.output();
        if (output.form() == Form.JSON || output.form() == Form.YAML) {
            output.print(WHOLE, List.of(report));
            return;
        }
        output.print(LINES, report.lines());
        if (!output.form().forPrograms()) {
            if (!report.failures().isEmpty()) {
                output.text("");
                output.print(FAILURES, report.failures());
            }
            if (!report.checks().isEmpty()) {
                output.text("");
                output.print(CHECKS, report.checks());
            }
        }
        output.say(sentence(report));
    }

    private static <T> List<Map<String, @Nullable Object>> fields(Listing<T> listing, List<T> rows) {
        return rows.stream()
                .map(row -> {
                    var fields = new LinkedHashMap<String, @Nullable Object>();
                    listing.columns()
                            .forEach(column -> fields.put(
                                    column.name(), plain(column.value().apply(row))));
                    return (Map<String, @Nullable Object>) fields;
                })
                .toList();
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof String ? value : value.toString();
    }

    /** How it stands, in a sentence. */
    static String sentence(Report report) {
        long loaded = report.lines().stream()
                .mapToLong(line -> line.activity().loaded())
                .sum();
        long rows = report.lines().stream()
                .mapToLong(line -> line.activity().staged())
                .sum();
        long overdue = report.lines().stream()
                .mapToLong(line -> line.overdue().orElse(0L))
                .sum();
        return Human.count(loaded, "slice", "slices") + " with " + Human.count(rows, "row", "rows") + " loaded, "
                + Human.count(report.failures().size(), "record", "records") + " failed, "
                + Human.count(overdue, "window", "windows") + " overdue";
    }

    private void write(Report report, Path page) {
        try {
            Files.writeString(page, ReportPage.of(report));
        } catch (IOException failure) {
            throw LocalStore.failed("write", page, failure);
        }
        session.output().say("wrote " + page + ": " + sentence(report));
    }

    private static Duration span(String text) {
        try {
            return TimeSpan.parse(text).length();
        } catch (IllegalArgumentException failure) {
            throw new PipelineException(
                    ErrorCode.BAD_ARGUMENT, "--since " + text + ": " + failure.getMessage(), failure);
        }
    }
}
